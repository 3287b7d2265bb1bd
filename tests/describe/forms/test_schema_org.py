"""schema.org: what search engines are told, and that it is RDF too."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from pipelines.describe.forms.croissant import croissant
from pipelines.describe.forms.csvw import csvw
from pipelines.describe.forms.schema_org import data_catalog, schema_org
from pipelines.describe.forms.schema_things import interval, place
from pipelines.describe.model import Period, text
from pipelines.model import SeriesPart, Source
from tests.describe.forms.models import BASE, HOSTILE, make_catalog
from tests.factory import HASH

SCHEMA = Namespace("https://schema.org/")
DATASET = URIRef(BASE + "dataset/022055-dx-plan")


def said(**changes: Any) -> dict[str, Any]:
    catalog = make_catalog(**changes)
    return json.loads(schema_org(catalog.datasets[0], catalog))


def as_graph(data: bytes) -> Graph:
    """The statements; the context stands in for the one that schema.org serves."""
    document = json.loads(data)
    document["@context"] = {"@vocab": str(SCHEMA), "url": {"@type": "@id"}}
    return Graph().parse(data=json.dumps(document), format="json-ld")


def test_what_search_engines_need_and_like() -> None:
    found = said()
    assert found["@type"] == "Dataset"
    assert found["name"] == "五所川原市 まちのデジタル計画"
    assert found["alternateName"] == ["Digital plan of the town"]
    assert found["url"] == BASE + "022055-dx-plan/index.html"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["creator"]["@type"] == "GovernmentOrganization"
    assert found["spatialCoverage"]["identifier"]["value"] == "022055"
    assert found["temporalCoverage"] == "2022-04-01/2026-03-31"
    assert (found["datePublished"], found["dateModified"]) == ("2024-04-01", "2025-06-30")
    assert found["includedInDataCatalog"]["@id"] == BASE + "catalog"
    assert "値" in [one["name"] for one in found["variableMeasured"]]


def test_an_extract_is_told_apart_from_its_document() -> None:
    (extract,) = said()["isBasedOn"]
    assert (extract["name"], extract["sha256"]) == ("まちのデジタル計画（抄録）", HASH)
    assert extract["isBasedOn"]["url"] == "https://example.jp/plan.pdf"
    assert "sha256" not in extract["isBasedOn"]
    whole = Source("plan", "", "plan.txt", "計画書", "", "https://example.jp/plan.pdf")
    (document,) = said(sources=(whole,))["isBasedOn"]
    assert document["@id"] == f"{DATASET}#source-plan"
    assert (document["sha256"], document["url"]) == (HASH, "https://example.jp/plan.pdf")
    assert "isBasedOn" not in document


def test_texts_are_plain_and_long_enough() -> None:
    """Google shows texts; an object or array where it wants one is a fault to its validator."""
    short, long = {"description": "表。", "description_en": ""}, {"description": "字" * 9000}
    for changes in ({}, short, long):
        found = said(**changes)
        assert isinstance(found["name"], str)
        assert 50 <= len(found["description"]) <= 5000
    assert "収録した表: 計画、" in said(**short)["description"]


def test_words_are_those_of_the_rdf() -> None:
    """What XML cannot hold is U+FFFD in every file, and a line ends in LF."""
    changes = {"title": "あ\x01い\r\nう\x00", "keywords": ("a\ufffe",)}
    catalog = make_catalog(**changes)
    dataset = catalog.datasets[0]
    assert said(**changes)["name"] == "あ\ufffdい\nう\ufffd"
    assert said(**changes)["keywords"] == ["a\ufffd"]
    for data in (croissant(dataset), csvw(dataset)):
        assert "あ\ufffdい\\nう\ufffd" in data.decode()


def test_downloads_are_the_written_files() -> None:
    catalog = make_catalog()
    files = catalog.datasets[0].distributions
    found = json.loads(schema_org(catalog.datasets[0], catalog))["distribution"]
    assert [one["contentUrl"] for one in found] == [file.download_url for file in files]
    assert [one["sha256"] for one in found] == [file.sha256 for file in files]
    assert {one["encodingFormat"] for one in found} == {"text/csv"}


def test_no_licence_is_assumed() -> None:
    assert "license" not in said(licence="")
    assert "license" not in json.loads(data_catalog(make_catalog(licence="")))


def test_an_edition_is_part_of_its_series() -> None:
    assert "isPartOf" not in said()
    found = said(series=SeriesPart("dx", "2024", "計画の年次の表", "Yearly tables"))["isPartOf"]
    assert found["@id"] == BASE + "series/dx"
    assert (found["name"], found["alternateName"]) == ("計画の年次の表", ["Yearly tables"])


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (date(2022, 4, 1), date(2023, 3, 31), "2022-04-01/2023-03-31"),
        (date(2022, 4, 1), None, "2022-04-01/.."),
        (None, date(2023, 3, 31), "../2023-03-31"),
    ],
)
def test_intervals(start: date | None, end: date | None, wanted: str) -> None:
    assert interval(Period("x", start, end)) == wanted
    assert interval(None) == ""


def test_known_points_and_boxes_are_latitude_first() -> None:
    area = replace(
        make_catalog().places[0],
        label=text("町"),
        centroid="POINT(140.44 40.8)",
        bbox="POLYGON((140.1 40.6, 140.7 40.6, 140.7 41.1, 140.1 41.1, 140.1 40.6))",
    )
    point, box = place(area)["geo"]
    assert (point["latitude"], point["longitude"]) == ("40.8", "140.44")
    assert box["box"] == "40.6 140.1 41.1 140.7"


def test_it_is_rdf_with_the_iris_of_the_catalog() -> None:
    catalog = make_catalog()
    found = as_graph(schema_org(catalog.datasets[0], catalog))
    assert found.value(DATASET, RDF.type) == SCHEMA.Dataset
    assert len(list(found.objects(DATASET, SCHEMA.distribution))) == 12
    town = found.value(DATASET, SCHEMA.creator)
    assert town == URIRef(BASE + "organization/022055")
    assert found.value(town, SCHEMA.name) == Literal("青森県五所川原市")
    catalog_found = as_graph(data_catalog(catalog))
    assert (URIRef(BASE + "catalog"), SCHEMA.dataset, DATASET) in catalog_found


def test_hostile_words_stay_words() -> None:
    assert said(title=HOSTILE)["name"] == HOSTILE


def test_the_catalog_lists_its_datasets_by_name() -> None:
    found = json.loads(data_catalog(make_catalog("152064-ict-plan", "022055-dx-plan")))
    assert [one["identifier"] for one in found["dataset"]] == ["022055-dx-plan", "152064-ict-plan"]
    assert all({"name", "description", "url"} <= set(one) for one in found["dataset"])


def test_same_bytes() -> None:
    one, two = make_catalog(), make_catalog()
    assert schema_org(one.datasets[0], one) == schema_org(two.datasets[0], two)
    assert data_catalog(one) == data_catalog(two)
