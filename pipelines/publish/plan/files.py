"""A plan as a file: written the same every time, read only when nothing in it was touched."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish.plan.codec import check_keys, from_json, invalid, to_json
from pipelines.publish.plan.model import Plan

FORMAT = "machidata-plan/1"
LARGEST_FILE = 128 * 1024 * 1024
"""Bytes; a plan holds changes, not data."""


def plan_bytes(plan: Plan) -> bytes:
    """The plan as JSON: UTF-8, two spaces, LF, the fields in the order of the nouns, with `format`
    and `digest` first; what holds no object and no list stands on one line. Same plan, same bytes.

    Raises MachidataError `plan-invalid` when a value is none that JSON has, or all is too much.
    """
    body = to_json(plan)
    document = {"format": FORMAT, "digest": _digest(body), **body}
    data = _utf8("".join(_pretty(document, "\n"))) + b"\n"
    if len(data) > LARGEST_FILE:
        raise invalid("$", f"{len(data)} B", f"≤ {LARGEST_FILE} B")
    return data


def digest(plan: Plan) -> str:
    """What a signature stands under: the SHA-256, in hexadecimal, of the plan's JSON without its
    digest and without white space, keys sorted by code point.
    """
    return _digest(to_json(plan))


def load_plan(data: bytes) -> Plan:
    """The plan of a file that `plan_bytes` wrote.

    Raises MachidataError (exit code 2): `plan-invalid` when the file is no plan, has unknown,
    missing or repeated keys, values of another type, too deep or too much of it, or another format;
    `plan-changed` when its digest is not that of its content.
    """
    document = _document(data)
    if document.get("format") != FORMAT:
        raise invalid("$.format", str(document.get("format"))[:60], FORMAT)
    check_keys(document, ["format", "digest", *(one.name for one in fields(Plan))], "$")
    stated = document.pop("digest")
    del document["format"]
    plan: Plan = from_json(Plan, document)
    actual = digest(plan)
    if stated != actual:
        raise MachidataError(
            "plan-changed",
            ja="計画のファイルが、作られた後に書き換えられています。",
            en="The plan file was changed after it was made.",
            where="$.digest",
            found=str(stated)[:64],
            expected=actual,
            fix_ja="書き換えずに、machidata publish … --plan FILE で作り直してください。",
            fix_en="Do not edit it; make the plan again with machidata publish … --plan FILE.",
        )
    return plan


def _digest(body: Any) -> str:
    text = json.dumps(
        {"format": FORMAT, **body},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return hashlib.sha256(_utf8(text)).hexdigest()


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _pretty(value: Any, line: str) -> Iterator[str]:
    """The text in pieces; `json.dumps` with an indent runs Python code for every single value."""
    inner = value.values() if isinstance(value, dict) else value
    if not isinstance(value, (dict, list)) or not any(type(x) in (dict, list) for x in inner):
        yield _encode(value)
        return
    named = isinstance(value, dict)
    deeper = line + "  "
    yield "{" if named else "["
    for number, one in enumerate(value):
        yield ("," if number else "") + deeper
        if named:
            yield f"{_encode(one)}: "
        yield from _pretty(value[one] if named else one, deeper)
    yield line + ("}" if named else "]")


def _utf8(text: str) -> bytes:
    """A lone surrogate, which UTF-8 has not, becomes its JSON escape."""
    return text.encode("utf-8", "backslashreplace")


def _document(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST_FILE:
        raise invalid("$", f"{len(data)} B", f"≤ {LARGEST_FILE} B")
    try:
        text = data.decode("utf-8")
        document = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer
        )
    except UnicodeDecodeError as error:
        raise invalid(f"byte {error.start}", "", "UTF-8") from None
    except RecursionError:
        raise invalid("$", "…", "depth") from None
    except json.JSONDecodeError as error:
        raise invalid(f"line {error.lineno}, column {error.colno}", error.msg, "JSON") from None
    if not isinstance(document, dict):
        raise invalid("$", type(document).__name__, "object")
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise invalid("$", f"2 × {twice[:60]!r}", "1")
    return found


def _constant(text: str) -> Any:
    raise invalid("$", text, "JSON")


def _integer(text: str) -> int:
    if len(text) > 17:
        raise invalid("$", f"{text[:17]}…", "≤ 2^53 - 1")
    return int(text)
