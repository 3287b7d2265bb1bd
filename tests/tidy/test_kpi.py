"""KPI tables of many towns: kinds, units and rates wherever they are printed."""

from __future__ import annotations

import pytest

from pipelines.model import Tables
from tests.tidy.making import TITLE, codes, observations, of_code, tab, tidied

HEAD = "番号|取組名|指標"


def read_in(*rows: str) -> Tables:
    return tidied(TITLE + tab(*rows))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            (f"{HEAD}|令和5年度||", "|||目標値|実績値|達成率", "1|朝市|客|30%|28%|93%"),
            ["01-1 2023 実績値 28 %", "01-1 2023 目標値 30 %"],
        ),
        (
            (
                f"{HEAD}|令和5年度||令和6年度|",
                "|||目標|実績|目標|実績",
                "1|朝市|客|1件|2件|3件|4件",
            ),
            [
                "01-1 2023 実績値 2 件",
                "01-1 2023 目標値 1 件",
                "01-1 2024 実績値 4 件",
                "01-1 2024 目標値 3 件",
            ],
        ),
        (
            ("施策|KPI|担当課|基準値（R4）|目標値（R8）", "くらし|客|観光課|3件|5件"),
            ["2022 基準値 3 件", "2026 目標値 5 件"],
        ),
        (("指標|担当課|令和5年度", "客|観光課|3件"), ["2023 実績値 3 件"]),
        (("KPI|令和5年度", "客|3件"), ["2023 実績値 3 件"]),
        (
            (f"{HEAD}|現状（令和5年度）|令和8年度目標値（件）", "1|朝市|客|10%|20"),
            ["01-1 2023 基準値 10 %", "01-1 2026 目標値 20 件"],
        ),
        (
            (f"{HEAD}|単位|令和5年度|令和6年度", "1|朝市|客|人|30|40"),
            ["01-1 2023 実績値 30 人", "01-1 2024 実績値 40 人"],
        ),
        (
            (f"{HEAD}|令和5年度|令和6年度", "|||(件)|(件)", "1|朝市|客|30|40"),
            ["01-1 2023 実績値 30 件", "01-1 2024 実績値 40 件"],
        ),
        ((f"{HEAD}|令和5年度", "1|朝市|満足度（％）|30"), ["01-1 2023 実績値 30 %"]),
    ],
)
def test_values_are_read(rows: tuple[str, ...], expected: list[str]) -> None:
    found = observations(read_in(*rows))
    assert len(found) == len(expected)
    assert all(one.endswith(end) for one, end in zip(found, expected, strict=True)), found


def test_a_rate_is_a_measurement_and_an_unknown_heading_is_reported() -> None:
    rated = read_in(f"{HEAD}|令和5年度||", "|||目標値|実績値|達成率", "1|朝市|客|30%|28%|93%")
    (row,) = rated.rows("measurement")
    assert (str(row["値"]), row["単位"], row["年度"]) == ("93", "%", 2023)
    graded = read_in(f"{HEAD}|令和5年度||", "|||目標値|実績値|講評", "1|朝市|客|30%|28%|A")
    (finding,) = of_code(graded, "header-unknown")
    assert finding.found == "講評"
    assert observations(graded) == ["01-1 2023 実績値 28 %", "01-1 2023 目標値 30 %"]


def test_a_row_may_print_its_kind() -> None:
    tables = read_in("取組名|指標|区分|令和5年度", "朝市|客|目標|30%", "||実績|28%")
    assert [one.split(" ", 1)[1] for one in observations(tables)] == [
        "2023 実績値 28 %",
        "2023 目標値 30 %",
    ]
    assert len(tables.rows("indicator")) == 1
    assert tables.rows("policy") == []


def test_a_heading_between_the_rows_is_a_policy() -> None:
    rows = ("基本方針1 くらし|||", "1|朝市|客|3件", "2|夕市|客|4件")
    tables = read_in(f"{HEAD}|令和5年度", *rows)
    assert [(row["番号"], row["名称"]) for row in tables.rows("policy")] == [("1", "くらし")]
    assert [row["番号"] for row in tables.rows("initiative")] == ["1", "2"]
    assert {row["施策ID"] for row in tables.rows("initiative")} == {"022039-dx-plan-p1"}


def test_a_header_in_the_middle_starts_the_next_year() -> None:
    rows = ("1|朝市|客|3件", f"{HEAD}|令和6年度", "1|朝市|客|4件")
    tables = read_in(f"{HEAD}|令和5年度", *rows)
    assert observations(tables) == ["01-1 2023 実績値 3 件", "01-1 2024 実績値 4 件"]
    assert len(tables.rows("initiative")) == 1


def test_marks_beside_initiatives_are_statuses() -> None:
    tables = read_in("番号|取組名|令和5年度", "1|朝市|○", "2|夕市|▲", "3|昼市|3枚")
    assert [(r["項目名"], r["年度"], r["記号"], r["進捗"]) for r in tables.rows("status")] == [
        ("朝市", 2023, "○", "進行中"),
        ("夕市", 2023, "▲", "遅延"),
    ]
    assert observations(tables) == ["03-1 2023 実績値 3 枚"]


def test_a_mark_without_a_year_is_a_finding() -> None:
    tables = read_in(f"{HEAD}|令和5年度|進捗", "1|朝市|客|1件|○")
    assert codes(tables) == ["year-unknown"]
    assert tables.rows("status") == []


def test_the_heading_above_a_table_is_its_policy() -> None:
    tables = tidied(f"{TITLE}基本方針1 くらし\n\n" + tab("取組|指標|令和5年度", "朝市|客|30人"))
    (row,) = tables.rows("initiative")
    assert row["施策ID"] == "022039-dx-plan-p1"


def test_a_flag_that_no_column_holds_is_a_note() -> None:
    tables = read_in(f"{HEAD}|令和5年度", "1 【新】【重点】|朝市|客|3件")
    (row,) = tables.rows("initiative")
    assert row["継続区分"] == "新規"
    (finding,) = of_code(tables, "note")
    assert finding.found == "【重点】"


def test_the_same_row_twice_is_reported_once() -> None:
    tables = read_in(f"{HEAD}|令和5年度|令和6年度", "1|朝市|客|3件|4件", "1|朝市|客|3件|4件")
    assert len(observations(tables)) == 2
    (finding,) = of_code(tables, "row-repeated")
    assert (finding.found, finding.place) == ("L4", "L5")
