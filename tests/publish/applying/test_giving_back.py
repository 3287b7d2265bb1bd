"""`machidata rollback`: the catalog as it was before the last apply."""

from __future__ import annotations

import contextlib
import copy
from typing import Any

import pytest

from pipelines.model import MachidataError
from pipelines.publish.applying.journal import half_rolled_back
from pipelines.publish.applying.undoing import same
from tests.publish.applying.test_any_sequence import nth, picture
from tests.publish.house import House, changed, csv, ids, tables, wanted, wanted_file
from tests.publish.pretend_ckan import Killed

PLAN, KPI = wanted_file("plan", csv({"a": 1})), wanted_file("kpi", csv({"a": 1}))
GOAL = wanted_file("goal", csv({}))
NEW = wanted_file("plan", csv({"a": 2, "b": 3}))
ONE, TWO = wanted("one", PLAN, KPI), wanted("two", wanted_file("plan", csv({"z": 9}), "two"))
CHANGED = changed(ONE, GOAL, NEW, notes="新", tags=["x"])


@pytest.fixture
def published(house: House) -> House:
    house.want(ONE)
    house.apply()
    return house


def state(house: House) -> Any:
    records = {path.name: path.read_bytes() for path in (house.state / "records").glob("*")}
    return [picture(house.ckan, name) for name in ("one", "two")], records


def test_an_update_is_given_back(published: House) -> None:
    before, shown = state(published), published.ckan.shown("one")
    published.want(CHANGED)
    published.apply()
    assert state(published) != before
    restored = published.rollback()
    assert (restored.run[:6], restored.datasets, restored.deleted) == ("000002", ("one",), ())
    assert state(published) == before
    now = published.ckan.shown("one")
    assert same(shown, now)
    assert ids(now) == ids(shown)
    assert [one["last_modified"] for one in now["resources"]] == [
        one["last_modified"] for one in shown["resources"]
    ]
    published.want(ONE)
    assert not published.plan()[0].changes


def test_a_creation_is_given_back_as_a_deletion(published: House) -> None:
    published.want(ONE, TWO)
    published.apply()
    id_ = published.ckan.shown("two")["id"]
    restored = published.rollback()
    assert restored.deleted == ("two",)
    assert published.ckan.shown("two")["state"] == "deleted"
    assert list(published.records()) == ["one"]
    plan, _ = published.plan()
    assert [(one.name, one.action) for one in plan.datasets] == [("one", "keep"), ("two", "revive")]
    published.apply()
    assert published.ckan.shown("two")["id"] == id_


def test_a_withdrawal_and_a_revival_are_given_back(published: House) -> None:
    before = state(published)
    published.want()
    published.apply()
    published.rollback()
    assert state(published) == before
    published.ckan.write("package_delete", id="one")
    published.want(CHANGED)
    published.apply()
    published.rollback()
    assert published.ckan.shown("one")["state"] == "deleted"


def test_runs_are_given_back_one_after_the_other(published: House) -> None:
    seen = [state(published)]
    for number in (2, 3):
        published.want(changed(ONE, wanted_file("plan", csv({"a": number})), KPI))
        published.apply()
        seen.append(state(published))
    assert published.rollback().run[:6] == "000003"
    assert state(published) == seen[1]
    assert published.rollback().run[:6] == "000002"
    assert state(published) == seen[0]
    assert published.rollback().deleted == ("one",)
    with pytest.raises(MachidataError) as error:
        published.rollback()
    assert error.value.code == "rollback-nothing"


def test_after_a_rollback_a_new_apply_can_be_given_back(published: House) -> None:
    published.want(CHANGED)
    published.apply()
    published.rollback()
    before = state(published)
    published.apply()
    published.rollback()
    assert state(published) == before


def test_nothing_to_give_back(house: House) -> None:
    with pytest.raises(MachidataError) as error:
        house.rollback()
    assert error.value.code == "rollback-nothing"


def test_edits_since_then_are_not_thrown_away_unasked(published: House) -> None:
    before = state(published)
    published.want(CHANGED)
    published.apply()
    published.ckan.edit("one", notes="手で直した")
    writes = len(published.ckan.writes)
    with pytest.raises(MachidataError) as error:
        published.rollback()
    assert error.value.code == "catalog-moved"
    assert len(published.ckan.writes) == writes
    published.rollback("overwrite")
    assert state(published) == before


@pytest.mark.parametrize("kind", ["kill-before", "kill-after", "down-before", "down-after"])
@pytest.mark.parametrize("number", range(7))
def test_an_interrupted_apply_is_given_back_instead_of_gone_on_with(
    published: House, number: int, kind: str
) -> None:
    before = state(published)
    published.want(CHANGED, TWO)
    published.ckan.fault = nth(number, kind)
    with contextlib.suppress(Killed):
        published.apply()
    published.ckan.fault, published.ckan.down = nth(0), False
    if published.open_run() is None:
        return
    published.rollback("overwrite")
    assert state(published) == before
    assert published.open_run() is None, "it is over: nothing goes on with it"
    assert published.resume() is None
    published.apply()
    assert not published.plan()[0].changes


@pytest.mark.parametrize("kind", ["kill-before", "kill-after", "down-before", "down-after"])
@pytest.mark.parametrize("number", range(6))
def test_an_interrupted_rollback_is_gone_on_with(published: House, number: int, kind: str) -> None:
    before = state(published)
    published.want(CHANGED, TWO)
    published.apply()
    published.ckan.fault = nth(number, kind)
    try:
        published.rollback()
    except (Killed, MachidataError):
        assert half_rolled_back(published.state), "no plan over half a rollback"
        published.ckan.fault, published.ckan.down = nth(0), False
        published.rollback()
    assert state(published) == before
    assert half_rolled_back(published.state) is None


@pytest.mark.parametrize("kind", ["before", "after"])
@pytest.mark.parametrize("number", range(8))
def test_a_rollback_bears_answers_that_got_lost(published: House, number: int, kind: str) -> None:
    before = state(published)
    published.want(CHANGED)
    published.apply()
    published.ckan.fault = nth(number, kind)
    published.rollback()
    assert state(published) == before


def test_a_catalog_that_does_not_take_the_old_state(
    published: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.want(CHANGED)
    published.apply()
    put = published.ckan._package_revise

    def stubborn(**data: Any) -> Any:
        data["update"] = {**data["update"], "notes": "頑固"}
        return put(**copy.deepcopy(data))

    monkeypatch.setattr(published.ckan, "_package_revise", stubborn)
    restored = published.rollback()
    assert (restored.incomplete, restored.exit_code) == (("one",), 1)
    monkeypatch.undo()
    # it blocks nothing: the next publication goes on from what is there
    assert published.apply("overwrite").exit_code == 0
    assert tables(published.ckan)
