"""An extract of a document: its names, marks and figures in their places, without its prose.

The extract keeps the layout of the document, every line on its line and every cell in its column,
so that a place read from it is a place in the document too. Sentences are left out (`〔略〕`);
of a sentence that holds figures, each figure stays with the words that name it. Reading the
extract gives the same tables as reading the document, but for the columns of running text.
"""

from __future__ import annotations

import re
from html import escape

from pipelines.model import Block, Cell, Document, Grid
from pipelines.tidy.align import align
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Draft
from pipelines.tidy.figures import figures
from pipelines.tidy.layout import (
    Sheet,
    header_of,
    padded,
    sheet_of,
)
from pipelines.tidy.outline import heading
from pipelines.tidy.prose import title_blocks
from pipelines.tidy.redact import NAME, SHORT, figures_of, redaction
from pipelines.tidy.sections import is_sections
from pipelines.tidy.text import OMITTED, cue
from pipelines.tidy.years import moments, period, year_of


def extract(document: Document) -> str:
    """The text of the extract (UTF-8, LF), line for line in the places of the document."""
    context = Context(Draft())
    lines: dict[int, str] = {}
    previous: Sheet | None = None
    title = {block.place.line for block in title_blocks(document)}
    for part in document.parts:
        if isinstance(part, Block):
            lines[part.place.line] = _block(context, part, title)
            continue
        sheet = None if is_sections(part) else sheet_of(part, previous, context.draft)
        previous = sheet or previous
        _grid(context, part, sheet, lines)
    last = max(lines, default=0)
    return "".join(f"{lines.get(number, '')}\n" for number in range(1, last + 1))


# --- blocks ----------------------------------------------------------------------------------


def _block(context: Context, block: Block, title: set[int]) -> str:
    text = block.text
    if block.place.line in title or heading(text) is not None:
        return text
    if block.kind == "heading" and len(text) <= NAME and "。" not in text:
        return text
    if cue("period").search(text) or year_of(text) is not None:
        found = _dates(text)
        if found:
            return found
    kept = figures_of(context, text)
    return f"{OMITTED}{kept}" if kept else ""


def _dates(text: str) -> str:
    """A line of dates (`令和4年10月策定`), or the period of the plan out of a sentence."""
    if len(text) <= SHORT and not re.search(r"[、。]", text):
        return text
    named = cue("period").search(text)
    found = period(text)
    if named and found:
        return f"{named.group()}{text[found[0].span[0] : found[1].span[1]]}"
    until = [m for m in moments(text) if re.match(r"\s*まで", text[m.span[1] :])]
    if until and not figures(text):
        return f"{OMITTED}{until[0].printed}まで"
    return ""


# --- grids -----------------------------------------------------------------------------------


def _grid(context: Context, grid: Grid, sheet: Sheet | None, lines: dict[int, str]) -> None:
    header = header_of(grid)
    rule = grid.rows[grid.header_rows - 1] if grid.kind == "pipe" and grid.header_rows else None
    for index, row in enumerate(grid.rows):
        if header is not None and index < header[1]:
            cells = [cell.text for cell in row]
        else:
            roles = _roles(context, row, sheet)
            cells = [
                _cell(redaction(cell, roles.get(cell.place.column), row, grid)(context, cell))
                for cell in row
            ]
        lines[row[0].place.line] = _line(grid.kind, cells)
        if row is rule:
            lines[row[0].place.line + 1] = "|" + "---|" * len(row)


def _line(kind: str, cells: list[str]) -> str:
    if kind == "tab":
        return "\t".join(cells)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _cell(pieces: list[str]) -> str:
    if len(pieces) > 1:
        items = "".join(f"<li>{escape(piece, quote=False)}</li>" for piece in pieces)
        return f"<ul>{items}</ul>"
    text = pieces[0] if pieces else ""
    # Text that looks like mark-up was escaped in the document, and has to be again.
    if re.search(r"<\s*/?\s*[A-Za-z]|&[#A-Za-z]", text):
        return f"<p>{escape(text, quote=False)}</p>"
    return text


def _roles(context: Context, row: tuple[Cell, ...], sheet: Sheet | None) -> dict[int, str]:
    """Role by printed column; a row that has a cell less is put under its headings first."""
    if sheet is None:
        return {}
    headed = align(padded(row, len(sheet.columns)), sheet, context.draft)
    columns = sheet.columns
    roles = {cell.place.column: "" for cell in row}
    for index, cell in enumerate(headed[: len(columns)]):
        if cell.text:
            roles[cell.place.column] = columns[index].role
    return roles
