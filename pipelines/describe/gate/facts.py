"""What the shapes of a file say: class, path, constraints and words, by the name of the shape."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from pipelines.vocabulary import TERMS

SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TARGETS = ("targetClass", "targetObjectsOf", "targetSubjectsOf")


@dataclass(frozen=True, slots=True)
class ShapeInfo:
    """What one shape says.

    `about` is the class (or the property) whose nodes it looks at; `path` the property: an IRI,
    `^` before one that is followed backwards, `/` between the steps of a longer path, '' for a
    shape of the node itself. `says` has the values of the constraints by their local names
    (`minCount`, `class` …), `words` sh:message and our own terms: local name → language → words.
    """

    file: str
    about: str = ""
    path: str = ""
    severity: str = "Violation"
    says: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of a shape of ours; '' for one of DCAT-AP."""
        return self.words.get("code", {}).get("", "")


class Facts:
    """The triples of a shapes file, by subject."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = list(triples)
        self._by_subject: dict[object, list[Triple]] = {}
        for triple in self.triples:
            self._by_subject.setdefault(triple.subject, []).append(triple)

    def of(self, node: object) -> list[Triple]:
        """All that is said of a node."""
        return self._by_subject.get(node, [])

    def one(self, node: object, predicate: str) -> object | None:
        """The first object of a property, or None."""
        return next((t.object for t in self.of(node) if t.predicate.value == predicate), None)

    def path(self, node: object | None) -> str:
        """A property path in words (see ShapeInfo)."""
        if isinstance(node, NamedNode):
            return node.value
        backwards = self.one(node, SH + "inversePath")
        if backwards is not None:
            return "^" + self.path(backwards)
        steps = []
        while isinstance(node, BlankNode):
            steps.append(self.path(self.one(node, _RDF + "first")))
            node = self.one(node, _RDF + "rest")
        return "/".join(steps)


def shape_infos(name: str, facts: Facts) -> dict[str, ShapeInfo]:
    """IRI → what the shape says, for every shape of the file `name` that has an IRI."""
    found: dict[str, ShapeInfo] = {}
    for triple in facts.triples:
        owner, shape = triple.subject, triple.object
        if triple.predicate.value == SH + "property" and isinstance(shape, NamedNode):
            found.setdefault(shape.value, _info(name, facts, shape, _about(facts, owner)))
        elif shape == NamedNode(SH + "NodeShape") and isinstance(owner, NamedNode):
            found.setdefault(owner.value, _info(name, facts, owner, _about(facts, owner)))
    return found


def _about(facts: Facts, shape: object) -> str:
    for target in _TARGETS:
        found = facts.one(shape, SH + target)
        if isinstance(found, NamedNode):
            return found.value
    return ""


def _info(name: str, facts: Facts, shape: object, about: str) -> ShapeInfo:
    says: dict[str, tuple[str, ...]] = {}
    words: dict[str, dict[str, str]] = {}
    for triple in facts.of(shape):
        predicate, value = triple.predicate.value, triple.object
        written = value.value if isinstance(value, (NamedNode, Literal)) else ""
        if predicate == SH + "message" or predicate.startswith(TERMS):
            language = value.language or "" if isinstance(value, Literal) else ""
            words.setdefault(predicate.split("#")[1], {})[language] = written
        elif predicate.startswith(SH):
            local = predicate.removeprefix(SH)
            says[local] = (*says.get(local, ()), written)
    severity = says.get("severity", (SH + "Violation",))[0].removeprefix(SH)
    path = facts.path(facts.one(shape, SH + "path"))
    return ShapeInfo(name, about, path, severity, says, words)
