"""Headers of tables: which column means what, over several header rows and over page breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines.findings import tidy as f
from pipelines.model import Cell, Grid, Place
from pipelines.numerals import unit_concept
from pipelines.tidy.draft import Draft
from pipelines.tidy.text import narrow
from pipelines.tidy.values import read_value
from pipelines.tidy.years import Moment, moments, without_moments, year_of
from pipelines.vocabulary import scheme

VALUE_ROLES = frozenset({"baseline", "target", "actual", "target-actual"})
_GROUPS = frozenset({"actual", "target", "target-actual"})
_BELOW = _GROUPS | {"year", "rate", "progress", "baseline"}
_IDENTIFYING = frozenset({"number", "initiative", "indicator", "policy", "measure"})
SECTION_ROLES = frozenset({"overview", "issues", "actions", "goals", "timetable"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    `index` is its position from 0, `role` what it means (a notation of vocab/roles.ttl, `year` for
    a heading that is a year alone, '' when unknown), `year` the year in its heading, printed in
    `year_cell`; `unit` is a unit that the heading gives to the numbers below it.
    """

    index: int
    role: str
    year: Moment | None
    header: Cell | None
    year_cell: Cell | None = None
    unit: str = ""


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
    # A bracket behind a heading is a gloss: 目標値（件）, 実績値（累計）.
    bare = re.sub(r"(?<=\S)\s*[(\[][^()\[\]]*[)\]]$", "", rest)
    tried = (text, rest, rest.strip("() "), bare)
    concept = next((c for c in map(roles.match, tried) if c is not None), None)
    if concept:
        return concept.notation, year
    if year and not re.sub(r"[\s()の]", "", rest):
        # A heading that is a period says nothing of a single year.
        return ("year", year) if len(moments(text)) == 1 else ("", None)
    return "", year


def unit_in(text: str) -> str:
    """The unit in brackets at the end of a heading or a name (`目標値（件）`), or ''."""
    match = re.search(r"[(\[]([^()\[\]]+)[)\]]\s*$", narrow(text))
    return match[1].strip() if match and unit_concept(match[1].strip()) else ""


def header_of(grid: Grid) -> tuple[list[Column], int] | None:
    """The columns of a table and how many rows its header has; None without a known header.

    A row is a header when at least two of its cells are known headings that are no years, or one
    names indicators or initiatives and another is a year.
    """
    for index, row in enumerate(grid.rows[:3]):
        roles = [role_of(cell.text) for cell in row]
        named = [role for role, _ in roles if role and role != "year"]
        dated = any(year is not None for _, year in roles)
        enough = len(named) >= 2 or (dated and {"indicator", "initiative"} & set(named))
        if enough and not SECTION_ROLES & {roles[0][0]}:
            columns = [
                Column(i, role, year, cell, cell if year else None, unit_in(cell.text))
                for i, (cell, (role, year)) in enumerate(zip(row, roles, strict=True))
            ]
            return _second_row(columns, grid, index)
    return None


def _second_row(columns: list[Column], grid: Grid, index: int) -> tuple[list[Column], int]:
    """Joins a second header row: years below a group (実績値), kinds below the years, or units."""
    below = grid.rows[index + 1] if index + 1 < len(grid.rows) else ()
    if not _is_second_header(below, columns):
        return _after_results(columns), index + 1
    joined: list[Column] = []
    top: Column | None = None
    for column in columns:
        if column.header is not None and column.header.text:
            top = column
        cell = below[column.index] if column.index < len(below) else None
        joined.append(_joined(column, top, cell))
    return _after_results(joined), index + 2


def _is_second_header(row: tuple[Cell, ...], columns: list[Column]) -> bool:
    """True for a row of years, kinds or units that leaves the named columns white."""
    filled = [cell for cell in row if cell.text]
    roles = {columns[c.place.column - 1].role for c in filled if c.place.column <= len(columns)}
    if not filled or roles & _IDENTIFYING:
        return False
    known = [cell for cell in filled if role_of(cell.text)[0] in _BELOW or _unit_alone(cell.text)]
    return len(known) * 2 >= len(filled) and not any(
        read_value(cell.text)[0].value is not None for cell in filled
    )


def _unit_alone(text: str) -> str:
    match = re.fullmatch(r"[(\[]([^()\[\]]+)[)\]]", narrow(text))
    return match[1] if match and unit_concept(match[1]) else ""


def _joined(column: Column, top: Column | None, cell: Cell | None) -> Column:
    """A column under the heading `top`, which may be merged over several columns."""
    if cell is None or not cell.text:
        return column
    if _unit_alone(cell.text):
        return replace(column, unit=_unit_alone(cell.text))
    role, year = role_of(cell.text)
    if role == "year":
        group = top.role if top is not None and top.role in _GROUPS else ""
        return replace(column, role=column.role or group or "actual", year=year, year_cell=cell)
    if not role:
        # An unknown word below: the column is not read, and its heading is reported.
        return replace(column, role="", header=cell, year=None)
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


def split_headers(grid: Grid) -> list[Grid]:
    """A grid cut before every row that repeats a header in the middle of the table."""
    cuts = [0]
    for index, row in enumerate(grid.rows[1:], 1):
        named = {role_of(cell.text)[0] for cell in row if cell.text} - {"", "year"}
        if index - cuts[-1] > 1 and len(named & _IDENTIFYING) >= 2:
            cuts.append(index)
    ends = [*cuts[1:], len(grid.rows)]
    header_rows = grid.header_rows
    return [
        replace(grid, rows=grid.rows[start:end], header_rows=header_rows if start == 0 else 0)
        for start, end in zip(cuts, ends, strict=True)
    ]


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
                f.HeaderByPosition.at(
                    place=cell.place,
                    found=cell.text,
                    expected=before.header.text if before.header else before.role,
                )
            )
            year = column.year or before.year
            return replace(column, role=before.role, year=year, year_cell=cell)
    draft.report(f.HeaderUnknown.at(place=cell.place, found=cell.text))
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
