"""Fiscal years and dates in every printed form.

A fiscal year is named by the Gregorian year in which it starts (design.md §4, 年度).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
        """ISO 8601 as far as printed; the last day of March for 年度末; '' for a bare year."""
        if self.month:
            day = f"-{self.day:02d}" if self.day else ""
            return f"{self.year}-{self.month:02d}{day}"
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
        rf"(?:(?P<west>(?:1[89]|20)\d\d)\s*年?(?P<gloss>\s*\((?:{names}|[{initials}])(?:\d+|元)年?\))?"
        rf"|(?P<era>{names})\s*(?P<ey>\d{{1,2}}|元)"
        rf"|(?<![A-Za-z])(?P<letter>[{initials}])(?P<ly>\d{{1,2}})(?!\d))"
        r"(?P<more>(?:[・,、]\d{1,2})+(?=年度))?"
        r"(?:\s*(?P<fy>年度)(?P<end>末)?|年(?!度|間|代))?"
        r"(?:\s*(?P<month>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日)?(?P<mend>末)?"
        r"|\.(?P<dmonth>1[0-2]|0?[1-9])(?:\.(?P<dday>3[01]|[12]\d|0?[1-9]))?(?![\d%]))?"
    )


def moments(text: str) -> list[Moment]:
    """Every year and date in a text, in printed order; `令和7・8年度` gives two.

    A bare four-digit number counts only with 年 behind it or an era in brackets.
    """
    plain = narrow(text)
    found: list[Moment] = []
    for match in _pattern().finditer(plain):
        if match["west"] and not (match["gloss"] or "年" in match.group()):
            continue
        found += _moments_of(match, text)
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
    text = re.sub(r"[(（][\0\s～~\-―—–からまで]*\0[\0\s～~\-―—–からまで]*[)）]", "", text)
    text = re.sub(r"\0(?:\s*[～~―—–-]\s*\0)*", "", text)
    return text.strip()


def japanese_year(year: int) -> str:
    """2022 → 令和4年度 (the era that names the fiscal year)."""
    # Reiwa began on 1 May 2019, yet fiscal 2019 is called 令和元年度 by common use.
    started = [era for era in scheme("eras") if int(era.first("first")) <= year]
    era = max(started, key=lambda item: item.first("first"))
    number = year - int(era.first("first")) + 1
    return f"{era.ja}{'元' if number == 1 else number}年度"
