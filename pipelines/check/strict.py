"""Our own strict rules for cells, where frictionless is more generous than the standard.

Frictionless takes full-width digits, `2_023` and `" 2023 "` for integers and NaN or Infinity for
numbers; it joins a pattern to `^…$` without brackets (`a|b` matches `axxx`), and `$` lets a final
line break pass. A required cell of blanks alone is no value either. Characters that XML 1.0
(section 2.2) forbids cannot travel in RDF/XML and are refused everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from pipelines.check.columns import Columns
from pipelines.check.fault import Fault, Rule, expectation, text_of
from pipelines.model import Row

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_DIGITS = 30
"""More digits than this before or after the decimal point are no figure of a municipality."""

_WANTED: dict[Rule, str] = {
    "range": f"{MOST_DIGITS}桁以内 / at most {MOST_DIGITS} digits",
}

CellRule: TypeAlias = Callable[[object], tuple[Rule, str] | None]
"""A cell → the rule that it breaks with what is wrong with it, or None."""


def strict_faults(slug: str, columns: Columns, schema: Mapping[str, Any]) -> list[Fault]:
    """The faults of a table that only strict reading sees, line by line, column by column."""
    found = _unknown_columns(columns.rows, {field["name"] for field in schema["fields"]})
    for number, field in enumerate(schema["fields"]):
        rule_of, column = _cell_rule(field), columns[field["name"]]
        if any(map(rule_of, column.distinct)):
            broken = enumerate(map(rule_of, column.values), 2)
            found.extend((line, number, *one) for line, one in broken if one)
    faults = []
    for line, number, rule, text in sorted(found, key=lambda one: one[:2]):
        name = schema["fields"][number]["name"] if number >= 0 else ""
        wanted = expectation(rule, name, schema) or _WANTED.get(rule, "")
        row_id = text_of(columns.rows[line - 2].get("ID") or "")
        faults.append(Fault(slug, line, row_id, name, rule, text, wanted))
    return faults


def _unknown_columns(rows: Sequence[Row], names: set[str]) -> list[tuple[int, int, Rule, str]]:
    """Lines whose row has a column of its own, before the columns that the schema counts from 0."""
    if names.issuperset(set().union(*rows)):
        return []
    return [
        (line, -1, "column", "、".join(sorted(str(name) for name in row if name not in names)))
        for line, row in enumerate(rows, 2)
        if not names.issuperset(row)
    ]


def _cell_rule(field: Mapping[str, Any]) -> CellRule:
    if field["type"] == "integer":
        return _integer
    if field["type"] == "number":
        return _number
    return _string_rule(field.get("constraints", {}))


def _integer(value: object) -> tuple[Rule, str] | None:
    if value is None or value == "" or type(value) is int:
        return None
    return ("type", text_of(value))


def _number(value: object) -> tuple[Rule, str] | None:
    if value is None or value == "":
        return None
    if type(value) is int:
        return None if value.bit_length() < MOST_DIGITS * 3 else ("range", text_of(value))
    if not isinstance(value, Decimal) or not value.is_finite():
        return ("type", text_of(value))
    exponent = value.as_tuple().exponent
    long = value.adjusted() >= MOST_DIGITS or int(exponent) < -MOST_DIGITS
    return ("range", str(value)) if long else None


def _string_rule(constraints: Mapping[str, Any]) -> CellRule:
    required = bool(constraints.get("required"))
    pattern = re.compile(constraints["pattern"]) if "pattern" in constraints else None

    def rule(value: object) -> tuple[Rule, str] | None:
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return ("type", text_of(value))
        if bad := _FORBIDDEN.search(value):
            return ("character", f"U+{ord(bad[0]):04X}")
        if required and not value.strip():
            return ("required", "")
        # `$` matches before a final line break too, in fullmatch as well
        matches = not pattern or (pattern.fullmatch(value) and not value.endswith("\n"))
        return None if matches else ("pattern", value)

    return rule


def provenance_faults(tables: Mapping[str, Sequence[Row]]) -> Iterator[Fault]:
    """Provenance rows that point to a row that is not there.

    表 and 行ID together are a foreign key whose table is itself a value, which Table Schema cannot
    state.
    """
    ids: dict[str, set[str]] = {}
    for line, row in enumerate(tables.get("provenance", ()), 2):
        slug, target = row.get("表"), row.get("行ID")
        if not (isinstance(slug, str) and isinstance(target, str)):
            continue
        known = ids.get(slug)
        if known is None:
            known = ids[slug] = {text_of(one.get("ID")) for one in tables.get(slug, ())}
        if target not in known:
            row_id = text_of(row.get("ID") or "")
            found = f"{slug} {target}"
            yield Fault("provenance", line, row_id, "行ID", "reference", found, f"{slug}.ID")
