"""The values of one indicator over the years, in made-up tables."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import Table, Tables
from tests.check.consistency.making import of_tables

KINDS = {"b": "基準値", "t": "目標値", "a": "実績値"}


def seen(name: str, *points: str, text: str = "") -> list[tuple[str, str, str]]:
    """(code, found, expected) for an indicator with points like `a 2022 105件`, `t 2023 実施`."""
    rows = []
    for number, point in enumerate(points):
        kind, year, printed = point.split(" ", 2)
        digits = "".join(char for char in printed if char.isdigit() or char == ".")
        value = Decimal(digits) if digits else None
        rows.append(
            {
                "ID": f"x-{number}",
                "指標ID": "x-1",
                "指標名": name,
                "年度": int(year),
                "種別": KINDS[kind],
                "値": value,
                "単位": printed.lstrip("0123456789.") if digits else "",
                "状態": "" if digits else printed,
                "原文": text if kind == "t" else printed,
            }
        )
    tables = Tables("022039", "青森県八戸市", "x", {"observation": Table("observation", rows)})
    return [(one.code, one.found, one.expected) for one in of_tables(tables)]


GROWING = ("b 2021 60件", "t 2022 100件", "a 2022 105件", "t 2023 140件", "a 2023 168件")


def test_a_growing_series_is_silent() -> None:
    more = ("t 2024 170件", "a 2024 190件", "t 2025 200件", "a 2025 415件")
    assert seen("手続の件数", *GROWING, *more) == []


@pytest.mark.parametrize(
    ("points", "found"),
    [
        (("a 2021 14552件", "a 2022 17767件", "t 2023 8000件"), ("8,000件", "14,552件")),
        (("a 2021 11611人", "a 2023 13942人", "t 2027 12772人"), ("12,772人", "13,942人")),
        (("b 2021 100件", "t 2022 90件"), ("90件", "100件")),
        (("a 2021 346名", "t 2023 250人"), ("250人", "346名")),
        (("b 2021 9件", "t 2022 10件", "a 2022 30件", "t 2023 20件"), ("20件", "30件")),
        (("a 2021 37人", "a 2022 68人", "a 2023 80人", "t 2023 40人"), ("40人", "68人")),
    ],
)
def test_a_target_that_was_reached_when_it_was_set(
    points: tuple[str, ...], found: tuple[str, str]
) -> None:
    name = "参加者数" if "人" in points[-1] else "閲覧件数"
    assert seen(name, *points) == [("target-passed", *found)]


@pytest.mark.parametrize(
    "points",
    [
        ("a 2021 37.8%", "a 2022 39.9%", "a 2023 80.7%", "t 2023 40%"),
        ("a 2021 7件", "t 2023 10件", "t 2026 15件"),
        ("b 2021 60件", "t 2022 100件", "a 2022 109件", "t 2023 110件", "a 2023 310件"),
        ("a 2021 563人", "t 2023 10業務"),
    ],
)
def test_a_target_that_was_reached_on_the_way_is_a_success(points: tuple[str, ...]) -> None:
    assert seen("割合" if "%" in points[0] else "利用", *points) == []


def test_less_is_better_where_the_words_say_so() -> None:
    points = ("b 2021 100件", "t 2022 80件", "t 2023 60件")
    assert seen("苦情の件数", *points) == []
    assert seen("窓口の件数", *points, text="60件まで減らす") == []
    assert [one[0] for one in seen("苦情の件数", *points, "t 2024 90件")] == ["target-falls"]


def test_a_target_for_several_years_together() -> None:
    points = ("a 2021 29件", "a 2022 37件", "t 2025 50件")
    assert seen("申請の件数", *points, text="5年間で50件達成") == [
        ("target-passed", "50件", "累計66件")
    ]
    assert seen("申請の件数", *points, text="令和7年度に50件達成") == []


def test_something_done_once_that_was_done_before() -> None:
    points = ("b 2021 実施", "t 2023 実施")
    assert seen("電子収納を導入", *points) == [("target-passed", "実施", "実施")]
    assert seen("研修の実施", *points) == []


def test_a_target_that_falls_back() -> None:
    points = (*GROWING, "t 2024 90件", "t 2025 200件")
    assert seen("手続の件数", *points) == [("target-falls", "90件", "140件")]


@pytest.mark.parametrize(
    "points",
    [
        ("a 2021 14552件", "a 2022 177670件", "a 2023 21345件"),
        ("a 2021 14552件", "a 2022 1776件", "a 2023 21345件"),
        ("a 2021 8.7%", "a 2022 83%", "a 2023 8.6%"),
        ("a 2021 3360件", "a 2022 3549件", "a 2023 36560件"),
    ],
)
def test_a_slipped_digit(points: tuple[str, ...]) -> None:
    codes = [one[0] for one in seen("割合" if "%" in points[0] else "件数", *points)]
    assert codes == ["value-jumps"]


@pytest.mark.parametrize(
    "points",
    [
        ("a 2021 53件", "a 2022 50件", "a 2023 150件"),
        ("a 2021 0件", "a 2022 1件", "a 2023 2件"),
        ("a 2021 1件", "a 2022 12件", "a 2023 13件"),
        ("a 2021 41件", "a 2022 69件", "a 2023 15件"),
        ("a 2021 519件", "a 2022 1650件"),
        ("a 2021 10件", "a 2022 300件", "a 2023 9000件"),
    ],
)
def test_true_growth_is_no_slip(points: tuple[str, ...]) -> None:
    assert seen("件数", *points) == []


@given(st.lists(st.integers(100, 250), min_size=3, max_size=6), st.data())
def test_ten_times_one_value_of_a_steady_series_is_found(
    values: list[int], data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, len(values) - 2))
    steady = [f"a {2015 + i} {value}件" for i, value in enumerate(values)]
    assert seen("件数", *steady) == []
    neighbours = values[number - 1], values[number + 1]
    slipped = max(neighbours) * 10
    steady[number] = f"a {2015 + number} {slipped}件"
    assert ("value-jumps", f"{slipped:,}件") in [one[:2] for one in seen("件数", *steady)]


@pytest.mark.parametrize(
    ("name", "unit", "suited"),
    [
        ("電子契約の件数", "%", "件"),
        ("受講者数", "件", "人"),
        ("実施件数", "人", "件"),
        ("復旧時間", "%", "時間"),
        ("整備数", "%", "件"),
        ("普及率", "件", "%"),
        ("受講者数", "名", ""),
        ("支援の件数", "社", ""),
        ("対応件数/投稿件数", "%", ""),
        ("利用システム数", "システム", ""),
        ("平均の点数", "%", ""),
    ],
)
def test_a_unit_that_the_name_rules_out(name: str, unit: str, suited: str) -> None:
    expected = [("unit-unlike-name", unit, suited)] if suited else []
    assert seen(name, f"a 2021 5{unit}", f"a 2022 6{unit}") == expected


def test_units_that_change() -> None:
    assert seen("利用", "a 2021 5件", "a 2022 6人") == [("series-units-differ", "件、人", "")]
    assert seen("利用", "a 2021 5名", "a 2022 6人") == []
