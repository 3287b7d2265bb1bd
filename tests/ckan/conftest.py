"""The catalogs of the station, and a fresh organization for each test."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.ckan.choice import left_out
from tests.ckan.client import Ckan
from tests.ckan.station import installing, places, running
from tests.ckan.station.around import RUN


def catalog(config: str, version: str = places.LATEST) -> Iterator[Ckan]:
    """The station of a configuration: one that runs, or our own for this test run."""
    run = os.environ.get(RUN)
    shared = running.station_name(config, version)
    name = f"{shared}-{run}" if run else shared
    state = places.load(name)
    ours = None
    if not running.running(state):
        available(version)
        if not run:
            # each worker of a parallel run has a station of its own
            name += f"-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}-{os.getpid()}"
        state = ours = running.start(config, name, version)
    assert state
    try:
        yield Ckan(state.url, state.token, config, state.folder)
    finally:
        if ours:
            running.wipe(ours)


def available(version: str) -> None:
    """Skips where there is no CKAN; installs the latest only if MACHIDATA_CKAN=1 asks for that."""
    asked = os.environ.get("MACHIDATA_CKAN")
    if asked == "0":
        pytest.skip("CKAN is left out: MACHIDATA_CKAN=0, or it could not be installed")
    if installing.installed(version):
        return
    if version != places.LATEST:
        how = f"python -m tests.ckan.station install --version {version}"
        pytest.skip(f"CKAN {version} is not installed here: {how}")
    if asked != "1":
        pytest.skip("no CKAN is installed here: make test-ckan, or set MACHIDATA_CKAN=1")
    try:
        installing.install()
    except places.StationError as error:
        pytest.skip(f"CKAN cannot be installed here: {error}")


@pytest.fixture(scope="session")
def ckan() -> Iterator[Ckan]:
    """A catalog with ckanext-scheming and the full DCAT-AP schema."""
    yield from catalog("scheming")


@pytest.fixture(scope="session")
def ckan_legacy() -> Iterator[Ckan]:
    """A catalog without ckanext-scheming."""
    yield from catalog("legacy")


@pytest.fixture(scope="session")
def ckan_2_11() -> Iterator[Ckan]:
    """The same as `ckan` in CKAN 2.11, if that is installed."""
    yield from catalog("scheming", "2.11")


@pytest.fixture(scope="session")
def ckan_2_10() -> Iterator[Ckan]:
    """The same as `ckan` in CKAN 2.10, if that is installed."""
    yield from catalog("scheming", "2.10")


@pytest.fixture(params=["2.12", "2.11", "2.10"])
def any_ckan(request: pytest.FixtureRequest) -> Ckan:
    """Every version that is installed, one after the other."""
    name = "ckan" if request.param == places.LATEST else f"ckan_{request.param.replace('.', '_')}"
    found: Ckan = request.getfixturevalue(name)
    return found


def fresh_organization(ckan: Ckan) -> Iterator[dict[str, Any]]:
    """An organization that goes, with all its datasets, when the test ends."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    made = ckan.call("organization_create", name=name, title="五所川原市")
    yield made
    found = ckan.call(
        "package_search",
        fq=f'owner_org:"{made["id"]}"',
        include_private=True,
        include_drafts=True,
        rows=1000,
    )
    for dataset in found["results"]:
        ckan.call("dataset_purge", id=dataset["id"])
    ckan.call("organization_purge", id=made["id"])


@pytest.fixture
def organization(ckan: Ckan) -> Iterator[dict[str, Any]]:
    """A fresh organization in the catalog with ckanext-scheming."""
    yield from fresh_organization(ckan)


@pytest.fixture
def organization_legacy(ckan_legacy: Ckan) -> Iterator[dict[str, Any]]:
    """A fresh organization in the catalog without ckanext-scheming."""
    yield from fresh_organization(ckan_legacy)


def fresh_user(ckan: Ckan, organization: dict[str, Any], role: str) -> Iterator[Ckan]:
    """Somebody who is no administrator, with a role in the organization; goes with the test."""
    name = f"{role}-{uuid.uuid4().hex[:12]}"
    password = uuid.uuid4().hex
    ckan.call("user_create", name=name, email=f"{name}@example.com", password=password)
    ckan.call("organization_member_create", id=organization["id"], username=name, role=role)
    yield ckan.as_user(name, ckan.call("api_token_create", user=name, name="tests")["token"])
    ckan.call("user_delete", id=name)


@pytest.fixture
def editor(ckan: Ckan, organization: dict[str, Any]) -> Iterator[Ckan]:
    """An editor of the organization: what most publishers are."""
    yield from fresh_user(ckan, organization, "editor")


@pytest.fixture
def member(ckan: Ckan, organization: dict[str, Any]) -> Iterator[Ckan]:
    """A member of the organization: sees its private datasets, may change nothing."""
    yield from fresh_user(ckan, organization, "member")


@pytest.fixture
def editor_legacy(ckan_legacy: Ckan, organization_legacy: dict[str, Any]) -> Iterator[Ckan]:
    """As `editor`, in the catalog without ckanext-scheming."""
    yield from fresh_user(ckan_legacy, organization_legacy, "editor")


@pytest.fixture
def any_organization(any_ckan: Ckan) -> Iterator[dict[str, Any]]:
    """A fresh organization in `any_ckan`."""
    yield from fresh_organization(any_ckan)


@pytest.fixture
def any_editor(any_ckan: Ckan, any_organization: dict[str, Any]) -> Iterator[Ckan]:
    """An editor of that organization."""
    yield from fresh_user(any_ckan, any_organization, "editor")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves the longest tests to `make test-ckan`, and says so."""
    later = pytest.mark.skip(reason="make test-ckan runs it (MACHIDATA_CKAN=all)")
    for item in items:
        if left_out(item.nodeid):
            item.add_marker(later)
