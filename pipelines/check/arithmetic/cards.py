"""A figure of a summary's card against the row of another table that says the same.

A card is a cell of figures alone below a cell that names it, in a table without a heading. The
row is taken only when it is the single one that has every word of the card's name, and when it
prints a single figure in the card's unit. That figure, or its sum with another one of its cell,
must be missed by one digit: what differs more is another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.check.arithmetic.figures import Figure
from pipelines.check.arithmetic.rounding import one_slip
from pipelines.check.arithmetic.scope import Found, Line, Scope
from pipelines.findings import arithmetic as f

_WORD = re.compile(r"[一-龯々]{2,}|[ァ-ヶー]{2,}|[A-Za-z]{2,}")
_BRACKET = re.compile(r"\([^()]*\)")
_NO_WORD = re.compile(r"延べ|累計|年間|令和|年度|合計")
_GOAL = re.compile(r"目標|計画|予定|見込")
_ADD = frozenset({"course", "times", "count", "person", "person-formal", "view", "access"})
_LEAST_WORDS = 2
_LEAST_LETTERS = 6


def cards(read: Sequence[Scope]) -> Iterator[Found]:
    """The figures of cards that differ from the row that they repeat."""
    for scope in read:
        for line, stated in scope.figures():
            if "card" not in stated.marks or len(line.figures) > 1:
                continue
            words = _words(stated.label)
            if len(words) < _LEAST_WORDS or sum(map(len, words)) < _LEAST_LETTERS:
                continue
            rows = [one for one in read if one.table not in (-1, scope.table) and _has(one, words)]
            if len(rows) == 1:
                yield from _held(line, stated, rows[0])


def _words(label: str) -> list[str]:
    return _WORD.findall(_NO_WORD.sub(" ", _BRACKET.sub(" ", label)))


def _has(scope: Scope, words: Sequence[str]) -> bool:
    text = " ".join(line.text for line in scope.lines)
    return all(word in text for word in words)


def _held(line: Line, stated: Figure, row: Scope) -> Iterator[Found]:
    same = [(other, one) for other, one in row.figures() if one.kind == stated.kind]
    if not stated.kind or len(same) != 1 or _GOAL.search(stated.label + same[0][0].text):
        return
    other, one = same[0]
    if {"about", "least"} & (stated.marks | one.marks):
        return
    beside = [o for near, o in row.figures() if near.cell == other.cell and o is not one]
    made = {(one.value, one.printed)}
    made |= {(one.value + o.value, f"{o.printed}+{one.printed}") for o in beside if o.kind in _ADD}
    near = sorted((value, said) for value, said in made if one_slip(stated.value - value))
    if len(near) == 1 and stated.value not in {value for value, _ in made}:
        expected, where = near[0][1], str(other.place)
        finding = f.SummaryFigureDiffers
        yield Found(line.place, finding.at(found=stated.printed, expected=expected, where=where))
