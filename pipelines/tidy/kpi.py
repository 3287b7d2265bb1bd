"""The KPIs of a row: its indicators, their values by year, marks and rates beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines.findings import tidy as f
from pipelines.model import Cell
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.emit import Observed, observation
from pipelines.tidy.layout import VALUE_ROLES, Column, Sheet, unit_in
from pipelines.tidy.matrix import mark_of
from pipelines.tidy.measure import About, text_figures
from pipelines.tidy.text import CIRCLED, circled_number, close_blanks, narrow
from pipelines.tidy.values import Reading, read_value

KINDS = {"baseline": "基準値", "target": "目標値", "actual": "実績値"}
"""Role of a column (or word of a row) → 種別 of its observations."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of KPIs: its cells by role, its initiative, and the kind that it prints."""

    sheet: Sheet
    printed: tuple[Cell, ...]
    cells: dict[str, Cell | None]
    initiative: Entry
    kind: str = ""

    @property
    def unit(self) -> str:
        """The unit in the row's column 単位, or ''."""
        cell = self.cells.get("unit")
        return narrow(cell.text) if cell is not None else ""

    def cells_of(self, column: Column) -> Cell | None:
        """The cell of a column, None where the row ends before it."""
        return self.printed[column.index] if column.index < len(self.printed) else None

    def values(self) -> list[Cell]:
        """The cells of the columns that hold values."""
        columns = [column for column in self.sheet.columns if column.role in VALUE_ROLES]
        return [cell for column in columns if (cell := self.cells_of(column)) is not None]


def _indicators(context: Context, row: Row) -> list[Entry]:
    """The indicators of a row: one, or one for each printed ①②③."""
    cell, initiative = row.cells.get("indicator"), row.initiative
    if cell is None:
        return _unnamed_indicator(context, row)
    text, mark, note = close_blanks(narrow(cell.text)).partition("※")
    if mark:
        context.draft.report(
            f.Note.at(table="indicator", place=cell.place, found=f"※{note.strip()}")
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


def _unnamed_indicator(context: Context, row: Row) -> list[Entry]:
    """Values without the name of an indicator are kept under the initiative's own name."""
    values = [c for c in row.values() if c.text and mark_of(c) is None]
    if not values:
        return []
    known = context.draft.indicators(row.initiative)
    if row.kind and known:
        return [known[-1]]  # 実績 below 目標: the row above names the indicator
    branch = str(1 + sum("-" not in entry.text("枝番") for entry in known))
    origin = row.initiative.origins.get("名称") or Origin.of(values[0])
    name = row.initiative.text("名称")
    return [context.draft.indicator(row.initiative, branch, name, origin)]


def read_values(context: Context, row: Row) -> None:
    """Adds the indicators of a row and all their values; marks (○▲×) are statuses."""
    known = _indicators(context, row)
    for column in row.sheet.columns:
        cell = row.cells_of(column)
        if cell is None or (not known and not cell.text):
            continue
        if column.role == "progress" or (not known and column.role in VALUE_ROLES):
            _status(context, row, column, cell)
        elif column.role == "rate":
            _explaining(context, row, column, cell, known)
        elif column.role in VALUE_ROLES:
            _dated(context, row, column, cell, known)


def _dated(context: Context, row: Row, column: Column, cell: Cell, known: list[Entry]) -> None:
    if column.year is None:
        _undated(context, row, column, cell, known)
        return
    both = column.role == "target-actual"
    for reading in read_value(cell.text, target_actual=both):
        kind = row.kind or KINDS.get(column.role, "実績値")
        indicator = _indicator_of(context, row.initiative, known, reading, cell)
        unit = row.unit or column.unit or unit_in(indicator.text("名称"))
        seen = Observed(indicator, reading, column.year, kind, cell, column.year_cell, unit)
        observation(context, seen)


def _undated(context: Context, row: Row, column: Column, cell: Cell, known: list[Entry]) -> None:
    """A value under a heading without a year is no observation; its figures are kept."""
    if not cell.text:
        return
    heading = column.header.text if column.header else ""
    finding = f.YearUnknown.at(table="observation", place=cell.place, found=heading)
    context.draft.report(finding, row.initiative)
    _explaining(context, row, column, cell, known)


def _explaining(context: Context, row: Row, column: Column, cell: Cell, known: list[Entry]) -> None:
    """Figures beside the values (達成率, 現状値 without a year) are measurements."""
    heading = close_blanks(column.header.text) if column.header else ""
    name = known[0].text("名称") if known else row.initiative.text("名称")
    year = column.year.fiscal_year if column.year is not None else None
    subject = f"{name}：{heading}" if heading else name
    about = About(row.initiative, year=year, year_cell=column.year_cell, subject=subject)
    text_figures(context, cell, about)


def _status(context: Context, row: Row, column: Column, cell: Cell) -> None:
    """A progress mark in a table of initiatives."""
    if not cell.text:
        return
    concept = mark_of(cell)
    if column.year is None:
        heading = column.header.text if column.header else ""
        finding = f.YearUnknown.at(table="status", place=cell.place, found=heading)
        context.draft.report(finding, row.initiative)
        return
    if concept is None:
        finding = f.MarkUnknown.at(table="status", place=cell.place, found=cell.text[:40])
        context.draft.report(finding, row.initiative)
        return
    name = row.initiative.origins.get("名称")
    entry = Entry("status", refs={"取組ID": row.initiative})
    entry.put("項目番号", row.initiative.values.get("番号"), name)
    entry.put("項目名", row.initiative.values.get("名称"), name)
    entry.put("年度", column.year.fiscal_year, Origin.of(column.year_cell or cell, "era"))
    entry.put("記号", cell.text, Origin.of(cell))
    entry.put("進捗", concept.first("status"), Origin.of(cell, "mark"))
    context.draft.add(entry)


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
        named = known[0].origins.get("名称") or Origin.of(cell)
        return context.draft.indicator(initiative, "0", whole, replace(named, rules=("whole",)))
    if reading.part and not reading.total:
        base = known[0]
        name = reading.label or f"{base.text('名称')}（{reading.part}）"
        if reading.label.endswith("分"):
            # ○○課分: the share of an office, no quantity of its own.
            name = f"{base.text('名称')}（{reading.label}）"
        branch = f"{base.text('枝番')}-{reading.part}"
        return context.draft.indicator(initiative, branch, name, Origin.of(cell, "part"))
    return known[0]
