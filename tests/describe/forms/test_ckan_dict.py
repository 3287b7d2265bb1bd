"""The package dict for CKAN; whether a real CKAN serves it back is in tests/ckan."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.describe.build import build_dataset
from pipelines.describe.forms.ckan_dict import Style, ckan_file, ckan_package
from pipelines.describe.forms.ckan_words import dataset_name, tag, tags
from pipelines.describe.iris import Names
from pipelines.describe.model import Dataset, Licence, TableShape
from pipelines.describe.terms import licence
from pipelines.model import Contact, Package, SeriesPart
from tests.factory import make_package

BASE = "https://data.example.jp/machi/"
# CKAN 2.12, ckan/logic/validators.py
NAME = re.compile(r"[a-z0-9_\-]{2,100}")
TAG = re.compile(r"[\w \-.]{2,100}")
STYLES: list[Style] = ["scheming", "legacy"]
LICENCES = ["CC-BY-4.0", "CC0-1.0", "PDL1.0", "GJSTU-2.0"]
both = pytest.mark.parametrize("style", STYLES)


def dataset(package: Package | None = None, **changes: Any) -> Dataset:
    return build_dataset(package or make_package(**changes), Names(BASE))


def extras(package: dict[str, Any]) -> dict[str, str]:
    keys = [extra["key"] for extra in package.get("extras", [])]
    assert len(keys) == len(set(keys))
    return {extra["key"]: extra["value"] for extra in package.get("extras", [])}


@both
def test_it_says_what_the_model_says(style: Style) -> None:
    model = dataset()
    package = ckan_package(model, style=style)
    assert package["name"] == model.identifier == "022055-dx-plan"
    assert package["title"] == "五所川原市 まちのデジタル計画"
    assert package["notes"] == "計画と、その進みぐあいの表です。"
    assert package["url"] == BASE + "022055-dx-plan/index.html"
    assert package["version"] == "1.0.0"
    assert package["owner_org"] == "022055"
    assert [one["name"] for one in package["tags"]] == list(model.keywords)
    said = package if style == "scheming" else extras(package)
    assert (said["uri"], said["identifier"]) == (model.iri, model.identifier)
    assert (said["issued"], said["modified"]) == ("2024-04-01", "2025-06-30")
    assert model.frequency
    assert said["frequency"] == model.frequency.iri
    assert said["provenance"] == model.provenance.iri


def test_things_are_objects_with_scheming() -> None:
    model = dataset()
    package = ckan_package(model)
    town = {
        "uri": BASE + "organization/022055",
        "name": "青森県五所川原市",
        "url": "https://example.jp/",
        "type": "http://purl.org/adms/publishertype/LocalAuthority",
        "identifier": "022055",
    }
    assert (package["publisher"], package["creator"]) == ([town], [town])
    assert package["contact"] == [
        {
            "uri": f"{model.iri}#contact",
            "name": "総務課",
            "email": "soumu@example.jp",
            "url": "https://example.jp/",
        }
    ]
    assert package["temporal_coverage"] == [{"start": "2022-04-01", "end": "2026-03-31"}]
    assert package["spatial_coverage"] == [{"uri": model.place.iri, "text": "青森県五所川原市"}]
    assert package["theme"] == [theme.iri for theme in model.themes]


def test_things_are_extras_without_scheming() -> None:
    model = dataset()
    package = ckan_package(model, style="legacy")
    said = extras(package)
    assert said["publisher_uri"] == said["creator_uri"] == BASE + "organization/022055"
    assert (said["contact_name"], said["contact_email"]) == ("総務課", "soumu@example.jp")
    assert (said["temporal_start"], said["temporal_end"]) == ("2022-04-01", "2026-03-31")
    assert said["spatial_text"] == "青森県五所川原市"
    assert json.loads(said["theme"]) == [theme.iri for theme in model.themes]
    assert all(isinstance(value, str) and value for value in said.values())
    own = "name title notes tags url version license_id owner_org extras resources"
    assert set(package) <= set(own.split())


@both
def test_each_file_is_a_resource(style: Style) -> None:
    model = dataset()
    resources = ckan_package(model, style=style)["resources"]
    assert len(resources) == len(model.distributions) == 12
    for resource, file in zip(resources, model.distributions, strict=True):
        assert resource["uri"] == file.iri
        assert resource["name"] == file.title["ja"]
        assert resource["name_translated"] == file.title
        assert resource["description_translated"] == file.description
        assert (resource["size"], resource["hash"]) == (file.size, file.sha256)
        algorithm = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"
        assert resource["hash_algorithm"] == algorithm
        assert resource["url"] == resource["download_url"] == file.download_url
        assert resource["access_url"] == file.access_url
        assert file.licence
        assert resource["license"] == file.licence.iri
        assert resource["rights"] == file.rights.iri
        assert resource["format"] == file.format.concept.iri
        assert resource["mimetype"] == file.format.media_iri
        assert resource["conforms_to"] == [standard.iri for standard in file.conforms_to]
        fields = resource["schema"]["fields"]
        told = [(column.name, column.kind) for column in file.shape.columns]
        assert [(one["name"], one["type"]) for one in fields] == told


def test_what_is_not_known_is_absent() -> None:
    model = dataset()
    bare = replace(model.distributions[0], sha256="", shape=TableShape(), conforms_to=())
    package = ckan_package(
        replace(
            model, contact=None, period=None, frequency=None, themes=(), keywords=(), run=None,
            version="", distributions=(bare,), publisher=replace(model.publisher, identifier=""),
        )
    )  # fmt: skip
    gone = "contact temporal_coverage frequency theme tags provenance_activity version owner_org"
    assert not set(gone.split()) & set(package)
    assert not {"hash", "hash_algorithm", "schema", "conforms_to"} & set(package["resources"][0])


@both
def test_no_licence_is_assumed(style: Style) -> None:
    package = ckan_package(dataset(licence=""), style=style)
    assert "license_id" not in package
    assert not [key for key in extras(package) if "licen" in key]
    for resource in package["resources"]:
        assert not [key for key in resource if "licen" in key]
        assert resource["rights"] == BASE + "rights/undetermined"


@both
@pytest.mark.parametrize("key", LICENCES)
def test_a_licence_has_the_word_of_each_catalog(key: str, style: Style) -> None:
    stated = licence(key, "")
    assert stated
    words = {"ckanId": "other-at", "bodikId": f"bodik-{key}"}
    model = replace(dataset(licence=key), licence=replace(stated, ids=words))
    assert ckan_package(model, style=style)["license_id"] == "other-at"
    bodik = ckan_package(model, style=style, licence_ids="bodikId")
    assert bodik["license_id"] == f"bodik-{key}"
    assert "license_id" not in ckan_package(model, style=style, licence_ids="tokyoId")
    said = extras(bodik)
    assert (said["licence_title"], said["licence_url"]) == (stated.title["ja"], stated.url)
    assert {one["license"] for one in bodik["resources"]} == {stated.iri}


@pytest.mark.parametrize("key", LICENCES)
def test_the_words_are_those_of_the_vocabulary(key: str) -> None:
    model = dataset(licence=key)
    assert isinstance(model.licence, Licence)
    for catalog in ("ckanId", "tokyoId", "bodikId", "shirasagiId"):
        word = ckan_package(model, licence_ids=catalog).get("license_id")
        assert word == model.licence.ids.get(catalog)


@both
def test_nothing_is_lost(style: Style) -> None:
    model = dataset(
        keywords=("DX（推進）", "水"), subtitle="副題", subtitle_en="Subtitle",
        contact=Contact("課", phone="0173-35-2111"),
        series=SeriesPart("022055-dx", "2024", "計画の年報"),
    )  # fmt: skip
    package = ckan_package(model, style=style)
    said = extras(package)
    assert package["tags"] == [{"name": "DX 推進"}]
    assert json.loads(said["keywords"]) == ["DX（推進）", "水"]
    assert said["title_en"] == "Digital plan of the town"
    assert said["notes_en"] == "The plan and how far it has come."
    assert (said["subtitle"], said["subtitle_en"]) == ("副題", "Subtitle")
    assert said["contact_phone"] == "+81-173-35-2111"
    assert (said["series"], said["edition"]) == (BASE + "series/022055-dx", "2024")
    assert "keywords" not in extras(ckan_package(dataset(), style=style))


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("022055-dx-plan", "022055-dx-plan"),
        ("022055_DX_Plan", "022055_dx_plan"),
        ("022055-dx.plan", "022055-dx-plan-1294ba33"),
        ("new", "new-11507a0e"),
        ("a", "a-ca978112"),
        ("x" * 100, "x" * 100),
        ("x" * 101, "x" * 91 + "-c675a2e6"),
        ("計画", "---5a025aa4"),
    ],
)
def test_names_are_legal(identifier: str, name: str) -> None:
    made = dataset_name(identifier)
    assert NAME.fullmatch(made)
    assert made == name


def test_two_identifiers_never_share_a_name() -> None:
    identifiers = ["a-b", "a.b", "a b", "a_b", "x" * 101, "x" * 102, "x" * 100]
    assert len({dataset_name(identifier) for identifier in identifiers}) == len(identifiers)


@pytest.mark.parametrize(
    ("keyword", "name"),
    [
        ("行政計画", "行政計画"),
        ("DX（推進）", "DX 推進"),
        ("手続・窓口", "手続 窓口"),
        ("時々のデータ", "時々のデータ"),
        ("か\u3099っこう", "がっこう"),
        ("㌔メートル", "キロメートル"),
        ("㈱まち", "株 まち"),
        ("①②", "①②"),
        (" ab\r\n c ", "ab c"),
        ("a" * 150, "a" * 100),
        ("水", ""),
        ("！？", ""),
        ("", ""),
        # a letter for which Unicode has a newer form stays as it is written
        ("福祉\ufa19", "福祉\ufa19"),
    ],
)
def test_tags_are_legal(keyword: str, name: str) -> None:
    assert tag(keyword) == name


def test_a_tag_stands_once() -> None:
    assert tags(("A/B", "A・B", "水", "C D")) == ["A B", "C D"]


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_words_make_legal_names_and_tags(one: str, other: str) -> None:
    assert NAME.fullmatch(dataset_name(one))
    found = tags((one, other))
    assert all(TAG.fullmatch(name) and name == name.strip() for name in found)
    assert len(found) == len(set(found))


@both
def test_hostile_words_stay_words(style: Style) -> None:
    words = '<script>alert("1")</script>\x00\r\n\ud800 𠮷'
    said = {"ja": words}
    model = replace(dataset(), title=said, description=said, keywords=(words,), version=words * 9)
    package = ckan_package(model, style=style)
    written = json.dumps(package, ensure_ascii=False)
    assert json.loads(written.encode("utf-8")) == package
    assert package["title"] == '<script>alert("1")</script>\ufffd\n\ufffd 𠮷'
    assert package["tags"] == [{"name": "script alert 1 script 𠮷"}]
    assert len(package["version"]) == 100
    assert "\\u0000" not in written


def test_the_file_is_the_same_each_time() -> None:
    written = ckan_file(dataset())
    assert written == ckan_file(dataset(make_package()))
    assert json.loads(written) == ckan_package(dataset())
    assert written.endswith(b"\n}\n")
    assert b"\r" not in written
    assert "まちのデジタル計画".encode() in written
