"""What a catalog is, and what follows from its version."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.model import MachidataError
from pipelines.publish.ckan.client import Ckan
from pipelines.publish.ckan.errors import NoCkan
from pipelines.publish.ckan.status import SINCE, Status, status
from tests.publish.ckan.conftest import Hours
from tests.publish.ckan.server import said, serving

TOLD = {"site_url": "https://ckan.example.jp", "extensions": ["dcat", "datastore"]}


def asked(hours: Hours, **more: Any) -> Status:
    with serving(said({**TOLD, **more})) as server:
        return status(Ckan(server.url, limits=hours.limits()))


def test_a_known_version(hours: Hours) -> None:
    found = asked(hours, ckan_version="2.11.3")
    assert (found.version, found.text) == ((2, 11, 3), "2.11.3")
    assert found.site_url == "https://ckan.example.jp"
    assert (found.has_datastore, found.has_dcat, found.has_scheming) == (True, True, False)
    assert found.warnings == ()


@pytest.mark.parametrize("told", ["2.9.11", "1.8", "0.1", "two", "2", "-2.12"])
def test_old_and_unreadable_versions_are_refused(told: str, hours: Hours) -> None:
    with pytest.raises(MachidataError) as error:
        asked(hours, ckan_version=told)
    assert error.value.code == "catalog-version"
    assert error.value.found == told
    assert error.value.expected == "≥ 2.10"


@pytest.mark.parametrize("told", ["2.13.0a0", "3.0", "10.1.2"])
def test_newer_versions_give_a_warning(told: str, hours: Hours) -> None:
    found = asked(hours, ckan_version=told)
    ((ja, en),) = found.warnings
    number = ".".join(map(str, found.version))
    assert number in ja
    assert number in en
    assert all(found.can(what) for what in SINCE)


@pytest.mark.parametrize("told", [None, "", 2.12, ["2.12"]])
def test_a_hidden_version_counts_as_the_oldest(told: object, hours: Hours) -> None:
    found = asked(hours, ckan_version=told)
    assert found.version == ()
    assert len(found.warnings) == 1
    assert not found.can("datastore_records_delete")


class Told(Ckan):
    def read(self, action: str, /, **data: Any) -> Any:
        return {**TOLD, "ckan_version": "2.12.0"}


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("http://ckan.example.jp", 1),
        ("https://ckan.example.jp", 0),
        ("http://127.0.0.1:5000", 0),
        ("http://[::1]:5000", 0),
        ("http://localhost", 0),
        ("http://127.0.0.1.example.jp", 1),
    ],
)
def test_a_token_without_encryption_is_warned_of(url: str, number: int) -> None:
    assert len(status(Told(url)).warnings) == number


def test_what_a_version_can(hours: Hours) -> None:
    assert not asked(hours, ckan_version="2.10.5").can("datastore_records_delete")
    assert asked(hours, ckan_version="2.11.0").can("datastore_records_delete")
    assert not asked(hours, ckan_version="2.11.5").can("unchanged_stays_unmodified")
    assert asked(hours, ckan_version="2.12.0").can("unchanged_stays_unmodified")


def test_extensions_may_be_one_text(hours: Hours) -> None:
    found = asked(hours, ckan_version="2.10.1", extensions="scheming_datasets dcat")
    assert found.has_scheming
    assert found.has_dcat
    assert not asked(hours, ckan_version="2.10.1", extensions=[1, None, {}]).extensions


@pytest.mark.parametrize("told", [None, [], "x", {}, {"site_url": "x"}])
def test_a_status_that_is_none(told: object, hours: Hours) -> None:
    with serving(said(told)) as server, pytest.raises(NoCkan):
        status(Ckan(server.url, limits=hours.limits()))
