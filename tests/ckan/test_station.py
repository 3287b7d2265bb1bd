"""The station itself: a dataset goes in over the API and comes back as RDF and from the search."""

from __future__ import annotations

import stat
import uuid
from typing import Any

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, URIRef

from tests.ckan.client import Ckan, CkanError
from tests.ckan.station import places

TITLE = "五所川原市 DX推進計画"
FILE = "https://machidata.example/022055_plan.csv"


def dataset(ckan: Ckan, organization: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A dataset with one resource."""
    asked = {
        "name": f"test-{uuid.uuid4().hex[:12]}",
        "title": TITLE,
        "notes": "計画と進捗の表",
        "owner_org": organization["id"],
        "tags": [{"name": "行政計画"}],
        "resources": [{"name": "計画", "url": FILE, "format": "CSV"}],
    }
    made: dict[str, Any] = ckan.call("package_create", **(asked | more))
    return made


def test_a_dataset_comes_back_as_rdf(ckan: Ckan, organization: dict[str, Any]) -> None:
    graph = ckan.graph(dataset(ckan, organization)["id"])
    [subject] = graph.subjects(RDF.type, DCAT.Dataset)
    assert graph.value(subject, DCTERMS.title) == Literal(TITLE)
    publisher = graph.value(subject, DCTERMS.publisher)
    assert graph.value(publisher, FOAF.name) == Literal("五所川原市")
    [distribution] = graph.objects(subject, DCAT.distribution)
    assert graph.value(distribution, DCAT.accessURL) == URIRef(FILE)


def test_without_scheming_too(ckan_legacy: Ckan, organization_legacy: dict[str, Any]) -> None:
    graph = ckan_legacy.graph(dataset(ckan_legacy, organization_legacy)["id"])
    assert (None, DCTERMS.title, Literal(TITLE)) in graph
    assert len(list(graph.objects(None, DCAT.distribution))) == 1


@pytest.mark.parametrize("kind", ["turtle", "xml", "json-ld", "n3"])
def test_every_serialization(ckan: Ckan, organization: dict[str, Any], kind: str) -> None:
    ending = {"turtle": "ttl", "xml": "rdf", "json-ld": "jsonld", "n3": "n3"}[kind]
    made = dataset(ckan, organization)
    graph = Graph().parse(data=ckan.get(f"/dataset/{made['name']}.{ending}"), format=kind)
    assert (None, DCTERMS.title, Literal(TITLE)) in graph


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "五所川原市"}, True),
        ({"q": "弘前市"}, False),
        # a run of Japanese is one word for CKAN's Solr
        ({"q": "推進計画"}, False),
        ({"q": "title:*推進計画"}, True),
        ({"fq": "tags:行政計画 +res_format:CSV"}, True),
        ({"fq": "-tags:行政計画"}, False),
        ({"fq": "metadata_modified:[NOW-1HOUR TO *]"}, True),
        ({"fq": "metadata_modified:[* TO NOW-1HOUR]"}, False),
        ({"fq": "tags:(子育て OR 行政計画) NOT res_format:PDF"}, True),
    ],
)
def test_search(
    ckan: Ckan, organization: dict[str, Any], asked: dict[str, str], found: bool
) -> None:
    dataset(ckan, organization)
    mine = f'owner_org:"{organization["id"]}"'
    answer = ckan.call("package_search", q=asked.get("q", ""), fq_list=[mine, asked.get("fq", "")])
    assert answer["count"] == found


def test_search_follows_every_change(ckan: Ckan, organization: dict[str, Any]) -> None:
    made = dataset(ckan, organization)
    mine = f'owner_org:"{organization["id"]}"'

    def titles() -> list[str]:
        return [one["title"] for one in ckan.call("package_search", fq=mine)["results"]]

    assert titles() == [TITLE]
    ckan.call("package_patch", id=made["id"], title="改訂版")
    assert titles() == ["改訂版"]
    ckan.call("package_delete", id=made["id"])
    assert titles() == []


def test_the_catalog_pages_through_the_search(ckan: Ckan, organization: dict[str, Any]) -> None:
    made = dataset(ckan, organization, uri="https://machidata.example/dataset/x")
    page = ckan.get(f"/catalog.ttl?fq=owner_org:{organization['id']}")
    graph = Graph().parse(data=page, format="turtle")
    [listed] = graph.objects(URIRef(ckan.url), DCAT.dataset)
    assert listed == URIRef("https://machidata.example/dataset/x") == URIRef(made["uri"])


def test_each_test_starts_with_an_empty_organization(
    ckan: Ckan, organization: dict[str, Any]
) -> None:
    assert ckan.call("package_search", fq=f'owner_org:"{organization["id"]}"')["count"] == 0


def test_what_ckan_refuses_is_told(ckan: Ckan, organization: dict[str, Any]) -> None:
    with pytest.raises(CkanError) as refused:
        dataset(ckan, organization, tags=[{"name": "行政・財政"}])
    assert refused.value.status == 409
    assert "tags" in refused.value.error
    with pytest.raises(CkanError, match="Search"):
        ckan.call("package_search", fq="title:(")


def test_only_the_owner_reads_the_token(ckan: Ckan) -> None:
    [state] = [one for one in places.stations() if one.url == ckan.url]
    for name in ("station.json", "token", "ckan.ini"):
        assert stat.S_IMODE((state.folder / name).stat().st_mode) == 0o600
