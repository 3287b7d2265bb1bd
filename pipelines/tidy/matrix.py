"""Tables of progress marks: items in a tree, one mark a year (○ ▲ × — 取り下げ).

Cells are told apart by what they say, not by their column: merged cells leave some rows shifted.
"""

from __future__ import annotations

import re

from pipelines import findings as f
from pipelines.model import Cell, Grid
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.emit import Context
from pipelines.tidy.layout import role_of
from pipelines.tidy.outline import heading, policy_from_cell
from pipelines.tidy.text import CIRCLED, circled_number, close_blanks, narrow
from pipelines.tidy.years import Moment, year_of
from pipelines.vocabulary import Concept, scheme


def mark_of(cell: Cell) -> Concept | None:
    """The progress mark that a cell holds, or None."""
    return scheme("marks").match(cell.text) if cell.text else None


def header_years(grid: Grid) -> list[Moment]:
    """The years of a header row that holds nothing but years; [] without one."""
    for row in grid.rows[:2]:
        filled = [cell for cell in row if cell.text]
        if filled and all(role_of(cell.text)[0] == "year" for cell in filled):
            found = [year_of(cell.text) for cell in filled]
            return [moment for moment in found if moment is not None]
    return []


def is_matrix(grid: Grid) -> bool:
    """True when years alone head the table and most rows hold marks."""
    years = header_years(grid)
    marked = [row for row in grid.rows if sum(mark_of(c) is not None for c in row) >= len(years)]
    return bool(years) and len(marked) * 2 >= len(grid.rows)


def read_matrix(context: Context, grid: Grid) -> None:
    """Adds the policies, the items as initiatives, and one status per item and year."""
    years = header_years(grid)
    policy: Entry | None = None
    measure: Entry | None = None
    for row in grid.rows:
        item: Cell | None = None
        marks: list[Cell] = []
        for cell in (c for c in row if c.text):
            if mark_of(cell) is not None:
                marks.append(cell)
            elif heading(cell.text) is not None:
                policy, measure = policy_from_cell(context, cell, 1, None), None
            elif re.match(r"^\(\d+\)", narrow(cell.text)):
                measure = policy_from_cell(context, cell, 2, policy)
            elif cell.text[0] in CIRCLED:
                item = cell
            elif role_of(cell.text)[0] != "year":
                context.draft.report(
                    f.MARK_UNKNOWN.at(table="status", place=cell.place, found=cell.text)
                )
        if item is not None:
            _statuses(context, item, marks, years, measure or policy)


def _statuses(
    context: Context, cell: Cell, marks: list[Cell], years: list[Moment], above: Entry | None
) -> None:
    number = _item_number(cell, above)
    name = close_blanks(cell.text[1:].strip())
    origin = Origin.of(cell)
    initiative = context.draft.initiative(number, name, origin, above)
    if len(marks) != len(years):
        context.draft.report(
            f.COLUMN_MISSING.at(
                table="status",
                place=cell.place,
                found=" ".join(mark.text for mark in marks),
                column=years[-1].printed,
            )
        )
    for mark, year in zip(marks, years, strict=False):
        concept = mark_of(mark)
        entry = Entry("status", refs={"取組ID": initiative})
        entry.put("項目番号", number, origin).put("項目名", name, origin)
        entry.put("年度", year.fiscal_year, Origin.of(mark, "era"))
        entry.put("記号", mark.text, Origin.of(mark))
        entry.put("進捗", concept.first("status") if concept else "", Origin.of(mark, "mark"))
        context.draft.add(entry)


def _item_number(cell: Cell, above: Entry | None) -> str:
    """The printed numbers from the top down: 基本戦略1, (2), ③ → 1-2-3."""
    numbers = [str(circled_number(cell.text[0]))]
    while above is not None:
        numbers.append(above.text("番号"))
        above = above.refs.get("上位ID")
    return "-".join(number for number in reversed(numbers) if number)
