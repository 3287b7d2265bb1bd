"""Boxes of headline figures: `③ 合格者` with `8人` printed below it."""

from __future__ import annotations

import re

from pipelines.model import Cell, Grid
from pipelines.tidy.context import Context
from pipelines.tidy.emit import activity
from pipelines.tidy.figures import figures
from pipelines.tidy.measure import About, text_figures
from pipelines.tidy.offices import blank_offices
from pipelines.tidy.text import CIRCLED, close_blanks


def is_boxes(grid: Grid) -> bool:
    """True when at least three cells are numbered labels and figures stand in other cells."""
    labels = [cell for row in grid.rows for cell in row if cell.text and cell.text[0] in CIRCLED]
    below = [cell for row in grid.rows for cell in row if figures(cell.text)]
    numbered = all(re.match(rf"[{CIRCLED}]\s", cell.text) for cell in labels)
    return len(labels) >= 3 and len(below) >= 2 and numbered


def read_boxes(context: Context, grid: Grid) -> None:
    """Adds the figures of each box under the box's label, and its other lines as activities."""
    current: dict[int, str] = {}
    for row in grid.rows:
        for index, cell in enumerate(row):
            if not cell.text:
                continue
            if cell.text[0] in CIRCLED:
                current[index] = close_blanks(cell.text[1:].strip())
            elif index in current:
                _box(context, cell, About(year=context.year, subject=current[index]))


def _box(context: Context, cell: Cell, about: About) -> None:
    for item in _flagged(cell):
        bare = blank_offices(item)
        if figures(bare, about.subject):
            text_figures(context, cell, about, (bare,))
        else:
            activity(context, item, cell, about, is_name="。" not in item)


def _flagged(cell: Cell) -> list[str]:
    """Items that open with a flag (【新規】…) or the lines of the cell."""
    found = [piece for line in cell.lines for piece in re.split(r"(?=【)", line)]
    return [piece.strip() for piece in found if piece.strip()]
