"""Headers: what a heading means, several header rows, page breaks, rows a column short."""

from __future__ import annotations

import pytest

from pipelines.tidy.align import align
from pipelines.tidy.draft import Draft
from pipelines.tidy.layout import header_of, role_of, sheet_of
from tests.tidy.making import document, pipe, tab


def roles(text: str) -> list[tuple[str, int | None]]:
    """(role, year) of every column of the only table."""
    found = header_of(document(text).grids[0])
    assert found is not None
    return [(column.role, column.year.fiscal_year if column.year else None) for column in found[0]]


@pytest.mark.parametrize(
    ("heading", "role", "year"),
    [
        ("番号", "number", None),
        ("NO", "number", None),
        ("No.", "number", None),
        ("№", "number", None),
        ("ＮＯ", "number", None),
        ("担 当 課", "department", None),
        ("取 組 名", "initiative", None),
        ("K P I", "indicator", None),
        ("ＫＰＩ", "indicator", None),
        ("目 標 値", "target", None),
        ("(目標) 実績", "target-actual", None),
        ("（目標）　実績", "target-actual", None),
        ("基準値 令和3年度", "baseline", 2021),
        ("基準値（令和3年度）", "baseline", 2021),
        ("現状値（R4）", "baseline", 2022),
        ("令和5年度 目標値", "target", 2023),
        ("令和５年度　実績値", "actual", 2023),
        ("令和5年度の目標値", "target", 2023),
        ("目標値（令和8年度）", "target", 2026),
        ("目標値(R8)", "target", 2026),
        ("R5実績", "actual", 2023),
        ("実績（令和5年度末）", "actual", 2023),
        ("スケジュール (R6～R8)", "schedule-future", 2024),
        ("令和5年度", "year", 2023),
        ("令和3年度末", "year", 2021),
        ("2024（令和6）年度", "year", 2024),
        ("H31.3", "year", 2018),
        ("鳥の色", "", None),
        ("", "", None),
        ("2024年度", "year", 2024),
        ("2024年度 実績", "actual", 2024),
        ("令和6(2024)年度", "year", 2024),
        ("令和5年 度", "year", 2023),
        ("令和5年度（実績）", "actual", 2023),
        ("令和5年度(目標)", "target", 2023),
        ("R4～R6", "", None),  # a period is no single year
    ],
)
def test_role_of(heading: str, role: str, year: int | None) -> None:
    found, moment = role_of(heading)
    assert (found, moment.fiscal_year if moment else None) == (role, year)


def test_one_header_row() -> None:
    text = tab(
        "番号|取組名|所管課|指標|基準値（令和4年度）|目標値（令和8年度）", "1|朝市|観光課|席|1|2"
    )
    assert roles(text) == [
        ("number", None), ("initiative", None), ("department", None), ("indicator", None),
        ("baseline", 2022), ("target", 2026),
    ]  # fmt: skip


def test_years_below_their_group() -> None:
    text = tab("No.|事業名|指標|目標値||実績値|", "|||令和5年度|令和6年度|令和5年度|令和6年度")
    assert roles(text)[3:] == [
        ("target", 2023), ("target", 2024), ("actual", 2023), ("actual", 2024),
    ]  # fmt: skip


def test_kinds_below_their_years() -> None:
    text = tab("取組|指標|令和5年度|令和6年度", "||(目標) 実績|(目標) 実績", "朝市|席|(1) 2|(3) 4")
    assert roles(text)[2:] == [("target-actual", 2023), ("target-actual", 2024)]


def test_kinds_below_a_year_over_two_columns() -> None:
    text = tab(
        "取組|指標|令和5年度||令和6年度|", "||目標値|実績値|目標値|実績値", "朝市|席|1|2|3|4"
    )
    assert roles(text)[2:] == [
        ("target", 2023), ("actual", 2023), ("target", 2024), ("actual", 2024),
    ]  # fmt: skip


def test_bare_years_are_actuals_before_the_results_and_activities_behind_them() -> None:
    text = tab("取組|指標|令和5年度|取組実績|令和5年度|令和6年度", "朝市|席|1件|・席|席|席")
    assert [role for role, _ in roles(text)] == [
        "initiative", "indicator", "actual", "results", "activity", "activity",
    ]  # fmt: skip


def test_a_title_above_the_header() -> None:
    assert roles(tab("朝市の表|", "取組|指標", "朝市|席")) == [
        ("initiative", None),
        ("indicator", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        tab("鳥|色", "つぐみ|茶"),
        tab("令和5年度|令和6年度", "1|2"),  # years alone head a matrix
        tab("取組|鳥", "朝市|茶"),  # one known heading may be chance
        tab("概要|取組|指標", "成果目標|席|10件"),  # a table of sections
    ],
)
def test_no_header(text: str) -> None:
    assert header_of(document(text).grids[0]) is None


def test_rows_are_padded_to_the_header() -> None:
    sheet = sheet_of(document(tab("番号|取組|指標|令和5年度", "1|朝市")).grids[0], None, Draft())
    assert sheet is not None
    assert [cell.text for cell in sheet.rows[0]] == ["1", "朝市", "", ""]
    assert sheet.roles == {"number", "initiative", "indicator", "actual"}


def test_a_page_without_a_header_goes_on() -> None:
    first, second = document(
        pipe("番号|取組|指標", "1|朝市|席") + "\n# 次の頁\n\n" + pipe("2|夕市|席", "3|夜市|席")
    ).grids
    sheet = sheet_of(first, None, Draft())
    again = sheet_of(second, sheet, Draft())
    assert again is not None
    assert [row[1].text for row in again.rows] == ["夕市", "夜市"]
    other = document(tab("2|夕市", "3|夜市")).grids[0]
    assert sheet_of(other, sheet, Draft()) is None  # another width, another table


def test_an_unknown_heading_is_reported() -> None:
    draft = Draft()
    sheet_of(document(tab("番号|取組|予算額|鳥", "1|朝市|5|6")).grids[0], None, draft)
    assert [(one.code, one.found, one.place) for one in draft.findings] == [
        ("header-unknown", "予算額", "L1:C3"), ("header-unknown", "鳥", "L1:C4"),
    ]  # fmt: skip


def test_an_unknown_heading_means_what_stood_there_before() -> None:
    first = document(tab("番号|取組|指標", "1|朝市|席")).grids[0]
    second = document(tab("番号|取り組だ|指標", "2|夕市|席")).grids[0]
    draft = Draft()
    sheet = sheet_of(second, sheet_of(first, None, draft), draft)
    assert sheet is not None
    assert [column.role for column in sheet.columns] == ["number", "initiative", "indicator"]
    assert [one.code for one in draft.findings] == ["header-by-position"]


@pytest.mark.parametrize(
    ("row", "gap"),
    [
        # a value is gone
        ("2|夕市|観光課|客|5件|席を増やして、店を呼ぶ。", 5),
        # nothing is gone
        ("2|夕市|観光課|客|5件|6件|席を増やして、店を呼ぶ。", None),
        # empty, but all there
        ("2|夕市|観光課|客|||席を増やして、店を呼ぶ。", None),
        # the indicator is gone: 5件 is no name of one
        ("2|夕市|観光課|5件|6件|席を増やして、店を呼ぶ。", 3),
    ],
)
def test_rows_a_cell_short(row: str, gap: int | None) -> None:
    text = tab(
        "番号|取組|担当課|指標|令和4年度|令和5年度|内容", "1|朝市|観光課|客|3件|4件|続ける。", row
    )
    draft = Draft()
    sheet = sheet_of(document(text).grids[0], None, draft)
    assert sheet is not None
    aligned = align(sheet.rows[1], sheet, draft)
    assert [one.code for one in draft.findings] == ([] if gap is None else ["row-short"])
    assert [index for index, one in enumerate(aligned) if not one.text] == (
        [] if gap is None and "||" not in row else [gap] if gap is not None else [4, 5]
    )
    assert aligned[6].text == "席を増やして、店を呼ぶ。"
