"""Tables with one initiative or KPI a row: numbers, carried-down cells, values by year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines import findings as f
from pipelines.model import Cell
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.emit import Observed, activity, line_figures, observation
from pipelines.tidy.goals import GoalCell, stated_goals
from pipelines.tidy.layout import VALUE_ROLES, Column, Sheet, align
from pipelines.tidy.measure import About, text_figures
from pipelines.tidy.outline import policy_from_cell
from pipelines.tidy.text import CIRCLED, circled_number, close_blanks, narrow, split_number
from pipelines.tidy.values import Reading, read_value
from pipelines.vocabulary import scheme

_CONTINUATION = frozenset({"new", "continued", "completed"})
_KINDS = {"baseline": "基準値", "target": "目標値", "actual": "実績値"}


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
        _policies(context, cells, state)
        _initiative(context, cells, state)
        if state.initiative is None:
            continue
        # What was found of the row's layout is about its initiative.
        context.draft.about[before:] = [
            entry or state.initiative for entry in context.draft.about[before:]
        ]
        _describe(context, cells, state.initiative)
        indicators = _indicators(context, cells, state)
        _values(context, sheet, row, state.initiative, indicators)
        _schedules(context, cells, state)
        _activities(context, sheet, row, state.initiative)
    return state


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
    number = (own.number or own.name if own else "") or (name.number if name else "")
    title = name.name if name else ""
    above = state.measure or state.policy
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
            finding = f.NOTE.at(table="initiative", place=cell.place, found=f"【{flag}】")
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


def _indicators(context: Context, cells: dict[str, Cell | None], state: Carried) -> list[Entry]:
    """The indicators of a row: one, or one for each printed ①②③."""
    cell, initiative = cells.get("indicator"), state.initiative
    if initiative is None:
        return []
    if cell is None:
        return _unnamed_indicator(context, cells, initiative)
    text, mark, note = close_blanks(narrow(cell.text)).partition("※")
    if mark:
        context.draft.report(
            f.NOTE.at(table="indicator", place=cell.place, found=f"※{note.strip()}")
        )
    pieces = re.split(rf"(?=[{CIRCLED}])", text)
    origin = Origin.of(cell)
    if len(pieces) > 1 and not pieces[0].strip():
        return [
            context.draft.indicator(
                initiative, str(circled_number(piece[0])), piece[1:].strip(), origin
            )
            for piece in pieces[1:]
        ]
    name = text.strip()
    for entry in context.draft.indicators(initiative):
        if entry.text("名称") == name:
            return [entry]
    branch = str(1 + sum("-" not in e.text("枝番") for e in context.draft.indicators(initiative)))
    return [context.draft.indicator(initiative, branch, name, origin)]


def _unnamed_indicator(
    context: Context, cells: dict[str, Cell | None], initiative: Entry
) -> list[Entry]:
    """Values whose indicator cell is white are kept under the initiative's own name."""
    value = next((cells[role] for role in sorted(VALUE_ROLES) if cells.get(role)), None)
    if value is None or "indicator" not in cells:
        return []
    known = context.draft.indicators(initiative)
    branch = str(1 + sum("-" not in entry.text("枝番") for entry in known))
    origin = initiative.origins.get("名称") or Origin.of(value)
    return [context.draft.indicator(initiative, branch, initiative.text("名称"), origin)]


def _values(
    context: Context, sheet: Sheet, row: tuple[Cell, ...], initiative: Entry, known: list[Entry]
) -> None:
    if not known:
        return
    for column in sheet.columns:
        if column.role not in VALUE_ROLES or column.index >= len(row):
            continue
        cell = row[column.index]
        if column.year is None:
            context.draft.report(
                f.YEAR_UNKNOWN.at(
                    table="observation",
                    place=cell.place,
                    found=column.header.text if column.header else "",
                )
            )
            continue
        both = column.role == "target-actual"
        for reading in read_value(cell.text, target_actual=both):
            kind = _KINDS.get(column.role, "実績値")
            indicator = _indicator_of(context, initiative, known, reading, cell)
            seen = Observed(indicator, reading, column.year, kind, cell, column.year_cell)
            observation(context, seen)


def _indicator_of(
    context: Context, initiative: Entry, known: list[Entry], reading: Reading, cell: Cell
) -> Entry:
    """Which indicator a reading is of: the printed branch, a part of the KPI, or the KPI itself."""
    branches = len(known) > 1
    if branches and reading.part:
        for entry in known:
            if entry.text("枝番") == reading.part:
                return entry
    if branches:
        # One value for a KPI that prints ①② stands for all of it: branch 0.
        whole = " ".join(entry.text("名称") for entry in known)
        return context.draft.indicator(initiative, "0", whole, Origin.of(cell, "whole"))
    if reading.part and not reading.total:
        base = known[0]
        name = reading.label or f"{base.text('名称')}（{reading.part}）"
        if reading.label and not re.search(r"[数率人件]$|研修", reading.label):
            name = f"{base.text('名称')}（{reading.label}）"
        branch = f"{base.text('枝番')}-{reading.part}"
        return context.draft.indicator(initiative, branch, name, Origin.of(cell, "part"))
    return known[0]


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
            f.COLUMN_EXTRA.at(
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
