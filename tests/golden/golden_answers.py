"""The answers written by hand: how their files are read and when a row agrees with one.

A cell of an answer may hold several accepted readings, divided by `|` (an empty one among them
says that the cell may also be blank). Text is compared without white space and width; numbers are
compared as numbers, so that `38.0` and `38` agree.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

Row = Mapping[str, str]

ANSWERS = Path(__file__).parent / "answers"

DOCUMENTS = {
    "goshogawara-progress": "022055-goshogawara-dx-progress.txt",
    "goshogawara-plan": "022055-goshogawara-dx-plan.txt",
    "shibata": "152064-shibata-informatization-plan.txt",
    "hashikami": "024465-hashikami-dx-action-plan.txt",
    "kasama": "082163-kasama-dx-report.txt",
}

# Columns in which a number may carry its frame of print: `(1)`, `①`, `1.`, `NO 3`.
NUMBERED = {"番号", "取組番号", "施策番号", "項目番号", "基本戦略番号", "枝番"}

_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"[0-9]+(?:[-_][0-9]+)*")
_SEPARATORS = re.compile(r"[\s;、,]+")


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, no white space, case folded."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def number(text: str) -> str:
    """The bare number of a printed one: `(1)` and `①` → `1`, `1_01` stays; '' without digits."""
    found = _NUMBER.search(unicodedata.normalize("NFKC", text))
    return found.group() if found else ""


def decimal(text: str) -> Decimal | None:
    """The text as a finite decimal, or None."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def names(text: str) -> frozenset[str]:
    """The departments of a cell, in whatever order and with whatever of `;、,` between them."""
    return frozenset(fold(part) for part in _SEPARATORS.split(text) if part)


@cache
def _same(one: str, actual: str, column: str) -> bool:
    if column == "担当課":
        return names(one) == names(actual)
    if column in NUMBERED:
        return number(one) == number(actual)
    if one == "" or actual == "":
        return fold(one) == fold(actual)
    left, right = decimal(one), decimal(actual)
    if left is not None and right is not None:
        return left == right
    return fold(one) == fold(actual)


def fits(expected: str, actual: str, column: str) -> bool:
    """Whether a cell agrees with an answer: with one of the readings between its `|`."""
    return any(_same(one, actual, column) for one in expected.split("|"))


def row_fits(expected: Row, actual: Row, columns: Sequence[str]) -> bool:
    """Whether all these columns of a row agree with the answer."""
    return all(fits(expected[c], actual.get(c, ""), c) for c in columns)


def answers(document: str, table: str) -> list[dict[str, str]]:
    """The answers of one table of a document; [] when the document has no such file."""
    path = ANSWERS / document / f"{table}.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
