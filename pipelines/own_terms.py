"""Loads `vocab/terms/terms.ttl`: what our own properties, classes and lists mean.

It is in a folder of its own, because every `vocab/*.ttl` is a concept scheme and this is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from pipelines.vocabulary import DCT, SKOS, TERMS, TYPE

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
ONTOLOGY = TERMS.removesuffix("#")

_Stated = dict[str, list[NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A term of ours. `kind` is the IRI of its class (owl:DatatypeProperty …), `labels` and
    `comments` are by language, `domain` and `range` IRIs or ''. `mappings` are the terms of others:
    (IRI of the property that says how it is related, IRI).
    """

    local: str
    kind: str
    labels: Mapping[str, str]
    comments: Mapping[str, str]
    domain: str = ""
    range: str = ""
    mappings: tuple[tuple[str, str], ...] = ()

    @property
    def iri(self) -> str:
        """The whole IRI."""
        return TERMS + self.local


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """The document: its titles and descriptions by language, and its terms by local name."""

    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    version: str
    terms: Mapping[str, OwnTerm]


def own_term(local: str) -> Mapping[str, str]:
    """The labels of a term by language, ja first. Raises KeyError for one that is not defined."""
    return own_terms().terms[local].labels


@cache
def own_terms() -> OwnTerms:
    """The document as shipped."""
    return read_terms(own_terms_source())


def own_terms_source() -> bytes:
    """The bytes of `vocab/terms/terms.ttl`, as they are published."""
    return files("vocab").joinpath("terms", "terms.ttl").read_bytes()


def read_terms(turtle: bytes) -> OwnTerms:
    """A document of terms, sorted by their local names."""
    said: dict[str, _Stated] = {}
    for triple in parse(turtle, format=RdfFormat.TURTLE):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            stated = said.setdefault(triple.subject.value, {})
            stated.setdefault(triple.predicate.value, []).append(triple.object)
    head = said.get(ONTOLOGY, {})
    locals_ = sorted(iri.removeprefix(TERMS) for iri in said if iri.startswith(TERMS))
    return OwnTerms(
        titles=_words(head, DCT + "title"),
        descriptions=_words(head, DCT + "description"),
        version=_one(head, OWL + "versionInfo"),
        terms={local: _term(local, said[TERMS + local]) for local in locals_},
    )


def _term(local: str, stated: _Stated) -> OwnTerm:
    related = (RDFS + "subPropertyOf", SKOS + "closeMatch")
    return OwnTerm(
        local=local,
        kind=_one(stated, TYPE.value),
        labels=_words(stated, RDFS + "label"),
        comments=_words(stated, RDFS + "comment"),
        domain=_one(stated, RDFS + "domain"),
        range=_one(stated, RDFS + "range"),
        mappings=tuple(
            (how, iri)
            for how in related
            for iri in sorted(value.value for value in stated.get(how, ()))
        ),
    )


def _words(stated: _Stated, predicate: str) -> dict[str, str]:
    values = [value for value in stated.get(predicate, ()) if isinstance(value, Literal)]
    by_language = {value.language or "": value.value for value in values}
    return {
        tag: by_language[tag] for tag in sorted(by_language, key=lambda tag: (tag != "ja", tag))
    }


def _one(stated: _Stated, predicate: str) -> str:
    values = stated.get(predicate, [])
    return values[0].value if values else ""
