"""Table Schema by column: a clean table is known to be clean without asking frictionless.

Every distinct value of a column is read once, keys and references are sets. Frictionless stays the
judge: it is asked about the lines in which a fault is seen here (about the whole table where a key
is concerned), and about each table whose schema or cells hold something that is not known here;
what it says is what is reported. The tests hold the two against each other, fault by fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from pipelines.check.columns import Column, Columns
from pipelines.check.fault import Fault, Rule
from pipelines.check.judge import judged, names_of
from pipelines.check.reading import Read, missing_values, reader, understood

Key: TypeAlias = tuple[str, int, str, Rule]
"""Table, line, column and rule of a fault, as `Fault.key`."""

Schemas: TypeAlias = Mapping[str, Mapping[str, Any]]


def validate(tables: Mapping[str, Columns], schemas: Schemas) -> list[Fault]:
    """Return the faults of `tables` (slug → columns) in frictionless's words, table by table.

    A table that another one points to must be in `tables`, though it may have no rows; a foreign
    key to a table that is not given is not checked.
    """
    asked: dict[str, list[int] | None] = {}
    for slug in tables:
        seen = seen_faults(slug, tables, schemas)
        if seen != set():
            asked[slug] = _lines(seen)
    if not asked:
        return []
    return judged({slug: table.rows for slug, table in tables.items()}, schemas, asked)


def _lines(seen: set[Key] | None) -> list[int] | None:
    """The lines to ask about; all where faults are not of a line alone, or not certain."""
    if seen is None or any(rule in {"key", "other"} for _, _, _, rule in seen):
        return None
    return sorted({line for _, line, _, _ in seen})


def seen_faults(slug: str, tables: Mapping[str, Columns], schemas: Schemas) -> set[Key] | None:
    """The faults of one table, the same that frictionless sees; None when that is not certain."""
    schema, columns = schemas[slug], tables[slug]
    if not columns.rows:
        return set()
    if not understood(schema):
        return None
    try:
        parts = _parts(schema, columns)
        if parts is None:
            return None
        faults = _cells(parts)
        blank = _blank_lines(parts)
        if blank:
            faults = {fault for fault in faults if fault[0] not in blank}
            faults.update((line, "", "other") for line in blank)
        for field in schema["fields"]:
            if field.get("constraints", {}).get("unique"):
                faults.update(_repeated(parts[field["name"]]))
        faults.update(_key_faults(parts, names_of(schema.get("primaryKey", ()))))
        for key in schema.get("foreignKeys", ()):
            target = key["reference"].get("resource") or slug
            if target in tables:
                wanted = names_of(key["reference"]["fields"])
                known = _targets(schemas[target], wanted, tables[target])
                faults.update(_lost(parts, names_of(key["fields"]), known))
    except (ArithmeticError, TypeError, ValueError):
        return None  # a value that cannot be compared or counted, such as a signalling NaN
    return {(slug, line, column, rule) for line, column, rule in faults}


_Place: TypeAlias = tuple[int, str, Rule]


@dataclass
class _Part:
    """A column as it is read."""

    name: str
    column: Column
    read: Read

    @cached_property
    def once(self) -> list[tuple[object, tuple[Rule, ...]]]:
        """What is read of each distinct value."""
        return list(map(self.read, self.column.distinct))

    @cached_property
    def values(self) -> set[object]:
        """What was read, each value once; None where something is missing or unreadable."""
        return {value for value, _ in self.once}

    @cached_property
    def rows(self) -> list[tuple[object, tuple[Rule, ...]]]:
        """What is read of each row; needed only where something is wrong, or for long keys."""
        return list(map(self.read, self.column.values))


_Parts: TypeAlias = Mapping[str, _Part]


def _parts(
    schema: Mapping[str, Any], columns: Columns, names: Sequence[str] = ()
) -> dict[str, _Part] | None:
    """The columns of a table, or those named; None when a cell holds what no tidy table holds."""
    missing = missing_values(schema)
    parts = {}
    for field in schema["fields"]:
        name = field["name"]
        if names and name not in names:
            continue
        if not columns[name].plain:
            return None
        parts[name] = _Part(name, columns[name], reader(field, missing))
    return parts


def _cells(parts: _Parts) -> set[_Place]:
    return {
        (line, part.name, rule)
        for part in parts.values()
        if any(rules for _, rules in part.once)
        for line, (_, rules) in enumerate(part.rows, 2)
        for rule in rules
    }


def _blank_lines(parts: _Parts) -> set[int]:
    """Lines without any value: frictionless tells such a row alone, not its cells."""
    if not all(None in part.values for part in parts.values()):
        return set()
    rows = zip(*(part.rows for part in parts.values()), strict=True)
    return {
        line
        for line, cells in enumerate(rows, 2)
        if all(value is None and "type" not in rules for value, rules in cells)
    }


def _repeated(part: _Part) -> Iterator[_Place]:
    """Cells of a unique column whose value stands above already."""
    seen: set[object] = set()
    for line, (value, _) in enumerate(part.rows, 2):
        if value is not None and value in seen:
            yield line, part.name, "other"
        seen.add(value)


def _key_faults(parts: _Parts, names: list[str]) -> Iterator[_Place]:
    if not names:
        return
    first = parts[names[0]]
    if (
        len(names) == 1
        and None not in first.values
        and len(first.values) == len(first.column.values)
    ):
        return
    seen: set[tuple[object, ...]] = set()
    for line, key in enumerate(_tuples(parts, names), 2):
        if set(key) == {None}:
            # an empty cell is told as a missing value already; another one could not be read
            if first.column.values[line - 2] not in (None, ""):
                yield line, names[0], "key"
        elif key in seen:
            yield line, names[0], "key"
        else:
            seen.add(key)


def _tuples(parts: _Parts, names: Iterable[str]) -> Iterator[tuple[object, ...]]:
    rows = zip(*(parts[name].rows for name in names), strict=True)
    return (tuple(value for value, _ in row) for row in rows)


def _lost(parts: _Parts, names: list[str], known: set[object]) -> Iterator[_Place]:
    single = len(names) == 1
    if single and parts[names[0]].values - {None} <= known:
        return
    for line, key in enumerate(_tuples(parts, names), 2):
        if set(key) != {None} and (key[0] if single else key) not in known:
            yield line, names[0], "reference"


def _targets(schema: Mapping[str, Any], names: list[str], columns: Columns) -> set[object]:
    """What can be pointed to in a table: values of its one column, or tuples of several.

    Raises ValueError when the table cannot be read here.
    """
    parts = _parts(schema, columns, names) if understood(schema) else None
    if parts is None:
        raise ValueError("a target that frictionless has to read")
    return parts[names[0]].values if len(names) == 1 else set(_tuples(parts, names))
