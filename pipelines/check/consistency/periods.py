"""Periods: their order, their length, and the plan's own dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from pipelines.check.consistency.index import Index, Printed, said, year
from pipelines.check.consistency.moments import Moment, era, first_years, has_years, moments
from pipelines.eras import japanese_year
from pipelines.findings import consistency_dates as f
from pipelines.model import Finding

_BETWEEN = re.compile(r"\s?(?:[~〜―–\-]|から)\s?")
_LENGTH = re.compile(r"\s?(?:まで)?\s?[の(、]?\s?(\d{1,2})(?:か|カ|ヵ|ヶ|ケ|箇)?年(?:間|計画)")


def periods(index: Index) -> Iterator[Finding]:
    """Periods that end before they start or are not as long as said; a plan revised too early."""
    places = set()
    for printed in index.texts:
        if has_years(printed.text):
            for found in (*_printed_periods(index, printed), *_short_periods(index, printed)):
                places.add((found.code, found.place))
                yield found
    yield from (one for one in _plan(index) if (one.code, one.place) not in places)


def _printed_periods(index: Index, printed: Printed) -> Iterator[Finding]:
    text = printed.text
    for left, right in pairwise(moments(text)):
        if not _BETWEEN.fullmatch(text[left.end : right.start]):
            continue
        said_so = text[left.start : right.end]
        if _order(left) > _order(right, last=True):
            place = index.case.at(printed.place)
            yield f.PeriodReversed.at(place=place, found=said_so)
            continue
        length = _LENGTH.match(text, right.end)
        span = right.fiscal_year - left.fiscal_year
        if length and not (left.month or right.month) and int(length[1]) not in (span, span + 1):
            yield f.PeriodLength.at(
                place=index.case.at(printed.place),
                found=said_so + length.group(),
                expected=f"{span}年か{span + 1}年",
            )


def _order(one: Moment, last: bool = False) -> tuple[int, int, int]:
    """A key for comparing; a part that is not printed is the earliest, or the last, possible."""
    most = 99 if last else 0
    year_of_month = one.year + (one.fiscal and 1 <= one.month <= 3)
    return year_of_month, one.month or most, one.day or most


@cache
def _short() -> re.Pattern[str]:
    """`令和6～8年度`, `R6~8`: the era is printed once."""
    return re.compile(rf"{era()}(?:年度?)?\s?[~〜]\s?(\d{{1,2}})年度?(?!\d|前|間)")


def _short_periods(index: Index, printed: Printed) -> Iterator[Finding]:
    newest = max(first_years().values())
    for match in _short().finditer(printed.text):
        # The end of an era that is over may be in the next one (平成30～2年度).
        if match[2] != "元" and first_years()[match[1]] == newest and int(match[3]) < int(match[2]):
            place = index.case.at(printed.place)
            yield f.PeriodReversed.at(place=place, found=match.group())


def _plan(index: Index) -> Iterator[Finding]:
    for row in index.of_table("plan"):
        adopted, revised = said(row, "策定年月"), said(row, "改訂年月")
        first, last = year(row, "開始年度"), year(row, "終了年度")
        common = {"table": "plan", "row_id": said(row, "ID")}
        if adopted and revised and revised < adopted:
            place = index.where(row, "改訂年月")
            yield f.RevisedBefore.at(place=place, found=revised, expected=adopted, **common)
        if first is not None and last is not None and last < first:
            found = f"{japanese_year(first)}～{japanese_year(last)}"
            yield f.PeriodReversed.at(place=index.where(row, "終了年度"), found=found, **common)
