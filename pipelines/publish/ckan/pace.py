"""How fast one catalog is asked, by all threads together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """At most `per_second` requests a second to one catalog, evenly spaced; 0: unbounded.

    Shared by the threads of a client, and by several clients of the same catalog. A pause holds
    all of them. `clock` counts seconds and never goes back; `sleep` waits for seconds.
    """

    def __init__(
        self,
        per_second: float = 0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if not 0 <= per_second < float("inf"):
            raise ValueError(f"no rate: {per_second}")
        self._interval = 1 / per_second if per_second else 0.0
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next = self._open = float("-inf")

    def wait(self) -> None:
        """Returns when the next request may start."""
        while True:
            with self._lock:
                now = self._clock()
                turn = max(now, self._next, self._open)
                self._next = turn + self._interval
            if turn > now:
                self._sleep(turn - now)
            # Another thread may have been told to pause while this one slept.
            if not self.closed_for():
                return

    def pause(self, seconds: float) -> None:
        """Holds every request for that long from now; a longer pause stays."""
        with self._lock:
            self._open = max(self._open, self._clock() + seconds)

    def closed_for(self) -> float:
        """The seconds until a pause ends, 0 without one."""
        with self._lock:
            return max(0.0, self._open - self._clock())
