"""How alike two printed phrases are, by the pairs of letters of their content words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipelines.check.consistency.index import narrow
from pipelines.vocabulary import scheme

_RUN = re.compile(r"[一-龯々ァ-ヶーA-Za-z0-9]+")
_BLANK = re.compile(r"\s+")
_TEN_THOUSAND = re.compile(r"(\d+)(?:\.(\d+))?\s*(万|千)")
_POWERS = {"万": Decimal(10_000), "千": Decimal(1_000)}


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters in the words of a text (kanji, katakana, Latin, digits).

    Hiragana are left out: they join words and change with the grammar (`研修の実施`, `研修を実施`).
    """
    found = set()
    for run in _RUN.findall(_BLANK.sub("", narrow(text))):
        found |= {run[i : i + 2] for i in range(len(run) - 1)} or {run}
    return frozenset(found)


def held(phrase: str, sentence: str) -> tuple[Decimal, int]:
    """The share of a phrase's pairs that a sentence has, and how many these are."""
    wanted = pairs(phrase)
    common = len(wanted & pairs(sentence))
    return Decimal(common) / max(len(wanted), 1), common


def same_name(left: str, right: str) -> bool:
    """True for names that differ in blanks and width only."""
    return _BLANK.sub("", narrow(left)) == _BLANK.sub("", narrow(right))


@lru_cache(maxsize=256)
def unit_key(unit: str) -> str:
    """What a unit is called in the vocabulary (人 and 名 are one); itself where it is not there."""
    concept = scheme("units").match(unit)
    if concept is None:
        return unit
    # 人 and 名 are two concepts with one code; `1` is no unit at all.
    ucum = concept.first("ucum")
    return ucum if ucum not in ("", "1") else concept.notation


@lru_cache(maxsize=256)
def known_unit(unit: str) -> bool:
    """True for a unit of the vocabulary; others cannot be told apart from it."""
    return bool(unit) and scheme("units").match(unit) is not None


def agree(left: Decimal, left_text: str, right: Decimal, right_text: str, about: bool) -> bool:
    """True when two values are the same within the precision in which they are printed.

    `1.4万人` is 14,530 cut or rounded to a thousand; 約 (`about`) allows a tenth.
    """
    if left == right:
        return True
    step = max(_precision(left, left_text), _precision(right, right_text))
    if about:
        step = max(step, max(abs(left), abs(right)) / 10)
    return abs(left - right) < step


def _precision(value: Decimal, text: str) -> Decimal:
    """The last printed digit of a value in 万 or 千; 0 when it is printed in full."""
    for match in _TEN_THOUSAND.finditer(narrow(text)):
        power = _POWERS[match[3]]
        if Decimal(f"{match[1]}.{match[2] or 0}") * power == value:
            return power.scaleb(-len(match[2] or ""))
    return Decimal(0)
