"""The page of our own terms: what the properties, classes and lists of `vocab/terms.ttl` mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.own_terms import ONTOLOGY, OWL, RDFS, OwnTerm, own_terms
from pipelines.publish.pages import Pages, table_words
from pipelines.publish.vocabulary_words import KINDS, Link, short
from pipelines.vocabulary import SKOS

# What a term of ours is, and how it is related to a term of others.
TERM_KINDS = {
    OWL + "DatatypeProperty": ("性質（値は文字や数）", "Property with literals as values"),
    OWL + "ObjectProperty": ("性質（値は IRI）", "Property with IRIs as values"),
    RDFS + "Class": ("種類", "Class"),
    SKOS + "ConceptScheme": ("一覧", "Concept scheme"),
}
_PROPERTY = ("性質（値は文字や数、または IRI）", "Property with literals or IRIs as values")
TERM_MAPPINGS = {
    RDFS + "subPropertyOf": ("より広い性質", "subproperty of"),
    SKOS + "closeMatch": KINDS["closeMatch"],
}


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term of ours in the table of them. `columns` are (slug, label of the table, field)."""

    term: OwnTerm
    kind: tuple[str, str]
    domain: str
    range: str
    mappings: tuple[Link, ...]
    columns: tuple[tuple[str, str, Mapping[str, Any]], ...]


def terms_page(pages: Pages, schemas: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The page, with the columns of these table schemas that have a term as their meaning."""
    document = own_terms()
    return pages.render(
        "terms.html",
        document=document,
        iri=ONTOLOGY,
        lines=[term_line(term, schemas) for term in document.terms.values()],
        root="../../",
    )


def term_line(term: OwnTerm, schemas: Mapping[str, Mapping[str, Any]]) -> TermLine:
    """What the page of our own terms says of a term, with the columns whose meaning it is."""
    return TermLine(
        term=term,
        kind=TERM_KINDS.get(term.kind, _PROPERTY),
        domain=short(term.domain),
        range=short(term.range),
        mappings=tuple(Link(short(iri), iri, *TERM_MAPPINGS[how]) for how, iri in term.mappings),
        columns=tuple(
            (slug, table_words(slug)[0], field)
            for slug, schema in schemas.items()
            for field in schema["fields"]
            if field["rdfType"] == term.iri
        ),
    )
