"""What travels between the tasks, kept from Prefect's eyes, and what became of a package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipelines.model import MachidataError, Package

Thing = TypeVar("Thing")


class Held(Generic[Thing]):
    """Something large: Prefect looks into dataclasses and lists for futures, but not in here."""

    __slots__ = ("thing",)

    def __init__(self, thing: Thing) -> None:
        self.thing = thing


@dataclass(frozen=True, slots=True)
class Outcome:
    """A package that was built, or why it was not."""

    name: str
    package: Package | None = None
    error: MachidataError | None = None


def split(outcomes: Iterable[Outcome]) -> tuple[list[Package], dict[str, MachidataError]]:
    """The packages and the failures by name, each in the order of names."""
    ordered = sorted(outcomes, key=lambda outcome: outcome.name)
    packages = [one.package for one in ordered if one.package is not None]
    return packages, {one.name: one.error for one in ordered if one.error is not None}


def is_unreachable(error: BaseException) -> bool:
    """True for what may be gone a moment later: worth another try."""
    return isinstance(error, OSError) or (
        isinstance(error, MachidataError) and error.exit_code == 3
    )
