"""A stated total against the parts that are printed with it, in one line or the items of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipelines.check.arithmetic.brackets import BRACKET, bracketed
from pipelines.check.arithmetic.claims import (
    INCOMPLETE,
    LIST_GAP,
    OTHER,
    Claim,
    agree,
    is_credible,
    is_list,
    sum_of,
)
from pipelines.check.arithmetic.figures import OMITTED, Figure
from pipelines.check.arithmetic.rounding import one_slip, plain
from pipelines.check.arithmetic.scope import Found, Line, Scope
from pipelines.findings import arithmetic as f

_OPENS = re.compile(r"\s?(?:[:：]|、?\s?(?:その)?内訳は?[:：]?|の内訳)\s*")
_BEFORE_TOTAL = 12
_WIDER = re.compile(r"年間|年度|全体|全国|県内|市内|町内|村内|これまで|通算|総[^計]")
"""The total is one of more than the parts printed before it."""


def totals(scope: Scope) -> Iterator[Found]:
    """Totals of a row or paragraph that their own parts do not make."""
    for line in scope.lines:
        for claim in claims(line):
            yield from _told(line, claim)
    for line, claim in _items(scope):
        yield from _told(line, claim)


def claims(line: Line) -> list[Claim]:
    """The totals of a line whose parts stand in it; one total is read in one way only."""
    if len(line.figures) < 2:
        return []
    found = [
        *bracketed(line),
        *_listed_behind(line),
        *_listed_before(line),
        *_by_year(line),
    ]
    seen: dict[int, Claim] = {}
    for claim in found:
        seen.setdefault(claim.total.start, claim)
    return list(seen.values())


def _told(line: Line, claim: Claim) -> Iterator[Found]:
    total, made = claim.total, claim.sum
    if total.value == made or _is_rounded(total, made):
        return
    unit = total.unit
    figures = "+".join(plain(part.value) for part in claim.parts)
    yield Found(
        line.place,
        f.TotalDiffers.at(found=total.printed, expected=f"{plain(made)}{unit}", sum=figures),
    )


def _is_rounded(total: Figure, made: Decimal) -> bool:
    if total.marks & {"about"}:
        return abs(total.value - made) <= abs(total.value) / 20
    return bool(total.marks & {"least"}) and made >= total.value


def _listed_behind(line: Line) -> Iterator[Claim]:
    """`合計100件：窓口30件、郵送70件`, `計100件、内訳は…`: the parts to the end of the sentence."""
    for index, stated in enumerate(line.figures):
        opens = _OPENS.match(line.text, stated.end)
        if not opens or not (stated.marks & {"total", "all"} or "内訳" in opens[0]):
            continue
        stop = line.text.find("。", stated.end)
        stop = len(line.text) if stop < 0 else stop
        parts = [one for one in line.figures[index + 1 :] if one.start < stop]
        said = line.text[stated.end : stop]
        if len(parts) < 2 or INCOMPLETE.search(said) or not agree(parts, stated):
            continue
        if is_list(line.text, parts, stop) and not any(OTHER.search(p.label) for p in parts):
            yield Claim(stated, tuple(parts), True)


def _listed_before(line: Line) -> Iterator[Claim]:
    """`①36か所 ②1件 計37か所`, `窓口30件、郵送20件の合計50件`.

    Numbered parts may have counters of their own, as the total counts the items of all of them.
    """
    for index, stated in enumerate(line.figures):
        if "total" not in stated.marks or "piled" in stated.marks:
            continue
        parts = _run_before(line, index)
        if not _are_parts(parts, stated) or any(OTHER.search(part.label) for part in parts):
            continue
        gap = line.text[parts[-1].end : stated.start]
        if len(re.sub(r"\([^()]*\)", "", gap)) > _BEFORE_TOTAL or INCOMPLETE.search(gap):
            continue
        ends = [parts[first:] for first in range(max(1, len(parts) - 1))]
        same = [part for part in parts if part.kind == stated.kind]
        if _WIDER.search(gap) or not _large_enough(stated, parts):
            continue
        runs = [*ends, same] if len(same) > 1 else ends
        if not any(sum_of(run) == stated.value for run in runs):
            yield Claim(stated, tuple(parts), True)


def _are_parts(parts: Sequence[Figure], stated: Figure) -> bool:
    """Two or more; or a numbered one alone whose neighbour is missing (`②5件 計17件`)."""
    if len(parts) != 1:
        return bool(parts)
    return bool(parts[0].circled) and (parts[0].kind == stated.kind or parts[0].circled != "①")


def _run_before(line: Line, index: int) -> list[Figure]:
    """The parts right before a total: numbered ones, else those of its unit, back to a stop."""
    stated = line.figures[index]
    outside = _without_brackets(line)
    beside = {one.kind for one in line.figures[index - 1 :] if "total" in one.marks}
    parts: list[Figure] = []
    right = stated
    for one in reversed([one for one in line.figures[:index] if one in outside]):
        gap = re.sub(r"\([^()]*\)", "", line.text[one.end : right.start])
        if "total" in one.marks and right is stated and not gap.strip():
            right = one
            continue
        if "。" in gap or "total" in one.marks or len(gap) > LIST_GAP or OMITTED in gap:
            break
        if one.kind != stated.kind and not (one.circled and one.kind):
            if one.kind not in beside:
                break
            right = one
            continue
        parts.insert(0, one)
        right = one
    if parts and parts[0].circled and not all(part.circled for part in parts):
        return []
    kinds = {part.kind for part in parts}
    return parts if kinds <= {stated.kind} or all(part.circled for part in parts) else []


def _without_brackets(line: Line) -> list[Figure]:
    spans = [match.span() for match in BRACKET.finditer(line.text)]
    return [one for one in line.figures if not any(a < one.start < b for a, b in spans)]


def _by_year(line: Line) -> Iterator[Claim]:
    """An extract's `申請 99件〔略〕R4年度 申請 11件〔略〕R5年度 申請 19件`: one name by years."""
    if not line.omitted:
        return
    for index, stated in enumerate(line.figures):
        parts: list[Figure] = []
        for one in line.figures[index + 1 :]:
            same = one.label == stated.label and one.kind == stated.kind
            if not same or not one.year or one.year in {part.year for part in parts}:
                break
            parts.append(one)
        if len(parts) < 3 or stated.year or not stated.label:
            continue
        claim = Claim(stated, tuple(parts), bool(stated.marks & {"total", "all"}))
        if claim.marked or is_credible(claim, ""):
            yield claim


def _items(scope: Scope) -> Iterator[tuple[Line, Claim]]:
    """Items of a cell, one figure of a unit each, and a line of the cell that says 計."""
    for cell in sorted({line.cell for line in scope.lines}):
        lines = [line for line in scope.lines if line.cell == cell]
        for index, line in enumerate(lines):
            for stated in line.figures:
                if "total" not in stated.marks or len(line.figures) > 2:
                    continue
                for items in (lines[:index], lines[index + 1 :]):
                    parts = _one_each(items, stated.kind)
                    if len(parts) > 1:
                        yield line, Claim(stated, tuple(parts), True)
                        break


def _one_each(lines: Sequence[Line], kind: str) -> list[Figure]:
    """The only figure of a unit in each line; none when a line has two, or was left out."""
    parts: list[Figure] = []
    for line in lines:
        own = [one for one in line.figures if one.kind == kind]
        if len(own) > 1 or line.omitted or any(one.marks & {"total"} for one in own):
            return []
        if own and (OTHER.search(own[0].label) or INCOMPLETE.search(line.text)):
            return []
        parts += own
    return parts


def _large_enough(stated: Figure, parts: Sequence[Figure]) -> bool:
    """A total is no smaller than its largest part, unless one digit of it is wrong."""
    largest = max(part.value for part in parts)
    return stated.value >= largest or one_slip(stated.value - sum_of(parts))
