"""Tables of progress marks, classes and boxes: layouts without column headings."""

from __future__ import annotations

import pytest

from tests.tidy.making import (
    PLAN,
    TITLE,
    codes,
    column,
    measurements,
    of_code,
    pipe,
    tab,
    tidied,
)

MATRIX = (
    "|||R8年度|R9年度",
    "基本目標1 くらし|(1) 手続|①窓口をへらす|○|×",
    "||②紙をへらす|△|取下げ",
    "基本目標2 しごと|(1) 庁内|①会議をへらす|－|◯",
)


def statuses(*rows: str) -> list[tuple[str, object, object, object]]:
    """(item, year, mark, status) of a matrix."""
    tables = tidied(TITLE + pipe(*rows))
    return [
        (str(row["項目番号"]), row["年度"], row["記号"], row["進捗"])
        for row in tables.rows("status")
    ]


def test_marks_of_other_years() -> None:
    assert statuses(*MATRIX) == [
        ("1-1-1", 2026, "○", "進行中"),
        ("1-1-1", 2027, "×", "未達成"),
        ("1-1-2", 2026, "△", "遅延"),
        ("1-1-2", 2027, "取下げ", "取り下げ"),
        ("2-1-1", 2026, "－", "記載なし"),
        ("2-1-1", 2027, "◯", "進行中"),
    ]


def test_the_tree_above_the_items() -> None:
    tables = tidied(TITLE + tab(*MATRIX))
    names = {row["ID"]: row["名称"] for row in tables.rows("policy")}
    assert sorted(names.values(), key=str) == ["くらし", "しごと", "庁内", "手続"]
    assert {row["名称"]: names[str(row["施策ID"])] for row in tables.rows("initiative")} == {
        "窓口をへらす": "手続", "紙をへらす": "手続", "会議をへらす": "庁内",
    }  # fmt: skip
    assert column(tables, "initiative", "番号") == ["1-1-1", "1-1-2", "2-1-1"]
    assert codes(tables) == []


def test_an_unknown_mark_is_a_finding() -> None:
    tables = tidied(TITLE + pipe(*MATRIX, "||②紙をなくす|○|☆"))
    assert [one.found for one in of_code(tables, "mark-unknown")] == ["☆"]
    assert len(codes(tables)) == 2  # and one that a mark is missing


@pytest.mark.parametrize("first", ["", "☆"])
def test_a_mark_stays_in_its_year(first: str) -> None:
    shifted = f"||③席をふやす|{first}|○"
    assert statuses(*MATRIX[:3], shifted)[-1] == ("1-1-3", 2027, "○", "進行中")
    assert len(statuses(*MATRIX[:3], shifted)) == 5


def test_western_years() -> None:
    found = statuses("|||2026年度|2027年度", *MATRIX[1:])
    assert [year for _, year, _, _ in found] == [2026, 2027] * 3


def test_a_legend_is_no_matrix_and_no_unknown_table() -> None:
    tables = tidied(TITLE + pipe("凡例|進んでいる|○", "|遅れている|▲") + "\n" + pipe(*MATRIX))
    assert codes(tables) == []
    assert len(tables.rows("status")) == 6


def test_a_table_of_contents_is_no_unknown_table() -> None:
    tables = tidied(TITLE + pipe("1|概要|2", "2|朝市|13") + "\n" + pipe(*MATRIX))
    assert codes(tables) == []
    assert measurements(tables) == []


def test_classes_with_their_declared_number() -> None:
    text = "基本方針1 くらし\n\n" + pipe("1-1|手続|2事業|1-2|観光|11事業", "1-3|学び|1事業|||")
    tables = tidied(TITLE + text)
    assert [(row["番号"], row["名称"]) for row in tables.rows("policy")] == [
        ("1", "くらし"), ("1-1", "手続"), ("1-2", "観光"), ("1-3", "学び"),
    ]  # fmt: skip
    assert {row["上位ID"] for row in tables.rows("policy")[1:]} == {f"{PLAN}-p1"}
    assert [(name, str(value), unit) for name, value, unit in measurements(tables)] == [
        ("1-1 手続", "2", "事業"), ("1-2 観光", "11", "事業"), ("1-3 学び", "1", "事業"),
    ]  # fmt: skip


def test_boxes_of_headline_figures() -> None:
    text = pipe("|", "① 朝市の客|② 写した棚", "延べ1,200人|40枚", "③ 会議|", "12回 3人|")
    tables = tidied(TITLE + text)
    assert [(name, str(value), unit) for name, value, unit in measurements(tables)] == [
        ("朝市の客", "1200", "人"), ("写した棚", "40", "枚"),
        ("会議", "12", "回"), ("会議", "3", "人"),
    ]  # fmt: skip
    assert tables.rows("measurement")[0]["限定"] == "延べ"


def test_a_glossary() -> None:
    text = tab("索引|用語|解説", "い|いぬ札|順番を示す札。", "|いも箱|芋の箱。", "||続き。")
    tables = tidied(TITLE + text)
    assert [(row["索引"], row["用語"], row["解説"]) for row in tables.rows("term")] == [
        ("い", "いぬ札", "順番を示す札。"), (None, "いも箱", "芋の箱。"),
    ]  # fmt: skip
    other = tidied(TITLE + pipe("用語名|説明", "いぬ札|順番を示す札。"))
    assert other.rows("term")[0]["ID"] == tables.rows("term")[0]["ID"]
