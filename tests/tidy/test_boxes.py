"""Boxes of headline figures: numbered labels with figures printed below them."""

from __future__ import annotations

import pytest

from pipelines.model import Document
from pipelines.tidy.boxes import is_boxes, read_boxes
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Draft
from tests.tidy.making import document, pipe

BOXES = ("|", "① 朝市の客|② 写した棚", "延べ1,200人|40枚", "③ 会議|", "12回 3人|")


def boxed(*rows: str, year: int | None = None) -> Draft:
    """The draft of one table of boxes."""
    draft = Draft()
    read_boxes(Context(draft, year=year), document(pipe(*rows)).grids[0])
    return draft


def measured(draft: Draft) -> list[tuple[str, str, str]]:
    """(名称, 値, 単位) of every figure."""
    return [
        (entry.text("名称"), str(entry.values["値"]), entry.text("単位"))
        for entry in draft.of("measurement")
    ]


@pytest.mark.parametrize(
    "rows",
    [
        BOXES,
        ("① 客|② 棚|③ 席", "3人|4枚|5枚"),
        ("① 客|3人", "② 棚|4枚", "③ 席|"),
    ],
)
def test_boxes_are_known(rows: tuple[str, ...]) -> None:
    assert is_boxes(document(pipe(*rows)).grids[0])


@pytest.mark.parametrize(
    "rows",
    [
        ("① 客|② 棚", "3人|4枚"),  # two boxes may be chance
        ("① 客|② 棚|③ 席", "3人|ふえた|"),  # one figure
        ("①客|② 棚|③ 席", "3人|4枚|5枚"),  # an item of a list
        ("客|棚|席", "3人|4枚|5枚"),
    ],
)
def test_other_tables_are_no_boxes(rows: tuple[str, ...]) -> None:
    assert not is_boxes(document(pipe(*rows)).grids[0])


def test_a_figure_is_of_the_box_above_it() -> None:
    draft = boxed(*BOXES, year=2023)
    assert measured(draft) == [
        ("朝市の客", "1200", "人"), ("写した棚", "40", "枚"), ("会議", "12", "回"),
        ("会議", "3", "人"),
    ]  # fmt: skip
    assert {entry.values["年度"] for entry in draft.of("measurement")} == {2023}
    assert draft.of("activity") == []


def test_a_label_broken_by_a_line_is_closed() -> None:
    assert measured(boxed("① 朝市の お客|② 棚|③ 席", "3人|4枚|5枚"))[0][0] == "朝市のお客"


def test_lines_without_a_figure_are_things_done() -> None:
    draft = boxed("① 客|② 棚|③ 席", "3人|4枚|【新規】夜の席【継続】朝の席")
    assert [entry.text("内容") for entry in draft.of("activity")] == [
        "【新規】夜の席", "【継続】朝の席",
    ]  # fmt: skip
    assert len(measured(draft)) == 2


def test_offices_below_a_box_are_no_figures() -> None:
    draft = boxed("① 客|② 棚|③ 席", "3人（公民館3館）|4枚|5枚")
    assert measured(draft)[0] == ("客", "3", "人")
    assert len(measured(draft)) == 3


def test_text_beside_the_boxes_is_not_theirs() -> None:
    original: Document = document(pipe("① 客|② 棚|③ 席|9枚", "3人|4枚|5枚|8枚"))
    draft = Draft()
    read_boxes(Context(draft), original.grids[0])
    assert [value for _, value, _ in measured(draft)] == ["3", "4", "5"]
