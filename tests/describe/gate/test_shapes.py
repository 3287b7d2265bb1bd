"""The catalog against the official DCAT-AP 3.0.1 shapes (vocab/shapes/dcat-ap-3.0.1)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from pipelines.describe import describe
from pipelines.describe.model import CatalogInfo
from tests.factory import make_package

SHAPES = Path(__file__).parents[3] / "vocab" / "shapes" / "dcat-ap-3.0.1"
BASE = "https://data.example.jp/machi/"


def data_graph(licence: str = "CC-BY-4.0", **changes: str) -> Graph:
    packages = [
        make_package("022055-dx-plan", licence=licence, **changes),
        make_package("152064-ict-plan", licence=licence, **changes),
    ]
    info = CatalogInfo(publisher_type="RegionalAuthority")
    return Graph().parse(data=describe(packages, BASE, info).files["catalog.ttl"], format="turtle")


def results(data: Graph, shapes: str) -> Counter[tuple[str, str, str]]:
    """(severity, class of the focus node, path) → how often; several classes joined."""
    _, report, _ = validate(data, shacl_graph=Graph().parse(SHAPES / shapes), inference="none")
    found: Counter[tuple[str, str, str]] = Counter()
    for result in report.objects(None, SH.result):  # without the nested sh:detail
        focus = report.value(result, SH.focusNode)
        kinds = sorted(_local(kind) for kind in data.objects(focus, RDF.type))
        path = report.value(result, SH.resultPath)
        severity = _local(report.value(result, SH.resultSeverity))
        found[(severity, "+".join(kinds), _local(path))] += 1
    return found


def _local(node: object) -> str:
    return str(node).rsplit("#", 1)[-1].rsplit("/", 1)[-1]


@pytest.mark.parametrize("shapes", ["shapes.ttl", "range.ttl", "deprecateduris.ttl"])
@pytest.mark.parametrize("licence", ["CC-BY-4.0", ""])
def test_mandatory_shapes_give_no_result(shapes: str, licence: str) -> None:
    assert results(data_graph(licence), shapes) == {}


def test_the_shapes_do_look_at_our_nodes() -> None:
    """Guards the test above: a broken catalog must be found broken."""
    data = data_graph()
    catalog = URIRef(BASE + "catalog")
    data.remove((catalog, URIRef("http://purl.org/dc/terms/title"), None))
    assert results(data, "shapes.ttl") == {("Violation", "Catalog", "title"): 1}


# No bounding box and no centre of a municipality is known to us, and none is invented.
PLACES = {("Warning", "Location", "bbox"): 2, ("Warning", "Location", "centroid"): 2}


def test_recommended_shapes_give_only_what_is_tolerated() -> None:
    assert results(data_graph(), "shapes_recommended.ttl") == PLACES


def test_recommended_without_licence() -> None:
    # No licence is ever assumed, so without a stated one each file and the catalog go without.
    assert results(data_graph(""), "shapes_recommended.ttl") == {
        **PLACES,
        ("Warning", "Catalog", "license"): 1,
        ("Warning", "Distribution", "license"): 24,
    }


# What is left concerns values for which the EU tables have no entry.
VOCABULARIES = {
    # The EU list of corporate bodies has no Japanese municipality and no operator of ours.
    ("Warning", "Catalog", "publisher"),
    ("Warning", "Dataset", "publisher"),
    # Our own place IRIs; a package that states a GeoNames IRI has no such result (below).
    ("Warning", "Catalog", "spatial"),
    ("Warning", "Dataset", "spatial"),
    # The e-Stat fields stand beside the EU themes.
    ("Warning", "Dataset", "theme"),
}


def test_controlled_vocabularies() -> None:
    assert set(results(data_graph(), "mdr-vocabularies.shape.ttl")) == VOCABULARIES


def test_geonames_place_satisfies_the_vocabulary_shape() -> None:
    data = data_graph(spatial="https://sws.geonames.org/2130658/")
    found = results(data, "mdr-vocabularies.shape.ttl")
    assert not [key for key in found if key[2] == "spatial"]
