"""Dataclasses ⇄ JSON values by their annotations, strictly: nothing unknown, nothing missing,
nothing of another type. A plan file is read by the program that writes to a catalog, so whatever
the annotations do not say is refused.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable
from dataclasses import is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pipelines.model import MachidataError
from pipelines.publish.plan.text import clean, cut

DEEPEST = 64
LARGEST = 2**53 - 1
"""Integers up to this are the same in every JSON reader (RFC 8259 §6)."""


def to_json(value: Any, where: str = "$", depth: int = 0) -> Any:
    """Dataclasses become objects with the fields in their declared order, tuples become lists; the
    keys of other objects are sorted. Raises MachidataError `plan-invalid` for what JSON has not.
    """
    kind = type(value)
    # a plan has a row of the data in every other value: first what most of them are
    if kind is str or value is None:
        return value
    if depth > DEEPEST:
        raise invalid(where, f"> {DEEPEST}", "depth")
    if kind is tuple or kind is list:
        if all(type(one) is str for one in value):
            return list(value)
        return [to_json(one, f"{where}[{n}]", depth + 1) for n, one in enumerate(value)]
    if is_dataclass(value) and not isinstance(value, type):
        return {
            name: to_json(getattr(value, name), f"{where}.{name}", depth + 1)
            for name in value.__dataclass_fields__
        }
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise invalid(where, "key", "string")
        return {key: to_json(value[key], f"{where}.{key}", depth + 1) for key in sorted(value)}
    if not _is_scalar(value):
        raise invalid(where, kind.__name__, "JSON")
    return value


def _is_scalar(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, int):
        return abs(value) <= LARGEST
    return value is None or isinstance(value, str)


def from_json(kind: Any, value: Any, where: str = "$") -> Any:
    """The value as an instance of an annotation: a dataclass, tuple, Literal, union with None, str,
    int (no negative ones: they count), bool or Any. Raises MachidataError `plan-invalid`.
    """
    if kind is Any:
        return to_json(value, where)
    if is_dataclass(kind) and isinstance(kind, type):
        return _instance(kind, value, where)
    reader = _READERS.get(get_origin(kind))
    if reader is not None:
        return reader(kind, value, where)
    if type(value) is not kind or (kind is int and not 0 <= value <= LARGEST):
        raise invalid(where, _shown(value), kind.__name__)
    return value


def _instance(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise invalid(where, _shown(value), "object")
    hints = _hints(kind)
    check_keys(value, hints, where)
    return kind(
        **{name: from_json(hint, value[name], f"{where}.{name}") for name, hint in hints.items()}
    )


def check_keys(value: dict[str, Any], known: Any, where: str) -> None:
    """Raises MachidataError `plan-invalid` unless the object has exactly these keys."""
    for name in value:
        if name not in known:
            raise invalid(where, cut(clean(name), 60), ", ".join(known))
    for name in known:
        if name not in value:
            raise invalid(where, "–", name)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _tuple(kind: Any, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise invalid(where, _shown(value), "array")
    items = get_args(kind)
    if items[-1] is Ellipsis:
        items = items[:1] * len(value)
    if len(items) != len(value):
        raise invalid(where, f"{len(value)} items", f"{len(items)} items")
    return tuple(
        from_json(item, one, f"{where}[{n}]")
        for n, (item, one) in enumerate(zip(items, value, strict=True))
    )


def _literal(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, str) or value not in get_args(kind):
        raise invalid(where, _shown(value), " | ".join(get_args(kind)))
    return value


def _optional(kind: Any, value: Any, where: str) -> Any:
    if value is None:
        return None
    return from_json(next(one for one in get_args(kind) if one is not type(None)), value, where)


_READERS: dict[Any, Callable[[Any, Any, str], Any]] = {
    tuple: _tuple,
    Literal: _literal,
    Union: _optional,
    types.UnionType: _optional,
}


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return cut(clean(value), 60) or '""'
    return cut(repr(value), 60) if isinstance(value, (int, float)) else type(value).__name__


def invalid(where: str, found: str, expected: str) -> MachidataError:
    """A file that is no plan of ours."""
    return MachidataError(
        "plan-invalid",
        ja="計画のファイルとして読めません。",
        en="The file is no plan.",
        where=cut(clean(where), 200),
        found=found,
        expected=expected,
        fix_ja="machidata publish … --plan FILE で計画を作り直してください。",
        fix_en="Make the plan again with machidata publish … --plan FILE.",
    )
