"""Tables with an initiative or KPI a row, as other towns lay them out."""

from __future__ import annotations

import pytest

from tests.tidy.making import (
    PLAN,
    TITLE,
    broken_references,
    codes,
    column,
    document,
    false_provenance,
    measurements,
    observations,
    of_code,
    pipe,
    repeated_ids,
    tab,
    tidied,
    tidied_documents,
)

SINGLE = (
    "番号|取組名|所管課|指標名|基準値（令和4年度）|目標値（令和8年度）|実績値（令和5年度）",
    "1|書庫の電子化|総務課|写した棚|3枚|40枚|12枚",
    "2|朝市の予約|観光課|予約の件数|-|1.2万件|850件",
)
SINGLE_READ = [
    "01-1 2022 基準値 3 枚", "01-1 2023 実績値 12 枚", "01-1 2026 目標値 40 枚",
    "02-1 2022 基準値 対象外", "02-1 2023 実績値 850 件", "02-1 2026 目標値 12000 件",
]  # fmt: skip


@pytest.mark.parametrize("text", [tab(*SINGLE), pipe(*SINGLE)])
def test_one_header_row_with_years_in_brackets(text: str) -> None:
    tables = tidied(TITLE + text)
    assert observations(tables) == SINGLE_READ
    assert column(tables, "initiative", "名称") == ["書庫の電子化", "朝市の予約"]
    assert column(tables, "initiative", "担当課") == ["総務課", "観光課"]
    assert column(tables, "indicator", "名称") == ["写した棚", "予約の件数"]
    assert column(tables, "indicator", "単位") == ["枚", "件"]
    assert codes(tables) == []


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16"])
def test_any_encoding_gives_the_same_tables(encoding: str) -> None:
    assert observations(tidied(TITLE + tab(*SINGLE), encoding=encoding)) == SINGLE_READ


def test_another_order_of_columns() -> None:
    text = tab(
        "令和6年度 実績|令和6年度 目標|成果指標|事業名|No.|主管課", "3枚|(4枚)|棚|書庫|1|総務課"
    )
    tables = tidied(TITLE + text)
    assert observations(tables) == ["01-1 2024 実績値 3 枚", "01-1 2024 目標値 4 枚"]
    assert column(tables, "initiative", "担当課") == ["総務課"]


def test_target_and_actual_columns_of_each_year() -> None:
    text = tab(
        "No.|事業名|KPI|令和5年度 目標値|令和5年度 実績値|令和6年度 目標値|令和6年度 実績値",
        "1|書庫|電子化率|30％|28.5％|50％|▲3.2%",
        "2|朝市|客|100人|延べ120人|約150人|調査中",
    )
    tables = tidied(TITLE + text)
    assert observations(tables) == [
        "01-1 2023 実績値 28.5 %", "01-1 2023 目標値 30 %",
        "01-1 2024 実績値 -3.2 %", "01-1 2024 目標値 50 %",
        "02-1 2023 実績値 120 人 延べ", "02-1 2023 目標値 100 人",
        "02-1 2024 実績値 調査中", "02-1 2024 目標値 150 人 約",
    ]  # fmt: skip
    assert column(tables, "indicator", "値の種別") == ["割合", "数値"]
    assert [one.found for one in of_code(tables, "value-unknown")] == ["調査中"]


def test_two_header_rows_kind_over_year() -> None:
    text = tab(
        "No.|事業名|成果指標|目標値||実績値|",
        "|||令和5年度|令和6年度|令和5年度|令和6年度",
        "1|書庫|電子化率|30％|50％|28.5％|49％",
    )
    assert observations(tidied(TITLE + text)) == [
        "01-1 2023 実績値 28.5 %", "01-1 2023 目標値 30 %",
        "01-1 2024 実績値 49 %", "01-1 2024 目標値 50 %",
    ]  # fmt: skip


def test_two_header_rows_year_over_kind() -> None:
    text = tab(
        "No.|事業名|成果指標|令和5年度||令和6年度|",
        "|||目標値|実績値|目標値|実績値",
        "1|書庫|電子化率|30％|28.5％|50％|49％",
    )
    assert observations(tidied(TITLE + text)) == [
        "01-1 2023 実績値 28.5 %", "01-1 2023 目標値 30 %",
        "01-1 2024 実績値 49 %", "01-1 2024 目標値 50 %",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "year"), [("2024年度", 2024), ("令和6(2024)年度", 2024), ("R元年度", 2019)]
)
def test_years_in_every_calendar(heading: str, year: int) -> None:
    tables = tidied(TITLE + tab(f"番号|取組名|指標|{heading}", "1|朝市|店|3件"))
    assert observations(tables) == [f"01-1 {year} 実績値 3 件"]
    assert codes(tables) == []


def test_a_row_without_its_indicator_keeps_its_values_in_their_years() -> None:
    text = tab(
        "番号|取組名|担当課|指標|令和4年度|令和5年度|内容",
        "1|朝市|観光課|客|3件|4件|続ける。",
        "2|夕市|観光課|5件|6件|席を増やして、店を呼ぶ。",
    )
    tables = tidied(TITLE + text)
    assert observations(tables) == [
        "01-1 2022 実績値 3 件", "01-1 2023 実績値 4 件",
        "02-1 2022 実績値 5 件", "02-1 2023 実績値 6 件",
    ]  # fmt: skip
    assert column(tables, "indicator", "名称") == ["客", "夕市"]
    assert codes(tables) == ["row-short"]


@pytest.mark.parametrize("day", ["2/30", "2/31", "4/31", "12/32"])
def test_a_day_that_no_calendar_has_is_no_date(day: str) -> None:
    tables = tidied(TITLE + tab("番号|取組名|指標|令和5年度", f"1|朝市|店|99% ※点検 ({day}時点)"))
    assert observations(tables) == ["01-1 2023 実績値 99 %"]
    assert column(tables, "observation", "時点") == [None]


def test_a_leap_day_is_a_date() -> None:
    tables = tidied(TITLE + tab("番号|取組名|指標|令和5年度", "1|朝市|店|99% ※点検 (2/29時点)"))
    assert column(tables, "observation", "時点") == ["2024-02-29"]


def test_targets_in_brackets_below_the_years() -> None:
    text = tab(
        "取組|指標|令和5年度|令和6年度", "||(目標) 実績|(目標) 実績",
        "1. 書庫|棚|(10枚) 9枚|(-)未実施",
    )  # fmt: skip
    assert observations(tidied(TITLE + text)) == [
        "01-1 2023 実績値 9 枚", "01-1 2023 目標値 10 枚",
        "01-1 2024 実績値 未実施", "01-1 2024 目標値 対象外",
    ]  # fmt: skip


def test_merged_cells_are_carried_down() -> None:
    text = tab(
        "基本方針|施策|番号|取組名|指標|令和5年度",
        "くらし|手続|1|書庫|棚|3枚",
        "||2|朝市|店|4件",
        "||||席|5枚",
        "|観光|3|まつり|客|6人",
        "しごと|庁内|4|会議|回数|7回",
    )
    tables = tidied(TITLE + text)
    assert observations(tables) == [
        "01-1 2023 実績値 3 枚", "02-1 2023 実績値 4 件", "02-2 2023 実績値 5 枚",
        "03-1 2023 実績値 6 人", "04-1 2023 実績値 7 回",
    ]  # fmt: skip
    names = {row["ID"]: row["名称"] for row in tables.rows("policy")}
    above = {row["名称"]: names[str(row["施策ID"])] for row in tables.rows("initiative")}
    assert above == {"書庫": "手続", "朝市": "手続", "まつり": "観光", "会議": "庁内"}
    parents = {row["名称"]: names.get(row["上位ID"]) for row in tables.rows("policy")}
    assert parents["手続"] == parents["観光"] == "くらし"
    assert parents["庁内"] == "しごと"


@pytest.mark.parametrize("header", [True, False])
def test_an_initiative_broken_by_a_page(header: bool) -> None:
    head = "番号|取組名|指標|令和5年度|令和6年度"
    second = ["||紐|5個|6個", "2|夕市|店|7|8"]
    text = tab(head, "1|朝市|席|1枚|2枚", "||箱|3個|4個") + "\n\n"
    tables = tidied(TITLE + text + tab(*([head] if header else []), *second))
    assert observations(tables) == [
        "01-1 2023 実績値 1 枚", "01-1 2024 実績値 2 枚",
        "01-2 2023 実績値 3 個", "01-2 2024 実績値 4 個",
        "01-3 2023 実績値 5 個", "01-3 2024 実績値 6 個",
        "02-1 2023 実績値 7", "02-1 2024 実績値 8",
    ]  # fmt: skip
    assert codes(tables) == []


def test_branches_printed_in_circles() -> None:
    text = tab("番号|取組名|指標|令和6年度", "1|書庫|①棚②箱|①1枚②2個", "2|朝市|①店②客|5件")
    tables = tidied(TITLE + text)
    assert observations(tables) == [
        "01-1 2024 実績値 1 枚", "01-2 2024 実績値 2 個", "02-0 2024 実績値 5 件",
    ]  # fmt: skip
    assert [row["枝番"] for row in tables.rows("indicator")] == ["1", "2", "0", "1", "2"]


def test_parts_of_one_indicator() -> None:
    text = tab("番号|取組名|指標|令和6年度", "1|学び|参加者|窓口研修:28人 書庫研修:43人")
    tables = tidied(TITLE + text)
    assert observations(tables) == ["01-1-1 2024 実績値 28 人", "01-1-2 2024 実績値 43 人"]
    assert column(tables, "indicator", "名称")[-2:] == ["窓口研修", "書庫研修"]


def test_figures_that_explain_are_measurements() -> None:
    text = tab("番号|取組名|指標|令和6年度", "1|学び|参加者|346名（138%）")
    tables = tidied(TITLE + text)
    assert observations(tables) == ["01-1 2024 実績値 346 名"]
    assert [(name, str(value), unit) for name, value, unit in measurements(tables)] == [
        ("参加者", "138", "%")
    ]


def test_projects_of_offices() -> None:
    text = tab(
        "NO|所管課|担当係|事業名|事業内容|効果",
        "1|総務課|文書係|書庫|古い書類を写す。|・席を20枚へらす。",
        "2|観光課||朝市【新】|店をふやす。|-",
    )
    tables = tidied(TITLE + text)
    assert column(tables, "initiative", "担当課") == ["総務課", "観光課"]
    assert column(tables, "initiative", "担当グループ") == ["文書係", None]
    assert column(tables, "initiative", "内容") == ["古い書類を写す。", "店をふやす。"]
    assert column(tables, "initiative", "継続区分") == [None, "新規"]
    assert [(str(value), unit) for _, value, unit in measurements(tables)] == [("20", "枚")]


def test_activities_of_each_year() -> None:
    text = tab(
        "番号|取組|指標|令和5年度|取組実績|令和5年度|令和6年度",
        "1|書庫|棚|3枚|・古い棚を写した。【R5年度】|棚写し|棚かたづけ",
        "2|朝市|店|4件||はじめ|つづき|おわり",
    )
    tables = tidied(TITLE + text)
    done = [(row["取組ID"], row["年度"], row["内容"]) for row in tables.rows("activity")]
    assert done == [
        (f"{PLAN}-01", 2023, "古い棚を写した。"),
        (f"{PLAN}-01", 2023, "棚写し"),
        (f"{PLAN}-01", 2024, "棚かたづけ"),
        # one cell more than years: all are kept, no year is made up
        (f"{PLAN}-02", None, "はじめ"),
        (f"{PLAN}-02", None, "つづき"),
        (f"{PLAN}-02", None, "おわり"),
    ]
    assert codes(tables) == ["row-long"]


def test_targets_out_of_a_schedule() -> None:
    text = tab(
        "番号|取組|指標|実績値（令和4年度）|今後のスケジュール",
        "1|朝市|店|3件|令和6年度に10件、令和8年度に30件とする。",
    )
    tables = tidied(TITLE + text)
    assert "01-1 2026 目標値 30 件" in observations(tables)
    assert "01-1 2024 目標値 10 件" in observations(tables)
    assert [row["期限年度"] for row in tables.rows("goal")] == [2024, 2026]


def test_a_target_in_another_unit_is_said() -> None:
    text = tab(
        "番号|取組|指標|実績値（令和4年度）|今後のスケジュール",
        "1|朝市|店|3件|令和8年度までに利用率30%",
    )
    tables = tidied(TITLE + text)
    assert "unit-differs" in codes(tables)
    assert "01-1 2026 目標値 30 %" in observations(tables)


# --- nothing is dropped silently -----------------------------------------------------------------


def test_an_unknown_heading_is_a_finding_and_the_rest_is_read() -> None:
    text = tab("番号|取組名|所管課|予算額|指標|令和5年度", "1|書庫|総務課|1,000千円|棚|3枚")
    tables = tidied(TITLE + text)
    (finding,) = tables.findings
    assert (finding.code, finding.severity, finding.found) == ("header-unknown", "警告", "予算額")
    assert finding.place.endswith("L3:C4")
    assert observations(tables) == ["01-1 2023 実績値 3 枚"]


def test_an_unknown_table_is_a_finding_and_its_figures_are_kept() -> None:
    tables = tidied(TITLE + tab(*SINGLE) + "\n\n" + tab("鳥|色", "つぐみ|茶 30個"))
    assert codes(tables) == ["table-unknown"]
    assert [(str(value), unit) for _, value, unit in measurements(tables)] == [("30", "個")]
    assert len(observations(tables)) == len(SINGLE_READ)


def test_a_document_of_another_kind_is_an_error() -> None:
    tables = tidied("八戸市の鳥\n\n" + tab("鳥|色", "つぐみ|茶"))
    assert codes(tables) == ["table-unknown", "nothing-read"]
    assert of_code(tables, "nothing-read")[0].severity == "誤り"


def test_an_empty_plan_is_an_error() -> None:
    assert codes(tidied(TITLE)) == ["nothing-read"]


def test_values_without_a_year_are_a_finding() -> None:
    text = tab("番号|取組名|指標|目標値", "1|朝市|店|3件")
    tables = tidied(TITLE + text)
    assert observations(tables) == []
    (finding,) = of_code(tables, "year-unknown")
    assert (finding.found, finding.row_id) == ("目標値", "022039-dx-plan-01")
    assert [row["値"] for row in tables.rows("measurement")] == [3]


def test_an_unknown_unit_and_an_unknown_word_are_findings() -> None:
    text = tab("番号|取組名|指標|令和5年度|令和6年度", "1|朝市|店|3升|そのうち")
    tables = tidied(TITLE + text)
    assert observations(tables) == ["01-1 2023 実績値 3 升", "01-1 2024 実績値 そのうち"]
    assert codes(tables) == ["unit-unknown", "value-unknown"]


def test_two_values_for_one_year_are_a_finding() -> None:
    text = tab("番号|取組名|指標|令和5年度|令和5年度", "1|朝市|店|3件|4件")
    tables = tidied(TITLE + text)
    assert observations(tables) == ["01-1 2023 実績値 3 件"]
    assert codes(tables) == ["value-differs"]


def test_a_number_used_twice_is_a_finding() -> None:
    text = tab("番号|取組名|指標|令和5年度", "1|朝市|店|3件", "1|書庫|棚|4枚")
    tables = tidied(TITLE + text)
    assert column(tables, "initiative", "名称") == ["朝市", "書庫"]
    assert len(observations(tables)) == 2
    assert codes(tables) == ["number-repeated"]


def test_a_note_at_an_indicator_is_a_finding() -> None:
    tables = tidied(TITLE + tab("番号|取組名|指標|令和5年度", "1|朝市|店※屋台を除く|3件"))
    assert column(tables, "indicator", "名称") == ["店"]
    assert [one.found for one in of_code(tables, "note")] == ["※屋台を除く"]


def test_markup_and_formulas_are_text() -> None:
    text = tab("番号|取組名|指標|令和5年度", "1|<script>x()</script>朝市|店&lt;img src=x&gt;|=1+1")
    tables = tidied(TITLE + text)
    assert column(tables, "initiative", "名称") == ["朝市"]
    assert observations(tables) == ["01-1 2023 実績値 =1+1"]


# --- two documents of one plan -------------------------------------------------------------------


def test_two_documents_join_by_number_and_by_name() -> None:
    plan = TITLE + tab("番号|取組名|所管課", "1|朝市 の予約|観光課", "2|書庫の電子化|総務課")
    progress = TITLE + tab("取組名|指標|令和5年度", "書庫の電子化|棚|3枚", "1. 朝市の予約|店|4件")
    tables = tidied(plan, progress)
    assert column(tables, "initiative", "番号") == ["1", "2"]
    assert column(tables, "initiative", "担当課") == ["観光課", "総務課"]
    assert observations(tables) == ["01-1 2023 実績値 4 件", "02-1 2023 実績値 3 枚"]
    (row,) = tables.rows("plan")
    assert row["出典"] == "1.txt / 2.txt"
    assert len(str(row["出典ハッシュ"]).split(";")) == 2


def test_ids_do_not_depend_on_the_order_of_rows() -> None:
    head = "番号|取組名|指標|令和5年度"
    rows = ["1|朝市|店|3件", "2_01|書庫|棚|4枚", "10|夜市|客|5人"]
    ids = {tuple(sorted(str(row["ID"]) for row in tidied(TITLE + tab(head, *order)).rows(slug)))
           for order in (rows, rows[::-1]) for slug in ("observation",)}  # fmt: skip
    assert ids == {
        (f"{PLAN}-01-1-2023-actual", f"{PLAN}-10-1-2023-actual", f"{PLAN}-2-01-1-2023-actual")
    }


def test_ids_without_a_number_do_not_depend_on_the_rows_around() -> None:
    head = "取組名|指標|令和5年度"
    few = tidied(TITLE + tab(head, "朝市|店|3件", "書庫|棚|4枚"))
    more = tidied(TITLE + tab(head, "夜市|客|5人", "書庫|棚|4枚", "朝市|店|3件"))
    ids = {row["名称"]: row["ID"] for row in more.rows("initiative")}
    assert all(ids[row["名称"]] == row["ID"] for row in few.rows("initiative"))
    assert len(set(ids.values())) == 3


@pytest.mark.parametrize(("one", "other"), [("1", "01"), ("1-01", "1_01"), ("1", "１")])
def test_policies_whose_numbers_look_alike_have_ids_of_their_own(one: str, other: str) -> None:
    rows = [f"({one}) 手続|1|朝市|店|3件", f"({other}) 観光|2|書庫|棚|4枚"]
    tables = tidied(TITLE + tab("施策|番号|取組名|指標|令和5年度", *rows))
    assert repeated_ids(tables) == []
    assert broken_references(tables) == []


def test_a_cell_that_its_row_does_not_print_has_the_place_of_the_row() -> None:
    one = document(TITLE + tab("番号|取組名|指標|令和5年度|令和6年度", "1|朝市|店|3件"))
    tables = tidied_documents([one])
    assert observations(tables) == ["01-1 2023 実績値 3 件", "01-1 2024 実績値 空欄"]
    assert false_provenance(tables, [one]) == []
