"""Which reader reads which part of a document: decided by the headings, in printed order.

Known hints of `package.yaml` (`sources[].hints`): none is needed for the documents read so far.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipelines.findings import tidy as f
from pipelines.model import Block, Document, Grid, Municipality
from pipelines.tidy.boxes import is_boxes, read_boxes
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry
from pipelines.tidy.glossary import read_glossary
from pipelines.tidy.layout import Sheet, header_of, role_of, sheet_of, split_headers
from pipelines.tidy.matrix import is_matrix, read_matrix
from pipelines.tidy.measure import About, text_figures
from pipelines.tidy.outline import is_class_table, policy_heading, read_class_table
from pipelines.tidy.prose import read_paragraph, read_plan_facts, report_year
from pipelines.tidy.records import Carried, read_records
from pipelines.tidy.report import read_blocks
from pipelines.tidy.sections import is_sections, read_sections
from pipelines.tidy.text import OMITTED, narrow, split_number
from pipelines.vocabulary import scheme


@dataclass(slots=True)
class _Pages:
    """What a table hands on to the same table on the next page."""

    sheet: Sheet | None = None
    records: Carried | None = None
    measure: Entry | None = None


def read_document(
    context: Context, document: Document, municipality: Municipality, hints: Mapping[str, str]
) -> None:
    """Reads all parts of a document into the draft."""
    context.draft.reading = document.sha256
    context.words = _words(document)
    context.year = report_year(document)
    context.policy = {}
    context.heading = ""
    read_plan_facts(context.draft, document, municipality)
    pages = _Pages()
    for part in document.parts:
        if isinstance(part, Grid):
            for grid in split_headers(part):
                _grid(context, grid, pages)
        else:
            _block(context, part, pages)


def _words(document: Document) -> str:
    cells = (cell.text for grid in document.grids for row in grid.rows for cell in row)
    return "\n".join([*(block.text for block in document.blocks), *cells])


def _block(context: Context, block: Block, pages: _Pages) -> None:
    if policy_heading(context, block):
        context.heading = block.text
        pages.measure = None
        return
    if block.kind == "heading" and OMITTED not in block.text:
        numbered = split_number(block.text)
        context.heading = numbered.name or block.text
    read_paragraph(context, block)


def _grid(context: Context, grid: Grid, pages: _Pages) -> None:
    if is_sections(grid):
        read_sections(context, grid)
        return
    headed = header_of(grid) is not None
    for recognise, reader in _UNHEADED:
        if not headed and recognise(grid):
            reader(context, grid)
            return
    sheet = sheet_of(grid, pages.sheet, context.draft)
    if sheet is not None and _read_sheet(context, sheet, pages):
        pages.sheet = sheet
        return
    _unknown(context, grid)


_UNHEADED: tuple[tuple[Callable[[Grid], bool], Callable[[Context, Grid], None]], ...] = (
    (is_matrix, read_matrix),
    (is_class_table, read_class_table),
    (is_boxes, read_boxes),
)
"""Layouts told by their cells, tried in this order on tables whose header names no columns."""


def _read_sheet(context: Context, sheet: Sheet, pages: _Pages) -> bool:
    roles = sheet.roles
    if {"term", "definition"} <= roles:
        read_glossary(context, sheet)
    elif roles & {"done", "outcome", "planned"}:
        pages.measure = read_blocks(context, sheet, pages.measure)
    elif roles & {"initiative", "indicator"}:
        pages.records = read_records(context, sheet, pages.records)
    else:
        return False
    return True


def _unknown(context: Context, grid: Grid) -> None:
    """A table that nobody reads: a legend or a table of contents is none, others are reported."""
    if _is_legend(grid) or _is_contents(grid) or _is_overview(grid):
        return
    first = next((cell for row in grid.rows for cell in row if cell.text), None)
    if first is None:
        return
    shown = " | ".join(cell.text for cell in grid.rows[0] if cell.text) or first.text
    context.draft.report(f.TableUnknown.at(place=first.place, found=shown[:60]))
    for row in grid.rows:
        for cell in row:
            text_figures(context, cell, About(fallback=context.heading))


def _is_legend(grid: Grid) -> bool:
    return any(role_of(cell.text)[0] == "legend" for row in grid.rows for cell in row)


def _is_contents(grid: Grid) -> bool:
    """True when every row ends in a page number."""
    filled = [[cell for cell in row if cell.text] for row in grid.rows]
    rows = [row for row in filled if row]
    return bool(rows) and all(
        len(row) >= 2 and re.fullmatch(r"\d{1,3}", narrow(row[-1].text)) for row in rows
    )


def _is_overview(grid: Grid) -> bool:
    """True for a chart of the policy tree: its first row holds numbered headings of policies."""
    first = [narrow(cell.text) for cell in grid.rows[0] if cell.text]
    words = "|".join(re.escape(label) for label, _ in scheme("policy_words").labels())
    return len(first) >= 2 and all(re.fullmatch(rf"(?:{words})\s*\d+", text) for text in first)
