"""Publishing by the command line: the first time, the second time, after one value changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.ckan.publishing.desk import FEWER, ONE, OTHER_PLAN, TWO, Desk, unstamped, without
from tests.ckan.publishing.rows import written
from tests.cli.conftest import PLAN

# A document with another value is another one: two tables more have its hash.
CHANGED = {"observation", "plan", "provenance"}


def test_all_of_it_is_there_after_the_first_publication(each: Desk) -> None:
    desk = each
    desk.add(TWO)
    told = desk.publish()
    assert [(one["name"], one["action"]) for one in told["datasets"]] == [
        (ONE, "create"),
        (TWO, "create"),
    ]
    for package in (ONE, TWO):
        nobody = desk.admin.as_user("nobody", "")
        shown = desk.show(package, nobody)
        assert (shown["private"], shown["state"]) == (False, "active")
        assert [one["identifier"] for one in shown["resources"]] == [
            *("plan", "initiative", "indicator", "observation", "provenance")
        ]
    assert desk.run("verify") == {"differences": [], "exit_code": 0}


def test_the_tables_say_what_the_schema_says(each: Desk) -> None:
    desk = each
    desk.publish()
    resource = desk.resource("observation")
    told = desk.admin.as_user("", "").call("datastore_info", id=resource["id"])
    fields = {one["id"]: one for one in told["fields"]}
    assert fields["年度"]["type"] in ("int8", "bigint")
    assert fields["値"]["type"] == "numeric"
    assert fields["ID"]["type"] == "text"
    assert fields["年度"]["info"]["label"] == "年度"
    assert fields["年度"]["info"]["notes"].isascii()
    first = next(name for name in fields if name != "_id")
    assert first == "全国地方公共団体コード"
    found = desk.admin.call("datastore_search", resource_id=resource["id"])["records"]
    by_id = {one["ID"]: one for one in found}
    assert [one["値"] for one in by_id.values() if one["年度"] == 2023] == [34, None]


def test_the_files_are_ours_byte_for_byte_and_the_graph_names_them(each: Desk) -> None:
    desk = each
    desk.publish()
    shown = desk.show()
    for one in shown["resources"]:
        assert desk.file(one) == one["hash"]
    graph = desk.admin.get(f"/dataset/{shown['id']}.ttl").decode("utf-8")
    for one in shown["resources"]:
        assert f"<{one['uri']}>" in graph
        assert one["hash"] in graph


def test_a_second_publication_writes_nothing(each: Desk) -> None:
    desk = each
    desk.publish()
    before = desk.whole()
    mark = desk.admin.mark()
    told = desk.publish()
    log = desk.admin.log(mark)
    assert [one.action for one in log.writes] == []
    assert [one["action"] for one in told["plan"]["datasets"]] == ["keep"]
    assert told["datasets"] == []
    assert desk.run("verify")["differences"] == []
    assert desk.whole() == before


def test_another_machine_writes_nothing_and_remembers(each: Desk) -> None:
    desk = each
    desk.publish()
    remembered = json.loads(desk.record() or b"")
    shutil.rmtree(desk.state)
    mark = desk.admin.mark()
    desk.publish()
    assert [one.action for one in desk.admin.log(mark).writes] == []
    assert json.loads(desk.record() or b"") == remembered
    mark = desk.admin.mark()
    desk.publish()
    assert [one.action for one in desk.admin.log(mark).writes] == []


def test_a_schema_of_few_fields_is_no_reason_to_write_again(desk_recommended: Desk) -> None:
    desk = desk_recommended
    desk.publish()
    assert desk.run("verify")["differences"] == []
    mark = desk.admin.mark()
    desk.publish()
    assert desk.admin.log(mark).writes == []
    shutil.rmtree(desk.state)
    desk.publish()
    assert desk.admin.log(mark).writes == []
    before = desk.whole()
    desk.plan_text(ONE, OTHER_PLAN)
    desk.publish()
    assert desk.run("verify")["differences"] == []
    desk.run("rollback")
    assert without(desk.whole(), ("metadata_modified",)) == without(before, ("metadata_modified",))


def test_one_value_is_one_revise_with_its_files_and_one_row(each: Desk) -> None:
    desk = each
    desk.publish()
    before = desk.show()
    observation = desk.resource("observation")["id"]
    rows = written(desk.admin, observation)
    desk.plan_text(ONE, OTHER_PLAN)
    mark = desk.admin.mark()
    told = desk.publish()
    log = desk.admin.log(mark)
    assert len(log.of("package_revise")) == 1
    writes = [one.action for one in log.writes]
    assert sorted(set(writes)) == ["datastore_upsert", "package_revise"]
    after = desk.show()
    same, other = [], []
    for old, new in zip(before["resources"], after["resources"], strict=True):
        assert (old["id"], old["url"], old["created"]) == (new["id"], new["url"], new["created"])
        (same if old["last_modified"] == new["last_modified"] else other).append(new["identifier"])
    changed = {
        one["key"] for one in told["plan"]["datasets"][0]["resources"] if one["file"] is not None
    }
    assert set(other) == changed == CHANGED
    assert set(same) == {"initiative", "indicator"}
    found = written(desk.admin, observation)
    assert list(found) == list(rows)
    assert sum(found[number] != rows[number] for number in rows) == 1
    # the files that went, and hardly more
    sizes = sum(one["size"] for one in after["resources"] if one["identifier"] in changed)
    assert log.of("package_revise")[0].received < sizes + 60_000
    assert desk.run("verify")["differences"] == []


def test_a_table_that_goes_is_kept_as_withdrawn_and_comes_back(each: Desk) -> None:
    desk = each
    desk.publish()
    before = desk.whole()
    desk.plan_text(ONE, FEWER)
    desk.publish()
    gone = desk.resource("observation")
    assert gone["status"] == "http://purl.org/adms/status/Withdrawn"
    assert desk.run("verify")["differences"] == []
    old = next(x for x in before["package"]["resources"] if x["identifier"] == "observation")
    assert (gone["id"], gone["url"], gone["hash"], gone["last_modified"]) == (
        *(old["id"], old["url"], old["hash"], old["last_modified"]),
    )
    assert desk.whole()[f"table {gone['id']}"] == before[f"table {gone['id']}"]
    mark = desk.admin.mark()
    desk.publish()
    assert desk.admin.log(mark).writes == []
    desk.plan_text(ONE, PLAN)
    desk.publish()
    assert unstamped(desk.whole()) == unstamped(before)


def test_every_version_of_ckan(any_desk: Desk) -> None:
    desk = any_desk
    desk.publish()
    assert desk.run("verify")["differences"] == []
    before = desk.whole()
    mark = desk.admin.mark()
    desk.publish()
    assert desk.admin.log(mark).writes == []
    desk.plan_text(ONE, OTHER_PLAN)
    desk.publish()
    log = desk.admin.log(mark)
    assert len(log.of("package_revise")) == 1
    assert desk.run("verify")["differences"] == []
    desk.run("rollback")
    stamps = ("metadata_modified",)
    assert without(desk.whole(), stamps) == without(before, stamps)
    assert desk.run("publish")["plan"]["datasets"][0]["action"] == "update"


def test_the_token_is_written_nowhere(desk: Desk, tmp_path: Path) -> None:
    desk.publish("--plan", tmp_path / "plan.json")
    desk.publish()
    for file in [*desk.root.rglob("*")]:
        if file.is_file():
            assert desk.user.token.encode() not in file.read_bytes(), file


@pytest.mark.parametrize("role", ["member", "nobody"])
def test_without_rights_nothing_is_written(
    desk: Desk, member: object, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = member.token if role == "member" else "not-a-token-at-all"  # type: ignore[attr-defined]
    monkeypatch.setenv("MACHIDATA_CKAN_TOKEN", token)
    told = desk.call("publish", "--to", "desk", "--json")
    assert told.code in (2, 3)
    assert token not in told.out + told.err
    assert desk.datasets() == []
