"""A graph → Turtle (RDF 1.1 Turtle), a value on a line, so that a change is a change of few lines.

The nodes are written directly: a catalog of 10,000 datasets has half a million statements, and the
detour through a library's objects costs more than the rest of the work. The tests read what is
written with two libraries.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.describe.rdf.graph import PREFIXES, STRING, Graph, Value, full
from pipelines.describe.rdf.pause import uncollected

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPED = re.compile(r'[\\"\n\r\t]')
_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]').search
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9]*").fullmatch


@uncollected
def turtle(graph: Graph) -> bytes:
    """The graph as Turtle. Raises ValueError for an IRI that RFC 3987 does not allow."""
    parts = [f"@prefix {prefix}: <{start}> .\n" for prefix, start in PREFIXES.items()]
    for iri, properties in graph.ordered():
        lines = [
            _property(name) + " ,\n        ".join([_value(name, value) for value in values])
            for name, values in properties
        ]
        parts.append(f"\n{_iri(iri)}{' ;'.join(lines)} .\n")
    return "".join(parts).encode("utf-8")


def _iri(iri: str) -> str:
    if _UNSAFE(iri):
        raise ValueError(f"not an IRI: {iri!r}")
    return f"<{iri}>"


@cache
def _property(name: str) -> str:
    return "\n    a " if name == "rdf:type" else f"\n    {_short(full(name))} "


@cache
def _short(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and _LOCAL(iri.removeprefix(start)):
            return f"{prefix}:{iri.removeprefix(start)}"
    return _iri(iri)


def _value(name: str, value: Value) -> str:
    if isinstance(value, str):
        return _short(value) if name == "rdf:type" else _iri(value)
    words, language, datatype = value
    if _ESCAPED.search(words):
        words = _ESCAPED.sub(lambda hit: _ESCAPES[hit[0]], words)
    if language:
        return f'"{words}"@{language}'
    return f'"{words}"' if datatype == STRING else f'"{words}"^^{_short(full(datatype))}'
