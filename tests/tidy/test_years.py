"""Fiscal years and dates in every printed form."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.eras import japanese_year
from pipelines.tidy.years import moments, period, without_moments, year_of

ERAS = {"M": ("明治", 1868, 45), "T": ("大正", 1912, 15), "S": ("昭和", 1926, 64),
        "H": ("平成", 1989, 31), "R": ("令和", 2019, 99)}  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789RHSTM.", "０１２３４５６７８９ＲＨＳＴＭ．")


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        # the forms that the documents print
        ("令和4年度", 2022),
        ("R4", 2022),
        ("令和3年度末", 2021),
        ("H28.3", 2015),
        ("2022（令和4）年", 2022),
        ("R6年度末", 2024),
        # neighbours
        ("令和６年度", 2024),
        ("Ｒ４", 2022),
        ("Ｈ２８．３", 2015),
        ("R04", 2022),
        ("R4年度", 2022),
        ("令和 4 年度", 2022),
        ("令和元年度", 2019),
        ("令和1年度", 2019),
        ("平成31年度", 2019),
        ("H31", 2019),
        ("R1", 2019),
        ("H30", 2018),
        ("2022(令和4)年度", 2022),
        ("2024（R6）年度", 2024),
        ("2024年", 2024),
        ("昭和63年度", 1988),
        ("S63", 1988),
        ("大正15年", 1926),
        ("明治45年", 1912),
        # a month before April belongs to the fiscal year before
        ("平成31年3月", 2018),
        ("平成31年4月", 2019),
        ("H31.3", 2018),
        ("H31.4", 2019),
        ("令和元年5月", 2019),
        ("2023年3月", 2022),
        ("2023年12月", 2023),
        ("令和4年3月31日", 2021),
        ("令和4年4月1日", 2022),
        ("令和5.3.31", 2022),
        ("R5.3.31時点", 2022),
        ("令和６年９月末", 2024),
        ("令和7年3月末", 2024),
        ("令和6年度以降", 2024),
        ("令和4年10月策定", 2022),
        ("R元年度", 2019),
        ("R元", 2019),
        ("令和4年 度", 2022),  # printed over two lines
    ],
)
def test_fiscal_year(printed: str, year: int) -> None:
    found = year_of(printed)
    assert found is not None
    assert found.fiscal_year == year


@pytest.mark.parametrize(
    ("printed", "fiscal", "end"),
    [
        ("令和4年度", True, False),
        ("令和3年度末", True, True),
        ("R4", True, False),
        ("2022(令和4)年度", True, False),
        ("令和4年", False, False),
        ("2024年", False, False),
        ("2024年度", True, False),
        ("2024年度末", True, True),
        ("令和6(2024)年度", True, False),
        ("令和６（２０２４）年度", True, False),
    ],
)
def test_fiscal_years_are_told_from_calendar_years(printed: str, fiscal: bool, end: bool) -> None:
    found = year_of(printed)
    assert found is not None
    assert (found.fiscal, found.end) == (fiscal, end)
    assert found.printed == printed


@pytest.mark.parametrize(
    "printed",
    ["", "元年", "2024", "20年間", "M365", "H264", "R100", "CR4", "r4", "3年", "第2次", "4年度",
     "12/15時点", "90-1234", "1,999年", "12024年"],
)  # fmt: skip
def test_no_years(printed: str) -> None:
    assert moments(printed) == []


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("令和3年度末", "2022-03-31"),
        ("令和4年10月", "2022-10"),
        ("令和4年4月1日", "2022-04-01"),
        ("R5.3.31", "2023-03-31"),
        ("H28.3", "2016-03"),
        ("令和6年9月末", "2024-09"),
        ("令和4年度", ""),
        ("2024年", ""),
        # January to March of a fiscal year are in the calendar year after it
        ("令和5年度3月末", "2024-03"),
        ("令和4年度1月", "2023-01"),
        ("令和4年度4月", "2022-04"),
        # days that the calendar does not have
        ("令和4年2月30日", ""),
        ("R5.2.29", ""),
        ("R6.2.29", "2024-02-29"),
    ],
)
def test_dates_as_far_as_printed(printed: str, expected: str) -> None:
    found = year_of(printed)
    assert found is not None
    assert found.date == expected


@pytest.mark.parametrize(
    ("printed", "years"),
    [
        ("令和7・8年度", [2025, 2026]),
        ("令和5・6・7年度", [2023, 2024, 2025]),
        ("令和5、6年度", [2023, 2024]),
        ("R5,6年度", [2023, 2024]),
        ("令和７・８年度", [2025, 2026]),
        ("R6～R8", [2024, 2026]),
        ("R5・R6", [2023, 2024]),
        ("令和4年度、令和6年度", [2022, 2024]),
        ("【R4年度】【R7年度】", [2022, 2025]),
        # periods that leave the era of their end out
        ("令和6～8年度", [2024, 2026]),
        ("令和6年度～8年度", [2024, 2026]),
        ("R6～8", [2024, 2026]),
        ("2024～2026年度", [2024, 2026]),
    ],
)
def test_several_years(printed: str, years: list[int]) -> None:
    assert [found.fiscal_year for found in moments(printed)] == years


@pytest.mark.parametrize(
    "printed",
    ["R6～R8", "R6〜R8", "R6~R8", "R6-R8", "R6－R8", "R6—R8", "令和6年度から令和8年度まで",
     "令和6年度～令和8年度", "令和６年度　～　令和８年度", "計画期間:R6～R8",
     "2024（令和6）年度～2026（令和8）年度", "令和6年4月～令和9年3月"],
)  # fmt: skip
def test_periods(printed: str) -> None:
    found = period(printed)
    assert found is not None
    assert [moment.fiscal_year for moment in found] == [2024, 2026]


@pytest.mark.parametrize("printed", ["R6、R8", "令和6年度", "令和6年度の件は令和8年度に", "", "～"])
def test_no_periods(printed: str) -> None:
    assert period(printed) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("令和5年度 目標値", "目標値"),
        ("目標値（令和8年度）", "目標値"),
        ("目標値(R8)", "目標値"),
        ("実績値 令和4年度", "実績値"),
        ("スケジュール (R6～R8)", "スケジュール"),
        ("R6～R8", ""),
        ("棚の数", "棚の数"),
        ("スケジュール（R6〜R8）", "スケジュール"),
        ("R6－R8", ""),
    ],
)
def test_text_without_its_years(printed: str, expected: str) -> None:
    assert without_moments(printed) == expected


@pytest.mark.parametrize(
    ("year", "printed"),
    [(2022, "令和4年度"), (2019, "令和元年度"), (2018, "平成30年度"), (1989, "平成元年度"),
     (1988, "昭和63年度"), (1926, "昭和元年度"), (1912, "大正元年度"), (1868, "明治元年度")],
)  # fmt: skip
def test_japanese_year(year: int, printed: str) -> None:
    assert japanese_year(year) == printed


@given(st.integers(1868, 2117))
def test_japanese_years_are_read_back(year: int) -> None:
    found = year_of(japanese_year(year))
    assert found is not None
    assert (found.fiscal_year, found.fiscal) == (year, True)


@given(
    st.sampled_from(sorted(ERAS)),
    st.data(),
    st.sampled_from(["{era}{n}年度", "{letter}{n}", "{letter}{n}年度", "{era} {n} 年度",
                     "{year}({era}{n})年度", "{era}{n}年度末"]),
    st.booleans(),
)  # fmt: skip
def test_every_era_in_every_form(letter: str, data: st.DataObject, form: str, wide: bool) -> None:
    era, first, last = ERAS[letter]
    n = data.draw(st.integers(1, last if letter != "R" else 70))
    printed = form.format(era=era, letter=letter, n=n, year=first + n - 1)
    printed = printed.translate(FULL_WIDTH) if wide else printed
    found = moments(printed)
    assert [(m.year, m.fiscal_year, m.fiscal) for m in found] == [(first + n - 1,) * 2 + (True,)]
    assert without_moments(printed) == ""


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["R", "dots", "west"]))
def test_every_day_is_read_back(day: date, form: str) -> None:
    n = day.year - 2018
    letter = f"R{n}" if n > 0 else f"H{day.year - 1988}"
    printed = {
        "R": f"{letter}年{day.month}月{day.day}日",
        "dots": f"{letter}.{day.month}.{day.day}",
        "west": f"{day.year}年{day.month}月{day.day}日",
    }[form]
    found = year_of(printed)
    assert found is not None
    assert found.date == day.isoformat()
    assert found.fiscal_year == (day.year if day.month >= 4 else day.year - 1)


YEARLY = st.text(alphabet="令和平成昭元年度末月日RHS0123456789０５.・、～〜()（） の", max_size=30)


@given(st.one_of(YEARLY, st.text(max_size=30)))
def test_years_never_raise_and_lie_inside_the_text(text: str) -> None:
    ends = 0
    for found in moments(text):
        start, end = found.span
        assert 0 <= start < end <= len(text)
        assert found.printed == text[start:end]
        assert start >= ends or start == ends - (end - start)  # in order; 7・8年度 share a span
        ends = end
        assert 1800 < found.year < 2200
    without_moments(text)
    period(text)
