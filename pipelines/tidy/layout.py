"""Headers of tables: which column means what, over several header rows and over page breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines import findings as f
from pipelines.model import Cell, Grid, Place
from pipelines.tidy.draft import Draft
from pipelines.tidy.text import OMITTED, close_blanks, narrow
from pipelines.tidy.values import read_value
from pipelines.tidy.years import Moment, moments, without_moments, year_of
from pipelines.vocabulary import scheme

VALUE_ROLES = frozenset({"baseline", "target", "actual", "target-actual"})
_GROUPS = frozenset({"actual", "target", "target-actual"})
_NAMES = frozenset({"indicator", "initiative", "policy", "measure", "department", "group"})
SECTION_ROLES = frozenset({"overview", "issues", "actions", "goals", "timetable"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `index` is its position from 0, `role` what it means (a notation of vocab/roles.ttl, `year` for
    a heading that is a year alone, '' when unknown), `year` the year in its heading, printed in
    `year_cell`.
    """

    index: int
    role: str
    year: Moment | None
    header: Cell | None
    year_cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its columns known; `rows` are the body rows, padded to the header's width."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def roles(self) -> frozenset[str]:
        """The roles that stand in this table."""
        return frozenset(column.role for column in self.columns if column.role)

    def column(self, role: str) -> Column | None:
        """The first column with a role."""
        return next((column for column in self.columns if column.role == role), None)


def role_of(text: str) -> tuple[str, Moment | None]:
    """The role that a heading means and the year printed in it; ('', None) when unknown."""
    roles = scheme("roles")
    year = year_of(text)
    rest = re.sub(r"^の", "", narrow(without_moments(text)))
    concept = roles.match(text) or roles.match(rest) or roles.match(rest.strip("() "))
    if concept:
        return concept.notation, year
    if year and not re.sub(r"[\s()の]", "", rest):
        # A heading that is a period says nothing of a single year.
        return ("year", year) if len(moments(text)) == 1 else ("", None)
    return "", year


def header_of(grid: Grid) -> tuple[list[Column], int] | None:
    """The columns of a table and how many rows its header has; None without a known header.

    A row is a header when at least two of its cells are known headings, years counted only beside
    a heading that is none.
    """
    for index, row in enumerate(grid.rows[:3]):
        roles = [role_of(cell.text) for cell in row]
        named = [role for role, _ in roles if role and role != "year"]
        if len(named) >= 2 and not SECTION_ROLES & {role_of(row[0].text)[0]}:
            columns = [
                Column(i, role, year, cell, cell if year else None)
                for i, (cell, (role, year)) in enumerate(zip(row, roles, strict=True))
            ]
            return _second_row(columns, grid, index)
    return None


def _second_row(columns: list[Column], grid: Grid, index: int) -> tuple[list[Column], int]:
    """Joins a second header row: years below a group (実績値), or `(目標) 実績` below the years."""
    below = grid.rows[index + 1] if index + 1 < len(grid.rows) else ()
    filled = [(cell, role_of(cell.text)) for cell in below if cell.text]
    is_header = filled and all(role in {"year", *_GROUPS} for _, (role, _) in filled)
    if not is_header:
        return _after_results(columns), index + 1
    joined: list[Column] = []
    top: Column | None = None
    for column in columns:
        if column.header is not None and column.header.text:
            top = column
        cell = below[column.index] if column.index < len(below) else None
        role, year = role_of(cell.text) if cell is not None and cell.text else ("", None)
        joined.append(_joined(column, top, cell, role, year))
    return _after_results(joined), index + 2


def _joined(
    column: Column, top: Column | None, cell: Cell | None, role: str, year: Moment | None
) -> Column:
    """A column under the heading `top`, which may be merged over several columns."""
    if not role:
        return column
    if role == "year":
        group = top.role if top is not None and top.role in _GROUPS else ""
        return replace(column, role=column.role or group or "actual", year=year, year_cell=cell)
    if year is None and top is not None:
        return replace(column, role=role, year=top.year, year_cell=top.year_cell)
    return replace(column, role=role, year=year or column.year, year_cell=cell)


def _after_results(columns: list[Column]) -> list[Column]:
    """Bare year columns to the right of the results hold what was done; elsewhere, actuals."""
    seen = False
    fixed: list[Column] = []
    for column in columns:
        seen = seen or column.role == "results"
        role = column.role
        if role == "year":
            role = "activity" if seen else "actual"
        fixed.append(replace(column, role=role))
    return fixed


def sheet_of(grid: Grid, previous: Sheet | None, draft: Draft) -> Sheet | None:
    """A table with a known header, or one that goes on from the page before; else None."""
    found = header_of(grid)
    if found is None:
        if previous is None or not _continues(grid, previous):
            return None
        return Sheet(previous.columns, _padded(grid.rows, previous.columns))
    columns, count = found
    columns = [_by_position(column, previous, draft) for column in columns]
    return Sheet(tuple(columns), _padded(grid.rows[count:], tuple(columns)))


def _continues(grid: Grid, previous: Sheet) -> bool:
    return bool(grid.rows) and {len(row) for row in grid.rows} == {len(previous.columns)}


def _by_position(column: Column, previous: Sheet | None, draft: Draft) -> Column:
    """An unknown heading has the meaning of the same column on the page before; both reported."""
    cell = column.header
    if column.role or cell is None or not cell.text:
        return column
    before = (
        previous.columns[column.index]
        if previous and column.index < len(previous.columns)
        else None
    )
    if before is not None and before.role and previous is not None:
        same = _known(previous.columns, column.index)
        if same:
            draft.report(
                f.HEADER_BY_POSITION.at(
                    place=cell.place,
                    found=cell.text,
                    expected=before.header.text if before.header else before.role,
                )
            )
            year = column.year or before.year
            return replace(column, role=before.role, year=year, year_cell=cell)
    draft.report(f.HEADER_UNKNOWN.at(place=cell.place, found=cell.text))
    return column


def _known(columns: tuple[Column, ...], index: int) -> bool:
    return all(
        column.role
        for column in columns
        if column.index != index and column.header and column.header.text
    )


def _padded(
    rows: tuple[tuple[Cell, ...], ...], columns: tuple[Column, ...]
) -> tuple[tuple[Cell, ...], ...]:
    return tuple(padded(row, len(columns)) for row in rows if row)


def padded(row: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """A row with empty cells up to the width of its table."""
    return row + tuple(blank(row) for _ in range(len(row), width))


def blank(row: tuple[Cell, ...]) -> Cell:
    """An empty cell that the row does not print; its place is the row's line."""
    place = row[0].place
    return Cell("", Place(place.source, place.line), "", ())


def align(row: tuple[Cell, ...], sheet: Sheet, draft: Draft) -> tuple[Cell, ...]:
    """A row put under its headings: where it has a cell less, the gap is placed and reported.

    Every position of the gap is tried; the one whose cells fit their columns best wins (numbers
    and marks under values, sentences under text), the rightmost at a draw.
    """
    headed = [c.index for c in sheet.columns if c.role]
    last = max(headed, default=0)
    printed = row[: last + 1]
    if not printed or printed[-1].text or _cost(printed, sheet) < 2:
        return row
    best: tuple[float, int] | None = None
    for gap in headed:
        moved = (*printed[:gap], blank(row), *printed[gap:-1])
        cost = _cost(moved, sheet)
        if best is None or cost <= best[0]:
            best = (cost, gap)
    if best is None or best[0] >= _cost(printed, sheet):
        return row
    gap = best[1]
    header = sheet.columns[gap].header
    draft.report(
        f.COLUMN_MISSING.at(
            place=row[gap].place,
            found=" | ".join(cell.text[:12] for cell in printed[gap:-1]),
            column=close_blanks(header.text) if header else "",
        )
    )
    return (*printed[:gap], blank(row), *printed[gap:-1], *row[last + 1 :])


def _cost(row: tuple[Cell, ...], sheet: Sheet) -> float:
    return sum(
        _misfit(row[c.index].text, c.role) for c in sheet.columns if c.role and c.index < len(row)
    )


def _misfit(text: str, role: str) -> float:
    if not text:
        return 0.5
    if role in VALUE_ROLES:
        reading = read_value(text, target_actual=role == "target-actual")[-1]
        if OMITTED in text or ("。" in text and not reading.missing):
            return 3.0  # a sentence is no value
        numeric = reading.value is not None or bool(reading.missing)
        fits = (numeric and len(text) < 60) or (reading.known and len(text) <= 12)
        return 0.0 if fits else 3.0
    if role in _NAMES and re.match(r"\d", text) and read_value(text)[0].value is not None:
        return 2.0  # a number stands where a name should
    if role.startswith("schedule"):
        return 0.5 if read_value(text)[0].missing else 0.0
    return 0.0
