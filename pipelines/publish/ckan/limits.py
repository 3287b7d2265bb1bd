"""How long and how much a catalog may keep us busy."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds, tries and bytes; `sleep`, `clock` and `today` are those of the system but in tests.

    `total` bounds one answer from the first byte sent to the last byte read, whatever trickles in
    between. `patience` bounds the waiting between the tries of one request.
    """

    connect: float = 10.0
    read: float = 60.0
    total: float = 600.0
    tries: int = 4
    patience: float = 120.0
    answer: int = 64 * 2**20
    file: int = 512 * 2**20
    first_wait: float = 0.5
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    today: Callable[[], float] = time.time  # seconds since 1970, for a Retry-After that is a date

    def backoff(self, asked: str, attempt: int) -> float:
        """The seconds to wait after the attempt with that number (0, 1, …): doubled each time.

        Between half and the whole of it, by what was asked: requests that failed together do not
        come again together, and the same request waits the same time in every run.
        """
        share = zlib.crc32(f"{asked} {attempt}".encode()) / 2**32
        return float(self.first_wait * 2 ** min(attempt, 6) * (0.5 + share / 2))
