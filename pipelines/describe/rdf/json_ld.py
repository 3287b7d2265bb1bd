"""A graph → JSON-LD 1.1 in compact form: prefixed keys, one object a subject, always lists.

A value stands on a line, so that a change is a change of few lines. Written directly, as `turtle`
is and for its reason; the texts are quoted by the standard library.
"""

from __future__ import annotations

import json
from functools import cache
from json.encoder import encode_basestring as quoted

from pipelines.describe.rdf.graph import PREFIXES, STRING, Graph, Value
from pipelines.describe.rdf.pause import uncollected


@uncollected
def json_ld(graph: Graph) -> bytes:
    """The graph as JSON-LD."""
    context = json.dumps(dict(sorted(PREFIXES.items())), indent=2)
    entries = [
        f'{{"@id": {quoted(iri)}{"".join([_property(name, values) for name, values in stated])}}}'
        for iri, stated in graph.ordered()
    ]
    body = ",\n".join(entries)
    return f'{{"@context": {context},\n"@graph": [\n{body}\n]}}\n'.encode()


def _property(name: str, values: list[Value]) -> str:
    written = map(_class if name == "rdf:type" else _value, values)
    return _key(name) + ",\n    ".join(written) + "]"


@cache
def _key(name: str) -> str:
    return ',\n  "@type": [' if name == "rdf:type" else f",\n  {quoted(name)}: ["


def _value(value: Value) -> str:
    if isinstance(value, str):
        return f'{{"@id": {quoted(value)}}}'
    words, language, datatype = value
    if language:
        return f'{{"@language": "{language}", "@value": {quoted(words)}}}'
    if datatype == STRING:
        return f'{{"@value": {quoted(words)}}}'
    return f'{{"@type": "{datatype}", "@value": {quoted(words)}}}'


@cache
def _class(value: Value) -> str:
    iri = str(value)
    for prefix, start in PREFIXES.items():
        local = iri.removeprefix(start)
        if local != iri and local.isalnum():
            return quoted(f"{prefix}:{local}")
    return quoted(iri)
