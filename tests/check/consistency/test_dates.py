"""Eras, days of the calendar, and dates with the fiscal year that is printed beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.consistency.making import PLAN, PROGRESS, told
from tests.tidy.making import tab


def after(sentence: str) -> list[tuple[str, str, str]]:
    """What is found in a plan with one more sentence."""
    return told(f"{PLAN}\n\n{sentence}\n", PROGRESS)


@pytest.mark.parametrize(
    "text",
    [
        "2022年（令和4年）10月に始めた。",
        "2016（平成28）年12月に定めた。",
        "2019（令和元）年と2019年(平成31年)のどちらも使う。",
        "2040（R22）年の人口",
        "令和6年度（2024年度）に行う。",
        "令和6年度（2025年3月）に終える。",
        "令和5年度末（2024年）に終える。",
        "令和4年（2022）の調査",
        "令和8年（約2026人）の調査",
    ],
)
def test_years_that_agree_are_silent(text: str) -> None:
    assert after(text) == []


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("2026年（令和9年）3月まで", "2026年(令和9年)", "2026年は令和8年"),
        ("2016（平成27）年", "2016(平成27)", "2016年は平成28年"),
        ("2045（R28）年", "2045(R28)", "2045年は令和27年"),
        ("令和6年（2025年）に行う", "令和6年(2025年)", "令和6年は2024年"),
        ("令和6年度（2026年3月）", "令和6年度(2026年3月)", "令和6年は2024年"),
        ("２０２２年（令和５年）", "2022年(令和5年)", "2022年は令和4年"),
    ],
)
def test_years_that_do_not_agree(text: str, found: str, expected: str) -> None:
    assert after(text) == [("era-differs", found, expected)]


@given(st.integers(2019, 2060), st.integers(-9, 9))
def test_any_wrong_year_is_found_and_any_right_one_is_not(year: int, off: int) -> None:
    number = year - 2018 + off
    if not 1 <= number <= 99:
        return
    found = after(f"{year}年（令和{number}年）に行う。")
    assert [one[0] for one in found] == (["era-differs"] if off else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("令和6年2月30日", "2月30日"),
        ("12月35日", "12月35日"),
        ("13月1日", "13月1日"),
        ("令和6年2月29日", ""),
        ("10月31日", ""),
        ("3か月20日間", ""),
    ],
)
def test_days_of_the_calendar(text: str, found: str) -> None:
    assert after(f"{text}に行う。") == ([("day-impossible", found, "")] if found else [])


@pytest.mark.parametrize(
    ("right", "wrong", "found"),
    [
        ("令和6年7月23日に", "令和5年7月23日に", "令和5年7月23日"),
        ("令和6年7月23日に", "令和7年3月31日に", ""),
        ("令和6年7月23日に", "令和7年4月1日に", "令和7年4月1日"),
        ("令和6年7月23日に", "令和5年10月1日から", ""),
        ("令和6年7月23日に", "令和7年10月1日から", "令和7年10月1日"),
        ("令和6年7月23日に", "令和8年9月まで", ""),
        ("令和6年7月23日に", "令和5年9月まで", "令和5年9月"),
        ("令和6年7月23日に", "令和5年度の窓口で", ""),
    ],
)
def test_dates_of_a_marked_sentence(right: str, wrong: str, found: str) -> None:
    dates = told(PLAN, PROGRESS.replace(right, wrong))
    assert dates == ([("date-outside-year", found, "令和6年度")] if found else [])


KPI = "八戸市情報化計画\n\n" + tab(
    "NO|区分|施策分野|具体的な取組|取組方針|KPI|スケジュール(これまで)|実績値(KPI)|||スケジュール(R6～R8)",
    "|||||||令和3年度末|令和4年度末|令和5年度末|",
    "1|市民|窓口|転出届の電子化|進める|電子申請の実施|{2}|{0}|{1}|実施|{3}",
    "2|市民|窓口|地図の公開|進める|公開の実施|-|-|-|実施|-",
)


@pytest.mark.parametrize(
    ("first", "second", "start", "found"),
    [
        ("-", "-", "令和5年10月1日からサービス開始。", []),
        ("-", "-", "令和5年2月6日からサービス開始。", ["令和5年2月6日"]),
        ("-", "実施", "令和5年2月6日からサービス開始。", []),
        ("-", "-", "令和5年2月6日から準備を進める。", []),
    ],
)
def test_the_start_against_the_values(
    first: str, second: str, start: str, found: list[str]
) -> None:
    text = KPI.format(first, second, "", start)
    assert [one[1] for one in told(text) if one[0] == "start-year-differs"] == found


@pytest.mark.parametrize(("year", "wrong"), [(5, False), (4, True), (3, True)])
def test_a_plan_year_that_explains_nothing(year: int, wrong: bool) -> None:
    text = KPI.format("-", f"0% ※計画を令和{year}年度としているため。", "", "")
    codes = [one[0] for one in told(text) if one[0] == "date-outside-year"]
    assert codes == (["date-outside-year"] if wrong else [])
