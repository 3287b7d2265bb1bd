"""Years and dates in normalised text, as far as the checks of dates need them.

The reading has its own, finer one, because it makes values of them; here only those with an era, a
letter or 年 count, and a day keeps what stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.vocabulary import scheme


@dataclass(frozen=True, slots=True)
class Moment:
    """A printed year, month or day. `month` and `day` are 0 when not printed, `fiscal` is True
    for 年度; `start` and `end` are its position in the text.
    """

    year: int
    month: int
    day: int
    fiscal: bool
    start: int
    end: int
    printed: str

    @property
    def fiscal_year(self) -> int:
        """The calendar year in which its fiscal year starts."""
        return self.year - (1 <= self.month <= 3 and not self.fiscal)


@cache
def first_years() -> dict[str, int]:
    """The first year of each era, by its name and its letter."""
    found = {}
    for era in scheme("eras"):
        found[era.ja] = found[era.first("letter")] = int(era.first("first"))
    return found


@cache
def era() -> str:
    """A pattern for an era and its year (`令和4`, `R4`, `平成元`): groups era and number."""
    names = "|".join(sorted((key for key in first_years() if len(key) > 1), reverse=True))
    letters = "".join(
        sorted(key for key, first in first_years().items() if _abbreviated(key, first))
    )
    return rf"(?<![A-Za-z])({names}|[{letters}])\s?(\d{{1,2}}|元)(?![\d%])"


def _abbreviated(key: str, first: int) -> bool:
    """M and T before a digit are rather a model or a size than a year of Meiji or Taisho."""
    return len(key) == 1 and first > 1920


def gregorian(name: str, number: str) -> int:
    """令和, 4 → 2022."""
    return first_years()[name] + (1 if number == "元" else int(number)) - 1


@cache
def _pattern() -> re.Pattern[str]:
    gloss = rf"\(\s?{_bare_era()}\s?年?度?\)"
    west = r"(?<!\d)(?P<west>(?:18|19|20)\d\d)"
    return re.compile(
        rf"(?:{west}(?:\s?年(?!間|代)|(?={gloss}))(?:{gloss})?|{era()}(?:\((?:18|19|20)\d\d年?\))?)"
        r"(?:年(?!間|代))?(?P<fiscal>\s?度)?末?"
        r"(?:\s?(?P<month>1[0-2]|0?[1-9])\s?月(?:\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?日)?"
        r"|\.(?P<dotted>1[0-2]|0?[1-9])(?:\.(?P<dotday>3[01]|[12]\d|0?[1-9]))?(?![\d%]))?"
    )


def _bare_era() -> str:
    """The pattern of an era without groups."""
    names = "|".join(sorted(first_years(), key=lambda key: (-len(key), key)))
    return rf"(?:{names})\s?(?:\d{{1,2}}|元)"


def moments(text: str) -> Iterator[Moment]:
    """The years and dates of a normalised text, in printed order."""
    for match in _pattern().finditer(text):
        name, number = match[2], match[3]
        letter = name is not None and len(name) == 1
        month = int(match["month"] or match["dotted"] or 0)
        if name is not None and not letter and "年" not in match.group():
            continue
        yield Moment(
            int(match["west"]) if match["west"] else gregorian(name, number),
            month,
            int(match["day"] or match["dotday"] or 0),
            bool(match["fiscal"]) or (letter and not month),
            match.start(),
            match.end(),
            match.group(),
        )


def has_years(text: str) -> bool:
    """A quick test: a text without these letters has no moments."""
    return "年" in text or bool(_LETTERED.search(text))


_LETTERED = re.compile(r"[MTSHR]\d")
