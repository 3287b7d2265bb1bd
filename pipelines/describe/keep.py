"""Carries a dataset's description over from the catalog that is in place.

An error stops a package's new edition; its previous edition stays published, so the metadata must
go on describing it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from pipelines.describe.rdf.graph import PREFIXES, Graph, Node, Value, full, shortened
from pipelines.model import MachidataError

_SERIES = full("dcat:DatasetSeries")
_DATASET = full("dcat:Dataset")
# How a series and its editions hang together is worked out anew over all that is in the catalog.
_CHAIN = {"dcat:first", "dcat:last", "dcat:prev"}


def carry_over(graph: Graph, previous: bytes, names: Collection[str], catalog: str) -> None:
    """Adds what a Turtle catalog of ours says of the datasets with these identifiers.

    They are linked from the IRI `catalog`; unknown names give nothing. A series that `graph`
    already describes keeps its new words.

    Raises MachidataError `previous-metadata-invalid` when `previous` is no Turtle.
    """
    store = _load(previous)
    told = {iri for iri, node in graph.nodes.items() if _is(node, _SERIES)}
    for name in sorted(names):
        pattern = NamedNode(full("dct:identifier")), Literal(name)
        for quad in store.quads_for_pattern(None, *pattern):
            subject = quad.subject
            if isinstance(subject, NamedNode) and _DATASET in _classes(store, subject):
                graph.node(catalog).add("dcat:dataset", subject.value)
                _copy(store, subject, graph, told)


def link_editions(graph: Graph) -> None:
    """States, for each series, its first and last edition, the one before each, and its dates."""
    members: dict[str, list[Node]] = {}
    for node in graph.nodes.values():
        for value in node.statements.get("dcat:inSeries", ()):
            members.setdefault(str(value), []).append(node)
    for iri, editions in members.items():
        editions.sort(key=lambda node: (_one(node, "md:edition"), node.iri))
        series = graph.node(iri)
        for name, end in (("dcat:first", editions[0]), ("dcat:last", editions[-1])):
            series.statements[name] = [end.iri]
        for before, node in pairwise(editions):
            node.statements["dcat:prev"] = [before.iri]
        for name, choose in (("dct:issued", min), ("dct:modified", max)):
            stated = (value for node in editions for value in node.statements.get(name, ()))
            days = [value for value in stated if not isinstance(value, str)]
            if days:
                series.statements[name] = [choose(days)]


def without_disputed_licence(graph: Graph, catalog: str) -> None:
    """Takes the catalog's licence out when a file states another or none."""
    files = [node for node in graph.nodes.values() if _is(node, full("dcat:Distribution"))]
    stated = {tuple(node.statements.get("dct:license", ())) for node in files}
    if len(stated) > 1 or () in stated:
        graph.node(catalog).statements.pop("dct:license", None)


def _is(node: Node, kind: str) -> bool:
    return kind in node.statements.get("rdf:type", ())


def _one(node: Node, name: str) -> str:
    value = next(iter(node.statements.get(name, ())), "")
    return value if isinstance(value, str) else value[0]


def _classes(store: Store, subject: NamedNode) -> set[str]:
    found = store.quads_for_pattern(subject, NamedNode(full("rdf:type")), None)
    return {quad.object.value for quad in found if isinstance(quad.object, NamedNode)}


def _copy(store: Store, start: NamedNode, graph: Graph, told: set[str]) -> None:
    """Copies all that can be reached from `start`, but no other dataset."""
    waiting, seen = [start], {start}
    while waiting:
        subject = waiting.pop()
        if any(subject.value == iri or subject.value.startswith(f"{iri}#") for iri in told):
            continue
        entry = graph.node(subject.value)
        for name, value in _statements(store, subject):
            entry.add(name, value)
            node = NamedNode(value) if isinstance(value, str) else None
            if node and node not in seen and _DATASET not in _classes(store, node):
                seen.add(node)
                waiting.append(node)


def _statements(store: Store, subject: NamedNode) -> Iterator[tuple[str, Value]]:
    for quad in store.quads_for_pattern(subject, None, None):
        name, value = _name(quad.predicate.value), quad.object
        if name in _CHAIN:
            continue
        if isinstance(value, NamedNode):
            yield name, value.value
        elif isinstance(value, Literal):
            datatype = "" if value.language else _name(value.datatype.value)
            yield name, (value.value, value.language or "", datatype)


def _name(iri: str) -> str:
    """The prefixed name of a property or datatype; the IRI itself of a stranger's."""
    return shortened(iri) if iri.startswith(tuple(PREFIXES.values())) else iri


def _load(previous: bytes) -> Store:
    store = Store()
    try:
        store.extend(parse(previous, format=RdfFormat.TURTLE))
    except (SyntaxError, ValueError) as error:
        raise MachidataError(
            "previous-metadata-invalid",
            ja="公開中のカタログの metadata/catalog.ttl を読めません。",
            en="The metadata/catalog.ttl of the catalog in place cannot be read.",
            where="metadata/catalog.ttl",
            found=str(error),
            expected="Turtle",
            fix_ja="すべてのパッケージを作り直して、カタログ全体を公開し直してください。",
            fix_en="Build all packages again and publish the whole catalog anew.",
            exit_code=3,
        ) from error
    return store
