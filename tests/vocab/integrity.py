"""What every scheme of `vocab/` must be: SKOS whose rules are kept, in two languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from pipelines.own_terms import own_terms
from pipelines.vocabulary import MAPPINGS, TERMS, VOCAB_BASE
from tests.vocab.usage import shape_terms

EU = "http://publications.europa.eu/resource/authority/"
QUDT = "http://qudt.org/vocab/unit/"
_NOTATION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
_LANGUAGES = ["en", "ja"]


def faults(graph: Graph, name: str) -> list[str]:
    """Everything that is wrong with the graph of `vocab/{name}.ttl`."""
    scheme = URIRef(VOCAB_BASE + name)
    concepts = sorted(graph.subjects(RDF.type, SKOS.Concept))
    found = [*_of_scheme(graph, scheme), *_of_statements(graph)]
    if set(graph.subjects()) - {scheme, *concepts}:
        found.append("a subject that is neither the scheme nor a concept")
    for concept in concepts:
        if not isinstance(concept, URIRef):
            found.append("a concept without an IRI")
            continue
        found += [f"{concept.fragment}: {text}" for text in _of_concept(graph, scheme, concept)]
    return found + _of_all(graph)


def _of_scheme(graph: Graph, scheme: URIRef) -> Iterator[str]:
    if list(graph.subjects(RDF.type, SKOS.ConceptScheme)) != [scheme]:
        yield "no scheme of the file's name, or several"
    for predicate in (DCTERMS.title, DCTERMS.description, SKOS.prefLabel):
        if _languages(graph, scheme, predicate) != _LANGUAGES:
            yield f"scheme: {predicate.fragment or predicate} not once in Japanese and in English"


def _of_concept(graph: Graph, scheme: URIRef, concept: URIRef) -> Iterator[str]:
    notations = [str(one) for one in graph.objects(concept, SKOS.notation)]
    if notations != [str(concept.fragment)] or not _NOTATION.fullmatch(notations[0]):
        yield "not one notation that is the end of its IRI"
    if concept != URIRef(f"{scheme}#{concept.fragment}"):
        yield "not an IRI of the scheme"
    if list(graph.objects(concept, SKOS.inScheme)) != [scheme]:
        yield "not in its scheme"
    if _languages(graph, concept, SKOS.prefLabel) != _LANGUAGES:
        yield "not one prefLabel in Japanese and one in English"
    if set(graph.objects(concept, SKOS.prefLabel)) & set(graph.objects(concept, SKOS.altLabel)):
        yield "an altLabel is the prefLabel"  # SKOS S13
    for target in graph.objects(concept, SKOS.broader):
        if (target, RDF.type, SKOS.Concept) not in graph:
            yield "broader than it is nothing of the scheme"
        if concept in graph.transitive_objects(target, SKOS.broader):
            yield "broader than itself"
    exact = set(graph.objects(concept, SKOS.exactMatch))
    others = {*graph.objects(concept, SKOS.broadMatch), *graph.objects(concept, SKOS.narrowMatch)}
    if exact & {*others, *graph.objects(concept, SKOS.relatedMatch)}:
        yield "an exactMatch is another match too"  # SKOS S46


def _of_statements(graph: Graph) -> Iterator[str]:
    mappings = {SKOS[kind] for kind in MAPPINGS}
    plain = {RDF.type, SKOS.inScheme, SKOS.notation, SKOS.prefLabel, SKOS.altLabel, SKOS.broader}
    known = {*plain, *mappings, DCTERMS.title, DCTERMS.description}
    for _, predicate, value in sorted(graph):
        own = str(predicate).removeprefix(TERMS)
        if predicate not in known and own not in own_terms().terms:
            yield f"unknown property {predicate}"
        if predicate in mappings and not (str(value).startswith((EU, QUDT)) or _spoken(value)):
            yield f"a match with a vocabulary that nobody checked: {value}"
        if predicate in {SKOS.prefLabel, SKOS.altLabel} and (
            not isinstance(value, Literal)
            or value.language not in _LANGUAGES
            or str(value) != str(value).strip()
            or not str(value)
        ):
            yield f"a label without a language, or with blanks around it: {value!r}"


def _spoken(value: object) -> bool:
    """Whether a shape that ships with the project speaks of it: then it is checked by use."""
    return str(value) in shape_terms()


def _of_all(graph: Graph) -> list[str]:
    """What may be only once in a scheme: a notation, a prefLabel of a language, an exactMatch."""
    found = []
    for predicate in (SKOS.notation, SKOS.prefLabel, SKOS.exactMatch):
        stated = graph.subject_objects(predicate)
        values = [value for one, value in stated if (one, RDF.type, SKOS.Concept) in graph]
        repeated = [str(value) for value, times in Counter(values).items() if times > 1]
        found += [f"two concepts with the {predicate.fragment} {value}" for value in repeated]
    return sorted(found)


def _languages(graph: Graph, subject: URIRef, predicate: URIRef) -> list[str]:
    values = graph.objects(subject, predicate)
    return sorted(str(one.language) for one in values if isinstance(one, Literal) and str(one))
