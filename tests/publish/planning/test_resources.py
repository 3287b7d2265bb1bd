"""Which resource is which, and what happens to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.publish.planning.fields import Policy
from pipelines.publish.planning.record import FileRecord, Record
from pipelines.publish.planning.resources import (
    FileState,
    StorePlan,
    found_hash,
    match,
    plan_file,
    untouched,
    with_withdrawn,
    withdrawn_file,
)
from pipelines.publish.planning.wanted import WITHDRAWN, WantedFile
from tests.publish.house import BASE, csv, wanted, wanted_file

DATA, OTHER = csv({"a": 1}), csv({"a": 2})
NONE = StorePlan()


def record(*files: tuple[str, str]) -> Record:
    made = {
        key: FileRecord(id_, f"{BASE}one/{key}", f"{key}.csv", {}, {}, "h") for key, id_ in files
    }
    return Record("one", "one", "d", f"{BASE}one", "t", "1", {}, {}, made)


def shown(id_: str, **fields: Any) -> dict[str, Any]:
    return {"id": id_, "url": "", **fields}


PLAN = wanted_file("plan", DATA)


@pytest.mark.parametrize(
    ("resources", "known", "expected"),
    [
        ([], [], ""),
        ([shown("1")], [("plan", "1")], "1"),
        ([shown("1", uri=PLAN.iri), shown("2")], [("plan", "2")], "2"),  # the record first
        ([shown("1", uri=PLAN.iri), shown("2")], [("plan", "gone")], "1"),
        ([shown("1", identifier="plan"), shown("2", uri=PLAN.iri)], [], "2"),
        ([shown("1", identifier="plan")], [], "1"),
        ([shown("1", identifier="plan", uri="https://else.example/x")], [], ""),
        ([shown("1", url=f"https://c.example/d/{PLAN.name}?x#y")], [], "1"),
        ([shown("1", url=f"https://c.example/d/{PLAN.name}", uri="https://e.example")], [], ""),
        ([shown("1", url=None)], [], ""),
        ([shown("1", url="https://c.example/other.csv")], [], ""),
    ],
)
def test_a_file_finds_its_resource(
    resources: list[dict[str, Any]], known: list[tuple[str, str]], expected: str
) -> None:
    assert match([PLAN], resources, record(*known)) == [expected]


def test_a_resource_is_one_file_at_most() -> None:
    one, two = PLAN, replace(wanted_file("kpi", DATA), name=PLAN.name)
    resources = [shown("1", url=f"https://c.example/{PLAN.name}")]
    assert match([one, two], resources, None) == ["1", ""]
    assert match([two, one], resources, None) == ["1", ""]


def test_a_weaker_sign_never_takes_what_a_stronger_one_wants() -> None:
    kpi = wanted_file("kpi", DATA)
    resources = [shown("1", uri=kpi.iri, identifier="plan"), shown("2", identifier="plan")]
    assert match([PLAN, kpi], resources, None) == ["2", "1"]


@given(st.permutations(["plan", "kpi", "goal"]), st.permutations(["plan", "kpi", "goal"]))
def test_the_order_of_either_side_does_not_matter(ours: list[str], theirs: list[str]) -> None:
    files = [wanted_file(key, DATA) for key in ours]
    resources = [shown(f"id-{key}", uri=f"{BASE}one/{key}") for key in theirs]
    assert match(files, resources, None) == [f"id-{key}" for key in ours]


def test_a_table_that_is_gone_stays_as_withdrawn() -> None:
    known = record(("plan", "1"), ("kpi", "2"), ("goal", "3"))
    found = with_withdrawn(wanted("one", PLAN), known, [shown("1"), shown("2")])
    assert [(file.key, file.withdrawn) for file in found.files] == [("plan", False), ("kpi", True)]
    assert found.files[1].fields["status"] == WITHDRAWN
    assert found.files[1].data is None
    assert with_withdrawn(wanted("one", PLAN), None, [shown("1")]).files == (PLAN,)


def test_an_upload_of_ours_is_known_by_date_and_hash() -> None:
    told = FileRecord("1", "", "", {}, {}, "h", "2026")
    there = {"url_type": "upload", "last_modified": "2026", "hash": "h"}
    assert untouched(there, told)
    for change in ({"url_type": ""}, {"last_modified": "2027"}, {"hash": "x"}, {"hash": None}):
        assert not untouched({**there, **change}, told)
    assert found_hash(there, told, None) == "h"
    assert found_hash({**there, "hash": "x"}, told, None) == ""
    assert found_hash(there, None, None) == ""
    assert (
        found_hash(there, told, b"")
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


POLICIES: tuple[Policy, ...] = ("ask", "keep", "overwrite")
ours, before, theirs = PLAN.sha256, wanted_file("plan", OTHER).sha256, "f" * 64


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    ("recorded", "found", "decisions"),
    [
        (None, ours, None),  # the same bytes, nobody remembers
        (None, theirs, "ours"),
        (ours, ours, None),
        (before, before, "ours"),
        (before, ours, None),
        (ours, theirs, ("keep", "keep", "overwrite")),
        (before, theirs, ("conflict", "keep", "overwrite")),
        (ours, "", ("keep", "keep", "overwrite")),  # a link stands there
    ],
)
def test_the_bytes_of_a_file(
    recorded: str | None, found: str, decisions: Any, policy: Policy
) -> None:
    resource = {"id": "1", "url": "https://x.example/theirs", **PLAN.fields}
    told = None
    if recorded is not None:
        told = FileRecord("1", PLAN.iri, PLAN.name, PLAN.fields, PLAN.fields, recorded)
    change, target, drift = plan_file(PLAN, FileState(resource, found, None, NONE), told, policy)
    decision = decisions[POLICIES.index(policy)] if isinstance(decisions, tuple) else decisions
    assert target.upload == (decision in ("ours", "overwrite"))
    assert target.file_kept == (decision in ("keep", "conflict"))
    assert (change.file is not None) == target.upload
    assert change.action == ("update" if target.upload else "keep")
    expected = [] if decision in (None, "ours") else [("file", decision, found or resource["url"])]
    assert [(one.what, one.decision, one.found) for one in drift] == expected


def test_a_new_file_goes_as_a_whole() -> None:
    change, target, drift = plan_file(PLAN, FileState(None, "", None, NONE), None, "ask")
    assert (change.action, change.id, drift) == ("create", "", [])
    assert target.upload
    assert target.write == PLAN.fields
    assert change.file
    assert (change.file.before, change.file.after_size) == ("", len(DATA))


def test_a_withdrawn_file_keeps_its_bytes() -> None:
    told = FileRecord("1", PLAN.iri, PLAN.name, PLAN.fields, PLAN.fields, ours, "d")
    file: WantedFile = withdrawn_file("plan", told)
    resource = {"id": "1", **PLAN.fields}
    change, target, drift = plan_file(file, FileState(resource, ours, None, NONE), told, "ask")
    assert (change.action, target.upload, target.store, drift) == ("withdraw", False, False, [])
    assert target.write == {"status": WITHDRAWN}
    again = {**resource, "status": WITHDRAWN}
    told = replace(told, sent=file.fields, shown=file.fields)
    assert plan_file(file, FileState(again, ours, None, NONE), told, "ask")[0].action == "keep"
