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

from pipelines.check.engine import expectation
from pipelines.check.fault import Fault, Rule, text_of
from pipelines.model import Row

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_DIGITS = 30
"""More digits than this before or after the decimal point are no figure of a municipality."""

_WANTED: dict[Rule, str] = {
    "range": f"{MOST_DIGITS}桁以内 / at most {MOST_DIGITS} digits",
}

CellRule: TypeAlias = Callable[[object], tuple[Rule, str] | None]
"""A cell → the rule that it breaks with what is wrong with it, or None."""


def strict_faults(slug: str, rows: Sequence[Row], schema: Mapping[str, Any]) -> list[Fault]:
    """The faults of a table that only strict reading sees, row by row."""
    columns = [(field["name"], _cell_rule(field)) for field in schema["fields"]]
    names = {name for name, _ in columns}
    faults: list[Fault] = []
    for line, row in enumerate(rows, 2):
        row_id = text_of(row.get("ID") or "")
        if not names.issuperset(row):
            extra = sorted(str(name) for name in row if name not in names)
            faults.append(Fault(slug, line, row_id, "", "column", "、".join(extra)))
        for name, rule_of in columns:
            broken = rule_of(row.get(name))
            if broken:
                rule, found = broken
                wanted = expectation(rule, name, schema) or _WANTED.get(rule, "")
                faults.append(Fault(slug, line, row_id, name, rule, found, wanted))
    return faults


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
    ids = {slug: {text_of(row.get("ID")) for row in rows} for slug, rows in tables.items()}
    for line, row in enumerate(tables.get("provenance", ()), 2):
        slug, target = row.get("表"), row.get("行ID")
        if isinstance(slug, str) and isinstance(target, str) and target not in ids.get(slug, set()):
            found = f"{slug} {target}"
            row_id = text_of(row.get("ID") or "")
            yield Fault("provenance", line, row_id, "行ID", "reference", found, f"{slug}.ID")
