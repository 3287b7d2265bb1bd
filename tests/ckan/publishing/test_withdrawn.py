"""Datasets that are no longer declared: kept, marked 配信停止, never deleted."""

from __future__ import annotations

from tests.ckan.client import CkanError
from tests.ckan.publishing.desk import ONE, TWO, Desk, unstamped
from tests.cli.conftest import PLAN


def status(desk: Desk) -> str | None:
    """What a withdrawn dataset is marked with."""
    extras = {one["key"]: one["value"] for one in desk.show(TWO)["extras"]}
    found: str | None = extras.get("配信状態")
    return found


def test_a_withdrawn_dataset_is_kept_and_marked_and_comes_back(each: Desk) -> None:
    desk = each
    desk.add(TWO)
    desk.publish()
    before = desk.whole(TWO)
    desk.drop(TWO)
    told = desk.publish()
    assert [(x["name"], x["action"]) for x in told["datasets"]] == [(TWO, "withdraw")]
    shown = desk.show(TWO, desk.admin.as_user("nobody", ""))
    assert (shown["state"], shown["private"]) == ("active", False)
    assert status(desk) == "配信停止"
    after = desk.whole(TWO)
    assert {k: v for k, v in after.items() if k != "package"} == {
        k: v for k, v in before.items() if k != "package"
    }
    names = ("id", "url", "last_modified", "created", "hash")
    old, new = (
        [[one[n] for n in names] for one in x["package"]["resources"]] for x in (before, after)
    )
    assert old == new
    assert all("Withdrawn" in one["status"] for one in shown["resources"])
    mark = desk.admin.mark()
    assert desk.publish()["datasets"] == []
    assert desk.publish(ONE)["datasets"] == []
    assert desk.admin.log(mark).writes == []
    desk.add(TWO, PLAN)
    desk.publish()
    assert status(desk) is None
    assert unstamped(desk.whole(TWO)) == unstamped(before)


def test_other_names_alone_withdraw_nothing(desk: Desk) -> None:
    desk.add(TWO)
    desk.publish()
    desk.drop(TWO)
    mark = desk.admin.mark()
    desk.publish(ONE)
    assert desk.admin.log(mark).writes == []
    assert status(desk) is None


def test_who_deletes_a_withdrawn_dataset_is_not_contradicted(desk: Desk) -> None:
    desk.add(TWO)
    desk.publish()
    desk.drop(TWO)
    desk.publish()
    id_ = desk.show(TWO)["id"]
    desk.admin.call("package_delete", id=id_)
    mark = desk.admin.mark()
    assert desk.publish()["datasets"] == []
    assert desk.show(TWO)["state"] == "deleted"
    desk.admin.call("dataset_purge", id=id_)
    assert desk.publish("--drift", "overwrite")["datasets"] == []
    writes = [one.action for one in desk.admin.log(mark).writes]
    assert writes == ["dataset_purge"]
    # declared again it is a new one
    desk.add(TWO)
    assert [one["action"] for one in desk.publish()["datasets"]] == ["create"]
    assert desk.run("verify")["differences"] == []


def test_a_withdrawn_table_that_somebody_removes_stays_away(desk: Desk) -> None:
    desk.add(TWO)
    desk.publish()
    desk.drop(TWO)
    desk.publish()
    gone = desk.resource("observation", TWO)["id"]
    desk.admin.call("resource_delete", id=gone)
    for policy in ("ask", "overwrite"):
        desk.publish("--drift", policy)
        assert len(desk.show(TWO)["resources"]) == 4


def test_a_dataset_that_was_purged_is_made_anew(desk: Desk) -> None:
    desk.publish()
    before = desk.show()
    desk.admin.call("dataset_purge", id=before["id"])
    assert [one["action"] for one in desk.publish()["datasets"]] == ["create"]
    assert desk.show()["id"] != before["id"]
    assert desk.run("verify")["differences"] == []


def test_the_name_of_somebody_elses_dataset_is_not_taken(desk: Desk) -> None:
    made = desk.admin.call(
        "package_create",
        **{"name": desk.name(ONE), "title": "別物", "notes": "x"},
        owner_org=desk.organization["id"],
    )
    told = desk.call("publish", "--to", "desk", "--json")
    assert told.code != 0
    assert desk.show()["title"] == "別物"
    desk.admin.call("dataset_purge", id=made["id"])
    try:
        desk.show()
        raise AssertionError("still there")
    except CkanError as error:
        assert error.status == 404
