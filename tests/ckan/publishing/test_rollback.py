"""`machidata rollback`: what was there before is there again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipelines.catalogs.publishing import rollback
from pipelines.catalogs.session import Session
from pipelines.model import MachidataError
from pipelines.publish.ckan.client import Ckan as Client
from pipelines.publish.planning.wanted import Wanted
from tests.ckan.publishing import bulk
from tests.ckan.publishing.desk import ONE, OTHER_PLAN, PASSING, TWO, Desk, without

# Given back by nobody, or by an administrator alone.
OF_EDITORS = ("metadata_modified",)


def by_editor(whole: dict[str, Any]) -> Any:
    """All but what CKAN takes from no editor: when the dataset was changed last."""
    return without(whole, OF_EDITORS)


def much(wanted: Wanted) -> Wanted:
    """Changes of every kind at once: fields, values, rows, a column, the order, a new table."""
    fields = {k: v for k, v in wanted.fields.items() if k != "extras.licence_title"}
    fields |= {"title": "別の題", "tags": ["行政", "計画"], "extras.新しい": "値"}
    other = replace(wanted, fields=fields, title="別の題")
    other = bulk.with_value(other, "initiative", "別の名")
    observation = other.files[1]
    header, rows = bulk.rows_of(observation)
    schema = dict(observation.schema or {})
    schema["fields"] = [*schema["fields"], {"name": "列", "type": "integer", "title": "new"}]
    made = bulk.with_rows(observation, [*header, "列"], [[*row, "1"] for row in rows[1:]])
    other = bulk.with_file(other, replace(made, schema=schema))
    fresh = replace(other.files[0], key="more", iri=f"{other.iri}/more", name="more.csv")
    fresh = replace(fresh, fields={**fresh.fields, "uri": fresh.iri, "identifier": "more"})
    return replace(other, files=(fresh, *other.files[::-1]))


def started(desk: Desk, session: Session) -> Wanted:
    """A dataset with a keyword and a view of the portal."""
    wanted = bulk.first(desk, session)
    wanted = replace(wanted, fields={**wanted.fields, "tags": ["行政"]})
    bulk.publish(session, wanted)
    at = desk.resource("initiative")["id"]
    view = {"resource_id": at, "title": "図", "view_type": "datatables_view"}
    desk.admin.call("resource_view_create", **view)
    return wanted


def test_everything_is_as_it_was(each: Desk) -> None:
    desk = each
    with desk.session() as session:
        wanted = started(desk, session)
        before, remembered = desk.whole(), desk.record()
        bulk.publish(session, much(wanted))
        assert by_editor(desk.whole()) != by_editor(before)
        assert bulk.differences(session, much(wanted)) == []
        restored = rollback(session, "ask")
        assert restored.datasets == (ONE,)
        assert by_editor(desk.whole()) == by_editor(before)
        assert desk.record() == remembered
        mark = desk.admin.mark()
        bulk.publish(session, wanted)
        assert desk.admin.log(mark).writes == []
        assert bulk.differences(session, wanted) == []


def test_an_administrator_gives_all_stamps_back(desk_admin: Desk) -> None:
    desk = desk_admin
    with desk.session() as session:
        wanted = started(desk, session)
        before = desk.whole()
        bulk.publish(session, much(wanted))
        rollback(session, "ask")
        # `metadata_modified` of a resource is CKAN's alone
        after = desk.whole()
        assert after["package"]["metadata_modified"] == before["package"]["metadata_modified"]
        assert by_editor(after) == by_editor(before)


def test_a_first_publication_is_deleted_and_comes_back_with_its_ids(each: Desk) -> None:
    desk = each
    desk.add(TWO)
    desk.publish()
    before = {name: desk.whole(name) for name in (ONE, TWO)}
    told = desk.run("rollback")
    assert (told["datasets"], told["deleted"]) == ([ONE, TWO], [ONE, TWO])
    assert desk.datasets() == []
    assert desk.show()["state"] == "deleted"
    assert desk.record() is None
    told = desk.publish()
    assert {one["action"] for one in told["datasets"]} == {"revive"}
    assert desk.run("verify")["differences"] == []
    stamps = ("metadata_modified", "last_modified")
    for name in (ONE, TWO):
        assert without(desk.whole(name), stamps) == without(before[name], stamps)


def test_two_publications_are_undone_one_after_the_other(each: Desk) -> None:
    desk = each
    with desk.session() as session:
        wanted = started(desk, session)
        states = [desk.whole()]
        second = bulk.with_value(wanted, "initiative", "二")
        bulk.publish(session, second)
        states.append(desk.whole())
        bulk.publish(session, much(second))
        rollback(session, "ask")
        assert by_editor(desk.whole()) == by_editor(states[1])
        rollback(session, "ask")
        assert by_editor(desk.whole()) == by_editor(states[0])
        rollback(session, "ask")
        assert desk.show()["state"] == "deleted"
        with pytest.raises(MachidataError) as nothing:
            rollback(session, "ask")
        assert nothing.value.code == "rollback-nothing"


def test_a_withdrawal_is_undone(each: Desk) -> None:
    desk = each
    desk.add(TWO)
    desk.publish()
    before = desk.whole(TWO)
    desk.drop(TWO)
    desk.publish()
    assert desk.whole(TWO) != before
    desk.run("rollback")
    assert by_editor(desk.whole(TWO)) == by_editor(before)


def test_a_revival_is_undone(each: Desk) -> None:
    desk = each
    with desk.session() as session:
        wanted = started(desk, session)
        desk.admin.call("package_delete", id=desk.show()["id"])
        before = desk.whole()
        bulk.publish(session, much(wanted))
        assert desk.show()["state"] == "active"
        rollback(session, "ask")
        assert by_editor(desk.whole()) == by_editor(before)
        assert desk.show()["state"] == "deleted"


def by_title(desk: Desk) -> None:
    desk.admin.call("package_patch", id=desk.show()["id"], title="portal")


def by_row(desk: Desk) -> None:
    at = desk.resource("initiative")["id"]
    found = desk.admin.call("datastore_search", resource_id=at, limit=1)["records"][0]
    told = {"resource_id": at, "force": True, "method": "upsert"}
    desk.admin.call("datastore_upsert", **told, records=[{"ID": found["ID"], "名称": "portal"}])


@pytest.mark.parametrize("edit", [by_title, by_row])
def test_somebodys_edit_is_not_thrown_away_unasked(
    desk: Desk, edit: Callable[[Desk], None]
) -> None:
    with desk.session() as session:
        wanted = started(desk, session)
        before = desk.whole()
        bulk.publish(session, much(wanted))
        edit(desk)
        edited = desk.whole()
        mark = desk.admin.mark()
        with pytest.raises(MachidataError) as refused:
            rollback(session, "ask")
        assert refused.value.code == "catalog-moved"
        assert desk.admin.log(mark).writes == []
        assert desk.whole() == edited
        rollback(session, "overwrite")
        assert by_editor(desk.whole()) == by_editor(before)


class Stopped(BaseException):
    """As if the process ended here."""


def stop_before(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The writing request with that number is never sent; nothing after it is done."""
    left = [number]

    def counted(way: Callable[..., Any]) -> Callable[..., Any]:
        def write(self: Client, *given: Any, **more: Any) -> Any:
            left[0] -= 1
            if left[0] < 1:
                raise Stopped
            return way(self, *given, **more)

        return write

    monkeypatch.setattr(Client, "write", counted(Client.write))
    monkeypatch.setattr(Client, "send", counted(Client.send))


def test_an_interrupted_rollback_goes_on_wherever_it_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.session() as session:
        wanted = started(desk, session)
        before = desk.whole()
        bulk.publish(session, much(wanted))
        stops = 0
        for number in (1, 2, 2, 1):
            with monkeypatch.context() as patched:
                stop_before(patched, number)
                try:
                    rollback(session, "ask")
                    break
                except Stopped:
                    stops += 1
            told = desk.call("publish", "--to", "desk", "--plan", "p.json", "--json")
            assert told.json["error"]["code"] == "rollback-unfinished"
        else:
            rollback(session, "ask")
        assert stops >= 3
        assert by_editor(desk.whole()) == by_editor(before)
        assert not bulk.planned(session, [wanted]).plan.changes


def test_the_command_line_says_what_it_did(desk: Desk) -> None:
    desk.publish()
    before = without(desk.show(), (*PASSING, *OF_EDITORS))
    desk.plan_text(ONE, OTHER_PLAN)
    desk.publish()
    told = desk.call("rollback", "--to", "desk")
    assert told.code == 0
    assert ONE in told.out
    assert without(desk.show(), (*PASSING, *OF_EDITORS)) == before
    # what was to be published still is
    assert desk.publish()["datasets"][0]["action"] == "update"
