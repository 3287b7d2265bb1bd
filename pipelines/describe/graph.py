"""A bag of triples with the few ways in which a catalog states things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode, Triple

from pipelines.describe import terms
from pipelines.describe.model import Concept, Text

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# XML 1.0 (section 2.2) cannot hold these at all, so they cannot be the same in all three formats.
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(words: str) -> str:
    """Words as every RDF format can carry them: LF line ends, U+FFFD for what XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))


def node(name: str) -> NamedNode:
    """The IRI of a prefixed name (`dct:title`)."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


class Graph:
    """Collects triples; the same triple twice is one."""

    def __init__(self) -> None:
        self._triples: set[Triple] = set()

    def type(self, subject: str, *classes: str) -> None:
        """States the classes of a resource."""
        for name in classes:
            self._triples.add(Triple(NamedNode(subject), node("rdf:type"), node(name)))

    def link(self, subject: str, name: str, target: str) -> None:
        """A link to another resource; nothing when `target` is empty."""
        if target:
            self._triples.add(Triple(NamedNode(subject), node(name), NamedNode(target)))

    def text(self, subject: str, name: str, words: Text) -> None:
        """One literal for each language."""
        for tag, written in words.items():
            literal = Literal(clean(written), language=tag)
            self._triples.add(Triple(NamedNode(subject), node(name), literal))

    def value(self, subject: str, name: str, written: str, datatype: str = "xsd:string") -> None:
        """A literal of a datatype; nothing when `written` is empty."""
        if written:
            literal = Literal(clean(written), datatype=node(datatype))
            self._triples.add(Triple(NamedNode(subject), node(name), literal))

    def date(self, subject: str, name: str, day: date | None) -> None:
        """An xsd:date; nothing for None."""
        self.value(subject, name, day.isoformat() if day else "", "xsd:date")

    def document(self, subject: str, name: str, address: str) -> None:
        """A link to a page or document, which range checks want to be a foaf:Document."""
        if address:
            self.link(subject, name, address)
            self.type(address, "foaf:Document")

    def concept(self, subject: str, name: str, concept: Concept | None, *classes: str) -> None:
        """A link to a vocabulary's entry, with its class, labels and scheme."""
        if concept is None:
            return
        self.link(subject, name, concept.iri)
        self.type(concept.iri, "skos:Concept", *classes)
        self.text(concept.iri, "skos:prefLabel", concept.label)
        self.link(concept.iri, "skos:inScheme", concept.scheme)
        self.scheme(concept.scheme, terms.scheme_title(concept.scheme))

    def scheme(self, iri: str, title: Text) -> None:
        """A concept scheme; the shapes want its class and title stated."""
        self.type(iri, "skos:ConceptScheme")
        self.text(iri, "dct:title", title)

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._triples)

    def __len__(self) -> int:
        return len(self._triples)
