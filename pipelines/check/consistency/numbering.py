"""Printed numbers: gaps, repeats, and numbers without names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from pipelines.check.consistency.index import Index, said
from pipelines.check.consistency.words import same_name
from pipelines.findings import consistency as f
from pipelines.model import Finding, Place, Row

NUMBER = re.compile(r"(.*?)([0-9]{1,4})", re.DOTALL)
"""A printed number: what stands before its last part, and that part."""
_BRANCH = re.compile(r"(?:[0-9]+-)*[0-9]+")
_CIRCLED_ONLY = re.compile(r"[\u2460-\u2473](?:\s*[\u2460-\u2473])+")
_CIRCLES = {chr(number) for number in range(0x2460, 0x2474)}
LONGEST = 60
"""What a finding quotes at most."""
_FIRST = 3
"""A series that starts at 2 or 3 lacks its start; one that starts at 11 is a part of a larger."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row with its printed number: what stands before the last number, and that number."""

    row: Row
    prefix: str
    number: int
    digits: int = 1

    def printed(self, number: int) -> str:
        """A number of the same series as the document prints it (`1_07`)."""
        return f"{self.prefix}{number:0{self.digits}d}"


def numbering(index: Index) -> Iterator[Finding]:
    """Gaps and repeats of each series of printed numbers, and numbers without names."""
    for slug, rows in _series(index):
        yield from _repeats(index, slug, rows)
        yield from _gaps(index, slug, rows)
    yield from _empty(index)


def _series(index: Index) -> Iterator[tuple[str, list[Numbered]]]:
    """The series of numbers of a package, each in the order of its rows."""
    for slug, parent, column in (
        ("policy", "上位ID", "番号"),
        ("initiative", "施策ID", "番号"),
        ("indicator", "取組ID", "枝番"),
        ("goal", "施策ID", "番号"),
    ):
        levels: dict[str, list[Row]] = defaultdict(list)
        for row in index.of_table(slug):
            if slug != "indicator" or _BRANCH.fullmatch(said(row, column)):
                levels[said(row, "階層") or _list_of(slug, row)].append(row)
        for rows in levels.values():
            yield from ((slug, one) for one in _by_scope(rows, parent, column))


def _list_of(slug: str, row: Row) -> str:
    """Goals of one cell and branches of one indicator are a series each; the rest is one level."""
    if slug == "goal":
        return re.sub(r"\d+$", "", said(row, "ID"))
    return said(row, "取組ID") if slug == "indicator" else ""


def _by_scope(rows: Sequence[Row], parent: str, column: str) -> Iterator[list[Numbered]]:
    """Numbers run through a level, or start again below each parent: then each is a series.

    They start again where most parents have a 1.
    """
    found = [
        Numbered(row, match[1], int(match[2]), len(match[2]))
        for row in rows
        if (match := NUMBER.fullmatch(said(row, column))) is not None
    ]
    prefixes: dict[str, list[Numbered]] = defaultdict(list)
    for one in found:
        prefixes[one.prefix].append(one)
    for series in prefixes.values():
        owners: dict[str, list[Numbered]] = defaultdict(list)
        for one in series:
            owners[said(one.row, parent)].append(one)
        ones = sum(min(one.number for one in rows) == 1 for rows in owners.values())
        yield from owners.values() if 2 * ones > len(owners) else [series]


def missing_between(numbers: Iterable[int], from_start: bool = True) -> list[int]:
    """The numbers between the first and the last that are not there (from 1, if near)."""
    there = set(numbers)
    if not there:
        return []
    first = min(there)
    start = 1 if from_start and first <= _FIRST else first
    return [number for number in range(start, max(there)) if number not in there]


def _gaps(index: Index, slug: str, rows: list[Numbered]) -> Iterator[Finding]:
    several = slug == "initiative" and len(index.case.sources) > 1
    unnumbered = _unnumbered(index) if several else 0
    spans = _spans(rows, slug != "indicator", _given_up(index))
    for before, gap, right in sorted(spans, key=lambda one: (-len(one[1]), one[0])):
        # One document numbers what another does not: `number-absent` tells of it.
        unnumbered -= len(gap)
        if unnumbered < 0:
            yield f.NumberGap.at(
                table=slug,
                row_id=said(right.row, "ID"),
                place=index.where(right.row, "番号", "枝番", "名称", "内容"),
                found=ranges(gap, right),
                before=right.printed(before) if before else "―",
                after=right.printed(right.number),
            )


def _given_up(index: Index) -> set[int]:
    """The numbers that a document itself says are not used (`7は欠番`)."""
    said_so = [one.text for one in index.texts if "欠番" in one.text]
    return {int(number) for text in said_so for number in re.findall(r"[0-9]{1,4}", text)}


def _spans(
    rows: list[Numbered], from_start: bool, given_up: Set[int] = frozenset()
) -> list[tuple[int, list[int], Numbered]]:
    """(number before, the numbers missing, what stands behind them) of every gap."""
    if len(rows) < 2:
        return []  # a lone number says nothing of what was before it
    first = {one.number: one for one in reversed(rows)}
    missing = set(missing_between(first, from_start)) - given_up
    found = []
    for before, after in pairwise([0, *sorted(first)]):
        gap = [number for number in range(before + 1, after) if number in missing]
        if gap:
            found.append((before, gap, first[after]))
    return found


def _repeats(index: Index, slug: str, rows: list[Numbered]) -> Iterator[Finding]:
    """A number twice; the reading tells some of them itself (`number-repeated`)."""
    told = {one.found for one in index.case.tables.findings if one.code == "number-repeated"}
    seen: dict[int, Row] = {}
    for one in rows:
        first = seen.setdefault(one.number, one.row)
        printed = one.printed(one.number)
        names = [said(row, "名称") or said(row, "内容") for row in (first, one.row)]
        if first is one.row or printed in told or slug == "goal" or same_name(*names):
            continue
        yield f.NumberTwice.at(
            table=slug,
            row_id=said(one.row, "ID"),
            place=index.where(one.row, "番号", "枝番", "名称"),
            found=printed,
            expected="／".join(name[: LONGEST // 2 - 1] for name in names),
        )


def _unnumbered(index: Index) -> int:
    """How many initiatives have no number."""
    return sum(not said(row, "番号") for row in index.of_table("initiative"))


def _empty(index: Index) -> Iterator[Finding]:
    """Cells that hold several circled numbers and nothing else, told once a row."""
    lines: dict[tuple[str, int], list[str]] = defaultdict(list)
    places: dict[tuple[str, int], Place] = {}
    for printed in index.texts:
        raw = printed.cell.text if printed.cell is not None else ""
        if raw[:1] in _CIRCLES and _CIRCLED_ONLY.fullmatch(raw):
            key = (printed.place.source, printed.place.line)
            lines[key].append(raw)
            places.setdefault(key, printed.place)
    for key, found in lines.items():
        yield f.NumberEmpty.at(place=index.case.at(places[key]), found=cut(" ".join(found)))


def ranges(numbers: Sequence[int], like: Numbered | None = None) -> str:
    """`[2, 7, 8, 9]` → `2、7–9`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    told = like.printed if like is not None else str
    return "、".join("–".join(told(one) for one in dict.fromkeys((p[0], p[-1]))) for p in parts)


def cut(text: str) -> str:
    """The text as a finding may quote it."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
