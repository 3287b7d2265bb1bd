"""Gaps, repeats, numbers of one document only, numbers without names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.check.consistency.numbering import Numbered, _spans, missing_between, ranges
from tests.check.consistency.making import PLAN, PROGRESS, findings, told
from tests.tidy.making import tab

LIST = "八戸市DX推進計画\n\n" + tab(
    "No.|担当課|分類|事業名称|事業内容",
    "1_01|総務課|1-1 窓口の改善|窓口の予約|予約する",
    "1_02|総務課|1-1 窓口の改善|申請書の電子化|電子化する",
    "1_03|総務課|1-2 情報の公開|地図の公開|公開する",
    "2_01|財政課|2-1 会計の改善|会計の電子化|電子化する",
    "2_02|財政課|2-1 会計の改善|契約の電子化|電子化する",
    "2_03|財政課|2-1 会計の改善|伝票の電子化|電子化する",
)


def without(text: str, start: str) -> str:
    """The text without the line that starts so."""
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.lstrip("\t").startswith(start)]
    assert len(kept) < len(lines)
    return "".join(kept)


def test_numbers_without_a_gap_are_silent() -> None:
    assert told(LIST) == []


@pytest.mark.parametrize(
    ("dropped", "found", "before", "after"),
    [
        ("1_02", "1_02", "1_01", "1_03"),
        ("1_01", "1_01", "―", "1_02"),
        ("2_01", "2_01", "―", "2_02"),
    ],
)
def test_a_dropped_row_leaves_a_gap(dropped: str, found: str, before: str, after: str) -> None:
    (gap,) = findings(without(LIST, dropped))
    assert (gap.code, gap.found, gap.table) == ("number-gap", found, "initiative")
    assert f"番号が {before} から {after} へ" in gap.message
    assert gap.place.startswith("L")


def test_a_number_that_the_document_gives_up_is_no_gap() -> None:
    assert told(without(LIST, "1_02") + "\n\n※1_02は欠番\n") == []


def test_a_repeated_number_leaves_a_gap_and_is_told_once() -> None:
    text = LIST.replace("1_02", "1_01")
    codes = [one.code for one in findings(text)]
    assert codes.count("number-gap") == 1
    assert codes.count("number-twice") <= 1


def test_a_row_that_only_the_plan_has_is_absent_from_the_progress() -> None:
    (absent,) = findings(PLAN, without(PROGRESS, "働き方の変革\t会議"))
    assert (absent.code, absent.found, absent.expected) == ("number-absent", "3", "会議の電子化")
    assert "文書「progress」に、番号 3 の取組" in absent.message
    assert "plan L" in absent.message
    assert absent.place.startswith("progress L")


def test_a_row_that_only_the_progress_has_is_absent_from_the_plan() -> None:
    (absent,) = findings(without(PLAN, "会議の電子化"), PROGRESS)
    assert (absent.code, absent.found) == ("number-absent", "3")
    assert "文書「plan」に" in absent.message


def test_a_number_that_no_document_has_is_a_gap() -> None:
    progress = PROGRESS.replace("3. 会議", "5. 会議").replace("4. 職員", "6. 職員")
    assert [(one.code, one.found) for one in findings(PLAN, progress)] == [("number-gap", "3–4")]


def test_a_document_about_few_of_the_initiatives_is_left_alone() -> None:
    progress = without(without(PROGRESS, "働き方の変革"), "職員の育成")
    progress = without(progress, "収納の改善")
    assert "number-absent" not in {one.code for one in findings(PLAN, progress)}


def test_both_documents_together_are_silent() -> None:
    assert told(PLAN, PROGRESS) == []


def test_goals_of_a_cell_are_a_series() -> None:
    text = PLAN.replace("(1) 会議を電子化する。", "(1) 会議を電子化する。 (3) 会議を短くする。")
    assert [(one.code, one.found) for one in findings(text, PROGRESS)] == [("number-gap", "2")]


def test_a_policy_number_that_is_used_twice() -> None:
    text = PLAN.replace("(取組施策4)", "(取組施策5)")
    assert ("number-gap", "4") in {(one.code, one.found) for one in findings(text, PROGRESS)}


def test_circled_numbers_without_names_are_told_once_a_row() -> None:
    text = LIST + "\n\n" + tab("① 窓口 ② 会計|③ ④|⑤ ⑥ ⑦", "① 窓口|② 会計|③")
    (empty,) = [one for one in findings(text) if one.code == "number-empty"]
    assert empty.found == "③ ④ ⑤ ⑥ ⑦"


@given(st.sets(st.integers(1, 60), min_size=1))
def test_what_is_missing_and_what_is_there_fill_the_range(numbers: set[int]) -> None:
    missing = missing_between(numbers)
    assert not set(missing) & numbers
    first = 1 if min(numbers) <= 3 else min(numbers)
    assert sorted({*missing, *numbers}) == list(range(first, max(numbers) + 1))


@given(st.sets(st.integers(1, 60), min_size=1))
def test_spans_tell_every_missing_number_once(numbers: set[int]) -> None:
    rows = [Numbered({}, "", number) for number in sorted(numbers)]
    spans = _spans(rows, from_start=True)
    wanted = missing_between(numbers) if len(numbers) > 1 else []
    assert [number for _, gap, _ in spans for number in gap] == wanted
    assert all(gap[0] == before + 1 or not before for before, gap, _ in spans)
    assert all(gap[-1] + 1 == after.number for _, gap, after in spans)


@pytest.mark.parametrize(
    ("numbers", "text"), [([2], "2"), ([7, 8, 9, 10], "7–10"), ([2, 7, 8], "2、7–8"), ([], "")]
)
def test_ranges(numbers: list[int], text: str) -> None:
    assert ranges(numbers) == text
    assert all(left < right for left, right in pairwise(numbers))
