"""Rates whose name says which counts they are of, and changes between two years."""

from __future__ import annotations

import pytest

from tests.check.arithmetic.making import brief, cell, row

ANSWERS = "調査（対象500人、回答410人、回答率82.0%）では、賛成が300人、反対が110人であった。"
REACHED = "利用は7,500件で、目標の12,000件に対する達成率は62.5%である。"
YEARS = "来庁者は、令和4年度が15,000人、令和5年度が14,100人で、900人（6.0%）減少している。"
BEFORE = "申請は12,320件で、前年度の11,000件から1,320件（12%）増加した。"
GROWN = "交付は4,000通（前年度3,200通）で25%増となった。"


@pytest.mark.parametrize("text", [ANSWERS, REACHED, YEARS, BEFORE, GROWN])
def test_what_is_right_is_not_reported(text: str) -> None:
    assert brief(cell(text)) == []


@pytest.mark.parametrize(
    ("text", "old", "new", "finding"),
    [
        (ANSWERS, "82.0", "88.0", ("rate-differs", "88.0%", "82.0%")),
        (ANSWERS, "410人、", "440人、", ("rate-differs", "82.0%", "88.0%")),
        (REACHED, "62.5", "65.2", ("rate-differs", "65.2%", "62.5%")),
        (REACHED, "12,000", "15,000", ("rate-differs", "62.5%", "50.0%")),
        (YEARS, "900人", "800人", ("change-differs", "800人", "900人")),
        (YEARS, "6.0", "9.0", ("rate-differs", "9.0%", "6.0%")),
        (BEFORE, "1,320", "1,230", ("change-differs", "1,230件", "1,320件")),
        (BEFORE, "（12%", "（21%", ("rate-differs", "21%", "12%")),
        (GROWN, "25%", "52%", ("rate-differs", "52%", "25%")),
    ],
)
def test_what_is_wrong_is_reported(
    text: str, old: str, new: str, finding: tuple[str, str, str]
) -> None:
    assert finding in brief(cell(text.replace(old, new)))


def test_goal_and_result_in_a_row() -> None:
    table = (
        "| 取組 | 目標値 | 実績値 | 達成率 |\n|---|---|---|---|\n| 講座 | 200人 | 150人 | 75% |\n"
    )
    assert brief(table) == []
    assert brief(table.replace("75%", "57%")) == [("rate-differs", "57%", "75%")]


def test_a_name_that_fits_two_counts_decides_nothing() -> None:
    text = "対象500人、窓口回答310人、郵送回答100人、回答率92.0%"
    assert brief(row("調査", text)) == []
