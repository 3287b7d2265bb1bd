"""A catalog is asked no faster than agreed, by all threads together."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest

from pipelines.publish.ckan.client import Ckan
from pipelines.publish.ckan.limits import Limits
from pipelines.publish.ckan.pace import Pace
from tests.publish.ckan.conftest import Hours
from tests.publish.ckan.server import page, said, serving


def test_requests_are_spaced_evenly(hours: Hours) -> None:
    pace = Pace(4, clock=hours.clock, sleep=hours.sleep)
    starts = []
    for _ in range(5):
        pace.wait()
        starts.append(hours.now)
    assert starts == [1000, 1000.25, 1000.5, 1000.75, 1001]


def test_idle_time_is_not_saved_up(hours: Hours) -> None:
    pace = Pace(1, clock=hours.clock, sleep=hours.sleep)
    pace.wait()
    hours.now += 100
    pace.wait()
    pace.wait()
    assert hours.slept == [1]


def test_without_a_rate_nobody_waits(hours: Hours) -> None:
    pace = Pace(clock=hours.clock, sleep=hours.sleep)
    for _ in range(100):
        pace.wait()
    assert hours.slept == []


@pytest.mark.parametrize("rate", [-1.0, float("inf"), float("nan")])
def test_rates_that_are_none(rate: float) -> None:
    with pytest.raises(ValueError, match="no rate"):
        Pace(rate)


def test_the_longest_pause_counts(hours: Hours) -> None:
    pace = Pace(clock=hours.clock, sleep=hours.sleep)
    pace.pause(10)
    pace.pause(3)
    assert pace.closed_for() == 10
    pace.wait()
    assert hours.now == 1010
    assert pace.closed_for() == 0


def test_a_pause_that_comes_while_waiting_holds_too(hours: Hours) -> None:
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        hours.sleep(seconds)
        if len(naps) == 1:
            pace.pause(30)

    pace = Pace(1, clock=hours.clock, sleep=nap)
    pace.wait()
    pace.wait()
    assert hours.now == 1031
    assert naps == [1, 30]


def test_threads_share_one_rate() -> None:
    """Each thread sleeps on its own; what counts are the moments that they were given."""
    starts: list[float] = []
    lock = threading.Lock()
    mine = threading.local()

    def sleep(seconds: float) -> None:
        mine.slept = getattr(mine, "slept", 0.0) + seconds

    pace = Pace(10, clock=lambda: getattr(mine, "slept", 0.0), sleep=sleep)

    def work() -> None:
        for _ in range(25):
            pace.wait()
            with lock:
                starts.append(mine.__dict__.get("slept", 0.0))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    starts.sort()
    assert len(starts) == 100
    gaps = [later - before for before, later in pairwise(starts)]
    assert min(gaps) == pytest.approx(0.1)
    assert max(gaps) == pytest.approx(0.1)


def test_every_request_keeps_the_pace_the_repeated_ones_too(hours: Hours) -> None:
    limits = Limits(tries=3, first_wait=0.0, sleep=hours.sleep, clock=hours.clock)
    pace = Pace(0.1, clock=hours.clock, sleep=hours.sleep)
    with serving(page(502), page(502), said(), said(b"".decode())) as server:
        ckan = Ckan(server.url, pace=pace, limits=limits)
        ckan.read("x")
        assert hours.now == 1020
        ckan.fetch("/file")
        assert hours.now == 1030
        assert len(server.seen) == 4


def test_waits_double_and_stay_bounded() -> None:
    limits = Limits(first_wait=1.0)
    waits = [limits.backoff("package_show x", attempt) for attempt in range(20)]
    assert all(2**a / 2 <= wait <= 2**a for a, wait in enumerate(waits[:7]))
    assert max(waits) <= 64
    assert waits == [limits.backoff("package_show x", attempt) for attempt in range(20)]
