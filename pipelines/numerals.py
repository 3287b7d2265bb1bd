"""Numbers as printed: digits, multipliers, signs and units."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache

from pipelines.vocabulary import Concept, scheme

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_WHOLE = rf"(?<![\d.,]){PLAIN}(?![\d]|[.,]\d)"
"""A number that is no piece of a longer or a misprinted one (`1,00` and `12345,678` are none)."""
_MULTIPLIERS = {
    "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "億": 100_000_000,
}  # fmt: skip
_MULTIPLIED = rf"{PLAIN}(?:百万|千万|[千万億])"
NUMBER = rf"(?:(?<![\d.,])(?:{_MULTIPLIED})+(?:{PLAIN})?(?![\d]|[.,]\d)|{_WHOLE})"
"""`1,234`, `38.0`, `1.4万`, `1億2,000万`, `1万2千`."""
SIGN = (
    r"(?:(?<![\dA-Za-z～~])[△▲](?:\s?(?=\d))|(?<![\dA-Za-z～~ー一-龯])[\-−](?=\d)|マイナス(?=\d))"
)


def decimal_of(number: str, sign: str = "") -> Decimal:
    """`1億2,000万` → 120000000; zeros stay as printed (38.0) where no multiplier stands."""
    parts = re.findall(rf"({PLAIN})(百万|千万|[千万億])?", number)
    if not any(multiplier for _, multiplier in parts):
        value = Decimal(number.replace(",", ""))
        return -value if sign else value
    total = sum(
        (Decimal(digits.replace(",", "")) * _MULTIPLIERS.get(m, 1) for digits, m in parts),
        Decimal(0),
    )
    if total == total.to_integral_value():
        total = total.to_integral_value()
    return -total if sign else total


def unit_concept(printed: str) -> Concept | None:
    """The unit that a printed word means, or None."""
    return scheme("units").match(printed) if printed else None


@cache
def unit_pattern() -> str:
    """A regular expression for any unit of the vocabulary, longest first.

    A unit that is the start of another word (`5回線` for 回, `10ha` for h) does not match.
    """
    found = []
    for label, concept in scheme("units").labels():
        if label == concept.labels.get("en"):
            continue
        follows = "".join(concept.extra.get("notBefore", ()))
        ascii_word = "A-Za-z0-9" if re.search(r"[A-Za-z0-9]$", narrow(label)) else ""
        barred = f"(?![{follows}{ascii_word}])" if follows or ascii_word else ""
        found.append(re.escape(narrow(label)) + barred)
    return "|".join(found)


@lru_cache(maxsize=4096)
def narrow(text: str) -> str:
    """NFKC character by character, where the result has the same length; positions stay.

    Circled numbers stay as they are (they are numbering, not digits).
    """
    return "".join(_narrow_char(char) for char in text)


@cache
def _narrow_char(char: str) -> str:
    if char in CIRCLED or char in "～〜":
        return "～" if char == "〜" else char
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
