"""Validation with frictionless: types, enums, patterns, required, primary and foreign keys.

All tables of a package go through one frictionless Package in memory, so that foreign keys are
looked up between them. Frictionless copies and re-validates every descriptor several times; it is
given only the properties that it checks, which halves the cost of a small package.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from pipelines.check.fault import Fault, Rule, text_of
from pipelines.model import Row, Value

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

TYPE_WORDS = {"integer": "整数 / integer", "number": "数値 / number", "string": "文字列 / string"}


def lean_schema(schema: Mapping[str, Any], present: Iterable[str]) -> dict[str, Any]:
    """Return what frictionless checks of a Table Schema; foreign keys only to tables in `present`.

    A foreign key points to the list of the target's IDs (see `validate`).
    """
    known = set(present)
    keys = []
    for key in schema.get("foreignKeys", ()):
        target = key["reference"].get("resource", schema["name"])
        if target in known:
            reference = {"resource": target + _IDS, "fields": list(key["reference"]["fields"])}
            keys.append({"fields": list(key["fields"]), "reference": reference})
    lean: dict[str, Any] = {
        "fields": [
            {name: field[name] for name in ("name", "type", "constraints") if name in field}
            for field in schema["fields"]
        ],
        "missingValues": [""],
        "primaryKey": list(schema["primaryKey"]),
    }
    if keys:
        lean["foreignKeys"] = keys
    return lean


def validate(
    tables: Mapping[str, Sequence[Row]], schemas: Mapping[str, Mapping[str, Any]]
) -> list[Fault]:
    """Return the faults that frictionless sees in `tables` (slug → rows), table by table.

    A table that another one points to must be in `tables`, though it may have no rows; a foreign
    key to a table that is not given is not checked. For every foreign key frictionless copies,
    opens and reads the whole target anew, so each target also stands in the package as a list of
    its IDs alone, and the keys point there.
    """
    from frictionless import Package, Resource, Schema

    filled = {slug: rows for slug, rows in tables.items() if rows}
    resources = []
    for slug, rows in filled.items():
        columns = [field["name"] for field in schemas[slug]["fields"]]
        schema = Schema.from_descriptor(lean_schema(schemas[slug], tables))
        resources.append(Resource(name=slug, data=_data(columns, rows), schema=schema))
    lists = []
    for slug, column in _targets(filled, schemas).items():
        ids = _data([column], tables.get(slug, ()))
        schema = Schema.from_descriptor({"fields": [{"name": column, "type": "string"}]})
        lists.append(Resource(name=slug + _IDS, data=ids, schema=schema))
    Package(resources=[*resources, *lists])  # the resources find each other through it
    faults: list[Fault] = []
    for resource in resources:
        report = resource.validate(limit_errors=0)  # 0: no silent cap on the number of errors
        errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
        of = partial(_fault, resource.name, filled[resource.name], schemas[resource.name])
        faults.extend(fault for fault in map(of, errors) if fault)
    return faults


def _data(columns: Sequence[str], rows: Iterable[Row]) -> list[list[object]]:
    """The table as lists, the header first."""
    data: list[list[object]] = [list(columns)]
    data.extend([_feedable(row.get(column)) for column in columns] for row in rows)
    return data


def _targets(slugs: Iterable[str], schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Tables that the given ones point to → the column that is pointed to."""
    return {
        key["reference"].get("resource", slug): key["reference"]["fields"][0]
        for slug in slugs
        for key in schemas[slug].get("foreignKeys", ())
    }


def _feedable(value: Value) -> Value:
    """`value`, but numbers on which frictionless would stumble in a form that it can read.

    It prints integers (Python refuses beyond 4,300 digits) and takes decimals modulo 1 (which
    fails for infinity and for very large ones). They remain faults: `strict` tells them.
    """
    if type(value) is int and abs(value) > _LARGEST:
        return _LARGEST if value > 0 else -_LARGEST
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value.adjusted()) < 20):
        return str(value)
    return value


def _fault(slug: str, rows: Sequence[Row], schema: Mapping[str, Any], error: Any) -> Fault | None:
    line = int(getattr(error, "row_number", 0) or 0)
    row: Row = rows[line - 2] if 2 <= line < len(rows) + 2 else {}
    rule = _rule(error)
    column = schema["primaryKey"][0] if rule == "key" else _column(error)
    if rule == "key" and row.get(column) in (None, ""):
        return None  # reported as a missing required value already
    wanted = expectation(rule, column, schema)
    if rule == "key":
        position = _POSITION.search(error.note)
        wanted = f"行{position[1]}" if position else ""
    value = _feedable(row.get(column))
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


def expectation(rule: Rule, column: str, schema: Mapping[str, Any]) -> str:
    """Say what a faulty cell should hold: a type, the choices, a pattern, a range, a table."""
    field: Mapping[str, Any] = next((f for f in schema["fields"] if f["name"] == column), {})
    constraints = field.get("constraints", {})
    if rule == "type":
        return TYPE_WORDS.get(field.get("type", ""), "")
    if rule == "enum":
        return " / ".join(constraints.get("enum", ()))
    if rule == "pattern":
        return str(constraints.get("pattern", ""))
    if rule == "range" and "minimum" in constraints:
        return f"{constraints['minimum']}–{constraints.get('maximum', '')}"
    if rule == "reference":
        return _target(column, schema)
    return ""


def _target(column: str, schema: Mapping[str, Any]) -> str:
    for key in schema.get("foreignKeys", ()):
        if column in key["fields"]:
            table = key["reference"].get("resource", schema["name"])
            return f"{table}.{key['reference']['fields'][0]}"
    return ""
