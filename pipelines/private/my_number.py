"""個人番号 (My Number): twelve digits, the last of which is computed from the others.

The check digit (平成26年総務省令第85号, an ordinance of the Ministry of Internal Affairs and
Communications, article 5) is 11 − (Σ Pn × Qn mod 11), 0 where the remainder is 0 or 1; Pn is the
n-th digit of the other eleven from the lowest, Qn is n + 1 up to n = 6 and n − 5 from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipelines.private.part import Private
from pipelines.vocabulary import scheme

# A part of a longer number, of a name (a hash, a code), of a figure with commas or a point is none.
_BEFORE = r"(?<![0-9A-Za-z])(?<![0-9][.,/-])(?<![A-Za-z]-)"
_AFTER = r"(?![0-9A-Za-z]|[.,/][0-9]|-[0-9A-Za-z])"
_WHOLE = r"[0-9]{12}"
# four groups of four are a card's number
_GROUPS = r"(?<![0-9]{4} )[0-9]{4}(?P<gap> ?- ?| )[0-9]{4}(?P=gap)[0-9]{4}(?!(?P=gap)[0-9]{4})"
_NUMBER = re.compile(f"{_BEFORE}(?:{_WHOLE}|{_GROUPS}){_AFTER}")
# one that begins with a digit is looked for faster than one that looks back
_LIKELY = re.compile(r"[0-9]{4}(?: ?- ?| )?[0-9]{4}(?: ?- ?| )?[0-9]{4}")
_WEIGHTS = tuple(n + 1 if n <= 6 else n - 5 for n in range(1, 12))
_MOMENT = re.compile(
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])[0-5][0-9]"
)


def my_numbers(text: str) -> Iterator[Private]:
    """The My Numbers in a folded text.

    One in eleven figures of twelve digits has the right check digit by chance. So figures with a
    unit behind them, moments to the minute (202404010930) and zeros alone are let pass.
    """
    for found in _NUMBER.finditer(text) if _LIKELY.search(text) else ():
        digits = re.sub("[^0-9]", "", found.group())
        counted = _unit().match(text, found.end())
        if digits.strip("0") and not counted and is_my_number(digits):
            if _MOMENT.fullmatch(found.group()):
                continue
            shown = f"{digits[:4]}-****-****"
            yield Private("my-number", found.start(), found.end(), digits, shown)


def is_my_number(digits: str) -> bool:
    """Whether the last of twelve digits is the check digit of the others."""
    body = digits[10::-1]
    rest = sum(int(p) * q for p, q in zip(body, _WEIGHTS, strict=True)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


@cache
def _unit() -> re.Pattern[str]:
    """A unit of vocab/units.ttl, or a numeral (万, 億), at this place of a text."""
    words = []
    for concept in scheme("units"):
        never = concept.first("notBefore")
        end = f"(?![{re.escape(never)}])" if never else ""
        words += [f"{re.escape(label)}{end}" for label in (concept.ja, *concept.alt)]
    return re.compile("|".join(["[十百千万億兆]", *words]))
