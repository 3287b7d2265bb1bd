"""A rule that hits every write of a publication once, each with another fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.ckan.faults import Fault, ResetAfter, ResetBefore, ResetInAnswer, ResetInRequest, Rule
from tests.ckan.log import action_of, is_write


class Hitting(Rule):
    """Hits a write, lets the next one pass, hits the next …: the one that passes is the repetition.

    Where the server did what was asked, no repetition comes, and the next write is hit at once.
    `told` names what was hit by what.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0], write=True, times=None)
        self.faults = list(faults)
        self.armed = True
        self.told: list[str] = []
        self._path = ""

    def fits(self, method: str, path: str) -> bool:
        """A write; the proxy asks before and after it reads the body."""
        self._path = path
        return is_write(method, path)

    def hit(self) -> bool:
        """Every other write."""
        if not self.armed:
            self.armed = True
            return False
        self.told.append(f"{action_of(self._path)}: {self.fault}")
        self.armed = done(self.fault)
        self.hits += 1
        self.fault = self.faults[self.hits % len(self.faults)]
        return True


def done(fault: Any) -> bool:
    """Whether the server does what is asked all the same."""
    if isinstance(fault, ResetBefore | ResetInRequest):
        return False
    if isinstance(fault, ResetAfter | ResetInAnswer):
        return True
    return bool(getattr(fault, "after", True))
