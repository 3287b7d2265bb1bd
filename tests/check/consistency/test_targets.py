"""One target or state that is told in two places."""

from __future__ import annotations

import pytest

from tests.check.consistency.making import PLAN, PROGRESS, case, findings, told


def changed(text: str, right: str, wrong: str) -> str:
    """The text with one thing changed."""
    assert right in text
    return text.replace(right, wrong, 1)


def test_a_goal_that_agrees_with_the_last_target_is_silent() -> None:
    assert told(PLAN, PROGRESS) == []


def test_a_goal_of_another_number_than_the_last_target() -> None:
    (found,) = findings(changed(PLAN, "高い200手続", "高い300手続"), PROGRESS)
    assert (found.code, found.found, found.expected) == (
        "goal-target-differs",
        "300手続",
        "200手続",
    )
    assert "電子化手続数" in found.message
    assert "令和7年度" in found.message
    assert found.place.startswith("plan L")


def test_a_goal_that_is_rounded_agrees() -> None:
    plan = changed(PLAN, "高い200手続", "高い約200手続").replace("電子化 200手続", "電子化 210手続")
    progress = changed(PROGRESS, "(200手続)", "(210手続)")
    assert "goal-target-differs" not in {code for code, _, _ in told(plan, progress)}


def test_the_target_of_a_year_in_both_documents_is_told_by_the_reading() -> None:
    made = case(PLAN, changed(PROGRESS, "(140手続)", "(150手続)"))
    assert "value-differs" in {one.code for one in made.tables.findings}


@pytest.mark.parametrize(
    ("printed", "differs"),
    [("62手続", True), ("61手続", False), ("約60手続", False), ("6手続", True)],
)
def test_the_present_state_against_the_baseline(printed: str, differs: bool) -> None:
    found = told(changed(PLAN, "これまで61手続", f"これまで{printed}"), PROGRESS)
    assert [one[0] for one in found] == (["baseline-differs"] if differs else [])


def test_a_number_of_something_else_is_no_present_state() -> None:
    plan = changed(PLAN, "これまで61手続を電子化した", "これまで61手続を電子化し、27手続を廃止した")
    assert told(plan, PROGRESS) == []


def test_a_changed_baseline_is_found_by_the_present_state() -> None:
    found = told(PLAN, changed(PROGRESS, "61手続", "66手続"))
    assert found == [("baseline-differs", "61手続", "66手続")]


def test_a_goal_that_is_due_before_its_timetable() -> None:
    plan = changed(PLAN, "令和6年度中に電子収納", "令和5年度中に電子収納")
    (found,) = findings(plan, PROGRESS)
    assert (found.code, found.found, found.expected) == (
        "schedule-differs",
        "令和6年度",
        "令和5年度",
    )
    assert "市税の納付に電子収納を導入" in found.message


def test_a_timetable_row_in_another_year_than_the_targets() -> None:
    plan = changed(
        PLAN,
        "電子収納の導入\t\t窓口に電子収納を導入\t市税の納付に電子収納を導入\t収納の見直し",
        "電子収納の導入\t\t市税の納付に電子収納を導入\t窓口に電子収納を導入\t収納の見直し",
    )
    found = findings(plan, PROGRESS)
    assert [(one.code, one.found, one.expected) for one in found] == [
        ("schedule-differs", "令和6年度", "令和5年度")
    ]
    assert "目標値の表" in found[0].message


def test_one_place_is_told_once() -> None:
    plan = changed(
        changed(PLAN, "令和6年度中に電子収納", "令和5年度中に電子収納"),
        "\t窓口に電子収納を導入\t市税の納付に電子収納を導入\t収納の見直し",
        "\t市税の納付に電子収納を導入\t窓口に電子収納を導入\t収納の見直し",
    )
    places = [one.place for one in findings(plan, PROGRESS)]
    assert len(places) == len(set(places)) == 1
