"""Reading one dataset back with its target."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.publish.applying.verifying import ReadBack, Verifier
from pipelines.publish.ckan.store_table import store_table
from tests.publish.house import House, csv, wanted, wanted_file

DATA = csv({"a": 1, "b": None})


@pytest.fixture
def published(house: House) -> House:
    house.want(wanted("one", wanted_file("plan", DATA)))
    house.apply()
    return house


def read(house: House, everything: bool = True, stores: bool = True) -> ReadBack:
    target = house.plan()[1]["one"].target
    ckan: Any = house.ckan
    package = house.ckan.shown("one")
    verifier = Verifier(
        ckan, target, lambda file: store_table(DATA, file.schema or {}), everything=everything
    )
    return verifier.check(package, rdf=False, stores=stores)


def test_equal(published: House) -> None:
    found = read(published)
    assert (found.differences, found.serious) == ((), ())


def test_what_was_not_written_is_read_only_when_everything_is(published: House) -> None:
    published.ckan.fetched.clear()
    assert read(published, everything=False).differences == ()
    assert published.ckan.fetched == []
    id_ = published.ckan.shown("one")["resources"][0]["id"]
    published.ckan.files[id_] = b"other"
    assert read(published, everything=False).differences == ()
    assert [one.what for one in read(published).serious] == ["file"]


def test_a_file_that_cannot_be_had(published: House) -> None:
    published.ckan.files.clear()
    one = read(published).serious[0]
    assert (one.what, one.found) == ("file", None)


def test_tables_are_left_alone_without_a_datastore(published: House) -> None:
    published.ckan.store.tables.clear()
    assert read(published, stores=False).differences == ()


def test_a_dataset_that_is_gone(published: House) -> None:
    target = published.plan()[1]["one"].target
    ckan: Any = published.ckan
    for package in ({}, {"state": "deleted"}, {"state": "draft"}):
        verifier = Verifier(ckan, target, lambda file: pytest.fail("no table"), everything=True)
        found = verifier.check(package, rdf=True, stores=True)
        assert [(one.what, one.serious) for one in found.differences] == [("dataset", True)]
