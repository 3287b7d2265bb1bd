"""What an engineer and a clerk expected and did not find; each of these should hold."""

from __future__ import annotations

from pathlib import Path

from tests.ckan.publishing.desk import ONE, OTHER_PLAN, TWO, Desk
from tests.ckan.publishing.killing import At, in_child


def test_the_same_apply_again_does_the_rest_of_the_plan(desk: Desk, tmp_path: Path) -> None:
    """docs/catalogs.md: the same command goes on, and its end is the plan, not half of it."""
    desk.add(TWO)
    text = (desk.root / "catalogs" / "desk.yaml").read_text("utf-8")
    (desk.root / "catalogs" / "desk.yaml").write_text(text + "workers: 1\n", "utf-8")
    plan = tmp_path / "plan.json"
    desk.publish("--plan", plan)
    assert in_child(lambda: desk.publish("--apply", plan), At(2).requests)
    desk.publish("--apply", plan)
    for package in (ONE, TWO):
        assert desk.show(package)["private"] is False


def test_rollback_deletes_no_dataset_that_is_not_ours(desk: Desk) -> None:
    """Renamed on the portal, and somebody else took the name."""
    desk.publish(ONE)
    ours = desk.show()["id"]
    desk.admin.call("package_patch", id=ours, name=f"{desk.prefix}-renamed")
    owner = desk.organization["id"]
    desk.admin.call("package_create", name=desk.name(ONE), title="他人", owner_org=owner, notes="x")
    desk.call("rollback", "--to", "desk", "--drift", "overwrite")
    assert desk.show()["state"] == "active"
    assert desk.admin.call("package_show", id=ours)["state"] == "deleted"


def test_a_purged_dataset_does_not_block_the_catalog_for_ever(desk: Desk) -> None:
    """rollback-incomplete → rollback-unfinished → rollback-incomplete → …"""
    desk.publish(ONE)
    desk.plan_text(ONE, OTHER_PLAN)
    desk.publish(ONE)
    desk.admin.call("dataset_purge", id=desk.show()["id"])
    desk.call("rollback", "--to", "desk", "--drift", "overwrite")
    desk.publish(ONE)
    assert desk.show()["state"] == "active"


def test_rollback_of_an_interrupted_run_keeps_edits_unless_asked(desk: Desk) -> None:
    """Somebody edits the dataset between the crash and the rollback."""
    desk.publish(ONE)
    desk.plan_text(ONE, OTHER_PLAN)
    assert in_child(lambda: desk.publish(ONE), At(1, after=True).requests)
    desk.admin.call("package_patch", id=desk.show()["id"], notes="人が直した説明")
    desk.call("rollback", "--to", "desk")
    assert desk.show()["notes"] == "人が直した説明"


def test_a_taken_name_stops_its_own_dataset_only(desk: Desk) -> None:
    """docs/architecture.md: an error stops one package."""
    desk.add(TWO)
    owner = desk.organization["id"]
    other = {"owner_org": owner, "notes": "x", "uri": "https://other.example/x"}
    desk.admin.call("package_create", name=desk.name(TWO), title="他人", **other)
    desk.call("publish", "--to", "desk")
    assert desk.show(ONE)["private"] is False


def test_a_takedown_on_the_portal_is_shown_as_drift(desk: Desk, tmp_path: Path) -> None:
    """A deleted dataset may be revived, but not without a word that somebody deleted it."""
    desk.publish(ONE)
    desk.admin.call("package_delete", id=desk.show()["id"])
    told = desk.publish("--plan", tmp_path / "plan.json")
    assert told["plan"]["datasets"][0]["drift"]


def test_a_damaged_journal_can_be_left_behind(desk: Desk) -> None:
    """Its own `fix` says: verify, then plan anew. Both answer apply-unfinished."""
    desk.publish(ONE)
    desk.plan_text(ONE, OTHER_PLAN)
    assert in_child(lambda: desk.publish(ONE), At(1, after=True).requests)
    target = sorted(desk.state.glob("runs/*/target/*.json"))[-1]
    target.write_text("{", "utf-8")
    assert "journal-damaged" in desk.call("publish", "--to", "desk", "--json").out
    assert "unfinished" not in desk.call("verify", "--to", "desk", "--json").out
