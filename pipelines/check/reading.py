"""How frictionless reads a cell of a field: its value, and the constraints that it breaks.

Only those properties of Table Schema are known here whose meaning the tests hold against
frictionless. `understood` says of a schema whether it has any other: then nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from pipelines.check.fault import Rule
from pipelines.check.judge import descriptive, feedable, names_of

Read: TypeAlias = Callable[[object], tuple[object, tuple[Rule, ...]]]
"""A cell → its value (None for a missing or an unreadable one), and the rules that it breaks."""

_Test: TypeAlias = Callable[[Any], bool]

_DEFAULTS = {"format": "default", "bareNumber": True, "decimalChar": ".", "groupChar": ""}
_FIELD = {"name", "type", "constraints"}
_SCHEMA = {"fields", "missingValues", "primaryKey", "foreignKeys"}
_CONSTRAINTS = {
    "string": {"required", "unique", "minLength", "maxLength", "pattern", "enum"},
    "integer": {"required", "unique", "minimum", "maximum", "enum"},
    "number": {"required", "unique", "minimum", "maximum", "enum"},
}


def understood(schema: Mapping[str, Any]) -> bool:
    """Whether all that a schema asks for is known here; anything malformed is not."""
    fields = schema.get("fields", ())
    names = [field.get("name") for field in fields]
    return (
        all(name in _SCHEMA or descriptive(name) for name in schema)
        and len(set(names)) == len(names)
        and all(isinstance(name, str) and name for name in names)
        and all(isinstance(one, str) for one in missing_values(schema))
        and set(names_of(schema.get("primaryKey", ()))) <= set(names)
        and all(_key(key, names) for key in schema.get("foreignKeys", ()))
        and all(map(_field, fields))
    )


def missing_values(schema: Mapping[str, Any]) -> Sequence[Any]:
    """The words that stand for no value; the standard's own default is the empty text."""
    values = schema.get("missingValues", [""])
    return values if isinstance(values, list) else [None]


def _key(key: Mapping[str, Any], names: Sequence[str]) -> bool:
    fields, target = names_of(key.get("fields", ())), key.get("reference", {})
    asked = names_of(target.get("fields", ()))
    return bool(fields) and set(fields) <= set(names) and len(asked) == len(fields)


def _field(field: Mapping[str, Any]) -> bool:
    kind, constraints = field.get("type"), field.get("constraints", {})
    return (
        kind in _CONSTRAINTS
        and all(name in _FIELD or _plain(name, value) for name, value in field.items())
        and constraints.keys() <= _CONSTRAINTS[kind]
        and all(_constraint(kind, name, value) for name, value in constraints.items())
    )


def _plain(name: str, value: object) -> bool:
    return descriptive(name) or (name in _DEFAULTS and value == _DEFAULTS[name])


def _constraint(kind: str, name: str, value: Any) -> bool:
    if name in {"required", "unique"}:
        return isinstance(value, bool)
    if name in {"minLength", "maxLength"}:
        return type(value) is int
    if name == "enum":
        return isinstance(value, list) and all(_CASTS[kind](one) is not None for one in value)
    if name == "pattern":
        return isinstance(value, str) and _compiles(value)
    return type(value) is int  # minimum, maximum


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def reader(field: Mapping[str, Any], missing: Sequence[str]) -> Read:
    """How a cell of a field is read; `field` belongs to a schema that is `understood`."""
    cast = _CASTS[field["type"]]
    constraints = field.get("constraints", {})
    tests = list(_tests(cast, constraints))
    # a missing value breaks nothing but `required`
    nothing: tuple[Rule, ...] = ("required",) if constraints.get("required") else ()
    skipped = frozenset(missing)

    def read(value: object) -> tuple[object, tuple[Rule, ...]]:
        if value is None:
            return None, nothing
        value = value if type(value) is str else feedable(value)
        if str(value) in skipped:
            return None, nothing
        found = cast(value)
        if found is None:
            return None, ("type",)
        return found, tuple([rule for rule, holds in tests if not holds(found)])

    return read


def _tests(
    cast: Callable[[Any], object], constraints: Mapping[str, Any]
) -> list[tuple[Rule, _Test]]:
    """The constraints on a value, in frictionless's order."""
    tests: list[tuple[Rule, _Test]] = []
    for name, wanted in constraints.items():
        if name == "pattern":
            # as frictionless builds it, so that `a|b` and a final line break are read its way
            tests.append(("pattern", _matches(re.compile(f"^{wanted}$"))))
        elif name == "enum":
            tests.append(("enum", frozenset(map(cast, wanted)).__contains__))
        elif name in {"minimum", "maximum"}:
            tests.append(("range", _bound(wanted, upper=name == "maximum")))
        elif name in {"minLength", "maxLength"}:
            tests.append(("other", _length(wanted, upper=name == "maxLength")))
    return tests


def _matches(pattern: re.Pattern[str]) -> _Test:
    return lambda text: pattern.match(text) is not None


def _bound(limit: int, *, upper: bool) -> _Test:
    def holds(number: Any) -> bool:
        if isinstance(number, Decimal) and number.is_qnan():
            return False
        return bool(number <= limit if upper else number >= limit)

    return holds


def _length(limit: int, *, upper: bool) -> _Test:
    return lambda text: len(text) <= limit if upper else len(text) >= limit


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _integer(value: object) -> int | None:
    if isinstance(value, str):
        try:
            return int(value.strip())
        except ValueError:
            return None
    if isinstance(value, Decimal):
        return int(value) if value % 1 == 0 else None
    return value if type(value) is int else None


def _number(value: object) -> int | Decimal | None:
    if isinstance(value, str):
        try:
            return Decimal(value.strip())
        except (ArithmeticError, ValueError):
            return None
    return value if isinstance(value, Decimal) or type(value) is int else None


_CASTS: dict[str, Callable[[Any], object]] = {
    "string": _text,
    "integer": _integer,
    "number": _number,
}
