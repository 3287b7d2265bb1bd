"""Files and tables are read once, and not at all where nobody touched them."""

from __future__ import annotations

import pytest

from pipelines.publish.planning.fields import Policy
from tests.publish.house import House, csv, wanted, wanted_file

DATA = csv({"a": 1, "b": 2})


def published(house: House) -> str:
    """A dataset that we published; gives the id of its resource."""
    house.want(wanted("one", wanted_file("plan", DATA)))
    house.apply()
    house.ckan.fetched.clear()
    return str(house.ckan.shown("one")["resources"][0]["id"])


def test_an_untouched_file_is_not_downloaded(house: House) -> None:
    published(house)
    plan, _ = house.plan()
    assert not plan.changes
    assert house.ckan.fetched == []


def test_a_touched_file_is_looked_at_and_shown_as_drift(house: House) -> None:
    id_ = published(house)
    house.ckan.edit_resource(id_, data=csv({"a": 1, "b": 7}))
    plan, planned = house.plan()
    drift = plan.datasets[0].drift[-1]
    assert (drift.resource, drift.what, drift.decision) == ("plan", "file", "keep")
    assert len(house.ckan.fetched) == 1
    assert planned["one"].before.files[id_] == drift.found
    assert not plan.changes
    plan, _ = house.plan("overwrite")
    change = plan.datasets[0].resources[0]
    assert change.diff
    assert (change.diff.changed, change.diff.rows[0].cells[0].after) == (1, "2")


def test_a_file_with_the_same_bytes_again_is_no_change(house: House) -> None:
    id_ = published(house)
    house.ckan.edit_resource(id_, data=DATA)
    plan, _ = house.plan()
    assert not plan.changes
    assert [one.what for one in plan.datasets[0].drift] == []


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"<html>\xe5", b"", b"PK\x03\x04", b'"'])
def test_hostile_bytes_in_place_of_a_table(house: House, data: bytes) -> None:
    id_ = published(house)
    house.ckan.edit_resource(id_, data=data)
    plan, _ = house.plan("overwrite")
    assert plan.datasets[0].resources[0].file
    # what could not be compared is said, with its place; the four bytes alone are a CSV's header
    notes = [en for _, en in plan.notes if en.startswith("one/plan: ")]
    assert len(notes) == int(data != b"PK\x03\x04")
    assert all("cannot be read" in en for en in notes)
    assert house.apply("overwrite").exit_code == 0
    assert house.ckan.files[id_] == DATA
    assert not any("plan: " in one[0] for one in house.plan()[0].notes)


@pytest.mark.parametrize(
    ("policy", "ours", "decision"),
    [
        ("ask", 2, "keep"),
        ("ask", 9, "conflict"),
        ("keep", 9, "keep"),
        ("overwrite", 2, "overwrite"),
        ("overwrite", 9, "overwrite"),
    ],
)
def test_a_row_that_somebody_changed(
    house: House, policy: Policy, ours: int, decision: str
) -> None:
    id_ = published(house)
    table = house.ckan.store.tables[id_]
    table.rows[2]["値"] = 5
    house.want(wanted("one", wanted_file("plan", csv({"a": 1, "b": ours}))))
    plan, _ = house.plan(policy)
    drift = [one for one in plan.datasets[0].drift if one.what == "rows"]
    assert [one.decision for one in drift] == [decision]
    store = plan.datasets[0].resources[0].store
    assert store
    assert (store.how, store.written) == (("rows", 1) if decision == "overwrite" else ("keep", 0))


def test_a_table_that_somebody_dropped(house: House) -> None:
    id_ = published(house)
    del house.ckan.store.tables[id_]
    plan, _ = house.plan()
    assert [(one.what, one.decision) for one in plan.datasets[0].drift] == [("rows", "keep")]
    assert house.apply("overwrite").exit_code == 0
    assert len(house.ckan.store.tables[id_].rows) == 2


def test_a_dictionary_that_somebody_rewrote(house: House) -> None:
    id_ = published(house)
    house.ckan.store.tables[id_].fields["値"]["info"] = {"label": "別", "notes": "x"}
    plan, _ = house.plan()
    assert [(one.what, one.decision) for one in plan.datasets[0].drift] == [("dictionary", "keep")]
    house.apply("overwrite")
    info = house.ckan.store.tables[id_].fields["値"]["info"]
    assert info == {"label": "値", "notes": "Value"}


def test_without_a_datastore_there_are_no_tables(house: House) -> None:
    house.stores = False
    published(house)
    assert house.ckan.store.tables == {}
    plan, _ = house.plan()
    assert not plan.changes
    assert any("DataStore" in en for _, en in plan.notes)


def test_a_file_that_is_no_table_has_no_difference_of_rows(house: House) -> None:
    house.want(wanted("one", wanted_file("plan", b"%PDF", table=False)))
    plan, _ = house.plan()
    assert plan.datasets[0].resources[0].diff is None
    assert plan.datasets[0].resources[0].store is None
    assert house.apply().exit_code == 0
    assert house.ckan.store.tables == {}
