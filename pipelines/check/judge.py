"""Frictionless, the judge of Table Schema: types, enums, patterns, required, keys, references.

All tables of a package go through one frictionless Package in memory, so that foreign keys are
looked up between them. Frictionless copies and re-validates every descriptor several times; it is
spared the properties that only describe, which halves the cost of a small package.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, TypeAlias

from pipelines.check.fault import Fault, Rule, expectation, text_of
from pipelines.model import Row

_POSITION = re.compile(r"position (\d+)")
_CONSTRAINT = re.compile(r'constraint "(\w+)"')
_RULE_OF_CONSTRAINT: dict[str, Rule] = {
    "required": "required",
    "pattern": "pattern",
    "enum": "enum",
    "minimum": "range",
    "maximum": "range",
}
_RULE_OF_ERROR: dict[str, Rule] = {
    "type-error": "type",
    "primary-key": "key",
    "foreign-key": "reference",
}
_LARGEST = 2**63
_IDS = ".ids"

_DESCRIBING = {"$schema", "name", "title", "description", "rdfType", "physicalName"}

Schemas: TypeAlias = Mapping[str, Mapping[str, Any]]

Asked: TypeAlias = Mapping[str, Sequence[int] | None]
"""The tables to be judged → those of their lines that are in doubt, counted from 2; None for all
of them. Lines alone are enough only where no key is in doubt: keys are compared between lines.
"""


def descriptive(name: str) -> bool:
    """Whether a property of a schema or field only describes: it asks nothing of a table."""
    return name in _DESCRIBING or name.startswith("machidata:")


def names_of(names: str | Iterable[str]) -> list[str]:
    """The fields of a key: a list, or in the standard's older form one name."""
    return [names] if isinstance(names, str) else list(names)


def lean_schema(schema: Mapping[str, Any], present: Iterable[str]) -> dict[str, Any]:
    """Return what frictionless checks of a Table Schema; foreign keys only to tables in `present`.

    A foreign key points to the list of the target's keys (see `judged`).
    """
    known = set(present)
    keys = []
    for key in schema.get("foreignKeys", ()):
        target = key["reference"].get("resource") or schema["name"]
        if target in known:
            fields = names_of(key["reference"]["fields"])
            reference = {"resource": target + _IDS, "fields": fields}
            keys.append({"fields": names_of(key["fields"]), "reference": reference})
    lean = {name: value for name, value in schema.items() if not descriptive(name)}
    lean["fields"] = list(map(_lean_field, schema["fields"]))
    lean.pop("foreignKeys", None)
    return {**lean, "foreignKeys": keys} if keys else lean


def _lean_field(field: Mapping[str, Any]) -> dict[str, Any]:
    lean = {name: value for name, value in field.items() if not descriptive(name)}
    return {"name": field["name"], **lean}


def judged(
    tables: Mapping[str, Sequence[Row]], schemas: Schemas, asked: Asked | None = None
) -> list[Fault]:
    """Return the faults that frictionless sees in `tables` (slug → rows), table by table.

    `asked` names what is to be judged, if not all. A table that another one points to must be
    in `tables`, though it may have no rows; a foreign key to a table that is not given is not
    checked. For every foreign key frictionless copies, opens and reads the whole target anew, so
    each target also stands in the package as a list of its keys alone, and the keys point there.
    A table on which frictionless itself fails has a fault: nothing is known of it.
    """
    import frictionless  # slow to load, and not needed where nothing is in doubt

    asked = dict.fromkeys(tables) if asked is None else asked
    filled = {slug: _picked(rows, asked[slug]) for slug, rows in tables.items() if slug in asked}
    filled = {slug: rows for slug, rows in filled.items() if rows}
    try:
        resources = _resources(frictionless, filled, tables, schemas)
    except Exception as error:
        return [_failed(slug, error) for slug in filled]
    faults: list[Fault] = []
    for resource in resources:
        slug = resource.name
        try:
            report = resource.validate(limit_errors=0)  # 0: no silent cap on the number of errors
        except Exception as error:
            faults.append(_failed(slug, error))
            continue
        errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
        of = partial(_fault, slug, filled[slug], schemas[slug])
        found = [fault for fault in map(of, errors) if fault]
        lines = asked[slug]
        if lines is not None:
            found = [replace(f, line=lines[f.line - 2]) if f.line > 1 else f for f in found]
        faults.extend(found)
    return faults


def _picked(rows: Sequence[Row], lines: Sequence[int] | None) -> Sequence[Row]:
    return rows if lines is None else [rows[line - 2] for line in lines]


def _failed(slug: str, error: Exception) -> Fault:
    return Fault(slug, 0, "", "", "other", found=text_of(error), note=type(error).__name__)


def _resources(
    library: Any,
    filled: Mapping[str, Sequence[Row]],
    tables: Mapping[str, Sequence[Row]],
    schemas: Schemas,
) -> list[Any]:
    """The tables to be judged, in one frictionless Package through which they find each other."""
    from_descriptor, resource = library.Schema.from_descriptor, library.Resource
    resources = []
    for slug, rows in filled.items():
        columns = [field["name"] for field in schemas[slug]["fields"]]
        schema = from_descriptor(lean_schema(schemas[slug], tables))
        resources.append(resource(name=slug, data=_data(columns, rows), schema=schema))
    lists = []
    for slug, names in _targets(filled, schemas).items():
        schema = from_descriptor(_key_schema(schemas.get(slug, {}), names))
        data = _data(names, tables.get(slug, ()))
        lists.append(resource(name=slug + _IDS, data=data, schema=schema))
    library.Package(resources=[*resources, *lists])
    return resources


def _data(columns: Sequence[str], rows: Iterable[Row]) -> list[list[object]]:
    """The table as lists, the header first."""
    data: list[list[object]] = [list(columns)]
    data.extend([feedable(row.get(column)) for column in columns] for row in rows)
    return data


def _targets(slugs: Iterable[str], schemas: Schemas) -> dict[str, list[str]]:
    """Tables that the given ones point to → the columns that are pointed to."""
    found: dict[str, dict[str, None]] = {}
    for slug in slugs:
        for key in schemas[slug].get("foreignKeys", ()):
            columns = found.setdefault(key["reference"].get("resource") or slug, {})
            columns.update(dict.fromkeys(names_of(key["reference"]["fields"])))
    return {slug: list(columns) for slug, columns in found.items()}


def _key_schema(schema: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """The schema of a target's keys: how its own schema reads them."""
    fields = {field["name"]: _lean_field(field) for field in schema.get("fields", ())}
    missing = {name: schema[name] for name in ("missingValues",) if name in schema}
    return {"fields": [fields.get(n, {"name": n, "type": "string"}) for n in names], **missing}


class _Unprintable:
    """Stands for a value that Python cannot print; frictionless prints every cell."""

    def __init__(self, value: object) -> None:
        self._kind = text_of(value)

    def __str__(self) -> str:
        return self._kind


def feedable(value: object) -> object:
    """`value`, but one on which frictionless would stumble in a form that it can read.

    It prints every cell (Python refuses integers beyond 4,300 digits) and takes decimals modulo 1
    (which fails for infinity and for very large ones). They remain faults: `strict` tells them.
    """
    if type(value) is str or value is None:
        return value
    if type(value) is int:
        return max(-_LARGEST, min(value, _LARGEST))
    if isinstance(value, Decimal):
        return value if value.is_finite() and abs(value.adjusted()) < 20 else str(value)
    try:
        str(value)
    except Exception:
        return _Unprintable(value)
    return value


def _fault(slug: str, rows: Sequence[Row], schema: Mapping[str, Any], error: Any) -> Fault | None:
    line = int(getattr(error, "row_number", 0) or 0)
    row: Row = rows[line - 2] if 2 <= line < len(rows) + 2 else {}
    rule = _rule(error)
    column = names_of(schema["primaryKey"])[0] if rule == "key" else _column(error)
    wanted = expectation(rule, column, schema)
    if rule == "key":
        position = _POSITION.search(error.note)
        if not position and row.get(column) in (None, ""):
            return None  # reported as a missing required value already
        wanted = f"行{position[1]}" if position else ""
    value = feedable(row.get(column))
    return Fault(
        table=slug,
        line=line,
        row_id=text_of(row.get("ID") or ""),
        column=column,
        rule=rule,
        found=error.note if rule == "other" else "" if value is None else str(value),
        expected=wanted,
        note=str(error.type),
    )


def _column(error: Any) -> str:
    names = getattr(error, "field_names", None)
    return str(names[0]) if names else str(getattr(error, "field_name", "") or "")


def _rule(error: Any) -> Rule:
    if error.type == "constraint-error":
        match = _CONSTRAINT.search(error.note)
        return _RULE_OF_CONSTRAINT.get(match[1], "other") if match else "other"
    return _RULE_OF_ERROR.get(error.type, "other")
