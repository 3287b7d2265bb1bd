"""README.md's table, held to what the running catalogs serve.

`served/{configuration}.json` is sent, `served/{configuration}.ttl` must come back, every triple.
"""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import graph_diff, to_isomorphic

from tests.ckan.client import Ckan, CkanError

HERE = Path(__file__).parent
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SCHEMA = Namespace("http://schema.org/")
FILE = "https://machidata.example/a.csv"


def create(ckan: Ckan, organization: dict[str, Any], **fields: Any) -> dict[str, Any]:
    asked = {"title": "題", "notes": "説明", "owner_org": organization["id"]} | fields
    made: dict[str, Any] = ckan.call(
        "package_create", name=f"test-{uuid.uuid4().hex[:12]}", **asked
    )
    return made


def served(ckan: Ckan, organization: dict[str, Any], **fields: Any) -> tuple[Graph, URIRef]:
    graph = ckan.graph(create(ckan, organization, **fields)["id"])
    [subject] = graph.subjects(RDF.type, DCAT.Dataset)
    assert isinstance(subject, URIRef)
    return graph, subject


def extras(**fields: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in fields.items()]


def assert_comes_back(ckan: Ckan, organization: dict[str, Any]) -> None:
    sent = json.loads((HERE / "served" / f"{ckan.config}.json").read_text("utf-8"))
    graph = ckan.graph(create(ckan, organization, **sent)["id"])
    expected = Graph().parse(HERE / "served" / f"{ckan.config}.ttl", format="turtle")
    _, missing, unexpected = graph_diff(to_isomorphic(expected), to_isomorphic(graph))
    assert not len(missing), missing.serialize()
    assert not len(unexpected), unexpected.serialize()


def test_all_fields_with_scheming(ckan: Ckan, organization: dict[str, Any]) -> None:
    assert_comes_back(ckan, organization)


def test_all_fields_without_scheming(
    ckan_legacy: Ckan, organization_legacy: dict[str, Any]
) -> None:
    assert_comes_back(ckan_legacy, organization_legacy)


def test_naming_the_scheming_profile_too_doubles_blank_nodes(
    ckan: Ckan, organization: dict[str, Any]
) -> None:
    made = create(ckan, organization, temporal_coverage=[{"start": "2022", "end": "2025"}])
    both = ckan.graph(made["id"], "euro_dcat_ap_3,euro_dcat_ap_scheming")
    assert len(list(both.objects(None, DCTERMS.temporal))) == 2
    assert len(list(ckan.graph(made["id"]).objects(None, DCTERMS.temporal))) == 1


def test_what_stands_in_for_missing_fields(ckan: Ckan, organization: dict[str, Any]) -> None:
    graph, subject = served(ckan, organization, resources=[{"url": FILE}])
    [distribution] = graph.objects(subject, DCAT.distribution)
    address = re.escape(str(ckan.url)) + r"/dataset/([0-9a-f-]{36})"
    found = re.fullmatch(address, subject)
    assert found
    assert re.fullmatch(f"{address}/resource/[0-9a-f-]{{36}}", str(distribution))
    assert graph.value(subject, DCTERMS.identifier) == Literal(found[1])
    publisher = URIRef(f"{ckan.url}/organization/{organization['id']}")
    assert graph.value(subject, DCTERMS.publisher) == publisher
    for node in (subject, distribution):
        for moment in (DCTERMS.issued, DCTERMS.modified):
            assert str(graph.value(node, moment).datatype).endswith("#dateTime")  # type: ignore[union-attr]
    assert graph.value(distribution, DCTERMS.format) == Literal("CSV")
    assert graph.value(distribution, DCAT.mediaType) == Literal("text/csv")
    assert graph.value(distribution, DCAT.accessURL) == URIRef(FILE)
    assert graph.value(distribution, DCAT.downloadURL) is None


def test_download_without_access_address(ckan: Ckan, organization: dict[str, Any]) -> None:
    graph, _ = served(ckan, organization, resources=[{"url": FILE, "download_url": FILE}])
    assert (None, DCAT.downloadURL, URIRef(FILE)) in graph
    assert (None, DCAT.accessURL, None) not in graph


def test_a_licence_must_be_an_iri(ckan: Ckan, organization: dict[str, Any]) -> None:
    made = create(ckan, organization, resources=[{"url": FILE, "license": "CC BY 4.0"}])
    turtle = ckan.get(f"/dataset/{made['id']}.ttl")
    with pytest.raises(SyntaxError):
        list(pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE))


def test_a_theme_is_always_an_iri(ckan: Ckan, organization: dict[str, Any]) -> None:
    made = create(ckan, organization, theme=["行政"])
    assert "dcat:theme <行政>" in ckan.get(f"/dataset/{made['id']}.ttl").decode("utf-8")


def test_languages_of_the_dataset_are_lost(ckan: Ckan, organization: dict[str, Any]) -> None:
    words = {"ja": "題", "en": "Title"}
    graph, subject = served(
        ckan,
        organization,
        title_translated=words,
        contact=[{"name": "課", "name_translated": words}],
    )
    assert list(graph.objects(subject, DCTERMS.title)) == [Literal("題")]
    assert list(graph.objects(None, VCARD.fn)) == [Literal("課")]


def test_contact_beside_maintainer_makes_two(ckan: Ckan, organization: dict[str, Any]) -> None:
    graph, subject = served(ckan, organization, maintainer="課", contact=[{"name": "課"}])
    assert len(list(graph.objects(subject, DCAT.contactPoint))) == 2


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"extras": extras(frequency="x")}, "extras"),
        ({"extras": extras(area="x") * 2}, "extras_validation"),
        ({"issued": "令和4年"}, "issued"),
        ({"id": "022055-dx-plan"}, "id"),
        ({"tags": [{"name": "DX（推進）"}]}, "tags"),
        ({"maintainer_email": "mailto:dx@city.example"}, "maintainer_email"),
        ({"resources": [{"url": FILE, "status": "COMPLETED"}]}, "resources"),
    ],
)
def test_refused_with_scheming(
    ckan: Ckan, organization: dict[str, Any], fields: dict[str, Any], where: str
) -> None:
    with pytest.raises(CkanError) as refused:
        create(ckan, organization, **fields)
    assert refused.value.status == 409
    assert where in refused.value.error


def test_our_own_ids_stay_and_the_same_update_changes_nothing(
    ckan: Ckan, organization: dict[str, Any]
) -> None:
    ids = [str(uuid.uuid5(uuid.NAMESPACE_URL, f"{organization['id']}/{n}")) for n in range(2)]
    fields = {"id": ids[0], "resources": [{"id": ids[1], "url": FILE}]}
    made = create(ckan, organization, **fields)
    assert [made["id"], made["resources"][0]["id"]] == ids
    again = fields | {key: made[key] for key in ("name", "title", "notes", "owner_org")}
    first = ckan.call("package_update", **again)
    second = ckan.call("package_update", **again)
    assert second["resources"][0]["id"] == ids[1]
    assert second["metadata_modified"] == first["metadata_modified"]


class TestLegacy:
    """What only a catalog without ckanext-scheming does."""

    def test_a_place_needs_more_than_its_iri(
        self, ckan_legacy: Ckan, organization_legacy: dict[str, Any]
    ) -> None:
        place = "https://machidata.example/place/022055"
        graph, _ = served(ckan_legacy, organization_legacy, extras=extras(spatial_uri=place))
        assert (None, DCTERMS.spatial, None) not in graph
        graph, _ = served(
            ckan_legacy, organization_legacy, extras=extras(spatial_uri=place, spatial_text="市")
        )
        assert (None, DCTERMS.spatial, URIRef(place)) in graph

    def test_an_end_alone_leaves_a_second_period(
        self, ckan_legacy: Ckan, organization_legacy: dict[str, Any]
    ) -> None:
        ended = extras(temporal_end="2025-03-31")
        graph, subject = served(ckan_legacy, organization_legacy, extras=ended)
        assert len(list(graph.objects(subject, DCTERMS.temporal))) == 2
        assert (None, SCHEMA.endDate, None) in graph

    def test_fields_of_ones_own_at_the_top_are_dropped(
        self, ckan_legacy: Ckan, organization_legacy: dict[str, Any]
    ) -> None:
        graph, subject = served(
            ckan_legacy, organization_legacy, frequency="毎年", contact=[{"name": "課"}]
        )
        assert (subject, DCTERMS.accrualPeriodicity, None) not in graph
        assert (subject, DCAT.contactPoint, None) not in graph

    def test_dates_are_not_checked(
        self, ckan_legacy: Ckan, organization_legacy: dict[str, Any]
    ) -> None:
        graph, subject = served(
            ckan_legacy, organization_legacy, extras=extras(issued="令和4年", modified="2022")
        )
        assert graph.value(subject, DCTERMS.issued) == Literal("令和4年")
        assert str(graph.value(subject, DCTERMS.modified).datatype).endswith("#gYear")  # type: ignore[union-attr]
