"""Edits made by hand on the portal: shown, and only what was decided happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipelines.catalogs.publishing import apply
from pipelines.model import MachidataError
from pipelines.publish.planning.wanted import Wanted
from tests.ckan.publishing import bulk
from tests.ckan.publishing.desk import ONE, OTHER_PLAN, Desk, unstamped

Edit = Callable[[Desk], None]


def patch(**fields: Any) -> Edit:
    """Fields of the dataset, as the form of the portal sends them."""

    def edit(desk: Desk) -> None:
        desk.admin.call("package_patch", id=desk.show()["id"], **fields)

    return edit


def extra(desk: Desk) -> None:
    extras = [
        {**x, "value": "別の値"} for x in desk.show()["extras"] if x["key"] == "licence_title"
    ]
    others = [x for x in desk.show()["extras"] if x["key"] != "licence_title"]
    desk.admin.call("package_patch", id=desk.show()["id"], extras=[*others, *extras])


def file(desk: Desk) -> None:
    at = desk.resource("initiative")
    upload = (at["url"].rpartition("/")[2], "ID,名称\r\n1,portal\r\n".encode())
    files = {f"update__resources__{at['id']}__upload": upload}
    desk.admin.send("package_revise", files, {"match": {"id": desk.show()["id"]}})


def row(desk: Desk) -> None:
    at = desk.resource("initiative")["id"]
    found = desk.admin.call("datastore_search", resource_id=at, limit=1)["records"][0]
    told = {"resource_id": at, "force": True, "method": "upsert"}
    desk.admin.call("datastore_upsert", **told, records=[{"ID": found["ID"], "名称": "portal"}])


def dictionary(desk: Desk) -> None:
    at = desk.resource("initiative")["id"]
    fields = [x for x in desk.admin.call("datastore_info", id=at)["fields"] if x["id"] != "_id"]
    told = [{"id": x["id"], "type": x["type"], "info": x.get("info", {})} for x in fields]
    told[1]["info"] = {**told[1]["info"], "label": "portal"}
    desk.admin.call("datastore_create", resource_id=at, fields=told, force=True)


def removed(desk: Desk) -> None:
    desk.admin.call("resource_delete", id=desk.resource("initiative")["id"])


def added(desk: Desk) -> None:
    desk.admin.call("resource_create", package_id=desk.show()["id"], name="P", url="https://p.x/a")


def order(desk: Desk) -> None:
    shown = desk.show()
    ids = [one["id"] for one in shown["resources"]][::-1]
    desk.admin.call("package_resource_reorder", id=shown["id"], order=ids)


def renamed(desk: Desk) -> None:
    at = desk.resource("initiative")["id"]
    desk.admin.call("resource_patch", id=at, name="portal's name")


EDITS: dict[str, tuple[Edit, set[tuple[str, str]]]] = {
    "title": (patch(title="別の題"), {("", "field:title")}),
    "tag": (patch(tags=[{"name": "portal"}]), {("", "field:tags")}),
    "extra": (extra, {("", "field:extras.licence_title")}),
    "private": (patch(private=True), {("", "field:private")}),
    "resource": (renamed, {("initiative", "field:name")}),
    "file": (file, {("initiative", "file"), ("initiative", "field:size")}),
    "row": (row, {("initiative", "rows")}),
    "dictionary": (dictionary, {("initiative", "dictionary")}),
    "removed": (removed, {("initiative", "removed")}),
    "added": (added, {("P", "added")}),
    "order": (order, {("", "order")}),
}


def drift(prepared: Any) -> dict[tuple[str, str], str]:
    """What a plan says that others changed: resource and what → decision."""
    change = prepared.plan.datasets[0]
    return {(one.resource, one.what): one.decision for one in change.drift}


def start(desk: Desk, session: Any) -> Wanted:
    """A dataset with a field and a keyword that the portal may change."""
    wanted = bulk.first(desk, session)
    fields = {**wanted.fields, "tags": ["行政"], "extras.licence_title": "表示 4.0"}
    wanted = replace(wanted, fields=fields)
    bulk.publish(session, wanted)
    return wanted


@pytest.mark.parametrize("name", sorted(EDITS))
def test_an_edit_stays_until_somebody_decides(desk: Desk, name: str) -> None:
    edit, expected = EDITS[name]
    with desk.session() as session:
        wanted = start(desk, session)
        original = desk.whole()
        edit(desk)
        edited = desk.whole()
        assert edited != original
        asked = bulk.planned(session, [wanted])
        assert drift(asked) == dict.fromkeys(expected, "keep")
        assert not asked.plan.changes
        mark = desk.admin.mark()
        bulk.publish(session, wanted)
        bulk.publish(session, wanted, "keep")
        assert desk.admin.log(mark).writes == []
        assert desk.whole() == edited
        # another change of ours, elsewhere, leaves it and is done
        other = bulk.with_value(wanted, "observation", "9.5", column="値")
        bulk.publish(session, other)
        assert bulk.rows_of(other.files[1])[1][0]
        again = drift(bulk.planned(session, [other]))
        if name != "added":  # it is part of the dataset from now on
            assert again == dict.fromkeys(expected, "keep")
        there = {one["identifier"]: one for one in desk.show()["resources"] if "identifier" in one}
        assert there["observation"]["hash"] == other.files[1].sha256
        kept = {k: v for k, v in edited.items() if k != "package"}
        changed = {k for k, v in desk.whole().items() if k in kept and kept[k] != v}
        at = there["observation"]["id"]
        assert changed == {f"file {at}", f"table {at}"}
        # ours goes in its place
        prepared, _ = bulk.publish(session, other, "overwrite")
        if name != "added":
            assert set(drift(prepared).values()) == {"overwrite"}
            assert drift(bulk.planned(session, [other])) == {}
        assert [x for x in bulk.differences(session, other) if x.serious] == []
        back = bulk.publish(session, wanted)[0]
        assert back.plan.changes
        if name not in ("added", "removed"):
            assert unstamped(desk.whole()) == unstamped(original)


def ours(name: str, wanted: Wanted) -> Wanted:
    """Our own change of the same thing."""
    if name in ("title", "tag", "extra"):
        key = {"title": "title", "tag": "tags", "extra": "extras.licence_title"}[name]
        value: Any = ["計画"] if name == "tag" else "われわれの値"
        title = value if name == "title" else wanted.title
        return replace(wanted, title=title, fields={**wanted.fields, key: value})
    if name == "resource":
        part = wanted.files[0]
        return bulk.with_file(wanted, replace(part, fields={**part.fields, "name": "新しい名"}))
    return bulk.with_value(wanted, "initiative", "われわれの値")


CONFLICTS = ["title", "tag", "extra", "resource", "file", "row", "removed"]


@pytest.mark.parametrize("name", CONFLICTS)
def test_both_sides_changed_it_somebody_must_decide(desk: Desk, name: str) -> None:
    edit, expected = EDITS[name]
    with desk.session() as session:
        wanted = start(desk, session)
        edit(desk)
        edited = desk.whole()
        other = ours(name, wanted)
        asked = bulk.planned(session, [other])
        assert "conflict" in drift(asked).values()
        assert asked.exit_code == 1
        mark = desk.admin.mark()
        with pytest.raises(MachidataError) as refused:
            apply(session, asked)
        assert refused.value.code == "plan-conflicts"
        assert desk.admin.log(mark).writes == []
        assert desk.whole() == edited
        bulk.publish(session, other, "keep")
        left = drift(bulk.planned(session, [other], "keep"))
        assert {what for what in expected if what in left}
        if name not in ("file", "row"):  # the other half of the change goes in
            assert unstamped(desk.whole()) == unstamped(edited)
        bulk.publish(session, other, "overwrite")
        assert drift(bulk.planned(session, [other])) == {}
        assert bulk.differences(session, other) == []


def test_a_deleted_dataset_comes_back_as_it_was(each: Desk) -> None:
    desk = each
    with desk.session() as session:
        wanted = start(desk, session)
        before = desk.whole()
        desk.admin.call("package_delete", id=desk.show()["id"])
        prepared, _ = bulk.publish(session, wanted)
        assert prepared.plan.datasets[0].action == "revive"
        assert unstamped(desk.whole()) == unstamped(before)
        assert bulk.differences(session, wanted) == []


def test_the_command_line_tells_of_it(desk: Desk) -> None:
    desk.publish()
    patch(title="別の題")(desk)
    told = desk.call("publish", "--to", "desk", "--lang", "ja")
    assert told.code == 0
    assert "別の題" in told.out
    desk.declare(ONE, "title: 試験計画\ncontact", "title: 新しい計画\ncontact")
    said = desk.publish(code=1)
    assert said["error"]["code"] == "plan-conflicts"
    assert desk.show()["title"] == "別の題"
    desk.plan_text(ONE, OTHER_PLAN)
    desk.publish("--drift", "keep")
    assert desk.show()["title"] == "別の題"
    desk.publish("--drift", "overwrite")
    assert desk.show()["title"] == "新しい計画"
    assert desk.run("verify")["differences"] == []
