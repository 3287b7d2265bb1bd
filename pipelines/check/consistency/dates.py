"""Years and days by themselves: eras and Western years, the calendar, dated sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipelines.check.consistency.index import Index, Printed, narrow, said, year
from pipelines.check.consistency.moments import (
    Moment,
    era,
    first_years,
    gregorian,
    has_years,
    moments,
)
from pipelines.eras import japanese_year
from pipelines.findings import consistency_dates as f
from pipelines.model import Finding, Row

_DAY = re.compile(r"(?<![\d./])(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MARK = re.compile(r"【([^【】]{2,30})】")
_AT = re.compile(r"\s?末?(?:時点|現在|に|の|、|実施)")
_PLANNED = re.compile(r"計画を\s?(.{2,14}?)\s?として")


def dates(index: Index) -> Iterator[Finding]:
    """Years and days that cannot be right, or are not in the fiscal year printed with them."""
    for printed in index.texts:
        if has_years(printed.text) or "月" in printed.text:
            yield from _eras(index, printed)
            yield from _days(index, printed)
        if "【" in printed.text:
            yield from _marked(index, printed)
    yield from _planned(index)
    yield from _started(index)


@cache
def _west_first() -> re.Pattern[str]:
    """2022年（令和4年）, 2016（平成28）年."""
    return re.compile(rf"(?<!\d)((?:18|19|20)\d\d)\s?(?:年度?)?\s?\(\s?{era()}\s?(?:年度?)?\s?\)")


@cache
def _era_first() -> re.Pattern[str]:
    """令和4年（2022年）, 令和6年度（2025年3月）."""
    return re.compile(
        rf"{era()}\s?(年度|年)?(末)?(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?\s?\(\s?((?:18|19|20)\d\d)"
        r"(?:\s?(年度|年)(?:(\d{1,2})月(?:\d{1,2}日)?)?)?\s?\)"
    )


def _eras(index: Index, printed: Printed) -> Iterator[Finding]:
    if "(" not in printed.text:
        return
    for match in _west_first().finditer(printed.text):
        if gregorian(match[2], match[3]) != int(match[1]):
            yield _era_finding(index, printed, match.group(), f"{match[1]}年は{_era_of(match[1])}")
    for match in _era_first().finditer(printed.text):
        named, west = gregorian(match[1], match[2]), int(match[5])
        allowed = {named}
        if match[3] == "年度" and match[7]:
            west -= int(match[7]) <= 3
        elif match[4]:
            allowed.add(named + 1)
        if west not in allowed:
            yield _era_finding(index, printed, match.group(), f"{match[1]}{match[2]}年は{named}年")


def _era_finding(index: Index, printed: Printed, found: str, expected: str) -> Finding:
    return f.EraDiffers.at(place=index.case.at(printed.place), found=found, expected=expected)


def _era_of(west: str) -> str:
    began, name = max((n, k) for k, n in first_years().items() if n <= int(west) and len(k) > 1)
    number = int(west) - began + 1
    return f"{name}{'元' if number == 1 else number}年"


def _days(index: Index, printed: Printed) -> Iterator[Finding]:
    for match in _DAY.finditer(printed.text):
        month, day = int(match[1]), int(match[2])
        if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
            yield f.DayImpossible.at(place=index.case.at(printed.place), found=match.group())


def _marked(index: Index, printed: Printed) -> Iterator[Finding]:
    """The dates of a sentence that ends in 【R6年度】 are within that fiscal year."""
    lines = printed.cell.lines if printed.cell is not None else (printed.text,)
    for line in lines:
        for piece in re.split(r"(?<=】)", narrow(line)):
            mark = _MARK.search(piece)
            years = {one.fiscal_year for one in moments(mark[1]) if one.fiscal} if mark else set()
            if mark is None or not years:
                continue
            for one in moments(piece[: mark.start()]):
                if one.month and outside(one, piece, years):
                    yield outside_finding(index, printed, one, years)


def outside(one: Moment, text: str, years: set[int]) -> bool:
    """True when a dated thing was not in these fiscal years: what goes on from a date may have
    started before them, what went on until a date may end after them.
    """
    behind = text[one.end :]
    if re.match(r"\s?(?:から|より|以降)", behind):
        return one.fiscal_year > max(years)
    if re.match(r"\s?末?(?:まで|以前)", behind):
        return one.fiscal_year < min(years)
    return bool(_AT.match(behind)) and one.fiscal_year not in years


def outside_finding(index: Index, printed: Printed, one: Moment, years: set[int]) -> Finding:
    """The finding of a date that is not in these fiscal years."""
    expected = "・".join(japanese_year(number) for number in sorted(years))
    place = index.case.at(printed.place)
    return f.DateOutside.at(place=place, found=one.printed, expected=expected)


def _planned(index: Index) -> Iterator[Finding]:
    """`※計画を令和5年度としているため` beside the value of 令和5年度 or later explains nothing."""
    for row in index.of_table("observation"):
        match = _PLANNED.search(narrow(said(row, "原文"))) if said(row, "欠測理由") else None
        if match is None:
            continue
        printed = re.sub(r"\s", "", match[1])
        for one in moments(printed):
            if one.year <= (year(row) or 0):
                yield f.DateOutside.at(
                    table="observation",
                    row_id=said(row, "ID"),
                    place=index.where(row, "値", "原文", "年度"),
                    found=one.printed,
                    expected=japanese_year(year(row) or 0),
                )


_STARTED = re.compile(
    r"から(?:サービス)?(?:の)?(?:提供)?(?:を)?(?:開始|運用開始)(?:した|しました)?。?$"
)


def _started(index: Index) -> Iterator[Finding]:
    """A start that is told with its day, and states by year that begin in a later year."""
    states = index.by("observation", "取組ID")
    for goal in index.of_table("goal"):
        text = narrow(said(goal, "内容"))
        match = _STARTED.search(text)
        found = list(moments(text[: match.start()])) if match else []
        if match is None or not found or not found[-1].month or found[-1].end != match.start():
            continue
        for owner, rows in states.items():
            if owner and f"-g-{owner.removeprefix(said(goal, '計画ID'))[1:]}-" in said(goal, "ID"):
                yield from _first_state(index, goal, found[-1], rows)


def _first_state(index: Index, goal: Row, start: Moment, rows: list[Row]) -> Iterator[Finding]:
    states = {year(row) or 0: said(row, "状態") for row in rows if said(row, "種別") == "実績値"}
    done = [number for number, state in sorted(states.items()) if state == "実施"]
    if start.fiscal_year in states and done and done[0] > start.fiscal_year:
        yield f.StartYear.at(
            table="goal",
            row_id=said(goal, "ID"),
            place=index.where(goal, "内容"),
            found=start.printed,
            expected="実施",
            what=said(rows[0], "指標名"),
        )
