"""Cells of the documents that a spreadsheet or a browser would run.

Nothing of them gets through (`pipelines.neutral`, the reading of mark-up, escaping in every page);
but whoever publishes should know that a source holds such a thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.check.case import Case
from pipelines.findings.safety import CellFormula, CellHtml
from pipelines.model import Cell, Finding
from pipelines.neutral import is_dangerous

_SHOWN = 20
_RUNS = (
    "script|style|template|iframe|frame|object|embed|applet|svg|math|form|input|button|textarea|select"
    "|link|meta|base|img|picture|video|audio|source|noscript|portal"
)
_ACTIVE = re.compile(
    rf"<\s*/?\s*(?P<tag>{_RUNS})(?=[\s/>])|<[a-z][^<>]*\s(?P<event>on[a-z]+)\s*=|(?P<link>javascript)\s*:",
    re.IGNORECASE,
)


def safety(case: Case) -> Iterator[Finding]:
    """`cell-formula` and `cell-html`, in the order of the cells."""
    for _, document in case.sources:
        for grid in document.grids:
            for row in grid.rows:
                for cell in row:
                    yield from _of(case, cell)


def _of(case: Case, cell: Cell) -> Iterator[Finding]:
    if is_dangerous(cell.as_printed):
        yield CellFormula.at(place=case.at(cell.place), found=cell.as_printed.strip()[:_SHOWN])
    if "<" in cell.raw or ":" in cell.raw:
        found = _ACTIVE.search(cell.raw)
        if found:
            yield CellHtml.at(place=case.at(cell.place), found=found[found.lastgroup or 0].lower())
