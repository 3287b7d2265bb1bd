"""The findings on the whole documents against the hand-made list of their contradictions."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from golden_answers import DOCUMENTS
from golden_compare import report
from golden_findings import PACKAGES, Seen, findings, read_texts, texts
from golden_list import entries, look_alikes, mapped, missing, reviewed, verdict

from pipelines.check.whole import CHECKS
from pipelines.findings import every
from pipelines.model import Grid

FALSE_ALARMS = 0.05  # of all findings of the checks, at most

with_checks = pytest.mark.skipif(not CHECKS, reason="there are no checks beyond the schema yet")


@pytest.fixture(scope="module")
def seen(documents_dir: Path) -> list[Seen]:
    return [one for package in PACKAGES for one in findings(package, texts(package, documents_dir))]


@pytest.fixture(scope="module")
def places(documents_dir: Path) -> set[tuple[str, str]]:
    """Every line and cell that prints something."""
    printed: set[tuple[str, str]] = set()
    for package in PACKAGES:
        for _, document in read_texts(package, texts(package, documents_dir)):
            name = next(k for k, file in DOCUMENTS.items() if file == document.name)
            for part in document.parts:
                rows = part.rows if isinstance(part, Grid) else ()
                here = [cell.place for row in rows for cell in row if cell.raw]
                here += [] if isinstance(part, Grid) else [part.place]
                printed |= {(name, str(place)) for place in here}
                printed |= {(name, f"L{place.line}") for place in here}
    return printed


@pytest.mark.documents
def test_the_list_names_places_that_print_something(places: set[tuple[str, str]]) -> None:
    named = [(one, at) for one in (*entries(), *look_alikes()) for at in one.at if at != "any"]
    wrong = [f"{one} has {at}" for one, at in named if (one.document, at) not in places]
    assert not wrong, report(wrong)


def test_the_list_is_short_and_sure() -> None:
    assert {one.document for one in entries()} == set(DOCUMENTS)
    assert {one.sure for one in entries()} == {"certain", "likely", "taste"}
    assert max(len(text) for one in entries() for text in (one.printed, one.should)) <= 60


@with_checks
def test_the_codes_of_the_list_are_codes_of_findings() -> None:
    assert mapped() <= set(every()), sorted(mapped() - set(every()))


@pytest.mark.documents
@with_checks
def test_every_certain_contradiction_is_found(seen: list[Seen]) -> None:
    absent = [str(one) for one in missing(seen) if one.sure == "certain" and one.asked]
    assert not absent, report(absent)


@pytest.mark.documents
@with_checks
def test_nothing_right_is_reported(seen: list[Seen]) -> None:
    wrong = [str(one) for one in seen if one.check and verdict(one) == "look-alike"]
    assert not wrong, report(wrong)


@pytest.mark.documents
@with_checks
def test_every_finding_of_the_checks_was_looked_at(seen: list[Seen]) -> None:
    unknown = [str(one) for one in seen if one.check and verdict(one) == "unknown"]
    assert not unknown, report(unknown)


@pytest.mark.documents
@with_checks
def test_false_alarms_are_rare(seen: list[Seen]) -> None:
    found = Counter(verdict(one) for one in seen if one.check)
    assert found.total()
    false = found["false"] + found["look-alike"]
    assert false / found.total() < FALSE_ALARMS, found


@pytest.mark.documents
@with_checks
def test_every_reviewed_finding_is_still_made(seen: list[Seen]) -> None:
    stale = [str(one) for one in reviewed() if not any(one.is_of(other) for other in seen)]
    assert not stale, report(stale)


@with_checks
def test_the_extracts_raise_no_other_alarm() -> None:
    found = [one for package in PACKAGES for one in findings(package, texts(package)) if one.check]
    assert found
    wrong = [str(one) for one in found if verdict(one) not in {"listed", "true"}]
    assert not wrong, report(wrong)
