"""Tables with one initiative or KPI a row: numbers, carried-down cells, values by year."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipelines.findings import tidy as f
from pipelines.model import Cell
from pipelines.tidy.align import align
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.emit import activity, line_figures
from pipelines.tidy.goals import GoalCell, stated_goals
from pipelines.tidy.kpi import KINDS, Row, read_values
from pipelines.tidy.layout import Column, Sheet
from pipelines.tidy.measure import About, text_figures
from pipelines.tidy.outline import heading, policy_from_cell
from pipelines.tidy.text import close_blanks, narrow, split_number
from pipelines.tidy.values import read_value
from pipelines.vocabulary import scheme

_CONTINUATION = frozenset({"new", "continued", "completed"})


@dataclass(slots=True)
class Carried:
    """What a merged cell above stands for in the rows below it."""

    policy: Entry | None = None
    measure: Entry | None = None
    initiative: Entry | None = None
    fresh: bool = False


def read_records(context: Context, sheet: Sheet, carried: Carried | None = None) -> Carried:
    """Reads a table of initiatives, with or without KPIs; returns what its next page needs."""
    state = carried or Carried()
    for printed in sheet.rows:
        before = len(context.draft.findings)
        row = align(printed, sheet, context.draft)
        cells = {role: _cell(row, sheet, role) for role in sheet.roles}
        if _is_policy_row(context, row, state):
            continue
        kind = _row_kind(cells)
        _policies(context, cells, state)
        _initiative(context, cells, state)
        if state.initiative is None:
            _without_initiative(context, cells, state)
        if state.initiative is None:
            continue
        # What was found of the row's layout is about its initiative.
        context.draft.about[before:] = [
            entry or state.initiative for entry in context.draft.about[before:]
        ]
        _describe(context, cells, state.initiative)
        read_values(context, Row(sheet, row, cells, state.initiative, kind))
        _schedules(context, cells, state)
        _activities(context, sheet, row, state.initiative)
    return state


def _is_policy_row(context: Context, row: tuple[Cell, ...], state: Carried) -> bool:
    """Takes a row that holds nothing but a heading of the policy tree (`基本方針1 …`)."""
    filled = [cell for cell in row if cell.text]
    found = heading(filled[0].text) if len(filled) == 1 else None
    if found is None:
        return False
    entry = policy_from_cell(context, filled[0], found[0], state.policy if found[0] > 1 else None)
    state.initiative = None
    state.measure = entry if found[0] > 1 else None
    state.policy = state.policy if found[0] > 1 else entry
    return True


def _row_kind(cells: dict[str, Cell | None]) -> str:
    """The kind that a row itself prints (目標 above 実績), taken off its cells."""
    for role in ("policy", "measure"):
        cell = cells.get(role)
        concept = scheme("roles").match(cell.text) if cell is not None else None
        if concept is not None and concept.notation in KINDS:
            cells[role] = None
            return KINDS[concept.notation]
    return ""


def _without_initiative(context: Context, cells: dict[str, Cell | None], state: Carried) -> None:
    """A KPI of a table without initiatives belongs to its measure, or stands for itself."""
    cell = cells.get("indicator")
    if cell is None:
        return
    above = state.measure or state.policy or context.above(2) or context.above(1)
    name = above.text("名称") if above is not None else close_blanks(cell.text)
    state.initiative = context.draft.initiative("", name, Origin.of(cell), above)


def _cell(row: tuple[Cell, ...], sheet: Sheet, role: str) -> Cell | None:
    column = sheet.column(role)
    if column is None or column.index >= len(row):
        return None
    cell = row[column.index]
    return cell if cell.text else None


def _policies(context: Context, cells: dict[str, Cell | None], state: Carried) -> None:
    cell = cells.get("policy")
    if cell is not None:
        state.policy = policy_from_cell(context, cell, 1, None)
        state.measure = None
        state.initiative = None
    cell = cells.get("measure")
    if cell is not None:
        parent = state.policy or context.above(1)
        measure = policy_from_cell(context, cell, 2, parent)
        if measure is not state.measure:
            state.initiative = None
        state.measure = measure


def _initiative(context: Context, cells: dict[str, Cell | None], state: Carried) -> None:
    named, numbered = cells.get("initiative"), cells.get("number")
    cell = named or numbered
    state.fresh = cell is not None
    if cell is None:
        return
    own = split_number(narrow(numbered.text)) if numbered else None
    name = split_number(close_blanks(named.text)) if named else None
    number = (own.number if own else "") or (name.number if name else "")
    title = (name.name if name else "") or (own.name if own else "")
    above = state.measure or state.policy or context.above(2) or context.above(1)
    number_origin = Origin.of(numbered) if numbered is not None else None
    entry = context.draft.initiative(
        number, close_blanks(title), Origin.of(cell), above, number_origin
    )
    flags = [*(own.flags if own else ()), *(name.flags if name else ())]
    _flags(context, entry, flags, numbered or cell)
    state.initiative = entry


def _flags(context: Context, entry: Entry, flags: list[str], cell: Cell) -> None:
    """新規, 継続 and 完了 go to 継続区分; any other flag is a note."""
    known = {flag: scheme("continuation").match(flag) for flag in flags}
    kept = [c.ja for c in known.values() if c is not None and c.notation in _CONTINUATION]
    if kept:
        entry.put("継続区分", ";".join(dict.fromkeys(kept)), Origin.of(cell, "flag"))
    for flag, concept in known.items():
        if concept is None or concept.notation not in _CONTINUATION:
            finding = f.Note.at(table="initiative", place=cell.place, found=f"【{flag}】")
            context.draft.report(finding, entry)


def _describe(context: Context, cells: dict[str, Cell | None], entry: Entry) -> None:
    for role, column in (("department", "担当課"), ("group", "担当グループ")):
        cell = cells.get(role)
        if cell is not None and not read_value(cell.text)[0].missing:
            entry.put(column, close_blanks(cell.text), Origin.of(cell))
    for role, column in (("content", "内容"), ("effect", "期待される効果")):
        cell = cells.get(role)
        if cell is None:
            continue
        entry.put(column, context.prose(cell.text), Origin.of(cell))
        about = About(
            entry,
            department=entry.text("担当課"),
            department_cell=cells.get("department"),
            fallback=entry.text("名称"),
        )
        text_figures(context, cell, about)


def _schedules(context: Context, cells: dict[str, Cell | None], state: Carried) -> None:
    for role, group in (("schedule-past", "p"), ("schedule-future", "f")):
        cell = cells.get(role)
        if cell is not None and state.initiative is not None:
            policy = state.measure or state.policy
            stated_goals(context, GoalCell(cell, policy, state.initiative, group))


def _activities(context: Context, sheet: Sheet, row: tuple[Cell, ...], initiative: Entry) -> None:
    about = About(initiative, fallback=initiative.text("名称"))
    cell = _cell(row, sheet, "results")
    if cell is not None:
        for line in cell.lines:
            activity(context, line, cell, about)
            line_figures(context, line, cell, about)
    columns = [c for c in sheet.columns if c.role == "activity"]
    if not columns:
        return
    last = columns[-1].index
    overflow = [c for c in row[last + 1 :] if c.text]
    for column in columns:
        if row[column.index].text:
            _named_activity(context, row[column.index], about, None if overflow else column)
    for extra in overflow:
        _named_activity(context, extra, about, None)
    if overflow:
        printed = [row[c.index] for c in columns if row[c.index].text] + overflow
        context.draft.report(
            f.ColumnExtra.at(
                table="activity",
                place=overflow[0].place,
                found=" | ".join(cell.text for cell in printed),
            ),
            initiative,
        )


def _named_activity(context: Context, cell: Cell, about: About, column: Column | None) -> None:
    if column is not None and column.year is not None:
        year = column.year.fiscal_year
        about = replace(about, year=year, year_cell=column.year_cell)
    name = close_blanks(cell.text)
    activity(context, name, cell, about, is_name=True)
    line_figures(context, name, cell, about)
