"""Periods and the plan's own dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.consistency.making import PLAN, PROGRESS, told


def after(sentence: str) -> list[tuple[str, str]]:
    """What is found in a plan with one more sentence."""
    return [one[:2] for one in told(f"{PLAN}\n\n{sentence}\n", PROGRESS)]


@pytest.mark.parametrize(
    "text",
    [
        "令和5年度～令和7年度",
        "2021年1月～2026年3月",
        "令和6年4月から令和6年9月まで",
        "令和6～8年度",
        "平成30～2年度",
        "R6～R8",
        "令和6年度末から令和6年度",
        "令和5年9月、令和4年6月",
    ],
)
def test_periods_in_order_are_silent(text: str) -> None:
    assert after(f"期間は{text}とする。") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("令和7年度～令和5年度", "令和7年度~令和5年度"),
        ("2026年1月～2021年3月", "2026年1月~2021年3月"),
        ("令和6年9月から令和6年4月まで", "令和6年9月から令和6年4月"),
        ("令和8～6年度", "令和8~6年度"),
        ("R8～R6", "R8~R6"),
    ],
)
def test_periods_that_end_before_they_start(text: str, found: str) -> None:
    assert after(f"期間は{text}とする。") == [("period-reversed", found)]


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 30))
def test_the_length_of_a_period(first: int, span: int, length: int) -> None:
    text = f"令和{first}年から令和{first + span}年までの{length}年間"
    assert bool(after(f"{text}で行う。")) == (length not in (span, span + 1))


def test_a_plan_revised_before_it_was_adopted() -> None:
    assert told(PLAN.replace("令和5年4月改訂", "令和3年4月改訂"), PROGRESS) == [
        ("revised-before-adopted", "2021-04", "2022-10")
    ]


def test_the_period_of_the_plan_is_told_once() -> None:
    plan = PLAN.replace(
        "2022年（令和4年）10月から2026年（令和8年）3月",
        "2026年（令和8年）10月から2022年（令和4年）3月",
    )
    assert [one[0] for one in told(plan, PROGRESS)].count("period-reversed") == 1
