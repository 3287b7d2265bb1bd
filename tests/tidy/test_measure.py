"""Labelled figures as rows: their names, offices, years and where they are printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.tidy.context import Context
from pipelines.tidy.draft import Draft, Entry
from pipelines.tidy.measure import About, label_name, only_figures, text_figures
from tests.tidy.making import cell


def measured(text: str, about: About | None = None) -> list[Entry]:
    """The entries of one cell."""
    return text_figures(Context(Draft()), cell(text), about or About())


def test_every_column_of_a_figure() -> None:
    (entry,) = measured("令和5年度の席は約1.2万枚")
    assert entry.values["名称"] == "席"
    assert (entry.values["値"], entry.values["単位"]) == (Decimal(12000), "枚")
    assert (entry.values["限定"], entry.values["年度"]) == ("約", 2023)
    assert entry.values["原文"] == "席は約1.2万枚"
    assert entry.origins["値"].text == "令和5年度の席は約1.2万枚"
    assert "era" in entry.origins["年度"].rules


@pytest.mark.parametrize(
    ("subject", "text", "name"),
    [
        ("", "席30枚", "席"),
        ("朝市", "席30枚", "朝市：席"),
        ("朝市", "30枚", "朝市"),
        ("朝市の席", "席30枚", "朝市の席"),  # it says so already
        ("朝市", "朝市30回", "朝市"),
    ],
)
def test_a_subject_stands_before_the_label(subject: str, text: str, name: str) -> None:
    (entry,) = measured(text, About(subject=subject))
    assert entry.values["名称"] == name


def test_a_fallback_names_only_what_has_no_label() -> None:
    without, labelled = measured("30枚。棚20枚", About(fallback="朝市"))
    assert (without.values["名称"], labelled.values["名称"]) == ("朝市", "棚")


def test_an_office_as_label_is_the_office_of_the_figure() -> None:
    (entry,) = measured("総務課(棚の調べ)10回", About(department="観光課"))
    assert (entry.values["担当課"], entry.values["名称"]) == ("総務課", "棚の調べ")


def test_the_year_of_the_column_is_cited_there() -> None:
    head = cell("令和6年度")
    (own, other) = measured("令和5年度 席30枚。棚20枚", About(year=2024, year_cell=head))
    assert (own.values["年度"], other.values["年度"]) == (2023, 2024)
    assert own.origins["年度"].text == "令和5年度 席30枚。棚20枚"
    assert other.origins["年度"].text == "令和6年度"


def test_the_office_of_another_cell_is_cited_there() -> None:
    about = About(department="総務課", department_cell=cell("総務課"))
    (entry,) = measured("席30枚", about)
    assert entry.values["担当課"] == "総務課"
    assert entry.origins["担当課"].text == "総務課"
    assert About(year=2023).of(entry).initiative is entry


@pytest.mark.parametrize(
    ("label", "name"),
    [("・席", "席"), ("■ 席", "席"), ("席　の\n数", "席の数"), ("オン ライン", "オンライン")],
)
def test_a_name_without_marks_and_broken_words(label: str, name: str) -> None:
    assert label_name(Context(Draft()), label) == name


def test_pieces_of_a_cell_are_read_one_by_one() -> None:
    lines = cell("席30枚 棚20枚", "席30枚", "棚20枚")
    found = text_figures(Context(Draft()), lines, About())
    assert [entry.values["名称"] for entry in found] == ["席", "棚"]
    only = text_figures(Context(Draft()), lines, About(), ("棚20枚",))
    assert [entry.values["名称"] for entry in only] == ["棚"]


@pytest.mark.parametrize(
    ("line", "only"),
    [
        ("利用率46.1%", True),
        ("令和5年度末 利用率46.1%", True),
        ("席30枚、棚20枚。", True),
        ("席：30枚（棚：20枚）", True),
        ("席をふやして、30枚とした。", False),
        ("席をふやした。", False),
        ("令和5年度", False),
        ("", False),
    ],
)
def test_lines_of_figures_alone(line: str, only: bool) -> None:
    assert only_figures(line) is only
