"""The client against a real CKAN: results, refusals, rights, revisions and files."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from pipelines.publish.ckan.client import Ckan, Upload
from pipelines.publish.ckan.errors import Moved, NoCkan, NotAllowed, NotThere, Refused
from pipelines.publish.ckan.status import status
from pipelines.publish.ckan.token import Token
from tests.ckan.client import Ckan as Station


@pytest.fixture
def client(ckan: Station) -> Iterator[Ckan]:
    with Ckan(ckan.url, Token(ckan.token)) as made:
        yield made


@pytest.fixture
def dataset(client: Ckan, organization: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = client.write(
        "package_create",
        name=f"plan-{uuid.uuid4().hex[:8]}",
        title="計画",
        notes="説明",
        owner_org=organization["id"],
        private=True,
        resources=[{"name": "表", "url": "https://example.jp/a.csv"}],
    )
    return made


def test_status(ckan: Station, client: Ckan) -> None:
    found = status(client)
    assert found.version == (2, 12, 0)
    assert found.site_url == ckan.url
    assert found.has_dcat
    assert found.has_scheming
    assert found.can("datastore_records_delete")
    assert found.warnings == ()


def test_what_is_written_is_read(client: Ckan, dataset: dict[str, Any]) -> None:
    assert client.read("package_show", id=dataset["id"]) == dataset
    assert dataset["title"] == "計画"


def test_what_is_not_there(client: Ckan) -> None:
    with pytest.raises(NotThere):
        client.read("package_show", id=str(uuid.uuid4()))
    with pytest.raises(NotThere):
        client.fetch(f"/dataset/{uuid.uuid4()}")
    with pytest.raises(NotThere):
        client.write("package_revise", match={"id": str(uuid.uuid4())})


def test_a_refusal_names_fields(client: Ckan) -> None:
    with pytest.raises(Refused) as told:
        client.write("package_create", name="Große Namen", title="x")
    assert {"name", "notes", "owner_org"} <= told.value.fields.keys()
    with pytest.raises(Refused) as told:
        client.read("no_such_action")
    assert told.value.fields == {}
    assert told.value.status == 400


def test_another_address_of_the_catalog_is_no_api(ckan: Station) -> None:
    with pytest.raises(NoCkan):
        Ckan(f"{ckan.url}/dataset").read("status_show")


def test_a_wrong_token_missing_rights_and_no_token(
    ckan: Station, client: Ckan, dataset: dict[str, Any]
) -> None:
    name = f"user-{uuid.uuid4().hex[:8]}"
    client.write("user_create", name=name, email=f"{name}@example.jp", password=uuid.uuid4().hex)
    own = client.write("api_token_create", user=name, name="t")["token"]
    given = {
        "catalog-token": Token(str(uuid.uuid4())),
        "catalog-rights": Token(own),
        "catalog-token-needed": None,
    }
    for code, token in given.items():
        with Ckan(ckan.url, token) as other:
            with pytest.raises(NotAllowed) as told:
                other.write("package_revise", match={"id": dataset["id"]}, update={"title": "x"})
            assert told.value.code == code
            with pytest.raises(NotAllowed) as told:
                other.read("package_show", id=dataset["id"])
            assert told.value.code == code
    client.write("user_delete", id=name)
    with pytest.raises(NotAllowed) as told:
        Ckan(ckan.url, Token(own)).write("package_create", name="abc")
    assert told.value.code == "catalog-token"
    assert client.read("package_show", id=dataset["id"])["title"] == "計画"


def test_a_dataset_that_changed_meanwhile_is_not_touched(
    client: Ckan, dataset: dict[str, Any]
) -> None:
    before = {"id": dataset["id"], "metadata_modified": dataset["metadata_modified"]}
    revised = client.write("package_revise", match=before, update={"version": "2"})
    with pytest.raises(Moved) as told:
        client.write("package_revise", match=before, update={"version": "3"})
    assert told.value.keys == ["metadata_modified"]
    shown = client.read("package_show", id=dataset["id"])
    assert shown == revised["package"]
    with pytest.raises(Moved) as told:
        upload = {"update__resources__0__upload": Upload("a.csv", b"a\n")}
        client.send("package_revise", {"match": before}, upload)
    assert client.read("package_show", id=dataset["id"]) == shown
    with pytest.raises(Moved) as told:
        match = {"id": dataset["id"], "resources": [{"id": str(uuid.uuid4())}]}
        client.write("package_revise", match=match)
    assert told.value.keys == ["resources__0__id"]


def test_files_and_texts_that_look_like_numbers_arrive(
    ckan: Station, client: Ckan, dataset: dict[str, Any]
) -> None:
    data = "名前,値\r\n五所川原市,１\r\n".encode() * 1000
    made = client.send(
        "package_revise",
        {
            "match": {"id": dataset["id"], "metadata_modified": dataset["metadata_modified"]},
            "update": {"title": "計画 2", "private": False},
            "update__version": "2024",
            "update__url": "null",
        },
        {"update__resources__0__upload": Upload("plan.csv", data)},
    )["package"]
    (resource,) = made["resources"]
    assert (made["title"], made["version"], made["url"]) == ("計画 2", "2024", "null")
    assert (resource["size"], resource["mimetype"]) == (len(data), "text/csv")
    assert resource["id"] == dataset["resources"][0]["id"]
    got = client.fetch(resource["url"])
    assert (got.data, got.media) == (data, "text/csv")
    with Ckan(ckan.url) as anybody:
        assert anybody.fetch(f"/dataset/{dataset['id']}.ttl").media == "text/turtle"
        assert anybody.fetch(f"/dataset/{dataset['id']}").url.endswith(dataset["name"])
    revised = client.send(
        "resource_create",
        {"package_id": dataset["id"], "name": "2024", "description": "数 5"},
        {"upload": Upload("b.csv", b"a\n1\n")},
    )
    assert (revised["name"], revised["size"]) == ("2024", 4)
