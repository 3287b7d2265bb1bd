"""Printed numbers: gaps, repeats, and numbers that only one document of a package has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from pipelines.check.consistency.index import Index, narrow, said
from pipelines.check.consistency.words import same_name
from pipelines.findings import consistency as f
from pipelines.model import Document, Finding, Place, Row

_NUMBER = re.compile(r"(.*?)([0-9]{1,4})", re.DOTALL)
_BRANCH = re.compile(r"(?:[0-9]+-)*[0-9]+")
_CIRCLED_ONLY = re.compile(r"[\u2460-\u2473](?:\s*[\u2460-\u2473])+")
_CIRCLES = {chr(number) for number in range(0x2460, 0x2474)}
_LONGEST = 60
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
    yield from _between_documents(index)
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
        if (match := _NUMBER.fullmatch(said(row, column))) is not None
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


def _missing(numbers: Iterable[int], from_start: bool = True) -> list[int]:
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
                found=_ranges(gap, right),
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
    missing = set(_missing(first, from_start)) - given_up
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
            expected="／".join(name[: _LONGEST // 2 - 1] for name in names),
        )


def _unnumbered(index: Index) -> int:
    """How many initiatives have no number."""
    return sum(not said(row, "番号") for row in index.of_table("initiative"))


def _between_documents(index: Index) -> Iterator[Finding]:
    """Initiatives that one document of a package has and another one has not.

    A document that treats less than half of them is of another kind and is left alone.
    """
    if len(index.case.sources) < 2:
        return
    covered = _covered(index)
    all_rows = index.of_table("initiative")
    for key, document in index.case.sources:
        printed = {
            _name(one.text)
            for one in index.texts
            if one.place.source == document.sha256 and len(one.text) <= _LONGEST
        }
        here = covered.get(document.sha256, set())
        there = [row for row in all_rows if said(row, "ID") in here]
        absent = [
            row
            for row in all_rows
            if said(row, "ID") not in here and _name(narrow(said(row, "名称"))) not in printed
        ]
        if not absent or 2 * len(there) < len(all_rows):
            continue
        yield _absent(index, key, document, there, absent)


def _name(text: str) -> str:
    """A cell's text without the number before it and without blanks."""
    return re.sub(r"^\D{0,2}\d{1,3}[.)]?(?=\D)|\s+", "", text)


def _absent(
    index: Index, key: str, document: Document, there: list[Row], absent: list[Row]
) -> Finding:
    gaps = _missing(_numbers(there))
    bare = sum(not said(row, "番号") for row in absent)
    unnumbered = [number for number in gaps if number not in _numbers(absent)]
    numbers = _numbers(absent) | (set(unnumbered) if len(unnumbered) == bare else set())
    other = index.origins.get((said(absent[0], "ID"), "名称"))
    keys = {source.sha256: name for name, source in index.case.sources}
    after = [row for row in there if said(row, "番号") > "" and _beyond(row, numbers)]
    which = _ranges(sorted(numbers))
    return f.NumberAbsent.at(
        table="initiative",
        row_id=said(absent[0], "ID"),
        place=_place_in(index, document, after or there),
        found=which or f"{len(absent)}件",
        expected=_cut("、".join(said(row, "名称") for row in absent)),
        which=f"番号 {which} " if which else f"{len(absent)}件",
        which_en=f"numbered {which}" if which else f"({len(absent)} of them)",
        source=key,
        other=f"{keys.get(other.source, '')} {other.position}".strip() if other else "",
    )


def _numbers(rows: Iterable[Row]) -> set[int]:
    """The plain printed numbers of initiatives."""
    matches = [_NUMBER.fullmatch(said(row, "番号")) for row in rows]
    return {int(match[2]) for match in matches if match is not None and not match[1]}


def _beyond(row: Row, numbers: set[int]) -> bool:
    return bool(numbers) and any(number > min(numbers) for number in _numbers([row]))


def _place_in(index: Index, document: Document, rows: list[Row]) -> str:
    """Where a document has the first of these initiatives."""
    for row in rows:
        for column in ("番号", "名称"):
            origin = index.origins.get((said(row, "ID"), column))
            if origin is not None and origin.source == document.sha256:
                return index.at(origin)
    return ""


def _covered(index: Index) -> dict[str, set[str]]:
    """The initiatives of which a document says anything, by the hash of the document."""
    known = {said(row, "ID") for row in index.of_table("initiative")}
    found: dict[str, set[str]] = defaultdict(set)
    for (row_id, _), origin in index.origins.items():
        row = index.by_id.get(row_id)
        owner = row_id if row_id in known else said(row, "取組ID") if row is not None else ""
        if owner:
            found[origin.source].add(owner)
    return found


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
        yield f.NumberEmpty.at(place=index.case.at(places[key]), found=_cut(" ".join(found)))


def _ranges(numbers: Sequence[int], like: Numbered | None = None) -> str:
    """`[2, 7, 8, 9]` → `2、7–9`."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    told = like.printed if like is not None else str
    return "、".join("–".join(told(one) for one in dict.fromkeys((p[0], p[-1]))) for p in parts)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
