"""A fault: what frictionless and our own strict rules report, before it becomes a finding.

Both look at the same cells, so the same fault may come from both; the key of a fault (table, line,
column, rule) tells which ones are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pipelines.findings import FindingKind
from pipelines.findings import schema as kinds
from pipelines.model import Finding

Rule: TypeAlias = Literal[
    "type",
    "required",
    "pattern",
    "enum",
    "range",
    "key",
    "reference",
    "column",
    "character",
    "municipality",
    "other",
]

_KINDS: dict[Rule, type[FindingKind]] = {
    "type": kinds.SchemaType,
    "required": kinds.SchemaRequired,
    "pattern": kinds.SchemaPattern,
    "enum": kinds.SchemaEnum,
    "range": kinds.SchemaRange,
    "key": kinds.SchemaKey,
    "reference": kinds.SchemaReference,
    "column": kinds.SchemaColumn,
    "character": kinds.SchemaCharacter,
    "municipality": kinds.SchemaMunicipality,
}

TYPE_WORDS = {"integer": "整数 / integer", "number": "数値 / number", "string": "文字列 / string"}

SHOWN = 200
"""How many characters of a faulty value a finding shows; a hostile cell may hold millions."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell (or row, or header) that breaks the schema.

    `line` is the line of the table file, counted from 1 with the header as line 1; 0 when the
    fault concerns the table as a whole. `note` is the engine's own sentence, used for `other`.
    """

    table: str
    line: int
    row_id: str
    column: str
    rule: Rule
    found: str = ""
    expected: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, int, str, Rule]:
        """What makes two faults the same one."""
        return (self.table, self.line, self.column, self.rule)

    def finding(self) -> Finding:
        """The fault as a finding; its place reads `行12 年度`."""
        line = f"行{self.line}" if self.line else ""
        place = " ".join(part for part in (line, self.column) if part)
        kind = _KINDS.get(self.rule, kinds.SchemaError)
        return kind.at(
            table=self.table,
            row_id=shown(self.row_id),
            place=place,
            found=shown(self.found),
            expected=shown(self.expected),
            column=self.column,
            kind=self.note or self.rule,
        )


def shown(value: object) -> str:
    """A value as a finding may show it: on one line, printable, at most `SHOWN` characters."""
    text = "" if value is None else text_of(value)
    clean = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text[:SHOWN])
    return clean + "…" if len(text) > SHOWN else clean


def text_of(value: object) -> str:
    """A value as text; integers too long for Python to print are told by their size, other values
    that it cannot print by their type.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, int) and value.bit_length() > 1024:  # str() refuses very long integers
        return f"{value.bit_length()} bit"
    try:
        return str(value)
    except Exception:  # a list of such an integer, lists in lists without end
        return type(value).__name__


def merge(*groups: list[Fault]) -> list[Fault]:
    """All faults once, in the order of table lines; of two with the same key the first stays."""
    kept: dict[tuple[str, int, str, Rule], Fault] = {}
    for group in groups:
        for fault in group:
            kept.setdefault(fault.key, fault)
    return list(kept.values())


def expectation(rule: Rule, column: str, schema: Mapping[str, Any]) -> str:
    """Say what a faulty cell should hold: a type, the choices, a pattern, a range, a table."""
    field: Mapping[str, Any] = next((f for f in schema["fields"] if f["name"] == column), {})
    constraints = field.get("constraints", {})
    if rule == "type":
        return TYPE_WORDS.get(field.get("type", ""), "")
    if rule == "enum":
        return " / ".join(map(str, constraints.get("enum", ())))
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
            table = key["reference"].get("resource") or schema["name"]
            return f"{table}.{key['reference']['fields'][0]}"
    return ""
