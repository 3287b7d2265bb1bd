"""Sections, timetables, goals, reports, headings and the plan's own row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.tidy.goals import Statement, deadline, statements, targets
from pipelines.tidy.outline import heading
from tests.tidy.making import (
    PLAN,
    TITLE,
    cell,
    codes,
    column,
    measurements,
    observations,
    tab,
    tidied,
)

SECTIONS = "基本方針1 くらし\n\n(取組施策 2) 手続\n\n" + tab(
    "概要|朝市をつづける。席は20枚。||",
    "成果目標|(1) 令和8年度までに店を30件にする。 (2) 窓口をへらす。||",
    "取組工程表|令和5年度|令和6年度|令和7年度",
    "朝市の予約|試行|30件|50件",
    "書庫||拡大|",
)


def test_sections_with_goals_and_a_timetable() -> None:
    tables = tidied(TITLE + SECTIONS)
    assert [(row["番号"], row["名称"]) for row in tables.rows("policy")] == [
        ("1", "くらし"), ("2", "手続"),
    ]  # fmt: skip
    goals = [
        (row["番号"], row["内容"], row["値"], row["単位"], row["期限年度"])
        for row in tables.rows("goal")
    ]
    assert ("1", "令和8年度までに店を30件にする。", Decimal(30), "件", 2026) in goals
    assert ("2", "窓口をへらす。", None, None, None) in goals
    assert (None, "試行", None, None, 2023) in goals
    assert (None, "拡大", None, None, None) in goals  # how far its arrow reaches is not in the text
    assert codes(tables) == ["span-unknown"]
    assert [(str(value), unit) for _, value, unit in measurements(tables)] == [("20", "枚")]


def test_numbers_of_a_timetable_are_targets() -> None:
    tables = tidied(TITLE + SECTIONS)
    assert [line.split(" ", 1)[1] for line in observations(tables)] == [
        "2024 目標値 30 件", "2025 目標値 50 件",
    ]  # fmt: skip
    # Without numbers the rows stand in the order of their IDs, which stand for their names.
    assert sorted(map(str, column(tables, "initiative", "名称"))) == ["書庫", "朝市の予約"]


def test_targets_of_a_timetable_join_the_indicator_of_the_other_document() -> None:
    progress = tab("取組施策|取組|指標|令和4年度", "手続|1. 朝市の予約|店|3件")
    tables = tidied(TITLE + SECTIONS, TITLE + progress)
    assert observations(tables) == [
        "01-1 2022 実績値 3 件", "01-1 2024 目標値 30 件", "01-1 2025 目標値 50 件",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("(1) 棚をへらす。 (2) 席をふやす。",
         [Statement("1", "", "棚をへらす。"), Statement("2", "", "席をふやす。")]),
        ("①棚をへらす②席をふやす",
         [Statement("", "1", "棚をへらす"), Statement("", "2", "席をふやす")]),
        ("・棚をへらす", [Statement("", "", "棚をへらす")]),
        ("棚をへらす。席をふやす。",
         [Statement("", "", "棚をへらす。"), Statement("", "", "席をふやす。")]),
        ("【継続】棚をへらす", [Statement("", "", "棚をへらす")]),
        ("-", []),
        ("【完了】", []),
        ("", []),
    ],
)  # fmt: skip
def test_statements(printed: str, expected: list[Statement]) -> None:
    assert statements(cell(printed)) == expected


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("令和8年度までに店を30件", 2026),
        ("令和6年度から始め、令和8年度までに店を30件", 2026),
        ("令和3年から令和7年まで", 2025),
        ("令和6年度に店を30件", 2024),
        ("令和8年3月までに", 2025),
        ("R8までに", 2026),
        ("令和8年度末までに", 2026),
    ],
)
def test_deadline(printed: str, year: int) -> None:
    found = deadline(printed)
    assert found is not None
    assert found.fiscal_year == year


def test_no_deadline() -> None:
    assert deadline("店を30件にする") is None


@pytest.mark.parametrize(
    ("printed", "expected", "others"),
    [
        ("令和8年度までに店を30件にする", [("30", 2026)], []),
        ("令和6年度 10% 令和7年度 15%", [("10", 2024), ("15", 2025)], []),
        ("令和6年度に10件、令和8年度に30件とする", [("10", 2024), ("30", 2026)], []),
        ("店を30件にする", [], ["30"]),
        ("5年間で店をふやす", [], ["5"]),
        ("令和8年度まで5年間で30件", [("30", 2026)], ["5"]),
        ("店をふやす", [], []),
        ("店を30件に令和8年度までにふやす", [("30", 2026)], []),  # the figure stands first
    ],
)
def test_targets(printed: str, expected: list[tuple[str, int]], others: list[str]) -> None:
    pairs, rest = targets(printed)
    assert [(str(figure.value), moment.fiscal_year) for figure, moment in pairs] == expected
    assert [str(figure.value) for figure in rest] == others


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("基本方針1 くらし", (1, "1", "くらし")),
        ("基本目標２　しごと", (1, "2", "しごと")),
        ("基本戦略3. まちの力", (1, "3", "まちの力")),
        ("(取組施策 1) 手続の オンライン化", (2, "1", "手続のオンライン化")),
        ("（施策10） 観光", (2, "10", "観光")),
        ("基本方針1 くらし 12", (1, "1", "くらし")),  # with the page of a table of contents
        ("基本方針1", None),
        ("基本方針について", None),
        ("基本方針1 くらしを便利にする。", None),
        ("朝市 1 くらし", None),
        ("", None),
    ],
)
def test_headings_of_the_policy_tree(printed: str, expected: tuple[int, str, str] | None) -> None:
    assert heading(printed) == expected


def test_a_policy_named_twice_is_one_and_a_new_name_is_a_finding() -> None:
    text = "基本方針1 くらし\n\n基本方針1 しごと\n\n" + SECTIONS
    tables = tidied(TITLE + text)
    assert [row["番号"] for row in tables.rows("policy")] == ["1", "2"]
    assert "name-differs" in codes(tables)


REPORT = "八戸市DX推進計画 令和5年度実績報告\n\n基本戦略1 くらし\n\n"


def test_a_report_of_what_was_done() -> None:
    text = tab(
        "施策|取り組み|状況|予定",
        "(1) 朝市|■席の予約（観光課） 予約を始めた。延べ120人。|利用率46.1%"
        "|令和8年度までに200人にする。",
        "|■書庫（総務課・市民課）|—|—",
    )
    tables = tidied(REPORT + text)
    found = [
        (row["名称"], str(row["値"]), row["単位"], row["限定"], row["担当課"], row["年度"])
        for row in tables.rows("measurement")
    ]
    assert ("席の予約：予約を始めた", "120", "人", "延べ", "観光課", 2023) in found
    assert ("席の予約：利用率", "46.1", "%", None, "観光課", 2023) in found
    assert [(row["値"], row["期限年度"]) for row in tables.rows("goal")] == [(Decimal(200), 2026)]
    done = [row["内容"] for row in tables.rows("activity")]
    assert "席の予約（観光課）" in done
    assert "書庫（総務課・市民課）" in done
    assert all("利用率" not in str(one) for one in done)  # nothing but a figure


def test_the_plan_itself() -> None:
    text = (
        "八戸市\n第2次DX推進計画\n\n令和4年10月策定\n令和6年4月改訂\n\n計画の期間\n\n"
        "令和5年度から令和7年度までとします。\n\n" + SECTIONS
    )
    (row,) = tidied(text).rows("plan")
    assert row["ID"] == PLAN
    assert row["名称"] == "八戸市第2次DX推進計画"
    assert (row["版"], row["策定年月"], row["改訂年月"]) == ("第2次", "2022-10", "2024-04")
    assert (row["開始年度"], row["終了年度"]) == (2023, 2025)


def test_a_plan_without_dates_has_none() -> None:
    (row,) = tidied(TITLE + SECTIONS).rows("plan")
    assert [row[name] for name in ("版", "策定年月", "改訂年月", "開始年度", "終了年度")] == [
        None
    ] * 5


def test_figures_of_paragraphs() -> None:
    text = "1. 概要\n\n朝市の客は延べ1,200人で、棚は40枚です。\n\n※1 席は30枚。\n\n"
    tables = tidied(TITLE + text + SECTIONS)
    found = [(name, str(value), unit) for name, value, unit in measurements(tables)]
    assert found[:3] == [("朝市の客", "1200", "人"), ("棚", "40", "枚"), ("席", "30", "枚")]
