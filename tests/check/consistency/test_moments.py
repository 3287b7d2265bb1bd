"""Years and dates as the checks read them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.check.consistency.moments import moments


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("令和6年7月23日", [(2024, 7, 23, 2024)]),
        ("令和5年2月6日", [(2023, 2, 6, 2022)]),
        ("R4.4.1 1.4万人", [(2022, 4, 1, 2022)]),
        ("R3年度:1,256 R4年度:3,459", [(2021, 0, 0, 2021), (2022, 0, 0, 2022)]),
        ("2022年(令和4年)10月から2026年(令和8年)3月", [(2022, 10, 0, 2022), (2026, 3, 0, 2025)]),
        ("2016(平成28)年12月", [(2016, 12, 0, 2016)]),
        ("令和元年度", [(2019, 0, 0, 2019)]),
        ("令和6年度3月", [(2024, 3, 0, 2024)]),
        ("20年間に2024人、100年代", []),
        ("T1の機種とM2の型", []),
        ("令和の時代", []),
    ],
)
def test_what_counts_as_a_moment(text: str, found: list[tuple[int, int, int, int]]) -> None:
    seen = [(one.year, one.month, one.day, one.fiscal_year) for one in moments(text)]
    assert seen == found


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 28))
def test_a_day_is_in_the_fiscal_year_that_april_starts(year: int, month: int, day: int) -> None:
    (one,) = moments(f"令和{year}年{month}月{day}日に行った")
    assert (one.year, one.month, one.day) == (2018 + year, month, day)
    assert one.fiscal_year == one.year - (month < 4)


@given(st.text(max_size=60))
def test_any_text_has_moments_in_order(text: str) -> None:
    found = list(moments(text))
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(text[one.start : one.end] == one.printed for one in found)
