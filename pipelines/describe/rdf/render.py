"""A graph in its three serialisations, byte for byte the same for the same statements."""

from __future__ import annotations

from pipelines.describe.rdf.graph import Graph
from pipelines.describe.rdf.json_ld import json_ld
from pipelines.describe.rdf.rdf_xml import rdf_xml
from pipelines.describe.rdf.turtle import turtle


def render(graph: Graph, stem: str) -> dict[str, bytes]:
    """`{stem}.ttl`, `{stem}.jsonld` and `{stem}.rdf`, each ending in a line feed."""
    return {
        f"{stem}.jsonld": json_ld(graph),
        f"{stem}.rdf": rdf_xml(graph),
        f"{stem}.ttl": turtle(graph),
    }
