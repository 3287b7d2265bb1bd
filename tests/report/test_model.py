"""The report: every finding once, in severities, codes and remedies."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipelines.findings.schema import SchemaEnum
from pipelines.findings.tidy import Note, YearUnknown
from pipelines.model import Finding
from pipelines.report.model import report, titles
from tests.factory import ERROR, NOTE, WARNING

YEAR = YearUnknown.at(place="L3:C1", found="令和50年")
OTHER = YearUnknown.at(place="L1:C1", found="？年")
ENUM = [
    SchemaEnum.at(place=f"行{n}", found="x", expected=wanted, column="c")
    for n, wanted in enumerate(("甲", "乙", "甲"), 2)
]


def test_severities_by_weight_codes_by_name_findings_as_given() -> None:
    made = report([NOTE, YEAR, WARNING, ERROR, OTHER], "n", "題", "title")
    assert [section.severity for section in made.sections] == ["誤り", "警告", "情報"]
    assert [section.count for section in made.sections] == [1, 3, 1]
    warnings = made.sections[1].kinds
    assert [(kind.code, kind.count) for kind in warnings] == [("row-short", 1), ("year-unknown", 2)]
    assert warnings[1].told[0].findings == (YEAR, OTHER)
    assert (warnings[1].title, warnings[1].title_en) == (YearUnknown.title, YearUnknown.title_en)
    assert made.count == 5


def test_the_remedy_of_a_code_is_told_once_and_different_ones_apart() -> None:
    (kind,) = report(ENUM).sections[0].kinds
    assert [len(told.findings) for told in kind.told] == [2, 1]
    assert [told.fix for told in kind.told] == [ENUM[0].fix, ENUM[1].fix]


def test_only_an_error_that_nobody_accepted_stops() -> None:
    accepted = replace(ERROR, accepted="原文のとおり")
    assert not report([WARNING, NOTE]).stops
    assert report([accepted, ERROR]).stops
    made = report([accepted, replace(NOTE, accepted="見た")])
    assert not made.stops
    assert [section.accepted for section in made.sections] == [1, 0, 1]


def test_nothing_found_has_its_three_empty_sections() -> None:
    made = report([])
    assert [(section.count, section.kinds) for section in made.sections] == [(0, ())] * 3
    assert not made.stops


def test_titles_of_classes_shapes_and_strangers() -> None:
    assert titles("note") == (Note.title, Note.title_en)
    assert titles("metadata-theme-eu") == ("EUの分類がない", "No EU data theme")
    assert titles("of-another-edition") == ("of-another-edition", "of-another-edition")


@given(st.lists(st.sampled_from([WARNING, NOTE, ERROR, YEAR, OTHER, *ENUM])))
def test_every_finding_is_told_as_often_as_it_was_found(findings: list[Finding]) -> None:
    told = [
        finding
        for section in report(findings).sections
        for kind in section.kinds
        for one in kind.told
        for finding in one.findings
    ]
    assert sorted(map(repr, told)) == sorted(map(repr, findings))
