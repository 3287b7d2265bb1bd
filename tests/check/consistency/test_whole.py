"""The committed packages: what is found in them was looked at by eye, and nothing else is found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import line
from pipelines.check import check
from pipelines.check.case import Case
from pipelines.check.consistency import consistency
from pipelines.declaration import load_declaration
from pipelines.findings import consistency as f
from pipelines.findings import consistency_dates as g
from pipelines.findings.kind import FindingKind
from pipelines.model import Block, Cell, Document, Grid, Place
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
        "target-passed": 2,
    },
    "024465-dx-plan": {},
    "082163-dx-plan": {},
    "152064-ict-plan": {"target-passed": 4, "unit-unlike-name": 9},
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


TABLES = case(PLAN, PROGRESS).tables
_PIECES = (
    "令和 R 5 ６ 年度 年 （ ） 月 日 ～ から まで ① ② 事業 つの 方針 「窓口」 合計 、 。 【 】 ○ "
    "元 基本方針 2024 : 1,000 年間 全 業務 第1"
)
_WORDS = st.sampled_from(_PIECES.split())


@given(st.lists(st.lists(st.lists(_WORDS, max_size=7).map("".join), max_size=5), max_size=5))
def test_no_text_stops_the_checks(rows: list[list[str]]) -> None:
    grid = Grid(
        tuple(
            tuple(
                Cell(text, Place("a", y, x), text, (text,) if text else ())
                for x, text in enumerate(row, 1)
            )
            for y, row in enumerate(rows, 1)
            if row
        ),
        "tab",
    )
    title = Block("heading", "".join(rows[0]) if rows else "", Place("a", 99))
    document = Document("plan.txt", "a", "utf-8", (title, grid))
    found = list(consistency(Case(TABLES, (("plan", document),))))
    assert found == list(consistency(Case(TABLES, (("plan", document),))))
