"""Every write of a publication, hit by every kind of fault: the end is the plan, or as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.model import Package
from tests.ckan.choice import ALL
from tests.ckan.failing.editions import first, second
from tests.ckan.failing.hitting import Hitting, done
from tests.ckan.failing.world import Publisher
from tests.ckan.faults import (
    Fault,
    ResetAfter,
    ResetBefore,
    ResetInAnswer,
    ResetInRequest,
    Rule,
    Slow,
    Status,
    page,
    too_many,
)

KINDS: dict[str, Fault] = {
    "429": too_many(2),
    "500": Status(500),
    "500 done": Status(500, after=True),
    "502": Status(502, b"<h1>Bad Gateway</h1>", {"Content-Type": "text/html"}),
    "502 done": Status(502, b"", {}, after=True),
    "503 later": Status(503, b"", {"Retry-After": "3"}),
    "503 done": Status(503, b"", {}, after=True),
    "504 done": Status(504, b"", {}, after=True),
    "reset before": ResetBefore(),
    "reset in request": ResetInRequest(60),
    "reset in request, forwarded": ResetInRequest(60, forward=True),
    "reset after": ResetAfter(),
    "reset in answer": ResetInAnswer(),
    "page": page(),
    "page done": page(after=True),
    "slow": Slow(0.05),
    "drops": Slow(0.01, piece=2000),
}
WRITES = {"first": 7, "second": 6}
VIEWS = "package_create_default_resource_views"
SHIFTS = range(len(KINDS)) if ALL else range(0, len(KINDS), 9)

State = Callable[[], str]


@pytest.mark.parametrize("shift", SHIFTS)
def test_once(publisher: Publisher, state: State, shift: int) -> None:
    """Each write is hit once, by another kind each; with all shifts each kind hits each write."""
    kinds = list(KINDS.values())
    hitting = Hitting([*kinds[shift:], *kinds[:shift]])
    publisher.proxy.rules = [hitting]
    for edition in (first, second):
        hit = hitting.hits
        told = publisher.publish(edition)
        assert told.code == 0, (hitting.told, told.out, told.err)
        assert state() == edition.__name__, hitting.told
        # views are asked for once: the write behind them is let pass as if it were the repetition
        assert hitting.hits - hit >= WRITES[edition.__name__] - 1


FOREVER = ["500", "502 done", "429", "reset after", "page", "reset in request"]
LEFT = [*FOREVER, *(kind for kind in KINDS if kind not in [*FOREVER, "slow", "drops"])]
CASES = [
    (edition, nth, kind)
    for edition, most in WRITES.items()
    for nth in range(1, most + 1)
    for place, kind in enumerate(LEFT)
    if ALL or (place < len(FOREVER) and (place + nth) % len(FOREVER) == 0)
]


@pytest.mark.parametrize("edition", [first, second])
def test_for_ever(
    publisher: Publisher,
    state: State,
    purge: Callable[[], None],
    edition: Callable[[], Package],
) -> None:
    """From the n-th write on everything fails until we give up; then the undoing gets through."""
    before = "none"
    if edition is second:
        before = "first"
        assert publisher.publish(first).code == 0
    publisher.on_undo = lambda: setattr(publisher.proxy, "rules", [])
    name = edition.__name__
    for _, nth, kind in (one for one in CASES if one[0] == name):
        rule = Rule(KINDS[kind], write=True, nth=nth, times=None)
        publisher.proxy.rules = [rule]
        asked = len(publisher.proxy.requests)
        told = publisher.publish(edition)
        found = state()
        hit = {one.action for one in publisher.proxy.requests[asked:] if one.fault}
        if told.code == 0:
            # the server did it each time, and reading back said so; views are no condition
            assert done(KINDS[kind]) or hit == {VIEWS}, (nth, kind, hit)
            assert found == name, (nth, kind, found)
            publisher.proxy.rules = []
            assert publisher.command("rollback").code == 0
            assert state() == before
        else:
            assert found == before, (nth, kind, told.out, found)
            assert told.outcome["undone"], (nth, kind, told.out)
            assert not told.json["unfinished"]
            assert told.code == 3, (nth, kind, told.out)
            assert told.error["code"] in CODES[kind], (nth, kind, told.error)
            assert told.error["where"].startswith(publisher.proxy.url)
            assert told.error["fix"]
            assert told.error["fix_en"]
        assert rule.hits
        if edition is first:
            purge()
    publisher.proxy.rules = []
    told = publisher.publish(edition)
    assert told.code == 0, told.out
    assert state() == name


UNSURE = {"catalog-uncertain"}
CODES = dict.fromkeys(KINDS, UNSURE) | {
    "429": {"catalog-busy-requests"},
    "503 later": {"catalog-busy-requests"},
    "reset before": UNSURE | {"catalog-unreachable"},
}


@pytest.mark.parametrize("kind", ["502", "reset before"])
def test_dead_for_good(publisher: Publisher, state: State, kind: str) -> None:
    """Nothing can be written any more, not even to undo: it says so, and goes on later."""
    for edition, nth in ((first, 3), (second, 2)):
        publisher.proxy.rules = [Rule(KINDS[kind], write=True, nth=nth, times=None)]
        told = publisher.publish(edition)
        assert told.code == 3
        assert told.json["unfinished"]
        assert not told.outcome["undone"]
        if edition is first:
            assert not public(state())
        publisher.proxy.rules = []
        told = publisher.publish(edition)
        assert told.code == 0, told.out
        assert state() == edition.__name__


def public(found: str) -> bool:
    """Whether readers see a dataset that is between."""
    return "public: True" in found
