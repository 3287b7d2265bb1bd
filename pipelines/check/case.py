"""What a check looks at: the tidy tables of a package, and the documents that they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.model import Document, Finding, Place, Tables


@dataclass(frozen=True, slots=True)
class Case:
    """A package to be checked: its tables, and its documents by source key in declared order (none
    when only tables are at hand).
    """

    tables: Tables
    sources: tuple[tuple[str, Document], ...] = ()

    def at(self, place: Place) -> str:
        """A place as findings name it: `L12:C6`, with the source's key where there are several."""
        if len(self.sources) < 2:
            return str(place)
        keys = {document.sha256: key for key, document in self.sources}
        return f"{keys.get(place.source, '')} {place}".strip()


Check = Callable[[Case], Iterator[Finding]]
"""A check gives its findings in the order of the documents' lines, the same ones each time."""


def run(checks: Sequence[Check], case: Case) -> list[Finding]:
    """What the checks find, each finding once, check after check."""
    return list(dict.fromkeys(found for check in checks for found in check(case)))
