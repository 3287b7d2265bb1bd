"""Tables with a section a row (概要, 成果目標 …) and a timetable below them (取組工程表)."""

from __future__ import annotations

import re

from pipelines.findings import tidy as f
from pipelines.model import Cell, Grid
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry, Origin, Waiting
from pipelines.tidy.goals import GoalCell, stated_goals
from pipelines.tidy.layout import SECTION_ROLES, role_of
from pipelines.tidy.measure import About, text_figures
from pipelines.tidy.text import OMITTED, close_blanks, close_blanks_in_prose, narrow
from pipelines.tidy.values import Reading, read_value
from pipelines.tidy.years import Moment, moments, year_of


def is_sections(grid: Grid) -> bool:
    """True when at least two rows open with the name of a section."""
    return sum(role_of(row[0].text)[0] in SECTION_ROLES for row in grid.rows if row) >= 2


def read_sections(context: Context, grid: Grid) -> None:
    """Reads the sections, goals and timetable of the measure whose heading stands above."""
    measure = context.above(2) or context.above(1)
    years: list[tuple[Moment, Cell]] = []
    initiative: Entry | None = None
    for row in grid.rows:
        role, _ = role_of(row[0].text)
        if role == "timetable":
            years = [(moment, cell) for cell in row[1:] for moment in moments(cell.text)]
        elif role in SECTION_ROLES:
            years = []
            for cell in row[1:]:
                _section(context, role, cell, measure)
        elif years:
            initiative = _timetable_row(context, row, years, measure, initiative)


def _section(context: Context, role: str, cell: Cell, measure: Entry | None) -> None:
    if not cell.text:
        return
    if role == "goals":
        stated_goals(context, GoalCell(cell, measure))
    else:
        subject = measure.text("名称") if measure is not None else context.heading
        text_figures(context, cell, About(policy=measure, subject=subject))


def _timetable_row(
    context: Context,
    row: tuple[Cell, ...],
    years: list[tuple[Moment, Cell]],
    measure: Entry | None,
    carried: Entry | None,
) -> Entry | None:
    initiative = carried
    if row[0].text:
        name = close_blanks(row[0].text)
        initiative = context.draft.initiative("", name, Origin.of(row[0]), measure)
    cells = list(row[1:])
    filled = [cell for cell in cells if cell.text]
    if initiative is None or not filled:
        return initiative
    ahead = filled[0]
    if len(filled) == len(years) + 1 and _own_date(ahead) is not None:
        # One value more than years: the first carries a date of its own and is where it starts.
        _late(context, initiative, ahead, None, "基準値")
        start = f.TimetableStart.at(table="observation", place=ahead.place, found=ahead.text)
        context.draft.report(start, initiative)
        cells = cells[1:]
    for index, (cell, year) in enumerate(zip(cells, years, strict=False)):
        if cell.text:
            bounded = index + 1 == len(years) or any(c.text for c in cells[index + 1 : index + 2])
            _step(context, initiative, measure, cell, year, bounded=bounded)
    return initiative


def _own_date(cell: Cell) -> Moment | None:
    found = year_of(cell.text)
    return found if found is not None and found.date and found.span[0] == 0 else None


def _step(
    context: Context,
    initiative: Entry,
    measure: Entry | None,
    cell: Cell,
    year: tuple[Moment, Cell],
    *,
    bounded: bool,
) -> None:
    """One cell of a timetable: a number is a target, words are a goal with the year as its due.

    How far an arrow reaches is not in the text: words with white cells behind them have no due
    year unless they print one themselves.
    """
    own = year_of(cell.text)
    reading = _figure_reading(cell)
    if reading is not None:
        _late(context, initiative, cell, (own, cell) if own else year, "目標値", reading)
        return
    if own is None and not bounded:
        finding = f.SpanUnknown.at(table="goal", place=cell.place, found=cell.text[:40])
        context.draft.report(finding, initiative)
    due = own.fiscal_year if own else (year[0].fiscal_year if bounded else None)
    dated = Origin.of(cell if own else year[1], "era")
    for order, line in enumerate(cell.lines, 1):
        if OMITTED in line:
            context.draft.omitted = True
            continue
        entry = Entry("goal", refs={"施策ID": measure, "_取組": initiative})
        text = re.sub(r"^\([^()]*年度\)\s*", "", narrow(line)) if own else line
        content = close_blanks_in_prose(close_blanks(text), context.words)
        entry.put("内容", content, Origin.of(cell, "timetable")).put("期限年度", due, dated)
        entry.key = f"t{year[0].fiscal_year}-{order}"
        context.draft.add(entry)


def _figure_reading(cell: Cell) -> Reading | None:
    """The number of a timetable cell: alone, labelled (`手続 100件`) or in 【年20業務】."""
    match = re.search(r"【年?([^【】]+)】", cell.text)
    reading = read_value(match[1] if match else cell.text)[0]
    return reading if reading.value is not None else None


def _late(
    context: Context,
    initiative: Entry,
    cell: Cell,
    year: tuple[Moment, Cell] | None,
    kind: str,
    reading: Reading | None = None,
) -> None:
    """Keeps a timetable value until all indicators of the package are known."""
    reading = reading or read_value(cell.text)[0]
    moment = year[0] if year else reading.moment
    if moment is None:
        return
    year_cell = year[1] if year else cell
    context.draft.late.append(Waiting(initiative, reading, moment, cell, kind, year_cell))
