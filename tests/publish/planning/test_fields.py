"""Who changed what: the table of recorded, sent, shown, found and wanted values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.publish.planning.fields import (
    Policy,
    Told,
    decide,
    flat,
    flat_resource,
    normal,
    settle,
)

POLICIES: tuple[Policy, ...] = ("ask", "keep", "overwrite")
values = st.none() | st.sampled_from(["", " ", "あ", "い"]) | st.just(["あ"]) | st.booleans()


def told(sent: Any, shown: Any) -> Told:
    fields = [{} if one is None else {"notes": one} for one in (sent, shown)]
    return Told(*fields)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("", None),
        (" \n", None),
        (" あ ", "あ"),
        (12, "12"),
        (0, "0"),
        (True, True),
        (False, False),
        (1.5, 1.5),
        ([], None),
        ([""], None),
        (["あ", " "], ["あ"]),
        (("あ",), ["あ"]),
        ({}, None),
        ({"name": "", "url": None}, None),
        ({"name": " 課 ", "tel": ""}, {"name": "課"}),
        ([{"name": ""}, {"name": "課"}], [{"name": "課"}]),
    ],
)
def test_values_are_compared_by_what_they_say(value: Any, expected: Any) -> None:
    assert normal(value) == expected


@given(st.recursive(values | st.integers(), lambda inner: st.lists(inner, max_size=3)))
def test_a_normal_value_stays_one(value: Any) -> None:
    assert normal(normal(value)) == normal(value)


def test_a_dataset_flat() -> None:
    shown = {
        "id": "1",
        "title": " 計画 ",
        "notes": "",
        "tags": [{"name": "b"}, {"name": "a"}, {"name": "a"}],
        "extras": [{"key": "uri", "value": "x"}, {"key": "leer", "value": ""}],
        "resources": [{}],
        "organization": {"id": "o"},
        "metadata_modified": "2026",
        "private": False,
    }
    expected = {"title": "計画", "tags": ["a", "b"], "extras.uri": "x", "private": False}
    assert flat(shown) == expected
    assert flat({**shown, "tags": None, "extras": None})["private"] is False
    assert flat_resource({"size": 12, "hash": "", "url": " u "}) == {"size": "12", "url": "u"}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("ours_changed", [True, False])
def test_decisions(policy: Policy, ours_changed: bool) -> None:
    expected = {
        ("ask", True): "conflict",
        ("ask", False): "keep",
        ("keep", True): "keep",
        ("keep", False): "keep",
        ("overwrite", True): "overwrite",
        ("overwrite", False): "overwrite",
    }
    assert decide(ours_changed, policy) == expected[policy, ours_changed]


# sent, shown at our last apply; found now; wanted; then for each policy: what is written (… for
# nothing) and the decision about the portal's edit ('' for no edit)
NOTHING = ...
TABLE: list[tuple[Any, Any, Any, Any, Any, str]] = [
    ("a", "a", "a", "a", NOTHING, ""),
    ("a", "a", "a", "b", "b", ""),
    ("a", "a", "a", None, None, ""),
    (None, None, None, "b", "b", ""),
    ("a", "A", "A", "a", NOTHING, ""),  # the catalog spells it so
    ("a", "A", "A", "b", "b", ""),
    ("a", "A", "A", None, None, ""),
    ("a", None, None, "a", NOTHING, ""),  # the catalog drops it
    ("a", None, None, "b", "b", ""),
    ("a", "a", "x", "a", "a", "edit"),
    ("a", "a", None, "a", "a", "edit"),
    ("a", "a", "x", "b", "b", "both"),
    ("a", "a", None, "b", "b", "both"),
    ("a", "a", "x", None, None, "both"),
    ("a", "a", "x", "x", NOTHING, ""),  # both came to the same
    (None, None, "x", "b", "b", "both"),
    ("a", "A", "x", "a", "a", "edit"),
    ("a", "A", "a", "a", NOTHING, ""),
]


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(("sent", "shown", "found", "wanted", "written", "edit"), TABLE)
def test_a_field_with_a_record(
    sent: Any, shown: Any, found: Any, wanted: Any, written: Any, edit: str, policy: Policy
) -> None:
    ours, theirs = {"notes": wanted}, {"notes": found}
    settled = settle(ours, theirs, told(sent, shown), policy, "plan")
    decision = decide(edit == "both", policy) if edit else "overwrite"
    if written is NOTHING or decision != "overwrite":
        assert settled.write == {}
        assert settled.changes == ()
    else:
        assert settled.write == {"notes": written}
        change = settled.changes[0]
        assert (change.name, change.before, change.after) == ("notes", found, written)
    assert [(one.resource, one.what, one.decision) for one in settled.drift] == (
        [("plan", "field:notes", decision)] if edit else []
    )
    assert settled.kept == (("notes",) if edit and decision != "overwrite" else ())


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    ("found", "wanted", "write"), [("x", "b", {"notes": "b"}), ("b", "b", {}), (None, None, {})]
)
def test_without_a_record_a_difference_is_ours(
    found: Any, wanted: Any, write: Any, policy: Policy
) -> None:
    settled = settle({"notes": wanted}, {"notes": found}, None, policy)
    assert (settled.write, settled.drift, settled.kept) == (write, (), ())


def test_fields_of_the_portal_alone_are_left_alone() -> None:
    settled = settle({}, {"author": "課", "extras.x": "y"}, Told({}, {}), "overwrite")
    assert (settled.write, settled.drift) == ({}, ())


def test_fields_come_in_the_order_of_their_names() -> None:
    settled = settle({"b": "1", "a": "1", "c": "1"}, {}, None, "ask")
    assert list(settled.write) == ["a", "b", "c"]
    assert [one.name for one in settled.changes] == ["a", "b", "c"]


@given(values, values, values, values, st.sampled_from(POLICIES))
def test_what_is_written_is_ours_and_what_stays_is_an_edit(
    sent: Any, shown: Any, found: Any, wanted: Any, policy: Policy
) -> None:
    settled = settle({"n": wanted}, {"n": found}, Told({"n": sent}, {"n": shown}), policy)
    assert settled.write in ({}, {"n": normal(wanted)})
    assert not (settled.write and settled.kept)
    if settled.kept:
        assert normal(found) != normal(shown)
        assert policy != "overwrite"
    if policy == "overwrite":
        same = normal(wanted) == normal(found)
        untouched = normal(found) == normal(shown) and normal(wanted) == normal(sent)
        assert bool(settled.write) == (not same and not untouched)
