"""Initiatives that one document of a package numbers or names and another one has not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pipelines.check.consistency.index import Index, narrow, said
from pipelines.check.consistency.numbering import LONGEST, NUMBER, cut, missing_between, ranges
from pipelines.findings import consistency as f
from pipelines.model import Document, Finding, Row


def absent(index: Index) -> Iterator[Finding]:
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
            if one.place.source == document.sha256 and len(one.text) <= LONGEST
        }
        here = covered.get(document.sha256, set())
        there = [row for row in all_rows if said(row, "ID") in here]
        lacking = [
            row
            for row in all_rows
            if said(row, "ID") not in here and _name(narrow(said(row, "名称"))) not in printed
        ]
        if not lacking or 2 * len(there) < len(all_rows):
            continue
        for numbers, rows in _groups(there, lacking):
            yield _absent(index, key, document, there, rows, numbers)


def _groups(there: list[Row], absent: list[Row]) -> list[tuple[list[int], list[Row]]]:
    """The absent rows by the gaps of what is there, each with its numbers. Rows without a number
    fill the empty gaps in their order where there are as many of them; else all is one group.
    """
    gaps: list[list[int]] = []
    for number in sorted({*missing_between(_numbers(there)), *_numbers(absent)}):
        if gaps and gaps[-1][-1] == number - 1:
            gaps[-1].append(number)
        else:
            gaps.append([number])
    bare = [row for row in absent if not _numbers([row])]
    groups = [(gap, [row for row in absent if _numbers([row]) & set(gap)]) for gap in gaps]
    empty = [gap for gap, rows in groups if not rows]
    told = [(gap, rows) for gap, rows in groups if rows]
    if not bare:
        return told
    if sum(map(len, empty)) == len(bare):
        left = iter(bare)
        told += [(gap, [next(left) for _ in gap]) for gap in empty]
        return sorted(told, key=lambda one: one[0])
    return [(sorted(_numbers(absent)), absent)]


def _name(text: str) -> str:
    """A cell's text without the number before it and without blanks."""
    return re.sub(r"^\D{0,2}\d{1,3}[.)]?(?=\D)|\s+", "", text)


def _absent(
    index: Index,
    key: str,
    document: Document,
    there: list[Row],
    absent: list[Row],
    numbers: list[int],
) -> Finding:
    other = index.origins.get((said(absent[0], "ID"), "名称"))
    keys = {source.sha256: name for name, source in index.case.sources}
    after = [row for row in there if said(row, "番号") > "" and _beyond(row, set(numbers))]
    which = ranges(numbers)
    return f.NumberAbsent.at(
        table="initiative",
        row_id=said(absent[0], "ID"),
        place=_place_in(index, document, after or there),
        found=which or f"{len(absent)}件",
        expected=cut("、".join(said(row, "名称") for row in absent)),
        which=f"番号 {which} " if which else f"{len(absent)}件",
        which_en=f"numbered {which}" if which else f"({len(absent)} of them)",
        source=key,
        other=f"{keys.get(other.source, '')} {other.position}".strip() if other else "",
    )


def _numbers(rows: Iterable[Row]) -> set[int]:
    """The plain printed numbers of initiatives."""
    matches = [NUMBER.fullmatch(said(row, "番号")) for row in rows]
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
