"""What the JSON renderers share: the bytes of a JSON file, and leaving out what nobody stated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from pipelines.describe.model import Text
from pipelines.describe.rdf.graph import clean

Json: TypeAlias = dict[str, Any]
"""A JSON object."""


def json_file(content: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8 with LF, indented by two, keys in the order given.

    Words are cleaned as those of RDF are, so that all files say the same.
    """
    written = json.dumps(_clean(content), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return written.encode("utf-8", "replace")


def _clean(content: Any) -> Any:
    if isinstance(content, str):
        return clean(content)
    if isinstance(content, Mapping):
        return {key: _clean(value) for key, value in content.items()}
    return [_clean(one) for one in content] if isinstance(content, (list, tuple)) else content


def stated(entries: Mapping[str, Any]) -> Json:
    """The entries that say something: no '', None, empty list or empty object."""
    return {key: value for key, value in entries.items() if value not in ("", None, [], {})}


def in_one(words: Text) -> str:
    """The Japanese words, else those of the first language there is; '' for no words."""
    return words.get("ja", "") or next(iter(words.values()), "")


def others(words: Text) -> list[str]:
    """The words of the languages that `in_one` does not give."""
    chosen = in_one(words)
    return [written for written in words.values() if written != chosen]
