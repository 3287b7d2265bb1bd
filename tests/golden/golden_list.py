"""The hand-made list of contradictions (`answers/contradictions.yaml`) and how findings meet it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from golden_answers import ANSWERS
from golden_findings import Seen

_WHOLE = frozenset({"width", "cp932", "numbering"})  # told once for a whole document
_PLACE = re.compile(r"L(\d+)(?::C(\d+))?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A fault of the list, or (`right`) something that only looks like one."""

    document: str
    at: tuple[str, ...]
    codes: frozenset[str]
    kinds: tuple[str, ...]
    printed: str
    should: str = ""
    sure: str = "certain"
    asked: bool = True

    def told_by(self, seen: Seen) -> bool:
        return (
            seen.code in self.codes
            and seen.document in {self.document, ""}
            and any(self._meets(place, seen) for place in self.at)
        )

    def _meets(self, place: str, seen: Seen) -> bool:
        if place != "any" or _WHOLE.issuperset(self.kinds):
            return covers(place, seen)
        # Anywhere in the document: then the finding must at least name the word.
        words = {word for word in self.printed.split() if len(word) > 1 and word[0] != "("}
        return any(word in f"{seen.found} {seen.expected}" for word in words)

    def __str__(self) -> str:
        where = f"{self.document} {self.at[0]} {'/'.join(self.kinds)}"
        return f"{where}: {self.printed!r} → {self.should!r} ({self.sure})"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A finding that the list does not hold, looked at by eye."""

    document: str
    code: str
    at: str
    found: str
    verdict: bool

    def is_of(self, seen: Seen) -> bool:
        here = self.code == seen.code and seen.document in {self.document, ""}
        return here and covers(self.at, seen) and self.found in {"", seen.found}


def covers(place: str, seen: Seen) -> bool:
    """Whether a place of the list is the finding's: a line has all its cells, `any` everything; a
    finding that names the line alone stands at each of its cells.
    """
    if place == "any":
        return True
    found = _PLACE.fullmatch(place)
    assert found, f"no place: {place}"
    column = int(found[2] or 0)
    return int(found[1]) == seen.line and (not column or seen.column in {0, column})


@cache
def _file() -> dict[str, Any]:
    loaded = yaml.safe_load((ANSWERS / "contradictions.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def codes_of(kinds: Sequence[str]) -> frozenset[str]:
    """The codes of findings that tell faults of these kinds; KeyError for an unknown kind."""
    return frozenset(code for kind in kinds for code in _file()["kinds"][kind])


def _kinds(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@cache
def entries() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            document=one["document"],
            at=tuple(one["at"]),
            codes=codes_of(_kinds(one["kind"])),
            kinds=_kinds(one["kind"]),
            printed=one["printed"],
            should=one["should"],
            sure=one["sure"],
            asked=one.get("asked", True),
        )
        for one in _file()["entries"]
    )


@cache
def look_alikes() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            document=one["document"],
            at=(one["at"],),
            codes=codes_of(one["kinds"]),
            kinds=tuple(one["kinds"]),
            printed=one["printed"],
        )
        for one in _file()["look_alikes"]
    )


@cache
def reviewed() -> tuple[Reviewed, ...]:
    return tuple(
        Reviewed(one["document"], one["code"], one["at"], one.get("found", ""), one["verdict"])
        for one in _file()["reviewed"]
    )


def planted_codes(kind: str) -> frozenset[str]:
    """The codes that tell a planted fault of this kind; none where any finding of a check does."""
    return frozenset(_file()["planted"].get(kind.split(" ", maxsplit=1)[0], ()))


def mapped() -> frozenset[str]:
    """All codes that some kind names."""
    return codes_of(tuple(_file()["kinds"]))


def missing(found: Iterable[Seen]) -> list[Entry]:
    """The entries that no finding tells."""
    seen = list(found)
    return [entry for entry in entries() if not any(entry.told_by(one) for one in seen)]


def verdict(seen: Seen) -> str:
    """`listed`, `true` or `false` (reviewed), `look-alike`, or `unknown`: nobody looked at it.

    The list goes first: a cell that is right in one thing may be wrong in another of that kind.
    """
    by_eye = [one.verdict for one in reviewed() if one.is_of(seen)]
    if by_eye:
        return "true" if by_eye[0] else "false"
    # Of a fault that may stand anywhere, the exact places go first.
    if any(one.told_by(seen) and "any" not in one.at for one in entries()):
        return "listed"
    if any(one.told_by(seen) for one in look_alikes()):
        return "look-alike"
    return "listed" if any(one.told_by(seen) for one in entries()) else "unknown"
