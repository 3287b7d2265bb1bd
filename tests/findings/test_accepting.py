"""What package.yaml accepts is marked, what matches nothing is told, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.findings.accepting import accept, marked, matches
from pipelines.model import Acceptance, Finding
from tests.factory import ERROR, NOTE, WARNING

WRONG = Finding(
    "schema-type", "誤り", "status", "x-1", "行2 年度", "令和5年度", "整数", "違います。"
)
REASON = "原文のとおり"


def entry(**changes: Any) -> Acceptance:
    return replace(Acceptance("schema-type", REASON, place="行2 年度"), **changes)


def test_an_accepted_error_stops_nothing_and_stays() -> None:
    (found,) = accept([WRONG], [entry()], metadata=False)
    assert found == replace(WRONG, accepted=REASON)
    assert WRONG.stops
    assert not found.stops


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"table": "status"},
        {"table": "status", "row_id": "x-1"},
        {"place": "", "table": "status", "row_id": "x-1"},
        {"found": "令和5年度"},
    ],
)
def test_what_is_stated_must_be_equal(right: dict[str, str]) -> None:
    assert matches(entry(**right), WRONG)
    for key in {"code", "place", *right} - {"place" if right.get("place") == "" else ""}:
        other = {**right, key: "note" if key == "code" else "another"}
        assert not matches(entry(**other), WRONG), key


def test_without_a_place_the_whole_row_is_needed() -> None:
    assert not matches(entry(place="", row_id="x-1"), WRONG), "the finding names a table"
    alone = replace(WRONG, table="")
    assert matches(entry(place="", row_id="x-1"), alone)
    assert not matches(entry(place="", row_id="x-1", table="status"), alone)


@pytest.mark.parametrize("place", ["行2", "行2 年度 ", "行２ 年度", "行22 年度"])
def test_a_place_is_compared_exactly(place: str) -> None:
    assert not matches(entry(place=place), WRONG)


def test_an_entry_that_matches_nothing_is_a_warning_with_its_number() -> None:
    entries = [entry(), entry(place="行9 年度")]
    found = accept([WRONG], entries, metadata=False)
    assert [one.code for one in found] == ["schema-type", "accept-unused"]
    assert found[1].severity == "警告"
    assert found[1].place == "package.yaml: accept[1]"
    assert found[1].found == "schema-type 行9 年度"
    assert found[1].fix
    assert not found[1].stops


def test_metadata_and_the_rest_are_judged_apart() -> None:
    licence = Acceptance("mqa-licence", REASON, row_id="022055-dx-plan")
    shape = Acceptance("metadata-theme-eu", REASON, row_id="022055-dx-plan")
    entries = [entry(), licence, shape]
    assert [one.code for one in accept([WRONG], entries, metadata=False)] == ["schema-type"]
    unused = accept([], entries, metadata=True)
    assert [one.place for one in unused] == [f"package.yaml: accept[{n}]" for n in (1, 2)]


def test_the_reason_of_the_first_entry_counts() -> None:
    assert marked(WRONG, [entry(), entry(reason="別の理由")]).accepted == REASON
    assert marked(WRONG, [entry(found="別"), entry(reason="別の理由")]).accepted == "別の理由"


@given(
    st.lists(st.sampled_from([WRONG, ERROR, WARNING, NOTE])),
    st.lists(
        st.builds(
            Acceptance,
            st.sampled_from(["schema-type", "schema-error", "row-short", "note"]),
            st.just(REASON),
            st.sampled_from(["行2 年度", "L14:C3", "L99"]),
        ),
        max_size=4,
    ),
)
def test_findings_keep_their_order_and_words(
    findings: list[Finding], entries: list[Acceptance]
) -> None:
    found = accept(findings, entries, metadata=False)
    assert [replace(one, accepted="") for one in found[: len(findings)]] == findings
    assert {one.code for one in found[len(findings) :]} <= {"accept-unused"}
    unused = [one for one in entries if not any(matches(one, finding) for finding in findings)]
    assert len(found) - len(findings) == len(unused)
    for one in found[: len(findings)]:
        assert bool(one.accepted) == any(matches(e, one) for e in entries)
