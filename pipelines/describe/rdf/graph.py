"""What a catalog states, node by node: the form between the model and the RDF serialisations.

A node is a subject with its statements; a value is an IRI (a plain text) or a `Words` tuple. Nodes
that many others share (a licence, a language) are described once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TypeAlias

from pipelines.describe import terms
from pipelines.describe.model import Concept, Text

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "md": "https://machidata.example/vocab/terms#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
STRING = "xsd:string"

# XML 1.0 (section 2.2) cannot hold these at all, so they cannot be the same in all three formats.
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


Words: TypeAlias = tuple[str, str, str]
"""A literal: its words, its language ('' for none), its datatype as a prefixed name ('' with one).

A plain tuple, because a catalog makes hundreds of thousands of them.
"""

Value: TypeAlias = str | Words
"""An IRI or a literal."""

Statements: TypeAlias = dict[str, list[Value]]
"""Prefixed name of a property → its values, in the order in which they were stated."""


def clean(words: str) -> str:
    """Words as every RDF format can carry them: LF line ends, U+FFFD for what XML cannot hold."""
    if words.isprintable():
        return words
    return _NOT_IN_XML.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))


@cache
def full(name: str) -> str:
    """The IRI of a prefixed name (`dct:title`); an IRI stays. KeyError for an unknown prefix."""
    if "://" in name:
        return name
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@cache
def shortened(iri: str) -> str:
    """The prefixed name of an IRI of our prefixes. Raises KeyError for any other."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    raise KeyError(iri)


class Node:
    """One subject with its statements; the same statement twice is one (when it is written)."""

    __slots__ = ("iri", "statements")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.statements: Statements = {}

    def add(self, name: str, value: Value) -> None:
        """Any statement."""
        found = self.statements.get(name)
        if found is None:
            self.statements[name] = [value]
        else:
            found.append(value)

    def type(self, *classes: str) -> None:
        """States classes by their prefixed names."""
        for name in classes:
            self.add("rdf:type", full(name))

    def link(self, name: str, target: str) -> None:
        """A link to another resource; nothing when `target` is empty."""
        if target:
            self.add(name, target)

    def text(self, name: str, words: Text) -> None:
        """One literal for each language."""
        for tag, written in words.items():
            self.add(name, (clean(written), tag, ""))

    def value(self, name: str, written: str, datatype: str = STRING) -> None:
        """A literal of a datatype; nothing when `written` is empty."""
        if written:
            self.add(name, (clean(written), "", datatype))

    def date(self, name: str, day: date | None) -> None:
        """An xsd:date; nothing for None."""
        if day:
            self.add(name, (day.isoformat(), "", "xsd:date"))


class Graph:
    """Nodes by their IRIs."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self._told: dict[str, object] = {}
        self._linked: dict[tuple[str, str], Concept] = {}

    def node(self, iri: str) -> Node:
        """The node of an IRI, a new one when nothing has been said of it."""
        found = self.nodes.get(iri)
        if found is None:
            found = self.nodes[iri] = Node(iri)
        return found

    def is_told(self, iri: str, thing: object) -> bool:
        """Whether this very thing has been described before; it counts as described from now on."""
        told = self._told.get(iri)
        if told is thing or (told is not None and told == thing):
            return True
        self._told[iri] = thing
        return False

    def document(self, node: Node, name: str, address: str) -> None:
        """A link to a page or document, which range checks want to be a foaf:Document."""
        if address:
            node.add(name, address)
            self.node(address).type("foaf:Document")

    def concept(self, node: Node, name: str, concept: Concept | None, *classes: str) -> None:
        """A link to a vocabulary's entry, with its class, labels and scheme."""
        if concept is None:
            return
        node.add(name, concept.iri)
        key = concept.iri, name  # another property may want another class
        told = self._linked.get(key)
        if told is concept or (told is not None and told == concept):
            return
        self._linked[key] = concept
        entry = self.node(concept.iri)
        entry.type("skos:Concept", *classes)
        entry.text("skos:prefLabel", concept.label)
        entry.link("skos:inScheme", concept.scheme)
        self.scheme(concept.scheme, terms.scheme_title(concept.scheme))

    def scheme(self, iri: str, title: Text) -> None:
        """A concept scheme; the shapes want its class and title stated."""
        entry = self.node(iri)
        entry.type("skos:ConceptScheme")
        entry.text("dct:title", title)

    def __iter__(self) -> Iterator[tuple[str, str, Value]]:
        """Each statement once: subject IRI, prefixed name of the property, value.

        Subjects stand in the order of their IRIs; the class goes before other properties, which
        follow by their IRIs; of values IRIs go before literals.
        """
        for iri, properties in self.ordered():
            for name, values in properties:
                for value in values:
                    yield iri, name, value

    def ordered(self) -> Iterator[tuple[str, list[tuple[str, list[Value]]]]]:
        """The same, grouped by subject and property."""
        for iri in sorted(self.nodes):
            stated = self.nodes[iri].statements
            if stated:
                yield iri, [(name, _once(stated[name])) for name in sorted(stated, key=_order)]

    def __len__(self) -> int:
        return sum(len(_once(v)) for node in self.nodes.values() for v in node.statements.values())


@cache
def _order(name: str) -> tuple[bool, str]:
    return name != "rdf:type", full(name)


def _once(values: list[Value]) -> list[Value]:
    return values if len(values) == 1 else sorted(set(values), key=_key)


def _key(value: Value) -> tuple[str, str, str]:
    if isinstance(value, str):
        return "0", value, ""
    words, language, datatype = value
    return f"1{language}", words, datatype
