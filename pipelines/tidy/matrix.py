"""Tables of progress marks: items in a tree, one mark a year (○ ▲ × — 取り下げ).

Cells are told apart by what they say, not by their column: merged cells leave some rows shifted.
"""

from __future__ import annotations

import re
from collections import Counter

from pipelines.findings import tidy as f
from pipelines.model import Cell, Grid
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.layout import role_of
from pipelines.tidy.outline import heading, policy_from_cell
from pipelines.tidy.text import CIRCLED, circled_number, close_blanks, narrow
from pipelines.tidy.years import Moment, year_of
from pipelines.vocabulary import Concept, scheme


def mark_of(cell: Cell) -> Concept | None:
    """The progress mark that a cell holds, or None."""
    return scheme("marks").match(cell.text) if cell.text else None


def header_years(grid: Grid) -> list[tuple[Moment, Cell]]:
    """The years of a header row that holds nothing but years, with their cells; [] without one."""
    for row in grid.rows[:2]:
        filled = [cell for cell in row if cell.text]
        if filled and all(role_of(cell.text)[0] == "year" for cell in filled):
            found = [(year_of(cell.text), cell) for cell in filled]
            return [(moment, cell) for moment, cell in found if moment is not None]
    return []


def is_matrix(grid: Grid) -> bool:
    """True when years alone head the table and most rows hold marks."""
    years = header_years(grid)
    marked = [row for row in grid.rows if sum(mark_of(c) is not None for c in row) >= len(years)]
    return bool(years) and len(marked) * 2 >= len(grid.rows)


def _usual_columns(grid: Grid) -> tuple[int, ...]:
    """The columns in which most rows have their marks."""
    counts: Counter[tuple[int, ...]] = Counter()
    for row in grid.rows:
        columns = tuple(cell.place.column for cell in row if mark_of(cell) is not None)
        counts[columns] += bool(columns)
    return counts.most_common(1)[0][0] if counts else ()


def read_matrix(context: Context, grid: Grid) -> None:
    """Adds the policies, the items as initiatives, and one status per item and year."""
    years = header_years(grid)
    usual = _usual_columns(grid)
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
                    f.MarkUnknown.at(table="status", place=cell.place, found=cell.text)
                )
        if item is not None:
            initiative = _item(context, item, measure or policy)
            _check_places(context, item, marks, years, usual, initiative)
            _statuses(context, item, _by_year(marks, years, usual), initiative)


def _item(context: Context, cell: Cell, above: Entry | None) -> Entry:
    name = close_blanks(cell.text[1:].strip())
    return context.draft.initiative(_item_number(cell, above), name, Origin.of(cell), above)


def _check_places(
    context: Context,
    item: Cell,
    marks: list[Cell],
    years: list[tuple[Moment, Cell]],
    usual: tuple[int, ...],
    initiative: Entry,
) -> None:
    """Reports marks that are not as many as the years, or not in the columns of the other rows."""
    shown = " ".join(mark.text for mark in marks)
    if len(marks) != len(years):
        finding = f.MarksUneven.at(
            table="status", place=item.place, found=shown, expected=str(len(years))
        )
        context.draft.report(finding, initiative)
    elif tuple(mark.place.column for mark in marks) != usual:
        finding = f.RowShifted.at(table="status", place=marks[0].place, found=shown)
        context.draft.report(finding, initiative)


def _by_year(
    marks: list[Cell], years: list[tuple[Moment, Cell]], usual: tuple[int, ...]
) -> list[tuple[Cell, Moment, Cell]]:
    """Each mark with its year: by the columns of the other rows where a mark is white or unknown,
    else from left to right.
    """
    columns = [mark.place.column for mark in marks]
    if len(marks) < len(years) == len(usual) and set(columns) <= set(usual):
        return [(mark, *years[usual.index(mark.place.column)]) for mark in marks]
    return [(mark, *year) for mark, year in zip(marks, years, strict=False)]


def _statuses(
    context: Context, item: Cell, dated: list[tuple[Cell, Moment, Cell]], initiative: Entry
) -> None:
    origin = Origin.of(item)
    for mark, year, year_cell in dated:
        concept = mark_of(mark)
        entry = Entry("status", refs={"取組ID": initiative})
        entry.put("項目番号", initiative.values.get("番号"), origin)
        entry.put("項目名", close_blanks(item.text[1:].strip()), origin)
        entry.put("年度", year.fiscal_year, Origin.of(year_cell, "era"))
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
