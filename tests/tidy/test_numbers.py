"""Numbers as printed: composed numbers, signs, units and qualifiers."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.numerals import NUMBER, SIGN, decimal_of, unit_concept, unit_pattern
from pipelines.tidy.numbers import bracket_qualifier, qualifier_name, qualifier_pattern
from pipelines.vocabulary import Concept, scheme


@pytest.mark.parametrize(
    ("number", "sign", "expected"),
    [
        ("1,234", "", "1234"),
        ("1.4万", "", "14000"),
        ("38.0", "", "38.0"),
        ("3.2", "△", "-3.2"),
        ("1.23456万", "", "12345.6"),
        ("0億", "", "0"),
        ("1億2,000万", "", "120000000"),
        ("1万2千", "", "12000"),
        ("2万5,300", "", "25300"),
        ("3百万", "", "3000000"),
        ("5千万", "", "50000000"),
        ("1億2千万", "▲", "-120000000"),
        ("1.5万", "-", "-15000"),
    ],
)
def test_decimal_of(number: str, sign: str, expected: str) -> None:
    assert decimal_of(number, sign) == Decimal(expected)


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_composed_numbers_are_read_back(high: int, middle: int, low: int) -> None:
    printed = f"{high}億{middle:,}万{low}"
    assert re.fullmatch(NUMBER, printed)
    assert decimal_of(printed) == high * 10**8 + middle * 10**4 + low


@given(st.decimals(0, 10**12, places=2))
def test_plain_numbers_keep_their_zeros(value: Decimal) -> None:
    assert re.fullmatch(NUMBER, f"{value:,f}")
    assert str(decimal_of(f"{value:,f}")) == f"{value:f}"


@pytest.mark.parametrize("printed", ["1,00", "12345,678", "1,2345", "1.2.3", "1,", ".5", "万", ""])
def test_misprinted_numbers_are_none(printed: str) -> None:
    assert re.fullmatch(NUMBER, printed) is None


@pytest.mark.parametrize("printed", ["1,00人", "12345,678", "1.2.3", "1,2345"])
def test_no_piece_of_a_misprinted_number_is_a_number(printed: str) -> None:
    assert re.search(NUMBER, printed) is None


@pytest.mark.parametrize(
    ("printed", "sign"),
    [
        ("△3", "△"), ("▲3", "▲"), ("▲ 3", "▲ "), ("-3", "-"), ("−3", "−"),
        ("マイナス3", "マイナス"),
        # a range, a name with a hyphen, a mark that stands alone
        ("1-3", ""), ("A-3", ""), ("棚-3", ""), ("1△3", ""), ("△", ""), ("マイナス", ""),
        ("5～-3", ""),
    ],
)  # fmt: skip
def test_signs(printed: str, sign: str) -> None:
    found = re.search(SIGN, printed)
    assert (found.group() if found else "") == sign


def test_units_are_found_by_every_spelling() -> None:
    spellings = ("か所", "箇所", "ヶ所", "カ所", "ケ所")
    assert all(unit_concept(word) is scheme("units").get("place") for word in spellings)
    assert unit_concept("") is None
    assert unit_concept("升") is None


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("時間数", "時間数"), ("か月間", "か月間"), ("回線", "回線"), ("分野", "分野"),
        ("人日", "人日"), ("回分", "回分"), ("ha", "ha"), ("m2", "m2"), ("h", "h"), ("席", "席"),
        # a unit that only begins another word
        ("hz", ""), ("km2", ""), ("mm", ""), ("社会", ""), ("升", ""),
    ],
)  # fmt: skip
def test_the_longest_unit_wins_and_no_piece_of_a_word_is_one(printed: str, unit: str) -> None:
    found = re.match(unit_pattern(), printed)
    assert (found.group() if found else "") == unit


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("のべ", "延べ"), ("約", "約"), ("延べ約", "延べ;約"), ("延べ 約", "延べ;約"),
        ("以内", "以下"), (" 約 ", "約"), ("約朝", "約"), ("朝", ""), ("", ""),
    ],
)  # fmt: skip
def test_qualifier_name(printed: str, expected: str) -> None:
    assert qualifier_name(printed) == expected


QUALIFIERS = [
    (label, concept)
    for concept in scheme("qualifiers")
    for label in (concept.labels["ja"], *concept.alt)
    if concept.first("side") in {"before", "after"}
]


@pytest.mark.parametrize(("label", "concept"), QUALIFIERS)
def test_every_qualifier_stands_on_its_side_alone(label: str, concept: Concept) -> None:
    side = concept.first("side")
    other = "after" if side == "before" else "before"
    assert re.fullmatch(qualifier_pattern(side), label)
    assert re.fullmatch(qualifier_pattern(other), label) is None
    assert qualifier_name(label) == concept.ja


@pytest.mark.parametrize("word", ["予約", "契約", "設計", "安全"])
def test_the_end_of_a_word_is_no_qualifier(word: str) -> None:
    assert re.search(qualifier_pattern("before"), word) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("(累計)", "累計"), ("（のべ）10", "延べ"), (" (延べ)", "延べ"),
        ("(累計", ""), ("累計", ""), ("朝市(累計)", ""), ("(朝市)", ""), ("", ""),
    ],
)  # fmt: skip
def test_qualifiers_in_brackets(printed: str, expected: str) -> None:
    assert bracket_qualifier(printed) == expected
