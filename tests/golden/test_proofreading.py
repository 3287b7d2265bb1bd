"""The answers are proofread: what they say stands in the document, on the line that they name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from golden_answers import DOCUMENTS, answers, fold
from golden_compare import not_printed, printed_figures, report

pytestmark = pytest.mark.documents

LinesOf = Callable[[str], list[str]]
ALL = list(DOCUMENTS)


@pytest.mark.parametrize("document", ALL)
def test_figures_stand_on_their_line(document: str, lines_of: LinesOf) -> None:
    wrong = not_printed(answers(document, "measurement"), lines_of(document))
    assert not wrong, report(wrong)


@pytest.mark.parametrize("document", ALL)
def test_departments_stand_on_their_line(document: str, lines_of: LinesOf) -> None:
    lines = [fold(line) for line in lines_of(document)]
    rows = [*answers(document, "measurement"), *answers(document, "department")]
    wrong = [
        f"line {row['行']}: {name}"
        for row in rows
        for name in row["担当課"].replace("|", " ").split()
        if fold(name) not in lines[int(row["行"]) - 1]
    ]
    assert not wrong, report(wrong)


@pytest.mark.parametrize("document", ALL)
def test_values_stand_in_the_document(document: str, lines_of: LinesOf) -> None:
    printed = printed_figures("\n".join(lines_of(document)))
    values = {row["値"] for t in ("observation", "goal") for row in answers(document, t)} - {""}
    assert {v for v in values if Decimal(v) not in printed} == set()


@pytest.mark.parametrize("document", ALL)
def test_names_stand_in_the_document(document: str, lines_of: LinesOf) -> None:
    whole = fold("".join(lines_of(document)))
    columns = ("名称", "施策", "担当課", "担当グループ", "用語", "項目名", "指標", "取組名")
    tables = ("observation", "initiative", "policy", "term", "status", "plan")
    names = {
        name
        for table in tables
        for row in answers(document, table)
        for column in columns
        for name in row.get(column, "").split("|")
    }
    assert {name for name in names if fold(name) not in whole} == set()


@pytest.mark.parametrize("document", ALL)
def test_states_and_marks_stand_in_the_document(document: str, lines_of: LinesOf) -> None:
    whole = fold("".join(lines_of(document)))
    words = {row["状態"].split("|")[0] for row in answers(document, "observation")}
    words |= {row["記号"] for row in answers(document, "status")}
    assert {word for word in words if fold(word) not in whole} == set()
