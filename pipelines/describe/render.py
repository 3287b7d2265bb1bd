"""Triples → Turtle, JSON-LD and RDF/XML, byte for byte the same for the same triples."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def ordered(triples: Iterable[Triple]) -> list[Triple]:
    """Triples by subject, class before other properties, then by property and object.

    Raises ValueError for a blank node: our graphs have none, and its name would not be stable.
    """
    return sorted(triples, key=_key)


def _key(triple: Triple) -> tuple[str, bool, str, str, str, str]:
    subject, predicate, value = triple.subject, triple.predicate, triple.object
    if not isinstance(subject, NamedNode) or not isinstance(value, (NamedNode, Literal)):
        raise ValueError(f"only IRIs and literals can be rendered: {triple}")
    is_text = isinstance(value, Literal)
    language = value.language or "" if isinstance(value, Literal) else ""
    datatype = value.datatype.value if isinstance(value, Literal) else ""
    name = predicate.value
    return subject.value, name != _TYPE, name, f"{is_text}{language}", value.value, datatype


def render(triples: Iterable[Triple], prefixes: dict[str, str], stem: str) -> dict[str, bytes]:
    """`{stem}.ttl`, `{stem}.jsonld` and `{stem}.rdf`, each ending in a line feed."""
    sorted_triples = ordered(triples)
    turtle = _serialize(sorted_triples, RdfFormat.TURTLE, prefixes)
    xml = _serialize(sorted_triples, RdfFormat.RDF_XML, prefixes)
    return {
        f"{stem}.jsonld": _json_ld(sorted_triples, prefixes),
        f"{stem}.rdf": xml.rstrip(b"\n") + b"\n",
        f"{stem}.ttl": turtle.rstrip(b"\n") + b"\n",
    }


def _serialize(triples: list[Triple], form: RdfFormat, prefixes: dict[str, str]) -> bytes:
    written = serialize(triples, format=form, prefixes=prefixes)
    if written is None:  # only when an output file is given
        raise RuntimeError("nothing was serialized")
    return written


def _json_ld(triples: list[Triple], prefixes: dict[str, str]) -> bytes:
    """JSON-LD 1.1 in compact form: prefixed keys, one object for each subject, always lists.

    pyoxigraph writes the expanded form on a single line, of which nobody can read a diff.
    """
    subjects: dict[str, dict[str, Any]] = {}
    for triple in triples:
        value = triple.object
        entry = subjects.setdefault(_iri(triple.subject), {"@id": _iri(triple.subject)})
        if triple.predicate.value == _TYPE:
            entry.setdefault("@type", []).append(_short(_iri(value), prefixes))
        else:
            key = _short(triple.predicate.value, prefixes)
            entry.setdefault(key, []).append(_json_value(value, prefixes))
    document = {"@context": dict(sorted(prefixes.items())), "@graph": list(subjects.values())}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _json_value(value: object, prefixes: dict[str, str]) -> dict[str, str]:
    if isinstance(value, NamedNode):
        return {"@id": value.value}
    if not isinstance(value, Literal):
        raise ValueError(f"only IRIs and literals can be rendered: {value}")
    if value.language:
        return {"@language": value.language, "@value": value.value}
    if value.datatype.value == _STRING:
        return {"@value": value.value}
    return {"@type": _short(value.datatype.value, prefixes), "@value": value.value}


def _iri(value: object) -> str:
    if not isinstance(value, NamedNode):
        raise ValueError(f"not an IRI: {value}")
    return value.value


def _short(iri: str, prefixes: dict[str, str]) -> str:
    for prefix, start in prefixes.items():
        local = iri.removeprefix(start)
        if local != iri and local.isalnum():
            return f"{prefix}:{local}"
    return iri
