"""Rows put under their headings, where a row has fewer cells than the header."""

from __future__ import annotations

import re

from pipelines.findings import tidy as f
from pipelines.model import Cell
from pipelines.tidy.draft import Draft
from pipelines.tidy.layout import VALUE_ROLES, Sheet, blank
from pipelines.tidy.notes import without_notes
from pipelines.tidy.text import OMITTED, close_blanks
from pipelines.tidy.values import read_value

_NAMES = frozenset({"indicator", "initiative", "policy", "measure", "department", "group"})


def align(row: tuple[Cell, ...], sheet: Sheet, draft: Draft) -> tuple[Cell, ...]:
    """A row put under its headings: where it has a cell less, the gap is placed and reported.

    Every position of the gap is tried; the one whose cells fit their columns best wins (numbers
    and marks under values, sentences under text), the rightmost at a draw.
    """
    headed = [c.index for c in sheet.columns if c.role]
    last = max(headed, default=0)
    printed = row[: last + 1]
    if not printed or printed[-1].text or _cost(printed, sheet) < 2:
        return row
    best: tuple[float, int] | None = None
    for gap in headed:
        moved = (*printed[:gap], blank(row), *printed[gap:-1])
        cost = _cost(moved, sheet)
        if best is None or cost <= best[0]:
            best = (cost, gap)
    if best is None or best[0] >= _cost(printed, sheet):
        return row
    gap = best[1]
    header = sheet.columns[gap].header
    draft.report(
        f.ColumnMissing.at(
            place=row[gap].place,
            found=" | ".join(cell.text[:12] for cell in printed[gap:-1]),
            column=close_blanks(header.text) if header else "",
        )
    )
    return (*printed[:gap], blank(row), *printed[gap:-1], *row[last + 1 :])


def _cost(row: tuple[Cell, ...], sheet: Sheet) -> float:
    return sum(
        _misfit(row[c.index].text, c.role) for c in sheet.columns if c.role and c.index < len(row)
    )


def _misfit(text: str, role: str) -> float:
    if not text:
        return 0.5
    if role in VALUE_ROLES:
        reading = read_value(text, target_actual=role == "target-actual")[-1]
        bare = without_notes(text)
        if OMITTED in bare or ("。" in bare and not reading.missing):
            return 3.0  # a sentence is no value
        numeric = reading.value is not None or bool(reading.missing)
        fits = (numeric and len(bare) < 60) or (reading.known and len(bare) <= 12)
        return 0.0 if fits else 3.0
    if role in _NAMES and re.match(r"\d", text) and read_value(text)[0].value is not None:
        return 2.0  # a number stands where a name should
    if role.startswith("schedule"):
        return 0.5 if read_value(text)[0].missing else 0.0
    return 0.0
