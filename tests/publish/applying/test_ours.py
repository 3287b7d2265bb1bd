"""Whose a dataset is: two publishers who know nothing of each other, in front of one catalog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.publish.applying.ours import left
from tests.publish.house import House, changed, csv, wanted, wanted_file
from tests.publish.pretend_ckan import PretendCkan

ONE = wanted("one", wanted_file("plan", csv({"a": 1})))


@pytest.fixture
def other(pretend: PretendCkan, tmp_path: Path, house: House) -> House:
    """Another machine."""
    return House(pretend, tmp_path / "elsewhere")


def before(ckan: PretendCkan, action: str, do: Callable[[], object], nth: int = 1) -> None:
    """Does something once, just before the n-th write of that action."""
    count = 0

    def fault(asked: str) -> str:
        nonlocal count
        count += asked == action
        if asked == action and count == nth:
            ckan.fault = lambda _: ""
            # the others ask with threads of their own
            ckan._lock.release()
            try:
                do()
            finally:
                ckan._lock.acquire()
        return ""

    ckan.fault = fault


@pytest.mark.parametrize("action", ["package_create", "package_revise"])
@pytest.mark.parametrize("same", [True, False])
def test_the_second_one_leaves_the_first_one_s_dataset(
    house: House, other: House, pretend: PretendCkan, action: str, same: bool
) -> None:
    house.want(ONE)
    other.want(ONE if same else changed(ONE, notes="別の説明"))
    before(pretend, action, other.apply)
    applied = house.apply()
    error = applied.outcomes[0].error
    assert error
    assert error.code == "catalog-moved"
    assert applied.outcomes[0].undone
    assert not applied.open
    shown = pretend.shown("one")
    assert shown
    assert (shown["state"], shown["private"]) == ("active", False)
    assert shown["notes"] == other.datasets["one"].fields["notes"]
    assert other.verify() == []


def test_a_private_dataset_becomes_public_after_its_tables(
    house: House, pretend: PretendCkan
) -> None:
    """One that somebody else left half made is no less hidden than one of our own."""
    half = {"name": "one", "title": "…", "owner_org": "organization-1", "private": True}
    pretend.write("package_create", **half, extras=[{"key": "uri", "value": ONE.iri}])
    house.want(ONE)
    private: list[bool] = []

    def look(action: str) -> str:
        if action.startswith("datastore"):
            shown = pretend.shown("one")
            private.append(bool(shown and shown["private"]))
        return ""

    pretend.fault = look
    assert house.apply().exit_code == 0
    assert private
    assert all(private)
    shown = pretend.shown("one")
    assert shown
    assert shown["private"] is False


def test_what_was_undone_has_its_old_record(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is written, then the journal's disk is full."""
    house.want(ONE)
    assert house.apply().exit_code == 0
    record = house.records()["one"]
    house.want(changed(ONE, notes="新しい説明"))
    from pipelines.publish.applying.steps import Steps

    noted = Steps.done

    def done(self: Steps, step: str, **more: object) -> None:
        if step == "done":
            from pipelines.model import MachidataError

            raise MachidataError("journal-unwritable", ja="…", en="…", exit_code=3)
        noted(self, step, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Steps, "done", done)
        applied = house.apply()
    assert applied.outcomes[0].undone
    assert house.records()["one"].shown == record.shown
    assert house.apply().exit_code == 0


def test_left_says_nothing_of_stamps_and_visibility() -> None:
    one = {"title": "a", "private": True, "metadata_modified": "1", "resources": []}
    assert left(one) == left({**one, "private": False, "metadata_modified": "2"})
    assert left(one) != left({**one, "title": "b"})
