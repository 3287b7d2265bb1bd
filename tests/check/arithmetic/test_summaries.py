"""Totals that stand apart from their parts: summaries, other cells, foot and right of a table."""

from __future__ import annotations

import pytest

from tests.check.arithmetic.making import brief, items, row, told

CARDS = (
    "| | |\n|---|---|\n| ① DXで削減された業務時間 | ② スマホ教室 |\n"
    "| 1,234時間以上 | 30回 120人 |\n\n"
)
HOURS = (
    "| 取組 | 状況 |\n|---|---|\n| 予約 | 業務時間の削減 34 h |\n| 窓口 | 業務時間の削減200h |\n"
    "| 読取 | 業務時間の削減1,000h |\n\n"
)
LESSONS = row(
    items("■教室", "・本庁 10回 50人", "・東館 12回 40人", "・西館 8回 30人"), "参加者120人"
)
REPORT = CARDS + HOURS + LESSONS


def test_a_summary_that_the_tables_make_is_not_reported() -> None:
    assert brief(REPORT) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("1,234時間", "1,284時間", ("summary-differs", "1,284時間", "1,234時間")),
        ("1,234時間", "1,233時間", ("summary-differs", "1,233時間", "1,234時間")),
        ("削減200h", "削減260h", ("summary-differs", "1,234時間", "1,294時間")),
        ("30回 120人", "30回 180人", ("total-differs", "180人", "120人")),
        ("30回 120人", "36回 120人", ("total-differs", "36回", "30回")),
        ("参加者120人", "参加者170人", ("total-differs", "170人", "120人")),
    ],
)
def test_a_summary_that_the_tables_do_not_make_is_reported(
    old: str, new: str, found: tuple[str, str, str]
) -> None:
    assert brief(REPORT.replace(old, new)) == [found]


def test_a_paragraph_may_state_the_total() -> None:
    text = "DXの取組で業務時間を合計1,234時間削減した。\n\n" + HOURS
    assert brief(text) == []
    assert brief(text.replace("1,234", "1,324")) == [("summary-differs", "1,324時間", "1,234時間")]
    assert brief(text.replace("1,234", "1,324").replace("取組で", "取組で図書館の")) == []


def test_a_dropped_row_is_missed_by_its_summary() -> None:
    text = REPORT + row("電話", "業務時間の削減66h")
    assert brief(text.replace("1,234", "1,300")) == []
    assert brief(REPORT.replace("1,234", "1,300")) == [
        ("summary-differs", "1,300時間", "1,234時間")
    ]


def test_a_dropped_item_is_missed_by_the_figure_beside_it() -> None:
    text = LESSONS.replace("<li>・西館 8回 30人</li>", "")
    assert brief(LESSONS) == []
    assert brief(text) == [("total-differs", "120人", "90人")]


def test_a_summary_finding_names_what_was_added() -> None:
    (one,) = told(REPORT.replace("1,234時間", "1,284時間"))
    assert one.place == "L4:C1"
    assert "L8:C2, L9:C2, L10:C2" in one.message
    assert "業務時間の削減" in one.message


@pytest.mark.parametrize(
    "text",
    [
        REPORT.replace("削減された業務時間", "開館時間"),  # another thing
        REPORT.replace("DXで削減された", "削減目標の"),
        CARDS.replace("1,234", "5,000") + row("予約", "業務時間の削減 34 h"),  # two are no group
        REPORT.replace("1,234時間", "1,034時間").replace("窓口", "窓口（再掲）"),
        REPORT.replace("1,234時間", "1,284時間").replace("DXで", "図書館の電子貸出で"),
        REPORT.replace("1,234時間", "1,284時間").replace("時間以上", "件"),
        REPORT.replace("1,234時間", "1,200時間"),  # at least a round number
    ],
)
def test_an_unclear_summary_is_not_reported(text: str) -> None:
    assert [one for one in brief(text) if one[0] == "summary-differs"] == []


FOOT = (
    "| 課 | R4 | R5 | 計 | 利用率 |\n|---|---|---|---|---|\n| 北課 | 10 | 20 | 30 | 5% |\n"
    "| 南課 | 1 | 2 | 3 | 7% |\n| 東課 | - | 9 | 9 | 9% |\n| 合計 | 11 | 31 | 42 | 21% |\n"
)


def test_the_foot_and_the_right_of_a_table() -> None:
    assert brief(FOOT) == []
    assert brief(FOOT.replace("| 11 |", "| 17 |")) == [
        ("total-differs", "17", "11"),
        ("total-differs", "42", "48"),
    ]
    assert brief(FOOT.replace("| 2 | 3 |", "| 2 | 8 |")) == [
        ("total-differs", "8", "3"),
        ("total-differs", "42", "47"),
    ]


def test_subtotals_are_not_counted_twice() -> None:
    table = (
        "| 課 | 件数（件） |\n|---|---|\n| 北 | 10 |\n| 南 | 5 |\n| 小計 | 15 |\n| 東 | 7 |\n"
        "| 西 | 8 |\n| 小計 | 15 |\n| 合計 | 30 |\n"
    )
    assert brief(table) == []
    assert [found for _, found, _ in brief(table.replace("| 30 |", "| 31 |"))] == ["31"]
    assert brief(table.replace("| 東 |", "| うち東 |").replace("| 30 |", "| 31 |")) == []


def test_a_column_with_words_or_rates_is_not_added_up() -> None:
    table = "| 課 | 値 |\n|---|---|\n| 北 | 10 |\n| 南 | 実施 |\n| 東 | 5 |\n| 合計 | 99 |\n"
    assert brief(table) == []
    rates = "| 課 | 取得率 |\n|---|---|\n| 北 | 10 |\n| 南 | 5 |\n| 合計 | 7 |\n"
    assert brief(rates) == []


RATE_CARDS = (
    "| | |\n|---|---|\n| ⑥ 体育館Web予約システム利用率 | ⑦ テレワーク 延べログイン数 |\n"
    "| 98.1% | 2,990人 |\n\n"
)
RATE_ROWS = (
    row("■体育館Web予約システム", "利用率98.1%")
    + row("■公民館Web予約システム", "利用率48.1%")
    + row("■テレワーク端末 ・ログイン数延べ2,990名", "2枚")
)


def test_a_card_repeats_the_one_row_that_has_its_words() -> None:
    assert brief(RATE_CARDS + RATE_ROWS) == []
    for old, new in (("98.1%", "96.1%"), ("2,990人", "2,090人")):
        found = brief(RATE_CARDS.replace(old, new) + RATE_ROWS)
        assert [(code, one) for code, one, _ in found] == [("summary-figure-differs", new)]


@pytest.mark.parametrize(
    "rows",
    [
        RATE_ROWS + row("■体育館Web予約システム（再掲）", "利用率97%"),  # two rows
        RATE_ROWS.replace("利用率98.1%", "利用率98.1% 目標90%"),  # two rates
        RATE_ROWS.replace("体育館", "図書館"),  # no such row
        RATE_ROWS.replace("利用率98.1%", "利用率目標97%"),
        RATE_ROWS.replace("利用率98.1%", "利用率12.3%"),  # another thing
    ],
)
def test_a_card_without_its_one_row_is_left_alone(rows: str) -> None:
    found = brief(RATE_CARDS.replace("98.1%", "96.1%") + rows)
    assert "96.1%" not in [one for _, one, _ in found]


def test_a_card_may_add_two_figures_of_its_row() -> None:
    text = "| | |\n|---|---|\n| ④ オンライン学習講座 | |\n| 14,500回視聴 | |\n\n" + row(
        items("■オンライン学習講座の提供", "・外部講座 13,000講座", "・市民講座 視聴回数1500回")
    )
    assert brief(text) == []
    found = brief(text.replace("14,500", "14,800"))
    assert found == [("summary-figure-differs", "14,800回視聴", "13,000講座+1500回")]


SHARES = (
    "| 区分 | 令和5年度 | 構成比 |\n|---|---|---|\n| 窓口 | 300件 | 60.0% |\n"
    "| 郵送 | 150件 | 30.0% |\n| 電子 | 50件 | 10.0% |\n| 合計 | 500件 | 100% |\n"
)


def test_a_column_of_shares_makes_the_whole() -> None:
    assert brief(SHARES) == []
    assert brief(SHARES.replace("30.0%", "35.0%")) == [("shares-differ", "105%", "100%")]
    assert brief(SHARES.replace("500件", "520件")) == [("total-differs", "520件", "500件")]
    assert brief(SHARES.replace("30.0%", "30.1%")) == []  # as rounding may leave it
