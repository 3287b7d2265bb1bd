"""Made-up documents, and what their letters show."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.check.case import Case
from pipelines.check.text import check_text
from pipelines.model import Finding, Tables
from pipelines.read import read

TOWN = "022039"


def case(*texts: str, findings: tuple[Finding, ...] = ()) -> Case:
    """A package of documents of these texts, with what the reading found."""
    tables = Tables(TOWN, "青森県八戸市", f"{TOWN}-dx-plan", findings=list(findings))
    read_ones = [(f"d{n}", read(text.encode(), f"{n}.txt")) for n, text in enumerate(texts, 1)]
    return Case(tables, tuple(read_ones))


def told(*texts: str, code: str = "") -> list[tuple[str, str, str, str]]:
    """Code, place, what was found and what is expected, of each finding."""
    found = check_text(case(*texts))
    rows = [(one.code, one.place, one.found, one.expected) for one in found]
    return [row for row in rows if not code or row[0] == code]


def readings(*texts: str, code: str) -> Iterator[tuple[str, str]]:
    """What was found and what is expected, of the findings of one code."""
    yield from ((found, expected) for _, _, found, expected in told(*texts, code=code))
