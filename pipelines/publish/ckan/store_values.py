"""Cells: from the text of our CSV, and from and to what the DataStore says."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pipelines.publish.ckan.store_model import Value

INT8 = range(-(2**63), 2**63)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,6})?")
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}")

Reader = Callable[[str], Value]
"""A cell's value of its text, which is never a missing one. Raises ValueError."""


def integer(text: str) -> int:
    """`007` → 7. Raises ValueError for what is none."""
    if not _INTEGER.fullmatch(text) or len(text) > 4000:
        raise ValueError(text)
    return int(text)


def number(text: str) -> str:
    """A decimal number as PostgreSQL spells it: no exponent, no sign of zero, all its decimals.

    `1e22` → `10000000000000000000000`, `97.40` → `97.40`, `-0.0` → `0.0`. Raises ValueError for
    what is none (NaN and infinity too) or beyond PostgreSQL's 131072 digits before and 16383
    behind the point.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    exponent = found.as_tuple().exponent
    if found.adjusted() >= 131072 or not isinstance(exponent, int) or exponent < -16383:
        raise ValueError(text)
    if not found:
        return "0" if exponent >= 0 else f"0.{'0' * -exponent}"
    return format(found, "f")


def date(text: str) -> str:
    """An ISO date as it is. Raises ValueError for a day that does not exist."""
    if datetime.date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


def stamp(text: str) -> str:
    """`2024-04-01T09:00:00` as it is. Raises ValueError for anything else."""
    if not _STAMP.fullmatch(text):
        raise ValueError(text)
    return datetime.datetime.fromisoformat(text).isoformat()


def time(text: str) -> str:
    """`09:30:00` as it is. Raises ValueError for anything else."""
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    return datetime.time.fromisoformat(text).isoformat()


def boolean(field: Mapping[str, Any]) -> Reader:
    """The reader of a column's words for true and false (Table Schema's, or the field's own)."""
    words: dict[str, Value] = dict.fromkeys(
        field.get("trueValues", ("true", "True", "TRUE", "1")), True
    )
    words.update(dict.fromkeys(field.get("falseValues", ("false", "False", "FALSE", "0")), False))

    def read(text: str) -> Value:
        if text not in words:
            raise ValueError(text)
        return words[text]

    return read


def marked(field: Mapping[str, Any], read: Reader) -> Reader:
    """The reader of numbers whose thousands or decimals the field spells in another way."""
    group, point = field.get("groupChar"), field.get("decimalChar", ".")
    if not group and point == ".":
        return read

    def plain(text: str) -> Value:
        return read(text.replace(group or "", "").replace(point, "."))

    return plain


def told(kind: str) -> Callable[[str], Value]:
    """The reader of a column of this type in the DataStore's CSV."""
    if kind in ("int2", "int4", "int8", "int"):
        return int
    if kind == "bool":
        return {"t": True, "f": False}.__getitem__
    if kind == "timestamp":
        return _told_stamp
    return str


def _told_stamp(text: str) -> str:
    """CKAN says milliseconds or not as it is configured: whole seconds are said without."""
    return text.removesuffix(".000")


def given(kind: str) -> Callable[[Value], Any] | None:
    """How a value of this type is put into a request; None if it goes as it is.

    Objects and lists (only in tables of others) travel as JSON, and are text with us.
    """
    if kind in ("json", "nested") or kind.startswith("_"):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return None
