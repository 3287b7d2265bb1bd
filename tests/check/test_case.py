"""What a check is given, and how its findings come together."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.check.case import Case, run
from pipelines.findings.tidy import Note
from pipelines.model import Document, Finding, Place, Tables

TABLES = Tables("022055", "青森県五所川原市", "022055-dx-plan")


def document(sha256: str) -> Document:
    return Document("plan.txt", sha256, "utf-8", ())


def test_places_name_their_source_where_there_are_several() -> None:
    place = Place("b", 12, 6)
    one = Case(TABLES, (("plan", document("b")),))
    two = Case(TABLES, (("plan", document("a")), ("progress", document("b"))))
    assert one.at(place) == "L12:C6"
    assert two.at(place) == "progress L12:C6"
    assert two.at(Place("c", 3)) == "L3"


def test_a_finding_of_two_checks_is_told_once_in_their_order() -> None:
    def first(case: Case) -> Iterator[Finding]:
        yield Note.at(place="L2", found=case.tables.code)

    def second(case: Case) -> Iterator[Finding]:
        yield Note.at(place="L1", found=case.tables.code)
        yield from first(case)

    found = run([first, second], Case(TABLES))
    assert [one.place for one in found] == ["L2", "L1"]
