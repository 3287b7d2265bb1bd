"""Plans as files: the way there and back, and what is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.model import MachidataError
from pipelines.publish.plan import files
from pipelines.publish.plan.codec import from_json, to_json
from pipelines.publish.plan.files import digest, load_plan, plan_bytes
from pipelines.publish.plan.model import DatasetChange, FieldChange, Plan, RowChange
from tests.publish.plan.sample import HOSTILE, hostile, sample

TEXT = st.text(st.characters(), max_size=8)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | TEXT
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(int, st.integers(0, 2**53 - 1))
DATASETS = st.builds(
    DatasetChange,
    drift=st.just(()),
    resources=st.just(()),
    fields=st.lists(st.builds(FieldChange, before=VALUES, after=VALUES), max_size=3).map(tuple),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(Plan, datasets=st.lists(DATASETS, max_size=3).map(tuple)))
def test_a_plan_comes_back_as_it_was(plan: Plan) -> None:
    data = plan_bytes(plan)
    assert load_plan(data) == plan
    assert plan_bytes(load_plan(data)) == data


@pytest.mark.parametrize("plan", [sample(), *map(hostile, HOSTILE), hostile("\ud800")])
def test_whole_plans_come_back(plan: Plan) -> None:
    data = plan_bytes(plan)
    assert load_plan(data) == plan
    assert json.loads(data)["digest"] == digest(plan)
    assert data == plan_bytes(plan)
    data.decode("utf-8")
    assert data.endswith(b"}\n")
    assert b"\r" not in data


def test_the_order_of_the_keys_of_a_value_is_no_difference() -> None:
    one, other = (
        Plan(
            "c",
            "u",
            "s",
            "b",
            (replace(sample().datasets[4], fields=(FieldChange("a", None, v),)),),
        )
        for v in ({"x": 1, "y": 2}, {"y": 2, "x": 1})
    )
    assert plan_bytes(one) == plan_bytes(other)
    assert digest(one) == digest(other)


def test_the_digest_is_that_of_the_json_without_it() -> None:
    document = json.loads(plan_bytes(sample()))
    stated = document.pop("digest")
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == stated
    assert next(iter(document)) == "format"


def refused(data: bytes) -> MachidataError:
    with pytest.raises(MachidataError) as caught:
        load_plan(data)
    assert caught.value.exit_code == 2
    return caught.value


Edit = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        (lambda d: d.update(extra=1), "$"),
        (lambda d: d.pop("catalog"), "$"),
        (lambda d: d.pop("digest"), "$"),
        (lambda d: d.update(format="machidata-plan/2"), "$.format"),
        (lambda d: d.update(catalog=1), "$.catalog"),
        (lambda d: d.update(approval=1), "$.approval"),
        (lambda d: d.update(datasets={}), "$.datasets"),
        (lambda d: d["datasets"].append(None), "$.datasets[5]"),
        (lambda d: d["datasets"][0].update(action="delete"), "$.datasets[0].action"),
        (lambda d: d["datasets"][0].update(version=[]), "$.datasets[0].version"),
        (lambda d: d["datasets"][0]["version"].pop("derived"), "$.datasets[0].version"),
        (lambda d: d["datasets"][0]["changelog"].append(["ja"]), "$.datasets[0].changelog[4]"),
        (
            lambda d: d["datasets"][0]["resources"][0]["file"].update(after_size=-1),
            "$.datasets[0].resources[0].file.after_size",
        ),
        (
            lambda d: d["datasets"][0]["resources"][0]["diff"].update(added=True),
            "$.datasets[0].resources[0].diff.added",
        ),
        (
            lambda d: d["datasets"][0]["resources"][0]["diff"].update(added=1.0),
            "$.datasets[0].resources[0].diff.added",
        ),
    ],
)
def test_what_is_no_plan_is_refused_with_its_place(edit: Edit, where: str) -> None:
    document = json.loads(plan_bytes(sample()))
    edit(document)
    error = refused(json.dumps(document).encode())
    assert (error.code, error.where) == ("plan-invalid", where)


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d.update(url="https://evil.example/"),
        lambda d: d.update(digest="0" * 64),
        lambda d: d.update(digest=None),
        lambda d: d["datasets"][0].update(seen=""),
        lambda d: d["datasets"][0]["fields"][0].update(after="別"),
        lambda d: d["datasets"].pop(),
    ],
)
def test_an_edited_plan_is_refused(edit: Edit) -> None:
    document = json.loads(plan_bytes(sample()))
    edit(document)
    assert refused(json.dumps(document).encode()).code == "plan-changed"


def test_another_layout_of_the_same_plan_is_the_same_plan() -> None:
    document = json.loads(plan_bytes(sample()))
    assert load_plan(json.dumps(document, sort_keys=True).encode()) == sample()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"{",
        b'{"format": NaN}',
        b'{"format": 1, "format": 1}',
        b'{"format": ' + b"9" * 10_000 + b"}",
        b"[" * 200_000,
        b'{"a":' * 200_000,
    ],
)
def test_rubbish_is_refused(data: bytes) -> None:
    assert refused(data).code == "plan-invalid"


def test_a_value_that_is_too_deep_or_no_json_is_refused_both_ways() -> None:
    deep: Any = "x"
    for _ in range(100):
        deep = [deep]
    for value in (deep, float("nan"), 2**60, b"x", {1: 2}, float("inf")):
        with pytest.raises(MachidataError) as caught:
            to_json(FieldChange("a", value, None))
        assert caught.value.code == "plan-invalid"
    document = json.loads(plan_bytes(sample()))
    document["datasets"][0]["fields"][0]["after"] = deep
    assert refused(json.dumps(document).encode()).code == "plan-invalid"


def test_a_huge_file_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = plan_bytes(sample())
    monkeypatch.setattr(files, "LARGEST_FILE", len(data))
    assert load_plan(data) == sample()
    assert refused(data + b" ").where == "$"
    monkeypatch.setattr(files, "LARGEST_FILE", len(data) - 1)
    with pytest.raises(MachidataError):
        plan_bytes(sample())


def test_a_hostile_key_is_shown_harmlessly() -> None:
    error = refused(json.dumps({"format": "machidata-plan/1", "\x1b[31m": 1}).encode())
    assert error.found == "<U+001B>[31m"


def test_the_kind_of_a_row_is_one_of_three() -> None:
    row = {"kind": "added", "key": "a", "cells": []}
    assert from_json(RowChange, row) == RowChange("added", "a")
    with pytest.raises(MachidataError):
        from_json(RowChange, {**row, "kind": "gone"})
