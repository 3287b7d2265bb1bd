"""The committed packages: what is found in them was looked at by eye, and nothing else is found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipelines import line
from pipelines.check import check
from pipelines.check.case import Case
from pipelines.check.consistency import consistency
from pipelines.declaration import load_declaration
from pipelines.findings import consistency as f
from pipelines.findings import consistency_dates as g
from pipelines.findings.kind import FindingKind
from tests.check.consistency.making import PLAN, PROGRESS, case

PACKAGES = Path(__file__).parents[3] / "datapackages"
KINDS = [
    kind
    for module in (f, g)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, FindingKind) and kind is not FindingKind
]
KNOWN = {
    "022055-dx-plan": {
        "number-absent": 1,
        "number-empty": 1,
        "year-in-column": 1,
        "schedule-differs": 1,
        "target-passed": 1,
    },
    "024465-dx-plan": {},
    "082163-dx-plan": {},
    "152064-ict-plan": {"target-passed": 3, "unit-unlike-name": 9},
}


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_the_committed_packages(name: str) -> None:
    declaration = load_declaration(PACKAGES / name)
    sources = line.read_sources(declaration)
    tables = line.tidy_sources(declaration, sources)
    found = list(consistency(Case(tables, tuple(sources))))
    assert Counter(one.code for one in found) == KNOWN[name]
    assert all(one.place for one in found)
    assert all(len(one.found) <= 61 and len(one.expected) <= 61 for one in found)
    assert {one.code for one in found} <= {one.code for one in check(tables, sources)}


def test_the_absent_numbers_are_named_with_their_place() -> None:
    declaration = load_declaration(PACKAGES / "022055-dx-plan")
    sources = line.read_sources(declaration)
    tables = line.tidy_sources(declaration, sources)
    found = list(consistency(Case(tables, tuple(sources))))
    (absent,) = [one for one in found if one.code == "number-absent"]
    assert absent.found == "7–10"
    assert absent.expected.count("、") == 3
    assert absent.place == "progress L21:C3"


def test_tables_without_documents_and_documents_without_tables_are_fine() -> None:
    made = case(PLAN, PROGRESS)
    assert list(consistency(Case(made.tables))) == []
    empty = type(made.tables)(made.tables.code, made.tables.municipality, made.tables.plan_id)
    assert list(consistency(Case(empty, made.sources))) == []


def test_the_same_findings_each_time() -> None:
    text = PROGRESS.replace("R4年度】", "R5年度】").replace("2. 電子", "5. 電子")
    first = list(consistency(case(PLAN, text)))
    assert first
    assert first == list(consistency(case(PLAN, text)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_kind_says_in_both_languages_what_to_do(kind: type[FindingKind]) -> None:
    words = (kind.title, kind.title_en, kind.ja, kind.en, kind.fix, kind.fix_en)
    assert all(words)
    assert kind.severity in {"警告", "情報"}
    assert all(ord(char) < 0x2000 for char in kind.en + kind.fix_en + kind.title_en)
