"""What CKAN is sent for a target, and whether it is there."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.publish.planning.target import (
    NEW,
    Target,
    TargetFile,
    creation,
    reached,
    revision,
)
from pipelines.publish.planning.wanted import resource_id
from tests.publish.pretend_ckan import _filtered, _merged

FILE = TargetFile("plan", "r1", "https://x.example/plan", "plan.csv", "h1", {}, {})
TARGET = Target(
    package="one",
    name="one",
    iri="https://x.example/one",
    title="計画",
    version="1",
    action="update",
    id="d1",
    site="https://c.example",
    modified="2026",
    write={},
    sent={},
    files=(FILE,),
    order=("r1",),
)
SHOWN: dict[str, Any] = {
    "id": "d1",
    "name": "one",
    "title": "計画",
    "notes": "説明",
    "state": "active",
    "private": False,
    "tags": [{"name": "a"}, {"name": "b"}, {"name": "c"}],
    "extras": [{"key": "theirs", "value": "1"}, {"key": "uri", "value": "u"}],
    "resources": [
        {"id": "r1", "name": "表", "description": "古い", "url": "u1", "position": 0, "hash": "h0"},
        {"id": "f1", "name": "写真", "url": "u2", "position": 1, "their": "own"},
    ],
}
BOTH = replace(TARGET, order=("r1", "f1"))


def after(target: Target) -> dict[str, Any]:
    """What CKAN makes of a revision, by its own rules of filtering and merging."""
    made = copy.deepcopy(SHOWN)
    filters, update, _ = revision(target, made)
    for one in filters:
        _filtered(made, one)
    _merged(made, update)
    return made


def test_a_creation_is_private_and_without_resources() -> None:
    write = {
        "title": "計画",
        "private": False,
        "tags": ["b", "a"],
        "extras.uri": "u",
        "notes": None,
    }
    told = creation(replace(TARGET, action="create", write=write), "0.0.0+mark")
    assert told == {
        "name": "one",
        "title": "計画",
        "private": True,
        "version": "0.0.0+mark",
        "tags": [{"name": "b"}, {"name": "a"}],
        "extras": [{"key": "uri", "value": "u"}],
    }


def test_a_field_comes_and_another_goes() -> None:
    made = after(replace(BOTH, write={"title": "新", "notes": None}))
    assert made["title"] == "新"
    assert "notes" not in made
    assert made["extras"] == SHOWN["extras"]


def test_extras_of_others_stay() -> None:
    made = after(replace(BOTH, write={"extras.uri": "new", "extras.more": "x", "extras.no": None}))
    assert {one["key"]: one["value"] for one in made["extras"]} == {
        "theirs": "1",
        "uri": "new",
        "more": "x",
    }
    gone = after(replace(BOTH, write={"extras.uri": None}))
    assert [one["key"] for one in gone["extras"]] == ["theirs"]


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True))
def test_a_list_is_replaced_never_merged(tags: list[str]) -> None:
    made = after(replace(BOTH, write={"tags": tags or None}))
    assert [tag["name"] for tag in made.get("tags", [])] == tags


@pytest.mark.parametrize("order", [("r1", "f1"), ("f1", "r1"), ("r1",)])
def test_resources_stay_whole_in_any_order(order: tuple[str, ...]) -> None:
    made = after(replace(TARGET, order=order, write={"title": "新"}))
    whole = {
        one["id"]: {k: v for k, v in one.items() if k != "position"} for one in SHOWN["resources"]
    }
    assert made["resources"] == [whole[id_] for id_ in order]


def test_positions_are_never_sent() -> None:
    _, update, _ = revision(BOTH, SHOWN)
    assert not [one for one in update["resources"] if "position" in one]


def test_a_resource_gets_its_fields_and_loses_others() -> None:
    file = replace(FILE, write={"name": "新", "description": None, "status": "s"})
    made = after(replace(BOTH, files=(file,)))
    assert made["resources"][0] == {
        "id": "r1",
        "name": "新",
        "url": "u1",
        "hash": "h0",
        "status": "s",
    }


def test_uploads_stand_at_the_position_in_the_new_list() -> None:
    new = replace(FILE, key="kpi", id="", iri="https://x.example/kpi", name="kpi.csv", upload=True)
    old = replace(FILE, upload=True)
    target = replace(TARGET, files=(new, old), order=(f"{NEW}kpi", "f1", "r1"))
    _, update, uploads = revision(target, SHOWN)
    assert {place: one.key for place, one in uploads.items()} == {0: "kpi", 2: "plan"}
    id_ = resource_id("https://x.example/kpi", "d1")
    address = f"https://c.example/dataset/d1/resource/{id_}/download/kpi.csv"
    assert update["resources"][0] == {"id": id_, "access_url": address, "download_url": address}
    assert target.ids("d1") == {"kpi": id_, "plan": "r1"}
    assert target.file("kpi") is new


@pytest.mark.parametrize("action", ["create", "revive"])
def test_what_comes_is_active_and_private_at_first(action: Any) -> None:
    target = replace(BOTH, action=action, write={"private": False})
    filters, update, _ = revision(target, SHOWN)
    assert (update["state"], update["private"]) == ("active", True)
    assert not {"-state", "-private"} & set(filters)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (BOTH, True),
        (replace(BOTH, write={"title": "計画", "tags": ["a", "b", "c"]}), True),
        (replace(BOTH, write={"title": "新"}), False),
        (replace(BOTH, write={"notes": None}), False),
        (replace(BOTH, write={"author": None}), True),
        (replace(BOTH, order=("f1", "r1")), False),
        (replace(BOTH, order=("r1",)), False),
        (replace(BOTH, files=(replace(FILE, upload=True),)), False),
        (replace(BOTH, files=(replace(FILE, upload=True, sha256="h0"),)), True),
        (replace(BOTH, files=(replace(FILE, write={"name": "表"}),)), True),
        (replace(BOTH, files=(replace(FILE, write={"name": "新"}),)), False),
        (replace(BOTH, files=(replace(FILE, write={"url": None}),)), False),
        (replace(BOTH, write={"private": True}), False),
        (replace(BOTH, action="create", write={"private": True}), True),
    ],
)
def test_whether_a_target_is_reached(target: Target, expected: bool) -> None:
    assert reached(target, SHOWN) is expected


def test_a_deleted_dataset_has_reached_nothing() -> None:
    assert not reached(BOTH, {**SHOWN, "state": "deleted"})
    assert not reached(BOTH, {})
