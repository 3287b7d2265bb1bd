"""A place of a document → the printed cell among its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.explaining.model import Around, ShownRow
from pipelines.model import Block, Cell, Document, Grid

_PLACE = re.compile(r"L([0-9]+)(?::C([0-9]+))?")
FIRST = 2
"""The first cells of a row say what it is about."""


def around(document: Document, place: str, dated: str = "") -> Around | None:
    """What stands at a place (`L12:C6`, `L12`) and around it; None where nothing does.

    `dated` is the place of the value's year: its line heads the column where it is in the table.
    """
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    line, column = int(match[1]), int(match[2] or 0)
    for number, part in enumerate(document.parts):
        if isinstance(part, Grid):
            for index, row in enumerate(part.rows):
                if row and row[0].place.line == line:
                    return _in_grid(part, index, column, _line(dated))
        elif part.place.line == line:
            return _in_text(document.parts, number)
    return None


def _line(place: str) -> int:
    match = _PLACE.fullmatch(place)
    return int(match[1]) if match else 0


def _in_text(parts: Sequence[Block | Grid], number: int) -> Around:
    near = parts[max(0, number - 1) : number + 2]
    rows = tuple(ShownRow(p.place.line, ((0, p.as_printed),)) for p in near if isinstance(p, Block))
    block = parts[number]
    assert isinstance(block, Block)  # noqa: S101 - the caller looked
    return Around(block.place.line, 0, block.as_printed, rows)


def _in_grid(grid: Grid, index: int, column: int, dated: int) -> Around | None:
    row = grid.rows[index]
    marked = next((cell for cell in row if cell.place.column == column), None)
    if marked is None and column:
        return None
    shown = sorted({*range(1, FIRST + 1), column - 1, column, column + 1} - {-1, 0})
    heads = grid.header_rows or 1
    years = [n for n, cells in enumerate(grid.rows) if cells and cells[0].place.line == dated]
    above = {*range(heads), *(year for year in years if year != index)}
    lines = sorted({*above, index - 1, index, index + 1})
    rows = [
        ShownRow(
            cells[0].place.line,
            _cells(cells, shown),
            header=number < heads or (number in years and number != index),
        )
        for number in lines
        if 0 <= number < len(grid.rows) and (cells := grid.rows[number])
    ]
    text = marked.as_printed if marked is not None else " ".join(cell.as_printed for cell in row)
    return Around(row[0].place.line, column, text, tuple(rows))


def _cells(row: Sequence[Cell], columns: Sequence[int]) -> tuple[tuple[int, str], ...]:
    texts = {cell.place.column: cell.as_printed for cell in row}
    return tuple((column, texts[column]) for column in columns if column in texts)
