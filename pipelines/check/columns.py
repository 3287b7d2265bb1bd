"""The rows of a table seen by column: what holds for a value holds for all cells that repeat it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.model import Row

_PLAIN = {str, int, Decimal, type(None)}
_ALIKE = {str, int, type(None)}


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of a column.

    `values` has one for each row (None where the row has no such cell). `distinct` has every value
    at least once: equal decimals differ in their digits (`1` and `1.000`), so they all stay.
    `plain` is False when a cell holds something that no tidy table holds: a float, True, a list.
    """

    values: Sequence[object]
    distinct: Collection[object]
    plain: bool


class Columns:
    """A table by its columns; `rows` are the rows as given. A column is put together once."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self._found: dict[str, Column] = {}

    def __getitem__(self, name: str) -> Column:
        column = self._found.get(name)
        if column is None:
            column = self._found[name] = _column([row.get(name) for row in self.rows])
        return column


def _column(values: list[Any]) -> Column:
    # the exact types: True equals 1, and a kind of text of somebody's own may equal anything
    types = set(map(type, values))
    distinct: Collection[object] = set(values) if types <= _ALIKE else values
    return Column(values, distinct, types <= _PLAIN)


def by_column(tables: Mapping[str, Sequence[Row]]) -> dict[str, Columns]:
    """The tables (slug → rows), each by its columns."""
    return {slug: Columns(rows) for slug, rows in tables.items()}
