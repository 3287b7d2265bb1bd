"""Runs that were undone: one after the other, of a revival, interrupted, edited meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.model import MachidataError
from pipelines.publish.applying.journal import half_rolled_back, runs, unfinished
from pipelines.publish.applying.steps import revise
from pipelines.publish.ckan.errors import NotAllowed
from pipelines.publish.ckan.store_model import StoreField, StoreSeen, StoreTable
from tests.publish.house import House, changed, wanted


def test_one_after_the_other(house: House) -> None:
    one = wanted("one")
    titles = ["一", "二", "三"]
    for title in titles:
        house.want(changed(one, title=title))
        house.apply()
    for title in titles[1::-1]:
        house.rollback()
        assert house.ckan.shown("one")["title"] == title
    house.rollback()
    assert house.ckan.shown("one")["state"] == "deleted"
    with pytest.raises(MachidataError) as nothing:
        house.rollback()
    assert nothing.value.code == "rollback-nothing"


def test_a_revival_with_other_fields(house: House) -> None:
    house.want(wanted("one"))
    house.apply()
    before = house.ckan.shown("one")["title"]
    house.ckan.write("package_delete", id="one")
    house.want(changed(wanted("one"), title="別の題"))
    house.apply()
    house.rollback()
    shown = house.ckan.shown("one")
    assert (shown["state"], shown["title"]) == ("deleted", before)


def test_a_run_that_was_rolled_back_is_not_gone_on_with(house: House) -> None:
    house.want(wanted("one"))
    house.apply()
    (run,) = runs(house.state)
    run.event("", "rollback")
    assert half_rolled_back(house.state)
    house.rollback()
    assert half_rolled_back(house.state) is None
    assert unfinished(house.state) is None
    assert run.finished


class Grouped:
    """A catalog that takes no call naming a group that the publisher may not edit."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def write(self, action: str, **fields: Any) -> Any:
        self.asked.append(fields)
        if "-groups" not in fields["filter"] or "groups" in fields["update"]:
            raise NotAllowed("https://c.example", action, "", 403)
        return {"package": {"id": "x"}}


def test_groups_of_the_portal_are_left_out_where_they_are_refused() -> None:
    catalog: Any = Grouped()
    fields = {"match": {}, "filter": ["-title"], "update": {"title": "t", "groups": [{"id": "g"}]}}
    assert revise(catalog, fields, {}) == {"id": "x"}
    assert [one["filter"] for one in catalog.asked] == [["-title"], ["-title", "-groups"]]
    assert catalog.asked[1]["update"] == {"title": "t"}


def test_what_the_portal_alone_says_of_a_table_is_no_edit_of_ours() -> None:
    def seen(**info: str) -> StoreSeen:
        return StoreSeen(StoreTable((StoreField("ID", "text", info),), ("ID",), (("1",),)), (1,))

    ours = seen(label="ID", notes="Identifier")
    assert seen(label="ID", notes="Identifier", portal="x").ours() == ours.ours()
    assert seen(label="別", notes="Identifier").ours() != ours.ours()
    assert seen(label="ID", notes="Identifier", portal="x").digest() != ours.digest()
