"""The words of a server that may be hostile, made fit for an error message."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from pipelines.publish.ckan.token import Token

LONGEST = 300  # characters of a server's words in a message
_READ = 20_000  # characters that are looked at
_MOST = 50  # fields of a refusal that are told
_DEEP = 8
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)


def clean(text: str, token: Token | None = None, longest: int = LONGEST) -> str:
    """One line of plain text: no markup, no control characters, no token, not too long."""
    text = text[:_READ]
    # Twice, so that a token that was encoded twice (a URL in an attribute) is seen as one.
    for _ in range(2):
        text = unquote(html.unescape(_TAGS.sub("", text)))
    plain = "".join(" " if letter.isspace() else letter for letter in text)
    # Category C: control and format characters (direction marks too), and unassigned ones.
    plain = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "C")
    plain = " ".join(plain.split())
    if token is not None:
        plain = token.mask(plain)
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def fields_of(error: Any, token: Token | None = None) -> dict[str, list[str]]:
    """What CKAN says of each field, nested ones as `resources.0.issued`; `__type` left out."""
    found: dict[str, list[str]] = {}
    if not isinstance(error, dict):
        return found
    for path, words in _leaves("", {k: v for k, v in error.items() if k != "__type"}, 0):
        key = clean(path, token, 100)
        if key not in found and len(found) >= _MOST:
            break
        told = found.setdefault(key, [])
        if len(told) < _MOST:
            told.append(clean(words, token))
    return found


def _leaves(path: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    """The texts in a value with their paths; a list of texts is one field."""
    if isinstance(value, dict) and depth < _DEEP:
        for key, below in value.items():
            yield from _leaves(f"{path}.{key}" if path else str(key), below, depth + 1)
    elif isinstance(value, list) and depth < _DEEP:
        for number, below in enumerate(value):
            nested = isinstance(below, dict | list)
            yield from _leaves(f"{path}.{number}" if nested else path, below, depth + 1)
    else:
        yield path, value if isinstance(value, str) else json.dumps(value)[:_READ]
