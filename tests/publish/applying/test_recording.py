"""What is remembered after an apply, and what of a portal's edit is not."""

from __future__ import annotations

import pytest

from tests.publish.house import House, changed, csv, wanted, wanted_file

PLAN, KPI = wanted_file("plan", csv({"a": 1})), wanted_file("kpi", csv({"a": 1}))
ONE = wanted("one", PLAN, KPI)


@pytest.fixture
def published(house: House) -> House:
    house.want(ONE)
    house.apply()
    return house


def test_all_of_it(published: House) -> None:
    record, shown = published.records()["one"], published.ckan.shown("one")
    assert (record.id, record.name, record.iri) == (shown["id"], "one", ONE.iri)
    assert record.order == tuple(one["id"] for one in shown["resources"])
    assert record.sent["title"] == record.shown["title"] == ONE.title
    file = record.files["plan"]
    assert (file.id, file.sha256) == (shown["resources"][0]["id"], PLAN.sha256)
    assert file.last_modified == shown["resources"][0]["last_modified"]
    assert file.store
    assert file.sent["download_url"] == shown["resources"][0]["url"]


def test_an_edit_that_stays_is_not_taken_for_ours(published: House) -> None:
    before = published.records()["one"]
    published.ckan.edit("one", notes="手で")
    published.ckan.edit_resource(before.files["plan"].id, data=b"theirs")
    published.want(changed(ONE, title="新"))
    published.apply()
    after = published.records()["one"]
    assert (after.sent["title"], after.sent["notes"]) == ("新", before.sent["notes"])
    assert after.shown["notes"] == before.shown["notes"]
    assert after.files["plan"].sha256 == PLAN.sha256
    assert after.files["plan"].last_modified == before.files["plan"].last_modified
    drift = published.plan()[0].datasets[0].drift
    assert {("", "field:notes"), ("plan", "file")} <= {(one.resource, one.what) for one in drift}


def test_what_the_portal_removed_is_remembered(published: House) -> None:
    id_ = published.records()["one"].files["plan"].id
    published.ckan.drop_resource(id_)
    published.want(changed(ONE, title="新"))
    published.apply()
    assert published.records()["one"].files["plan"].id == id_


def test_the_order_is_the_one_that_is_shown(published: House) -> None:
    goal = wanted_file("goal", csv({}))
    published.want(changed(ONE, goal, KPI, PLAN))
    published.apply()
    order = published.records()["one"].order
    assert order == tuple(one["id"] for one in published.ckan.shown("one")["resources"])


def test_an_order_of_the_portal_stays_drift(published: House) -> None:
    before = published.records()["one"].order
    resources = published.ckan.shown("one")["resources"]
    published.ckan.edit("one", resources=list(reversed(resources)))
    published.want(changed(ONE, title="新"))
    published.apply()
    assert published.records()["one"].order == before
