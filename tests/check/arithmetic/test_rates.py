"""A stated rate against its two counts."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.check.arithmetic.making import brief, items, row, told

RIGHT = [
    ("利用回数312件 転入総件数2,480件", "利用率 12.6%"),
    ("・オンライン件数450件 対象者1,200件 1件当たり5分削減", "利用率37.5%"),
    ("全2,048ページ中、2,040ページが準拠", "99.6%準拠"),
    ("職員640名中16名が開いた。", "正しい対応をした職員の割合97.5%"),
    ("職員640名中16名が開いた。", "開いた割合2.5%"),
    ("2,000件のうち500件が電子", "電子申請率25%"),
    ("・電子納付率12.5% 1,250件/10,000件", "継続"),
    ("納付率12.5%（1,250件／10,000件）", "継続"),
    ("受講者を200人にする。", "250名（125%）"),
    ("定員 200人", "受講 250人（125％）"),
    ("〔略〕電子納付率 12.5%〔略〕電子納付率(分子) 1,250件〔略〕電子納付率(分母) 10,000件", "継続"),
]
WRONG = [
    (RIGHT[0], "12.6%", "13.6%", "12.6%"),
    (RIGHT[0], "312件", "372件", "15.0%"),
    (RIGHT[0], "2,480件", "2,980件", "10.5%"),
    (RIGHT[1], "37.5%", "37.9%", "37.5%"),
    (RIGHT[2], "99.6%", "98.6%", "99.6%"),
    (RIGHT[2], "2,040", "1,040", "50.8%"),
    (RIGHT[3], "97.5%", "94.5%", "97.5%"),
    (RIGHT[5], "25%", "26%", "25%"),
    (RIGHT[6], "12.5%", "15.2%", "12.5%"),
    (RIGHT[7], "1,250件", "1,260件", "12.6%"),
    (RIGHT[8], "125%", "152%", "125%"),
    (RIGHT[8], "200人", "300人", "83%"),
    (RIGHT[10], "12.5%", "12.7%", "12.5%"),
]


@pytest.mark.parametrize("cells", RIGHT)
def test_a_right_rate_is_not_reported(cells: tuple[str, str]) -> None:
    assert brief(row("取組", *cells)) == []


@pytest.mark.parametrize(("cells", "old", "new", "expected"), WRONG)
def test_a_wrong_rate_or_count_is_reported(
    cells: tuple[str, str], old: str, new: str, expected: str
) -> None:
    found = brief(row("取組", *(one.replace(old, new) for one in cells)))
    assert [(code, wanted) for code, _, wanted in found] == [("rate-differs", expected)]


def test_a_rate_cut_off_is_information_only() -> None:
    assert brief(row("取組", "全1,500ページ中、1,499ページが準拠", "99.9%準拠")) == []
    (one,) = told(row("取組", "全2,500ページ中、2,499ページが準拠", "99.9%準拠"))
    assert (one.code, one.severity) == ("rate-truncated", "情報")
    assert (one.found, one.expected) == ("99.9%", "100.0%")
    assert "2,499÷2,500" in one.message


@pytest.mark.parametrize(
    "cells",
    [
        ("・申請100件 対象200件", "満足度 85%"),
        ("・申請100件 対象200件", "郵便料45%を削減した。"),
        ("・申請100件 対象200件", "前年比120%"),
        ("・申請100件 対象200件", "電子申請率80%を目指す"),
        ("・申請100件 対象200人", "利用率85%"),  # units differ
        ("・申請100件 対象200件 相談50件", "利用率85%"),  # which of them?
        ("・申請100件", "利用率85%"),
        ("総合窓口100件 相談200件", "利用率85%"),
        ("対象200件 申請100件", "利用率50% 特に育児は、91.3%"),
        ("・申請率81.7%（令和6年3月末） 交付率79.5%（令和6年3月末）", "交付3,000件"),
        ("講座 250名（125%）", "定員200名 前回208名"),
        ("講座 250名（125%）", "広報3,000部"),
        ("〔略〕対象200件〔略〕", "利用率85%"),
    ],
)
def test_what_is_no_rate_of_these_counts_is_not_reported(cells: tuple[str, str]) -> None:
    assert brief(row("取組", *cells)) == []


def test_one_rate_explained_leaves_the_others_free() -> None:
    status = items("利用率50.0%", "特に育児相談は、91.3%がオンライン")
    assert brief(row("取組", "・予約件数300件 総予約数600件", status)) == []
    found = brief(row("取組", "・予約件数300件 総予約数640件", status))
    assert found == [("rate-differs", "50.0%", "46.9%")]


def test_each_heading_of_a_cell_is_read_for_itself() -> None:
    text = items(
        "■予約", "・件数300件 総件数600件 利用率50%", "■納付", "・納付率12.5% 1,250件/10,000件"
    )
    assert brief(row("取組", text)) == []
    assert brief(row("取組", text.replace("50%", "55%"))) == [("rate-differs", "55%", "50%")]


def test_shares_of_a_sum_that_is_not_printed() -> None:
    text = "男性80人（53.3%）、女性70人（46.7%）"
    assert brief(row("参加者", text)) == []
    assert brief(row("参加者", text.replace("53.3", "58.3"))) == [
        ("rate-differs", "58.3%", "53.3%")
    ]
    # Others may have answered too: no share is the one of the sum.
    assert brief(row("参加者", text.replace("53.3", "40").replace("46.7", "35"))) == []


def test_columns_may_name_the_counts() -> None:
    table = (
        "| 施設 | 総件数（件） | 利用件数（件） | 利用率（％） |\n|---|---|---|---|\n"
        "| 北館 | 400 | 100 | 25.0 |\n| 南館 | 800 | 100 | 12.5 |\n"
    )
    assert brief(table) == []
    assert brief(table.replace("25.0", "28.0")) == [("rate-differs", "28.0", "25.0%")]


@given(part=st.integers(1, 5_000), more=st.integers(1, 20_000), places=st.integers(0, 2))
def test_rounding_is_right_and_cutting_is_told(part: int, more: int, places: int) -> None:
    whole = part + more
    exact = Decimal(part) * 100 / Decimal(whole)
    step = Decimal(1).scaleb(-places)
    right, cut = exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)
    cells = f"・利用件数{part:,}件 総件数{whole:,}件"
    assert brief(row("取組", cells, f"利用率{right}%")) == []
    told_ = brief(row("取組", cells, f"利用率{cut}%"))
    assert told_ == ([] if cut == right else [("rate-truncated", f"{cut}%", f"{right}%")])


@given(
    part=st.integers(1, 5_000), more=st.integers(1, 20_000), slip=st.decimals("0.2", "9", places=1)
)
def test_another_rate_is_always_reported(part: int, more: int, slip: Decimal) -> None:
    whole = part + more
    right = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    stated = right + slip
    assume(stated != right)
    found = brief(row("取組", f"・利用件数{part:,}件 総件数{whole:,}件", f"利用率{stated}%"))
    assert found == [("rate-differs", f"{stated}%", f"{right}%")]
