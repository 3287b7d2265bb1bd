"""Packages in the catalog's terms."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any, ClassVar

import pytest

from pipelines.publish.planning.wanted import resource_id, wanted_dataset, with_addresses
from tests.publish.house import csv, wanted_file

DATA = csv({"a": 1})


class File:
    """A resource of a package."""

    def __init__(self, slug: str) -> None:
        self.slug, self.path, self.data = slug, f"data/024465_{slug}.csv", DATA
        self.sha256 = hashlib.sha256(DATA).hexdigest()


class Made:
    """As much of a package as the room looks at."""

    resources = (File("plan"),)
    descriptor: ClassVar[Any] = {
        "resources": [{"path": "data/024465_plan.csv", "schema": {"fields": []}}]
    }

    class declaration:  # noqa: N801
        name, version = "024465-dx-plan", "1.2.0"


TOLD = {
    "name": "024465-dx-plan",
    "title": "計画",
    "uri": "https://data.example.jp/024465-dx-plan",
    "tags": [{"name": "dx"}],
    "extras": [{"key": "x", "value": "y"}],
    "resources": [
        {
            "identifier": "plan",
            "uri": "https://data.example.jp/024465-dx-plan/plan",
            "url": "https://data.example.jp/plan.csv",
            "access_url": "a",
            "download_url": "d",
            "format": "http://publications.europa.eu/resource/authority/file-type/CSV",
        }
    ],
}


def make(form: str = "word", **told: Any) -> Any:
    package: Any = Made()
    return wanted_dataset(package, {**TOLD, **told}, "owner", "024465-dx", form)


def test_a_dataset_with_its_files() -> None:
    one = make()
    assert (one.package, one.name, one.version) == ("024465-dx-plan", "024465-dx", "1.2.0")
    assert one.iri == "https://data.example.jp/024465-dx-plan"
    assert one.fields["owner_org"] == "owner"
    assert one.fields["private"] is False
    assert (one.fields["tags"], one.fields["extras.x"]) == (["dx"], "y")
    assert "resources" not in one.fields
    file = one.files[0]
    assert (file.key, file.name, file.data) == ("plan", "024465_plan.csv", DATA)
    assert file.fields["hash"] == file.sha256 == hashlib.sha256(DATA).hexdigest()
    assert file.fields["size"] == len(DATA)
    assert file.schema == {"fields": []}


def test_addresses_of_another_catalog_are_not_sent() -> None:
    assert not {"url", "access_url", "download_url"} & set(make().files[0].fields)


@pytest.mark.parametrize(("form", "ends"), [("word", "CSV"), ("iri", "file-type/CSV")])
def test_a_format_as_a_word_or_an_iri(form: str, ends: str) -> None:
    text = make(form).files[0].fields["format"]
    assert text.endswith(ends)
    assert (text == "CSV") == (form == "word")


def test_the_iri_may_be_an_extra() -> None:
    told = {key: value for key, value in TOLD.items() if key != "uri"}
    told["extras"] = [{"key": "uri", "value": "https://x.example/1"}]
    package: Any = Made()
    assert wanted_dataset(package, told, "o", "n", "word").iri == "https://x.example/1"


def test_the_id_of_a_resource_follows_from_iri_and_dataset() -> None:
    one = resource_id("https://x.example/a", "d1")
    assert one == resource_id("https://x.example/a", "d1")
    assert str(uuid.UUID(one)) == one
    others = {resource_id("https://x.example/b", "d1"), resource_id("https://x.example/a", "d2")}
    assert one not in others
    assert len(others) == 2


def test_a_file_with_its_addresses() -> None:
    file = with_addresses(wanted_file("plan", DATA), "https://c.example", "d", "r")
    address = "https://c.example/dataset/d/resource/r/download/024465_plan.csv"
    assert file.fields["access_url"] == file.fields["download_url"] == address
    assert file.fields["name"] == "表 plan"
