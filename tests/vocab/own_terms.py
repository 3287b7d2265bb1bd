"""Which terms of ours are used, where, and what is wrong with their definitions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from pipelines.own_terms import ONTOLOGY, OWL, RDFS, OwnTerm, read_terms
from pipelines.vocabulary import DCT, SKOS, TERMS, TYPE

ROOT = Path(__file__).parents[2]
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DATATYPE, OBJECT = OWL + "DatatypeProperty", OWL + "ObjectProperty"
PROPERTIES = {RDF + "Property", DATATYPE, OBJECT}
KINDS = {*PROPERTIES, RDFS + "Class", SKOS + "ConceptScheme"}
# The terms of others that ours are said to be near to; all of these exist there.
OTHERS = {
    DCT + "type",
    "http://purl.org/linked-data/sdmx/2009/attribute#obsStatus",
    "http://purl.org/linked-data/sdmx/2009/dimension#timePeriod",
    "http://qudt.org/schema/qudt/ucumCode",
    "http://spdx.org/rdf/terms#licenseId",
    "http://www.w3.org/ns/shacl#resultPath",
    "http://www.w3.org/ns/shacl#resultSeverity",
}
_STATED = {
    TYPE.value: "1",
    RDFS + "label": "2",
    RDFS + "comment": "2",
    RDFS + "isDefinedBy": "1",
    RDFS + "domain": "01",
    RDFS + "range": "01",
    RDFS + "subPropertyOf": "01",
    SKOS + "closeMatch": "01",
}  # a property → how often a definition may have it
_IRI = re.compile(re.escape(TERMS) + r"([A-Za-z][0-9A-Za-z]*)")
_NAME = re.compile(r"(?<![\w:/#])md:([A-Za-z][0-9A-Za-z]*)")


def triples(turtle: bytes) -> list[Triple]:
    return [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]


def of_turtle(turtle: bytes) -> set[str]:
    """The local names of all our terms in a graph, wherever in a statement."""
    found = set()
    for triple in triples(turtle):
        for node in (triple.subject, triple.predicate, triple.object):
            if isinstance(node, NamedNode) and node.value.startswith(TERMS):
                found.add(node.value.removeprefix(TERMS))
    return found


def of_text(text: str) -> set[str]:
    """The local names of whole IRIs in a text, such as a JSON file."""
    return set(_IRI.findall(text))


def of_code(text: str) -> set[str]:
    """The local names that Python code names: in a text `md:x` or with the whole IRI, as
    `TERMS + "x"`, or as the argument of `first("x")`, `own_term("x")` and `_own("role", "x")`.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {*_NAME.findall(node.value), *of_text(node.value)}
        elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name):
            if node.left.id == "TERMS" and isinstance(node.right, ast.Constant):
                found.add(str(node.right.value))
        elif isinstance(node, ast.Call):
            found |= set(_asked(node))
    return found


def _asked(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    place = {"first": 0, "own_term": 0, "_own": 1}.get(name, len(call.args))
    for argument in call.args[place : place + 1]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def of_files() -> Iterator[tuple[str, set[str]]]:
    """(path, local names) for every file of the project that names a term of ours."""
    for path in (*ROOT.glob("vocab/*.ttl"), *ROOT.glob("vocab/shapes/**/*.ttl")):
        yield path.relative_to(ROOT).as_posix(), of_turtle(path.read_bytes())
    for path in ROOT.glob("vocab/schemas/*.json"):
        yield path.relative_to(ROOT).as_posix(), of_text(path.read_text("utf-8"))
    for path in ROOT.glob("pipelines/**/*.py"):
        yield path.relative_to(ROOT).as_posix(), of_code(path.read_text("utf-8"))
    for path in ROOT.glob("datapackages/*/metadata/*.ttl"):
        yield path.relative_to(ROOT).as_posix(), of_turtle(path.read_bytes())
    for path in ROOT.glob("datapackages/*/datapackage.json"):
        yield path.relative_to(ROOT).as_posix(), of_text(path.read_text("utf-8"))


def faults(turtle: bytes) -> list[str]:
    """Everything that is wrong with a document of terms."""
    graph = triples(turtle)
    found = [f"a subject that is no term: {iri}" for iri in _subjects(graph) if not _is_ours(iri)]
    head = [t.predicate.value for t in graph if t.subject == NamedNode(ONTOLOGY)]
    wanted = [TYPE.value, *[DCT + "title", DCT + "description"] * 2, OWL + "versionInfo"]
    if sorted(head) != sorted(wanted):
        found.append("not the head that it should have")
    document = read_terms(turtle)
    for words in (document.titles, document.descriptions):
        if list(words) != ["ja", "en"]:
            found.append("the head is not in Japanese and in English")
    for term in document.terms.values():
        stated = [t for t in graph if t.subject == NamedNode(term.iri)]
        found += [f"{term.local}: {text}" for text in (*_of_term(term), *_of_statements(stated))]
    for which in ("ja", "en"):
        labels = [term.labels.get(which) for term in document.terms.values()]
        found += [f"two terms with the label {one}" for one in labels if labels.count(one) > 1]
    return found


def _subjects(graph: list[Triple]) -> set[str]:
    return {getattr(triple.subject, "value", "") for triple in graph}


def _is_ours(iri: str) -> bool:
    return iri == ONTOLOGY or iri.startswith(TERMS)


def _of_term(term: OwnTerm) -> Iterator[str]:
    if not re.fullmatch("[A-Za-z][0-9A-Za-z]*", term.local):
        yield "a local name that is none"
    if term.kind not in KINDS:
        yield f"neither a property nor a class nor a list: {term.kind}"
    if term.local[:1].isupper() is not (term.kind == RDFS + "Class"):
        yield "only classes begin with a capital letter"
    for words in (term.labels, term.comments):
        if list(words) != ["ja", "en"] or not all(words.values()):
            yield "not told in Japanese and in English"
    if (term.domain or term.range) and term.kind not in PROPERTIES:
        yield "a domain or range of what is no property"
    if term.range.startswith(XSD) and term.kind != DATATYPE:
        yield "a datatype as range of what is no datatype property"
    yield from (f"{iri} is nothing that we know" for _, iri in term.mappings if iri not in OTHERS)


def _of_statements(stated: list[Triple]) -> Iterator[str]:
    names = [triple.predicate.value for triple in stated]
    for name in sorted({*names, *_STATED}):
        allowed = _STATED.get(name, "0")
        if str(names.count(name)) not in allowed:
            yield f"{name} stands {names.count(name)} times"
    for triple in stated:
        if triple.predicate.value == RDFS + "isDefinedBy" and triple.object != NamedNode(ONTOLOGY):
            yield "defined by something else"


def misused(graph: list[Triple], terms: dict[str, OwnTerm]) -> list[str]:
    """The statements of a graph that a term's kind, domain or range does not allow."""
    classes: dict[object, set[str]] = {}
    for triple in graph:
        if triple.predicate == TYPE and isinstance(triple.object, NamedNode):
            classes.setdefault(triple.subject, set()).add(triple.object.value)
    found = []
    for triple in graph:
        term = terms.get(triple.predicate.value.removeprefix(TERMS))
        if term is None or not triple.predicate.value.startswith(TERMS):
            continue
        value = triple.object
        right = isinstance(value, Literal) if term.kind == DATATYPE else True
        right = right and (isinstance(value, NamedNode) if term.kind == OBJECT else True)
        if term.range.startswith(XSD):
            right = right and isinstance(value, Literal) and value.datatype.value == term.range
        elif term.range:
            right = right and term.range in classes.get(value, set())
        if term.domain:
            right = right and term.domain in classes.get(triple.subject, set())
        if not right or term.kind not in PROPERTIES:
            found.append(str(triple))
    return found
