"""Time that passes only when somebody sleeps."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from pipelines.publish.ckan.limits import Limits

SECRET = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0LXRva2Vu.Zm9yLXRlc3RzLW9ubHk"  # noqa: S105 - made up


class Hours:
    """A clock; `slept` lists what was waited for."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        with self._lock:
            return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds

    def limits(self, **more: Any) -> Limits:
        told: dict[str, Any] = {"connect": 2.0, "read": 2.0, "total": 5.0, "tries": 3}
        return Limits(
            **{**told, **more}, sleep=self.sleep, clock=self.clock, today=lambda: 1_700_000_000.0
        )


@pytest.fixture
def hours() -> Hours:
    return Hours()
