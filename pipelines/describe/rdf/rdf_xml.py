"""A graph → RDF/XML (RDF 1.1 XML Syntax). Written directly, as `turtle` is and for its reason."""

from __future__ import annotations

import re
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from pipelines.describe.rdf.graph import PREFIXES, STRING, Graph, Value, full
from pipelines.describe.rdf.pause import uncollected

_SPECIAL = re.compile(r"[&<>]").search
_QUOTED = re.compile(r"[&<>\"\n\t]").search
_QNAME = re.compile(r"(.*[/#])([A-Za-z_][A-Za-z0-9_.-]*)").fullmatch


@uncollected
def rdf_xml(graph: Graph) -> bytes:
    """The graph as RDF/XML. Raises ValueError for a property whose IRI has no XML name."""
    spaces = "".join(f"\n    xmlns:{prefix}={quoteattr(iri)}" for prefix, iri in PREFIXES.items())
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n']
    for iri, properties in graph.ordered():
        parts.append(f"  <rdf:Description rdf:about={_attribute(iri)}>\n")
        parts += [_element(name, value) for name, values in properties for value in values]
        parts.append("  </rdf:Description>\n")
    parts.append("</rdf:RDF>\n")
    return "".join(parts).encode("utf-8")


def _attribute(words: str) -> str:
    return quoteattr(words) if _QUOTED(words) else f'"{words}"'


def _element(name: str, value: Value) -> str:
    opened, closed = _tags(name)
    if isinstance(value, str):
        return f"{opened} rdf:resource={_attribute(value)}/>\n"
    words, language, datatype = value
    if _SPECIAL(words):
        words = escape(words)
    if language:
        return f'{opened} xml:lang="{language}">{words}{closed}'
    if datatype == STRING:
        return f"{opened}>{words}{closed}"
    return f"{opened} rdf:datatype={_datatype(datatype)}>{words}{closed}"


@cache
def _datatype(name: str) -> str:
    return quoteattr(full(name))


@cache
def _tags(name: str) -> tuple[str, str]:
    """The start of an element and its end; a stranger's property brings its own name space."""
    if "://" not in name:
        return f"    <{name}", f"</{name}>\n"
    found = _QNAME(name)
    if found is None:
        raise ValueError(f"no XML name can be made of {name!r}")
    return f"    <o:{found[2]} xmlns:o={quoteattr(found[1])}", f"</o:{found[2]}>\n"
