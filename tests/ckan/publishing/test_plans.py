"""Plans as files: carried out exactly, or refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ckan.publishing.desk import ONE, OTHER_PLAN, TWO, Desk
from tests.ckan.publishing.test_drift import EDITS


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return tmp_path / "plans" / "plan.json"


def refused(desk: Desk, plan: Path, code: str) -> None:
    """Nothing is written, and the error says why."""
    before = desk.datasets()
    mark = desk.admin.mark()
    told = desk.call("publish", "--to", "desk", "--apply", plan, "--json")
    assert told.code != 0
    assert told.json["error"]["code"] == code
    assert [one.action for one in desk.admin.log(mark).writes] == []
    assert desk.datasets() == before


def test_a_plan_writes_nothing_and_its_apply_does_it(each: Desk, plan: Path) -> None:
    desk = each
    mark = desk.admin.mark()
    desk.publish("--plan", plan)
    assert desk.admin.log(mark).writes == []
    assert {path.suffix for path in plan.parent.iterdir()} == {".json", ".md", ".html"}
    desk.publish("--apply", plan)
    assert desk.run("verify")["differences"] == []
    refused(desk, plan, "plan-moved")
    desk.plan_text(ONE, OTHER_PLAN)
    first = desk.publish("--plan", plan)
    assert desk.publish("--plan", plan)["plan"] == first["plan"]
    desk.publish("--apply", plan)
    assert desk.run("verify")["differences"] == []


@pytest.mark.parametrize("name", ["title", "file", "row", "added", "order"])
def test_a_catalog_that_moved_is_left_alone(desk: Desk, plan: Path, name: str) -> None:
    desk.publish()
    desk.plan_text(ONE, OTHER_PLAN)
    desk.publish("--plan", plan)
    EDITS[name][0](desk)
    refused(desk, plan, "plan-moved")


def test_data_that_changed_are_not_what_was_planned(desk: Desk, plan: Path) -> None:
    desk.publish("--plan", plan)
    desk.plan_text(ONE, OTHER_PLAN)
    refused(desk, plan, "plan-stale")
    desk.publish("--plan", plan)
    desk.add(TWO)
    refused(desk, plan, "plan-stale")


def test_a_plan_that_was_edited_is_refused(desk: Desk, plan: Path) -> None:
    desk.publish("--plan", plan)
    told = json.loads(plan.read_text("utf-8"))
    told["datasets"][0]["title"] = "別の題"
    plan.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    refused(desk, plan, "plan-changed")
    plan.write_text("{}", "utf-8")
    refused(desk, plan, "plan-invalid")
    plan.unlink()
    refused(desk, plan, "plan-missing")
