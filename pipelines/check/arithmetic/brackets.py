"""Totals with their parts in brackets: `合計24,953件（R3:1,256 R4:3,459）`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipelines.check.arithmetic.claims import INCOMPLETE, OTHER, Claim, agree, is_credible, is_list
from pipelines.check.arithmetic.figures import Figure
from pipelines.check.arithmetic.scope import Line

BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


def bracketed(line: Line) -> Iterator[Claim]:
    """`合計24,953件（R3:1,256 R4:3,459）`, `991件を送った。（R4:118件、R5:194件）`."""
    for bracket in BRACKET.finditer(line.text):
        start, end = bracket.span(1)
        everything = [one for one in line.figures if start <= one.start < end]
        before = [one for one in line.figures if one.end <= start]
        if len(everything) < 2 or not before or not is_list(line.text, everything, end):
            continue
        lists = _by_unit(everything)
        for parts in lists:
            own = [one for one in before if len(lists) == 1 or one.kind == parts[0].kind]
            yield from _explained(line, bracket, own, parts)


def _by_unit(parts: Sequence[Figure]) -> list[list[Figure]]:
    """The parts of a list in several units (`R4:10回・250人、R5:15回・400人`), unit by unit."""
    kinds = list(dict.fromkeys(one.kind for one in parts))
    width = len(kinds)
    if width == 1 or [one.kind for one in parts] != kinds * (len(parts) // width):
        return [list(parts)]
    first = list(parts[::width])  # the year or label is printed before this figure alone
    others = [parts[nth::width] for nth in range(1, width)]
    named = [
        [
            replace(one, label=head.label, year=head.year)
            for one, head in zip(row, first, strict=True)
        ]
        for row in others
    ]
    return [first, *named]


def _explained(
    line: Line, bracket: re.Match[str], before: Sequence[Figure], parts: list[Figure]
) -> Iterator[Claim]:
    """The total that the parts of a bracket explain, when it is certain which it is."""
    loose = any(one.marks & {"about", "least"} for one in parts)
    if len(parts) < 2 or loose or INCOMPLETE.search(bracket[0]):
        return
    stated = _total_before(line.text, before, parts, bracket.start())
    if stated is None or any(OTHER.search(one.label) for one in parts):
        return
    marked = bool(stated.marks & {"total", "all"}) or "内訳" in bracket[1][:6]
    claim = Claim(stated, tuple(parts), marked)
    if marked or is_credible(claim, line.text[stated.end : bracket.start(1)]):
        yield claim


def _total_before(
    text: str, before: Sequence[Figure], parts: Sequence[Figure], start: int
) -> Figure | None:
    """The figure that a bracket explains: the last one of its unit in the sentence before it."""
    behind = len(text[:start].rstrip("。 "))  # the bracket may stand behind the full stop
    stop = text.rfind("。", 0, behind)
    near = [one for one in before if one.start > stop and agree(parts, one) and one.kind]
    if not near or (before[-1] is not near[-1] and not near[-1].marks & {"total"}):
        return None
    made = sum((part.value for part in parts), Decimal(0))
    return next((one for one in near if one.value == made), near[-1])
