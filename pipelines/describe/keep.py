"""Carries a dataset's description over from the catalog that is in place.

An error stops a package's new edition; its previous edition stays published, so the metadata must
go on describing it.
"""

from __future__ import annotations

from collections.abc import Collection

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from pipelines.describe.graph import node
from pipelines.model import MachidataError


def carry_over(previous: bytes, names: Collection[str], catalog: str) -> set[Triple]:
    """Take the triples about the datasets with these identifiers out of a Turtle catalog of ours.

    They are linked from the IRI `catalog`; unknown names give nothing.

    Raises MachidataError `previous-metadata-invalid` when `previous` is no Turtle.
    """
    store = _load(previous)
    found: set[Triple] = set()
    for name in sorted(names):
        for quad in store.quads_for_pattern(None, node("dct:identifier"), Literal(name)):
            subject = quad.subject
            if isinstance(subject, NamedNode) and _is_dataset(store, subject):
                found.add(Triple(NamedNode(catalog), node("dcat:dataset"), subject))
                found |= _closure(store, subject)
    return found


def without_disputed_licence(triples: set[Triple], catalog: str) -> set[Triple]:
    """The triples, less the catalog's licence when a file carried over states another or none."""
    files = {
        triple.subject
        for triple in triples
        if triple.predicate == node("rdf:type") and triple.object == node("dcat:Distribution")
    }
    stated = {
        (triple.subject, triple.object)
        for triple in triples
        if triple.predicate == node("dct:license") and triple.subject in files
    }
    if len(stated) == len(files) and len({licence for _, licence in stated}) <= 1:
        return triples
    of_catalog = NamedNode(catalog), node("dct:license")
    return {triple for triple in triples if (triple.subject, triple.predicate) != of_catalog}


def _is_dataset(store: Store, subject: NamedNode) -> bool:
    kinds = store.quads_for_pattern(subject, node("rdf:type"), node("dcat:Dataset"))
    return any(True for _ in kinds)


def _closure(store: Store, start: NamedNode) -> set[Triple]:
    """All triples that can be reached from `start`; a catalog never hangs on its datasets."""
    found: set[Triple] = set()
    waiting, seen = [start], {start}
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), None, None):
            value = quad.object
            if not isinstance(value, (NamedNode, Literal)):
                continue
            found.add(Triple(quad.subject, quad.predicate, value))
            if isinstance(value, NamedNode) and value not in seen:
                seen.add(value)
                waiting.append(value)
    return found


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
