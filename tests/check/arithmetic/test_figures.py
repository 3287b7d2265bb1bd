"""Figures of a printed line, rounding, and what is read together."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from pipelines.check.arithmetic.figures import figures
from pipelines.check.arithmetic.rounding import one_slip, plain, rounded, verdict
from pipelines.check.arithmetic.scope import scopes
from pipelines.read import read
from tests.check.arithmetic.making import row


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("利用回数413件 総件数4,255件", [("413", "件"), ("4255", "件")]),
        ("１，２３５件・３.５％", [("1235", "件"), ("3.5", "%")]),
        ("R3年度:1,256 R4:3,459件", [("1256", ""), ("3459", "件")]),
        ("1.4万人と2億円", [("14000", "人"), ("200000000", "円")]),
        ("2045（令和27）年には31,867人", [("31867", "人")]),
        ("令和5年9月20日、12/15時点、第2次、24時間365日", []),
        ("1件当たり5分", [("5", "分")]),
        ("△3.2%", [("-3.2", "%")]),
        ("65歳以上", []),
        ("", []),
    ],
)
def test_numbers_and_units(text: str, values: list[tuple[str, str]]) -> None:
    assert [(str(one.value), one.unit) for one in figures(text)] == values


def test_what_stands_around_a_number() -> None:
    total, about, part, ring = figures("相談は合計90件、約50件以上（R4年度 窓口:30件）②10か所")
    assert (total.label, total.marks) == ("相談は", {"total"})
    assert about.marks == {"about", "least"}
    assert (part.label, part.year) == ("窓口", "R4年度")
    assert (ring.circled, ring.kind) == ("②", "place")


def test_units_are_compared_by_what_they_count() -> None:
    name, person, hour, minute = figures("3名 4人 5時間 6分")
    assert name.kind == person.kind
    assert hour.kind != minute.kind


@pytest.mark.parametrize(
    ("text", "exact", "expected"),
    [
        ("9.7%", Fraction(41300, 4255), "right"),
        ("131%", Fraction(32900, 250), "truncated"),
        ("132%", Fraction(32900, 250), "right"),
        ("133%", Fraction(32900, 250), "differs"),
        ("30時間", Fraction(59, 2), "right"),
        ("29時間", Fraction(59, 2), "truncated"),
        ("約200時間", Fraction(219), "right"),
        ("約38%", Fraction(387, 10), "right"),
        ("約30%", Fraction(44), "differs"),
        ("8,400時間以上", Fraction(8411), "right"),
        ("8,400時間以上", Fraction(8390), "differs"),
        ("約30%", Fraction(38), "differs"),
        ("8,411時間以上", Fraction(8410), "differs"),
    ],
)
def test_rounding_cutting_and_error_are_told_apart(
    text: str, exact: Fraction, expected: str
) -> None:
    (one,) = figures(text)
    assert verdict(one, exact) == expected


def test_written_numbers() -> None:
    assert rounded(Fraction(2, 3), 1) == "0.7"
    assert rounded(Fraction(13285, 10), 0) == "1,329"
    assert plain(Decimal("24953.0")) == "24,953"
    assert plain(Decimal("1.50")) == "1.5"
    assert [one_slip(Decimal(n)) for n in (6, 40, -300, 0, 11)] == [True, True, True, False, False]


def test_a_cell_of_figures_alone_is_named_by_its_heading() -> None:
    text = "| 課 | 利用（件） |\n|---|---|\n| 北課 | 12 |\n| 南課 | 他課の30 |\n"
    document = read(text.encode(), "a.txt")
    first, second = [one for scope in scopes(document) for _, one in scope.figures()]
    assert (first.label, first.unit) == ("利用(件)", "件")
    assert (second.label, second.unit) == ("他課の", "")


def test_a_row_is_read_together() -> None:
    document = read(row("取組", "1件", "2件").encode(), "a.txt")
    (scope,) = scopes(document)
    assert [(line.cell, one.value) for line, one in scope.figures()] == [(1, 1), (2, 2)]
