"""Fifty random edits, each published: what is known by its id stays, what is the portal's too."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest

from tests.ckan.choice import ALL
from tests.ckan.publishing import bulk
from tests.ckan.publishing.desk import ONE, Desk
from tests.ckan.publishing.rows import written


def test_one_value_alone_is_one_revise_one_upload_and_one_row(each: Desk) -> None:
    desk = each
    with desk.session() as session:
        wanted = bulk.first(desk, session)
        bulk.publish(session, wanted)
        before = {one["identifier"]: one for one in desk.show()["resources"]}
        rows = {key: written(desk.admin, one["id"]) for key, one in before.items()}
        changed = bulk.with_value(wanted, "initiative", "別の名")
        mark = desk.admin.mark()
        prepared, _ = bulk.publish(session, changed)
        log = desk.admin.log(mark)
        assert [one.action for one in log.writes] == ["package_revise", "datastore_upsert"]
        parts = prepared.plan.datasets[0].resources
        assert [one.key for one in parts if one.file] == ["initiative"]
        assert [(one.store and one.store.written) for one in parts] == [1, 0]
        after = {one["identifier"]: one for one in desk.show()["resources"]}
        assert after["observation"] == before["observation"]
        assert after["initiative"]["last_modified"] > before["initiative"]["last_modified"]
        now = {key: written(desk.admin, one["id"]) for key, one in after.items()}
        assert now["observation"] == rows["observation"]
        moved = [n for n, by in now["initiative"].items() if rows["initiative"][n] != by]
        assert len(moved) == 1
        assert bulk.differences(session, changed) == []
        mark = desk.admin.mark()
        bulk.publish(session, changed)
        assert desk.admin.log(mark).writes == []


def of_the_portal(desk: Desk) -> dict[str, Any]:
    """Makes what a portal has of its own: a group, an extra, a link, a view, an entry of the data
    dictionary; gives what must be found again.
    """
    portal = desk.admin
    group = portal.call("group_create", name=f"g-{uuid.uuid4().hex[:10]}", title="群")
    shown = desk.show()
    extras = [*shown["extras"], {"key": "portal", "value": "ours"}]
    portal.call("package_patch", id=shown["id"], extras=extras, groups=[{"id": group["id"]}])
    link = portal.call(
        "resource_create", package_id=shown["id"], name="Portal", url="https://portal.example/x"
    )
    at = desk.resource("initiative")["id"]
    portal.call("resource_view_create", resource_id=at, title="図", view_type="datatables_view")
    views = portal.call("resource_view_list", id=at)
    assert [one["title"] for one in views][1:] == ["図"]
    fields = [x for x in portal.call("datastore_info", id=at)["fields"] if x["id"] != "_id"]
    told = [
        {"id": x["id"], "type": x["type"], "info": {**x.get("info", {}), "portal": "note"}}
        for x in fields
    ]
    portal.call("datastore_create", resource_id=at, fields=told, force=True)
    link = next(one for one in desk.show()["resources"] if one["id"] == link["id"])
    return {"group": group, "link": link, "views": views, "at": at}


def check_portal(desk: Desk, mine: dict[str, Any]) -> None:
    """What the portal made is there as it was."""
    shown = desk.show()
    assert [one["id"] for one in shown["groups"]] == [mine["group"]["id"]]
    assert {"key": "portal", "value": "ours"} in shown["extras"]
    link = next(one for one in shown["resources"] if one["id"] == mine["link"]["id"])
    # the catalog itself completes a link at the first update, which moves its stamp once
    names = ("name", "url", "created", "last_modified")
    assert [link[name] for name in names] == [mine["link"][name] for name in names]
    assert desk.admin.call("resource_view_list", id=mine["at"]) == mine["views"]
    fields = desk.admin.call("datastore_info", id=mine["at"])["fields"]
    notes = [one["info"].get("portal") for one in fields if one["id"] != "_id"]
    assert notes[0] == "note"


@pytest.mark.parametrize("seed", [4])
def test_fifty_edits_keep_ids_views_and_what_is_the_portals(desk: Desk, seed: int) -> None:
    with desk.session() as session:
        editor = bulk.Editor(bulk.first(desk, session), seed)
        bulk.publish(session, editor.wanted)
        mine = of_the_portal(desk)
        id_ = desk.show()["id"]
        known: dict[str, tuple[str, str, str]] = {}
        seen = set()
        try:
            for number in range(50):
                what = editor.edit()
                seen.add(what)
                prepared, _ = bulk.publish(session, editor.wanted)
                others = {one.what for one in prepared.plan.datasets[0].drift}
                assert others <= ({"added"} if number < 5 else set()), (number, what)
                if ALL or number % 7 == 0 or number == 49:
                    check_edit(desk, session, editor, known, (number, what))
            check_portal(desk, mine)
        finally:
            desk.admin.call("group_purge", id=mine["group"]["id"])
        assert desk.show()["id"] == id_
        assert len(seen) >= 9, seen


def check_edit(
    desk: Desk, session: Any, editor: bulk.Editor, known: dict[str, Any], where: object
) -> None:
    """The next plan is empty, nothing differs, and everything still is what it was."""
    prepared = bulk.planned(session, [editor.wanted])
    assert not prepared.plan.changes, (where, prepared.plan.datasets)
    assert bulk.differences(session, editor.wanted, prepared) == [], where
    shown = desk.show()
    assert shown["private"] is False
    for one in shown["resources"]:
        at = (one["id"], one["url"], one["created"])
        assert known.setdefault(one["id"], at) == at, where
    there = {one["id"] for one in shown["resources"]}
    assert set(known) <= there, where
    keys = [one.get("identifier") for one in shown["resources"] if one.get("identifier")]
    ours = [one.key for one in editor.wanted.files]
    assert keys[: len(ours)] == ours, where


def test_two_tables_change_places(desk: Desk) -> None:
    with desk.session() as session:
        wanted = bulk.first(desk, session)
        bulk.publish(session, wanted)
        before = {one["id"]: one for one in desk.show()["resources"]}
        turned = replace(wanted, files=wanted.files[::-1])
        mark = desk.admin.mark()
        prepared, _ = bulk.publish(session, turned)
        assert prepared.plan.datasets[0].reordered
        assert [one.action for one in desk.admin.log(mark).writes] == ["package_revise"]
        after = desk.show(ONE)["resources"]
        assert [one["id"] for one in after] == list(before)[::-1]
        for one in after:
            old = before[one["id"]]
            assert {**one, "position": 0} == {**old, "position": 0}
