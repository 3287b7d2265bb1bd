"""Giving one dataset back; doing it again does nothing more."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.publish.applying.journal import runs
from pipelines.publish.applying.saved import load_before, load_target
from pipelines.publish.applying.undoing import same, undo
from tests.publish.applying.test_any_sequence import nth, picture
from tests.publish.house import House, changed, csv, wanted, wanted_file

PLAN, KPI = wanted_file("plan", csv({"a": 1})), wanted_file("kpi", csv({"a": 1}))
ONE = wanted("one", PLAN, KPI)
NEW = changed(ONE, wanted_file("goal", csv({})), wanted_file("plan", csv({"a": 2})), notes="新")


def undone(house: House) -> dict[str, Any]:
    journal = runs(house.state)[-1]
    work = house.work(journal)
    target, before = load_target(journal, "one"), load_before(journal, "one")
    return undo(work.site, journal, target, before)


@pytest.fixture
def published(house: House) -> House:
    house.want(ONE)
    house.apply()
    return house


def test_it_may_be_done_again(published: House) -> None:
    before = picture(published.ckan, "one")
    published.want(NEW)
    published.apply()
    shown = undone(published)
    assert picture(published.ckan, "one") == before
    assert shown["id"] == published.ckan.shown("one")["id"]
    published.ckan.writes.clear()
    undone(published)
    assert published.ckan.writes == []


@pytest.mark.parametrize("kind", ["before", "after"])
@pytest.mark.parametrize("number", range(8))
def test_lost_answers(published: House, number: int, kind: str) -> None:
    before = picture(published.ckan, "one")
    published.want(NEW)
    published.apply()
    published.ckan.fault = nth(number, kind, kind)
    undone(published)
    assert picture(published.ckan, "one") == before


def test_a_creation_is_deleted_once(house: House) -> None:
    house.want(ONE)
    house.apply()
    assert undone(house)["state"] == "deleted"
    house.ckan.writes.clear()
    assert undone(house)["state"] == "deleted"
    assert house.ckan.writes == []
    house.ckan.datasets.clear()
    assert undone(house) == {}


def test_equal_but_for_the_dates() -> None:
    one = {"title": "a", "state": "active", "resources": [{"id": "1", "last_modified": "x"}]}
    assert same(one, {**one, "metadata_modified": "y", "num_resources": 1})
    assert same(one, {**one, "resources": [{"id": "1", "position": 0, "description": ""}]})
    assert not same(one, {**one, "title": "b"})
    assert not same(one, {**one, "state": "deleted"})
    assert not same(one, {**one, "resources": [{"id": "2"}]})
