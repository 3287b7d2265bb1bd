"""What a catalog in Turtle states of its datasets and files: all that a score looks at.

Anybody's DCAT can be read, not only ours; blank nodes are things too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from pipelines.describe.rdf.graph import full
from pipelines.model import MachidataError

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Statements: TypeAlias = Mapping[str, tuple[Term, ...]]
"""Prefixed name of a property → its values, each once."""

_PROPERTIES = (
    *("dcat:keyword", "dcat:theme", "dct:spatial", "dct:temporal", "dct:accessRights"),
    *("dcat:contactPoint", "dct:publisher", "dct:issued", "dct:modified", "dct:identifier"),
    *("dcat:accessURL", "dcat:downloadURL", "dct:format", "dcat:mediaType", "dct:license"),
    *("dct:rights", "dcat:byteSize", "dcat:distribution", "rdf:type"),
)
_LOOKED_AT = {full(name): name for name in _PROPERTIES}
_DATASET = NamedNode(full("dcat:Dataset"))
_SERIES = NamedNode(full("dcat:DatasetSeries"))


@dataclass(frozen=True, slots=True)
class Thing:
    """A dataset or a file. `iri` is '' for a blank node."""

    iri: str = ""
    stated: Statements = field(default_factory=dict)

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a property as text, without blank ones; a blank node is `_:` and a name."""
        return tuple(text for term in self.stated.get(name, ()) if (text := _text(term)))

    def iris(self, name: str) -> tuple[str, ...]:
        """The values of a property that are IRIs."""
        terms = self.stated.get(name, ())
        return tuple(term.value for term in terms if isinstance(term, NamedNode))


@dataclass(frozen=True, slots=True)
class Described:
    """A dataset with its files (dcat:distribution), in the order of their IRIs."""

    thing: Thing
    files: tuple[Thing, ...]

    @property
    def name(self) -> str:
        """Its dct:identifier, else its IRI, else ''."""
        return min(self.thing.values("dct:identifier"), default=self.thing.iri)


def read_datasets(turtle: bytes) -> tuple[Described, ...]:
    """The datasets of a catalog, by IRI. Series are none, even if they say that they are.

    Raises MachidataError `metadata-unreadable`.
    """
    stated = _statements(turtle)
    found = [
        Described(_thing(subject, said), _files(said, stated))
        for subject, said in stated.items()
        if _DATASET in said.get("rdf:type", ()) and _SERIES not in said["rdf:type"]
    ]
    return tuple(sorted(found, key=_order))


def _statements(turtle: bytes) -> dict[Term, dict[str, tuple[Term, ...]]]:
    found: dict[Term, dict[str, dict[Term, None]]] = {}
    try:
        for triple in parse(turtle, format=RdfFormat.TURTLE):
            name = _LOOKED_AT.get(triple.predicate.value)
            if name:
                found.setdefault(triple.subject, {}).setdefault(name, {})[triple.object] = None
    except (SyntaxError, ValueError) as error:
        raise unreadable(error) from error
    return {
        subject: {name: tuple(values) for name, values in said.items()}
        for subject, said in found.items()
    }


def unreadable(error: Exception, where: str = "") -> MachidataError:
    """The error for what is no Turtle; `where` says whose it is."""
    return MachidataError(
        "metadata-unreadable",
        ja="Turtle として読めません。採点していません。",
        en="This cannot be read as Turtle; nothing was scored.",
        where=where,
        found=str(error),
        expected="Turtle (UTF-8)",
        fix_ja="machidata build で作り直すか、示された箇所を直してください。",
        fix_en="Make it again with machidata build, or mend the place that is named.",
    )


def _files(said: Statements, stated: Mapping[Term, Statements]) -> tuple[Thing, ...]:
    linked = (term for term in said.get("dcat:distribution", ()) if not isinstance(term, Literal))
    return tuple(sorted((_thing(term, stated.get(term, {})) for term in linked), key=_file_order))


def _thing(subject: Term, said: Statements) -> Thing:
    return Thing(subject.value if isinstance(subject, NamedNode) else "", said)


def _order(one: Described) -> tuple[str, str, list[str]]:
    return one.thing.iri, one.name, [file.iri for file in one.files]


def _file_order(one: Thing) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return one.iri, one.values("dcat:downloadURL"), one.values("dcat:accessURL")


def _text(term: Term) -> str:
    if isinstance(term, Triple):
        return ""
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value.strip()
