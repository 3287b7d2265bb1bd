"""Columns of fiscal years against the marks and dates in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.check.consistency.columns import _rising
from tests.check.consistency.making import PLAN, PROGRESS, findings, told
from tests.tidy.making import tab


def test_a_mark_that_agrees_with_its_column_is_silent() -> None:
    assert told(PLAN, PROGRESS) == []


def test_a_swapped_mark_is_found_where_the_name_stands() -> None:
    text = PROGRESS.replace("開始した。【R4年度】", "開始した。【R5年度】")
    (found,) = findings(PLAN, text)
    assert (found.code, found.found, found.expected) == (
        "year-column-differs",
        "令和4年度",
        "令和5年度",
    )
    assert "転入届の電子化" in found.message
    assert found.place == "progress L5:C11"


def test_a_name_in_another_column_is_found() -> None:
    text = PROGRESS.replace("端末の更新\t窓口体験調査\t", "\t端末の更新\t窓口体験調査")
    assert told(PLAN, text) == [("year-column-differs", "令和7年度", "令和6年度")]


def test_a_sentence_without_a_mark_stands_for_any_year() -> None:
    text = PROGRESS.replace("端末の更新\t窓口体験調査\t", "\t窓口体験調査\t端末の更新")
    assert told(PLAN, text) == []


def test_a_sentence_for_two_years_suits_both_columns() -> None:
    text = PROGRESS.replace("開始した。【R4年度】", "開始した。【R3年度・R4年度】")
    assert told(PLAN, text) == []


def test_a_row_with_more_cells_than_years_is_not_judged() -> None:
    text = PROGRESS.replace(
        "転入届の電子化\t端末の更新\t窓口体験調査\t", "\t\t\t\t転入届の電子化\t窓口体験調査"
    )
    assert "year-column-differs" not in {code for code, _, _ in told(PLAN, text)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("令和4年度|令和5年度|令和6年度", ""),
        ("令和4年度|令和6年度|令和5年度", "令和4年度、令和6年度、令和5年度"),
        ("R4|R5|R5|R7", "令和4年度、令和5年度、令和5年度、令和7年度"),
        ("令和3年度末|令和5年度末|令和4年度末", "令和3年度、令和5年度、令和4年度"),
        ("R4|R5|R6|R4|R5|R6", ""),
        ("令和2年度|令和7年度|令和12年度", ""),
        ("令和5年度|令和4年度", ""),
        ("令和4年度|基準値 令和3年度|令和5年度|令和6年度", "令和4年度、令和3年度、令和5年度"),
        ("基準値 令和3年度|令和4年度|令和5年度", ""),
        ("令和4年度|令和5年度|基準値 令和3年度", ""),
        ("令和4年度|基準値 令和3年度|令和6年度", ""),
    ],
)
def test_the_order_of_year_headings(text: str, found: str) -> None:
    plan = PLAN + "\n\n" + tab(f"指標|{text}", "件数" + "|1件" * (text.count("|") + 1))
    orders = [one for one in told(plan, PROGRESS) if one[0] == "year-order"]
    assert [one[1] for one in orders] == ([found] if found else [])


@given(st.integers(1990, 2040), st.integers(1, 8), st.integers(1, 3))
def test_blocks_of_rising_years_are_in_order(first: int, length: int, blocks: int) -> None:
    run = list(range(first, first + length)) * (blocks if length > 1 else 1)
    assert _rising(run)
    assert not _rising([*run, run[-1]]) or len(run) == 1 or length == 1


@pytest.mark.parametrize(
    ("series", "wrong"),
    [
        ("(R3年度:1,256 R4年度:3,459 R5年度:4,904)", False),
        ("(R3年度:1,256 R4年度:3,459 R4年度:4,904)", True),
        ("(R4年度:118件、R6年度:194件、R5年度:289件)", True),
        ("(R5年度:118件、R4年度:194件、R3年度:289件)", False),
        ("(R4年度:118件) (R4年度:3人)", False),
    ],
)
def test_years_in_a_told_series(series: str, wrong: bool) -> None:
    found = told(PLAN + f"\n\n申請は合計した{series}。\n", PROGRESS)
    assert [one[0] for one in found] == (["year-order"] if wrong else [])


GRID = tab("取組|令和4年度|令和5年度の取り組み|令和6年度の予定", "窓口|{0}|{1}|{2}", "会計|x|y|z")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("", "利用率10%(令和6年3月末)", ""), []),
        (("", "利用率10%(令和5年3月末)", ""), [("date-outside-year", "令和5年3月")]),
        (("", "令和5年10月1日に開始した。", ""), []),
        (("", "令和4年10月1日に開始した。", ""), [("date-outside-year", "令和4年10月1日")]),
        (("", "令和6年度の準備をした。", "令和8年1月に移行する。"), []),
        (("令和6年1月に向けて準備した。", "", ""), []),
        (("(令和4年度) 導入", "", ""), []),
        (("(令和7年度) 拡大", "", ""), [("year-in-column", "令和7年度")]),
        (("R4投稿件数 82件", "", ""), []),
        (("R3投稿件数 82件", "", ""), [("year-in-column", "R3")]),
        (("会議録(R3とR4比較) 519時間", "", ""), []),
    ],
)
def test_dates_and_years_in_a_column(
    cells: tuple[str, str, str], found: list[tuple[str, str]]
) -> None:
    plan = PLAN + "\n\n" + GRID.format(*cells)
    assert [(code, value) for code, value, _ in told(plan, PROGRESS)] == found
