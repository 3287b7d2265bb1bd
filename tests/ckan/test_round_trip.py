"""Our package dict, published to a real CKAN, is served back as what we say ourselves.

What may differ stands in `agreement.TOLERATED`; all else must be the same in both directions.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipelines.describe import describe
from pipelines.describe.build import build_dataset
from pipelines.describe.forms.ckan_dict import Style, ckan_package
from pipelines.describe.iris import Names
from pipelines.line import build_package
from pipelines.model import Contact, Package, SeriesPart
from tests.ckan.agreement import difference, told
from tests.ckan.client import Ckan
from tests.factory import make_package

BASE = "https://data.example.jp/machi/"
PACKAGES = Path(__file__).parents[2] / "datapackages"
REAL = sorted(path.parent for path in PACKAGES.glob("*/package.yaml"))
# without spaces at its ends: no declaration has them, and CKAN drops those of a title
HOSTILE = '<b>"引用" & \'一重\'</b>\\ \t改行\r\n次の行\x00\x0b 𠮷 ```# 見出し "@en .'


@cache
def real(folder: Path) -> Package:
    return build_package(folder)


def open_end() -> Package:
    package = make_package(period=("", "2026-03-31"))
    package.tables.tables.pop("plan")
    return package


def no_period() -> Package:
    package = make_package(period=("", ""))
    package.tables.tables.pop("plan")
    return package


MADE: dict[str, Callable[[], Package]] = {
    "CC BY": make_package,
    "CC0": lambda: make_package(licence="CC0-1.0"),
    "PDL": lambda: make_package(licence="PDL1.0"),
    "GJSTU": lambda: make_package(licence="GJSTU-2.0"),
    "unlicensed": lambda: make_package(licence=""),
    "sparse": lambda: make_package(
        title_en="", description="", description_en="", keywords=(), themes=(), frequency="",
        contact=Contact(""), publisher_url="", version="",
    ),
    "full": lambda: make_package(
        spatial="https://sws.geonames.org/2130629/", period=("2023-01-01", "2024-02-29"),
        subtitle="副題", subtitle_en="Subtitle", version_notes="初版", version_notes_en="First",
        contact=Contact(
            "課", "Section", "it+data@example.jp", "https://example.jp/a?b=c&d=%E8", "0173-35-2111"
        ),
        series=SeriesPart("022055-dx", "2024", "計画の年報", "Yearly"),
    ),
    "English notes": lambda: make_package(version_notes_en="First"),
    "keywords": lambda: make_package(
        keywords=(
            "DX（推進）", "水", "手続・窓口", "①②", "か\u3099っこう", "Wi-Fi", "a" * 150, "㈱", "/",
            "A/B", "A・B",
        ),
    ),
    "hostile": lambda: make_package(
        title=HOSTILE, title_en=HOSTILE, description=HOSTILE, keywords=(HOSTILE,),
        contact=Contact(
            HOSTILE, HOSTILE, "a!b'c/d@example.jp", "https://example.jp/あ(1),'!*$;x y"
        ),
        publisher_url="https://example.jp/(お知らせ)?q=1,2;3",
        version=HOSTILE, version_notes=HOSTILE,
    ),
    "no period": no_period,
    "open end": open_end,
    "open start": lambda: make_package(period=("2023-04-01", "")),
}  # fmt: skip


def create(ckan: Ckan, organization: dict[str, Any], package: Package) -> dict[str, Any]:
    style: Style = "legacy" if ckan.config == "legacy" else "scheming"
    fields = ckan_package(build_dataset(package, Names(BASE)), style=style)
    # a name of its own, because the catalog may be shared with other tests
    fields |= {"owner_org": organization["id"], "name": f"test-{uuid.uuid4().hex[:12]}"}
    made: dict[str, Any] = ckan.call("package_create", **fields)
    return {**fields, "id": made["id"]}


def assert_agrees(ckan: Ckan, organization: dict[str, Any], package: Package) -> None:
    assert_served(ckan, create(ckan, organization, package)["id"], package)


def assert_served(ckan: Ckan, dataset: str, package: Package) -> None:
    ours = describe([package], BASE).files["catalog.ttl"]
    theirs = ckan.get(f"/dataset/{dataset}.ttl")
    missing, too_much = difference(ours, theirs, iri(package), ckan.config)
    assert not missing, told(missing)
    assert not too_much, told(too_much)


def iri(package: Package) -> str:
    return f"{BASE}dataset/{package.declaration.name}"


@pytest.mark.parametrize("name", MADE)
def test_with_scheming(ckan: Ckan, organization: dict[str, Any], name: str) -> None:
    assert_agrees(ckan, organization, MADE[name]())


@pytest.mark.parametrize("name", MADE)
def test_without_scheming(
    ckan_legacy: Ckan, organization_legacy: dict[str, Any], name: str
) -> None:
    assert_agrees(ckan_legacy, organization_legacy, MADE[name]())


@pytest.mark.parametrize("folder", REAL, ids=lambda folder: folder.name)
def test_real_packages_with_scheming(
    ckan: Ckan, organization: dict[str, Any], folder: Path
) -> None:
    assert_agrees(ckan, organization, real(folder))


@pytest.mark.parametrize("folder", REAL, ids=lambda folder: folder.name)
def test_real_packages_without_scheming(
    ckan_legacy: Ckan, organization_legacy: dict[str, Any], folder: Path
) -> None:
    assert_agrees(ckan_legacy, organization_legacy, real(folder))


def assert_update_agrees(ckan: Ckan, organization: dict[str, Any]) -> None:
    package = MADE["full"]()
    fields = create(ckan, organization, make_package(licence="", keywords=()))
    new = create(ckan, organization, package) | {key: fields[key] for key in ("id", "name")}
    ckan.call("package_update", **new)
    assert_served(ckan, fields["id"], package)
    ckan.call("package_revise", match={"id": fields["id"]}, update=new)
    assert_served(ckan, fields["id"], package)


def test_an_update_with_scheming(ckan: Ckan, organization: dict[str, Any]) -> None:
    assert_update_agrees(ckan, organization)


def test_an_update_without_scheming(ckan_legacy: Ckan, organization_legacy: dict[str, Any]) -> None:
    assert_update_agrees(ckan_legacy, organization_legacy)


@pytest.mark.parametrize("licence", ["", "PDL1.0"])
def test_the_dataset_itself_is_licensed_only_where_stated(
    ckan: Ckan, organization: dict[str, Any], licence: str
) -> None:
    made = create(ckan, organization, make_package(licence=licence))
    shown = ckan.call("package_show", id=made["id"])
    assert shown.get("license_id") == made.get("license_id")
    assert all(("license" in one) == bool(licence) for one in shown["resources"])
