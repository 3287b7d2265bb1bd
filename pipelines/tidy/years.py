"""Fiscal years and dates in every printed form.

A fiscal year is named by the Gregorian year in which it starts (design.md §4, 年度).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from pipelines.tidy.text import narrow
from pipelines.vocabulary import scheme


@dataclass(frozen=True, slots=True)
class Moment:
    """A printed point in time.

    `year` is the Gregorian year; `month`/`day` 0 when not printed; `fiscal` True when 年度 is
    printed; `end` True for 年度末. `span` are the positions in the text, `printed` the text.
    """

    year: int
    month: int
    day: int
    fiscal: bool
    end: bool
    span: tuple[int, int]
    printed: str

    @property
    def fiscal_year(self) -> int:
        """The year in which the Japanese fiscal year of this moment starts (April)."""
        if not self.fiscal and 1 <= self.month <= 3:
            return self.year - 1
        return self.year

    @property
    def date(self) -> str:
        """ISO 8601 as far as printed; the last day of March for 年度末.

        '' for a bare year and for a day that the calendar does not have. January to March of a
        fiscal year (令和5年度3月末) are in the calendar year after it.
        """
        if self.month:
            year = self.year + (self.fiscal and self.month <= 3)
            if self.day > monthrange(year, self.month)[1]:
                return ""
            day = f"-{self.day:02d}" if self.day else ""
            return f"{year}-{self.month:02d}{day}"
        return f"{self.year + 1}-03-31" if self.end and self.fiscal else ""


@cache
def _eras() -> dict[str, int]:
    found = {}
    for era in scheme("eras"):
        first = int(era.first("first"))
        found[era.ja] = first
        found[era.first("letter")] = first
    return found


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(era.ja for era in scheme("eras"))
    initials = "".join(era.first("letter") for era in scheme("eras"))
    return re.compile(
        rf"(?:(?<!\d)(?P<west>(?:1[89]|20)\d\d)\s*(?:年(?!\s?度))?"
        rf"(?P<gloss>\s*\((?:{names}|[{initials}])(?:\d+|元)年?\))?"
        rf"|(?P<era>{names})\s*(?P<ey>\d{{1,2}}|元)(?:\s*\((?:1[89]|20)\d\d年?\))?"
        rf"|(?<![A-Za-z])(?P<letter>[{initials}])(?P<ly>\d{{1,2}}|元)(?!\d))"
        r"(?P<more>(?:[・,、]\d{1,2})+(?=年度))?"
        r"(?:\s*(?P<fy>年\s?度)(?P<end>末)?|年(?!度|間|代))?"
        r"(?:\s*(?P<month>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日)?(?P<mend>末)?"
        r"|\.(?P<dmonth>1[0-2]|0?[1-9])(?:\.(?P<dday>3[01]|[12]\d|0?[1-9]))?(?![\d%]))?"
    )


_ELIDED = re.compile(
    r"(\s*[～~\-]\s*)(\d{1,2})(?:(年\s?度)(末)?|年(?!間|代)|(?![\d.,:/\-月日]|\s?[一-龯%]))"
)
_OPEN_WEST = re.compile(r"\s*[～~\-]\s*(?:1[89]|20)\d\d\s*年")


def moments(text: str) -> list[Moment]:
    """Every year and date in a text, in printed order.

    `令和7・8年度` gives two, `令和6～8年度` its both ends. A bare four-digit number counts only
    with 年 behind it, an era in brackets, or as the start of a period.
    """
    plain = narrow(text)
    found: list[Moment] = []
    for match in _pattern().finditer(plain):
        opens = match["west"] and _OPEN_WEST.match(plain[match.end() : match.end() + 12])
        if match["west"] and not (match["gloss"] or "年" in match.group() or opens):
            continue
        found += _moments_of(match, text)
        if not match["west"] and not match["more"]:
            found += _elided_end(found, match, plain, text)
    return found


def _moments_of(match: re.Match[str], text: str) -> list[Moment]:
    if match["west"]:
        years = [int(match["west"])]
    else:
        first = _eras()[match["era"] or match["letter"]]
        numbers = [match["ey"] or match["ly"], *re.findall(r"\d+", match["more"] or "")]
        years = [first + (1 if n == "元" else int(n)) - 1 for n in numbers]
    month = int(match["month"] or match["dmonth"] or 0)
    day = int(match["day"] or match["dday"] or 0)
    fiscal = bool(match["fy"]) or bool(match["letter"] and not month and "年" not in match.group())
    span = (match.start(), match.end())
    return [
        Moment(year, month, day, fiscal, bool(match["end"]), span, text[span[0] : span[1]])
        for year in years
    ]


def _elided_end(found: list[Moment], match: re.Match[str], plain: str, text: str) -> list[Moment]:
    """The end of a period that leaves its era out: `令和6～8年度`, `R6～8`."""
    last = found[-1]
    tail = _ELIDED.match(plain[last.span[1] : last.span[1] + 16])
    if tail is None or last.month or not (match["letter"] or "年" in tail.group()):
        return []
    year = _eras()[match["era"] or match["letter"]] + int(tail[2]) - 1
    if year <= last.year:
        return []
    start, end = last.span[1] + tail.start(2), last.span[1] + tail.end()
    fiscal = bool(tail[3]) or last.fiscal
    found[-1] = replace(last, fiscal=fiscal)
    return [Moment(year, 0, 0, fiscal, bool(tail[4]), (start, end), text[start:end])]


def year_of(text: str) -> Moment | None:
    """The first year or date of a text, or None."""
    found = moments(text)
    return found[0] if found else None


def period(text: str) -> tuple[Moment, Moment] | None:
    """The first and last moment of a printed period (`令和5年度～令和7年度`, `R6～R8`), or None."""
    found = moments(text)
    for left, right in pairwise(found):
        between = narrow(text)[left.span[1] : right.span[0]]
        if re.fullmatch(r"\s*(?:～|~|-|―|—|–|から)\s*", between):
            return left, right
    return None


def without_moments(text: str) -> str:
    """A text with its years and dates (and the brackets that hold nothing else) taken out."""
    for moment in reversed(moments(text)):
        text = text[: moment.span[0]] + "\0" + text[moment.span[1] :]
    dash = r"[～~〜―—–－-]"
    text = re.sub(
        rf"[(（](?:[\0\s]|{dash}|から|まで)*\0(?:[\0\s]|{dash}|から|まで)*[)）]", "", text
    )
    text = re.sub(rf"\0(?:\s*{dash}\s*\0)*", "", text)
    return text.strip()
