"""A full disk: of the journal, and the catalog's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.publish.applying import journal
from tests.ckan.failing.editions import first, second
from tests.ckan.failing.world import Publisher
from tests.ckan.faults import Rule, Status

State = Callable[[], str]


class FullDisk:
    """fsync fails from the n-th time on, as a disk without room does; nothing else is touched."""

    def __init__(self, nth: int) -> None:
        self.left = nth - 1
        self.failed = 0

    def __call__(self, number: int) -> None:
        if self.left <= 0:
            self.failed += 1
            raise OSError(28, "No space left on device")
        self.left -= 1


def full(patch: pytest.MonkeyPatch, nth: int) -> FullDisk:
    """From now on the journal's disk takes so many writes less one."""
    disk = FullDisk(nth)
    patch.setattr(journal.os, "fsync", disk)
    return disk


@pytest.mark.parametrize("edition", ["first", "second"])
def test_journal(publisher: Publisher, state: State, edition: str) -> None:
    """The disk is full from each write of the journal on, until it has room for the whole run."""
    before, made = "none", first
    if edition == "second":
        before, made = "first", second
        assert publisher.publish(first).code == 0
    for nth in range(1, 40, 4):
        with publisher.patch.context() as patch:
            disk = full(patch, nth)
            told = publisher.publish(made)
        if told.code == 0:
            assert not disk.failed
            break
        assert (told.code, told.error["code"]) == (3, "journal-unwritable"), told.out
        assert told.error["fix"]
        found = state()
        assert found == before or "public: True" not in found, (nth, found, told.out)
    assert nth > 8
    assert publisher.publish(made).code == 0
    assert state() == edition


def test_catalog(publisher: Publisher, state: State) -> None:
    """CKAN cannot keep the upload: 500, again and again; nothing is changed, and it can be tried
    again when there is room.
    """
    before: Any = "none"
    for edition in (first, second):
        fault = Status(500, b'{"success": false, "error": {"message": "[Errno 28] No space"}}')
        rule = Rule(fault, action="package_revise", contains=b"; filename=", times=None)
        publisher.on_undo = lambda: setattr(publisher.proxy, "rules", [])
        publisher.proxy.rules = [rule]
        told = publisher.publish(edition)
        assert (told.code, told.error["code"]) == (3, "catalog-uncertain")
        assert "No space" in told.error["found"]
        assert told.outcome["undone"]
        assert rule.hits == 3
        assert state() == before
        assert publisher.publish(edition).code == 0
        before = edition.__name__
        assert state() == before
