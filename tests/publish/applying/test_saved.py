"""Targets and states before, through the journal and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.model import MachidataError
from pipelines.publish.applying.journal import Journal
from pipelines.publish.applying.saved import (
    Before,
    before_of,
    load_before,
    load_target,
    save_before,
    save_target,
)
from tests.publish.house import House, changed, csv, wanted, wanted_file

PLAN, KPI = wanted_file("plan", csv({"a": 1})), wanted_file("kpi", csv({"a": None}))
ONE = wanted("one", PLAN, KPI)


@pytest.fixture
def planned(house: House) -> House:
    house.want(ONE)
    house.apply()
    house.want(changed(ONE, wanted_file("plan", csv({"a": 2})), KPI, notes=None))
    return house


def test_a_target_comes_back_as_it_was(planned: House, tmp_path: Path) -> None:
    target = planned.plan()[1]["one"].target
    journal = Journal(tmp_path / "run")
    save_target(journal, target)
    assert load_target(journal, "one") == target


def test_a_state_before_comes_back_as_it_was(planned: House, tmp_path: Path) -> None:
    record = planned.records()["one"]
    before = before_of(planned.plan()[1]["one"], record)
    journal = Journal(tmp_path / "run")
    save_before(journal, before, "one")
    assert load_before(journal, "one") == before
    save_before(journal, Before({}), "two")
    assert load_before(journal, "two") == Before({})


def test_only_what_is_replaced_is_kept(planned: House) -> None:
    made = planned.plan()[1]["one"]
    before = before_of(made, None)
    id_ = made.target.file("plan").id
    assert before.files == {id_: PLAN.sha256}
    assert list(before.stores) == [id_]
    assert before.package == made.before.package


def test_what_is_missing_is_damage(tmp_path: Path) -> None:
    for load in (load_target, load_before):
        with pytest.raises(MachidataError) as error:
            load(Journal(tmp_path / "run"), "one")
        assert error.value.code == "journal-damaged"
