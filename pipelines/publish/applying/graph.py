"""What ckanext-dcat serves of a dataset, against what it should say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from pipelines.publish.ckan.client import Ckan
from pipelines.publish.ckan.errors import CatalogError
from pipelines.publish.planning.fields import normal
from pipelines.publish.planning.target import Target, TargetFile

DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
SPDX = "http://spdx.org/rdf/terms#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Said = tuple[str, str | None, str | None]
"""The resource's key ('' for the dataset), what should be said, what is said instead."""


def graph_differences(
    ckan: Ckan, target: Target, package: Mapping[str, Any], ids: Mapping[str, str]
) -> Iterator[Said]:
    """Compares `/dataset/{id}.ttl` with the target: the dataset under its IRI, its title,
    each file with its IRI, addresses, size and hash (DCAT-AP 3.0.1, Dataset and Distribution).
    """
    try:
        data = ckan.fetch(f"/dataset/{package['id']}.ttl").data
        graph = ox.Store()
        graph.bulk_load(data, ox.RdfFormat.TURTLE)
    except (CatalogError, ValueError, SyntaxError, OSError) as error:
        yield "", "text/turtle", f"{type(error).__name__}"
        return
    about = _node(target.iri)
    if about is None:
        return
    yield from _missing(graph, "", about, TYPE, ox.NamedNode(f"{DCAT}Dataset"))
    if "title" not in target.kept:
        yield from _missing(graph, "", about, f"{DCT}title", ox.Literal(str(target.title)))
    shown = {str(one["id"]): one for one in package.get("resources") or ()}
    for file in target.files:
        yield from _file(graph, about, file, shown.get(ids[file.key], {}))


def _file(
    graph: ox.Store, about: ox.NamedNode, file: TargetFile, resource: Mapping[str, Any]
) -> Iterator[Said]:
    node = _node(file.iri)
    if node is None or not resource:
        return
    yield from _missing(graph, file.key, about, f"{DCAT}distribution", node)
    for name, term in (("access_url", "accessURL"), ("download_url", "downloadURL")):
        address = _node(str(resource.get(name) or ""))
        if address:
            yield from _missing(graph, file.key, node, f"{DCAT}{term}", address)
    if file.withdrawn or file.file_kept:
        return
    sums = [
        str(value.object.value)
        for found in graph.quads_for_pattern(node, ox.NamedNode(f"{SPDX}checksum"), None)
        for value in graph.quads_for_pattern(
            found.object,  # type: ignore[arg-type]
            ox.NamedNode(f"{SPDX}checksumValue"),
            None,
        )
        if isinstance(value.object, ox.Literal)
    ]
    if file.sha256 not in sums:
        yield file.key, f"spdx:checksum {file.sha256}", ", ".join(sums) or None
    sizes = [
        str(one.object.value)
        for one in graph.quads_for_pattern(node, ox.NamedNode(f"{DCAT}byteSize"), None)
        if isinstance(one.object, ox.Literal)
    ]
    size = normal(file.sent.get("size"))
    if size and size != "0" and sizes != [size]:
        yield file.key, f"dcat:byteSize {size}", ", ".join(sizes) or None


def _missing(
    graph: ox.Store, key: str, about: ox.NamedNode, term: str, value: ox.NamedNode | ox.Literal
) -> Iterator[Said]:
    node = ox.NamedNode(term)
    if any(graph.quads_for_pattern(about, node, value)):
        return
    said = sorted(str(one.object) for one in graph.quads_for_pattern(about, node, None))
    yield key, f"{term} {value}", ", ".join(said)[:300] or None


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri) if iri else None
    except ValueError:
        return None
