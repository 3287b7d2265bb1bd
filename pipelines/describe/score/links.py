"""RDF data → how many things in it have IRIs, and whose data it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, RdfFormat, parse

from pipelines.describe.rdf.graph import full
from pipelines.describe.score.things import unreadable
from pipelines.vocabulary import VOCAB_BASE

# What these lead to says what a thing is, on which terms it may be used, or what is merely like it;
# it is no other data.
_NO_LINK = {
    full(name)
    for name in ("rdf:type", "dct:license", "dct:rights", "dct:conformsTo", "skos:closeMatch")
}
_STRUCTURE = (
    "http://purl.org/linked-data/",  # cubes and SDMX
    "http://www.w3.org/",
    "http://purl.org/dc/",
    "http://xmlns.com/foaf/",
    "https://schema.org/",
    "http://schema.org/",
)


@dataclass(frozen=True, slots=True)
class Links:
    """`things` with an http(s) IRI that something is stated of; `hosts` of others' data that are
    linked, sorted; `licences` that the data state.
    """

    things: int
    hosts: tuple[str, ...]
    licences: tuple[str, ...] = ()


def read_links(turtle: bytes, dataset: str) -> Links:
    """What the Turtle of a dataset's contents leads to; `dataset` is its IRI, whose host is ours.
    Only what stands in the data counts, not what our vocabulary says elsewhere.

    Raises MachidataError `metadata-unreadable`.
    """
    ours = {host(dataset), host(VOCAB_BASE)}
    things, hosts, licences = set(), set(), set()
    try:
        for triple in parse(turtle, format=RdfFormat.TURTLE):
            if isinstance(triple.subject, NamedNode) and host(triple.subject.value):
                things.add(triple.subject.value)
            if not isinstance(triple.object, NamedNode):
                continue
            target = triple.object.value
            if triple.predicate.value == full("dct:license"):
                licences.add(target)
            elif triple.predicate.value not in _NO_LINK and not target.startswith(_STRUCTURE):
                hosts.add(host(target))
    except (SyntaxError, ValueError) as error:
        raise unreadable(error, dataset) from error
    foreign = sorted(hosts - ours - {""})
    return Links(len(things), tuple(foreign), tuple(sorted(licences)))


def host(iri: str) -> str:
    """The host of an http(s) IRI, '' of any other."""
    try:
        parts = urlsplit(iri)
        return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""
    except ValueError:
        return ""
