"""How alike phrases are, and when two printed values are one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.check.consistency.words import agree, held, pairs, same_name, unit_key


@pytest.mark.parametrize(
    ("left", "left_text", "right", "right_text", "same"),
    [
        (14000, "1.4万人", 14530, "14,530人", True),
        (15000, "1.5万人", 14530, "14,530人", True),
        (14000, "1.4万人", 15530, "15,530人", False),
        (20000, "2万人", 20000, "20,000人", True),
        (20000, "2万人", 31000, "31,000人", False),
        (60, "60手続", 61, "61手続", False),
        (3000, "3千件", 3400, "3,400件", True),
    ],
)
def test_rounding_is_no_difference(
    left: int, left_text: str, right: int, right_text: str, same: bool
) -> None:
    assert agree(Decimal(left), left_text, Decimal(right), right_text, about=False) is same
    assert agree(Decimal(right), right_text, Decimal(left), left_text, about=False) is same


def test_about_allows_a_tenth() -> None:
    assert agree(Decimal(150), "約150名", Decimal(146), "146名", about=True)
    assert not agree(Decimal(150), "約150名", Decimal(120), "120名", about=True)


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_share_is_between_nothing_and_all(phrase: str, sentence: str) -> None:
    share, common = held(phrase, sentence)
    assert 0 <= share <= 1
    assert common == len(pairs(phrase) & pairs(sentence))
    assert share == (1 if pairs(phrase) <= pairs(sentence) and pairs(phrase) else share)


def test_a_shortened_sentence_is_held_by_it() -> None:
    sentence = "施設への出張申請を実施した。"
    assert held("施設への出張申請", sentence)[0] == 1
    assert held("窓口の延長", sentence)[0] == 0


def test_names_and_units_in_other_letters() -> None:
    assert same_name("窓口の ＩＣＴ化", "窓口のICT化")
    assert not same_name("窓口", "会計")
    assert unit_key("人") == unit_key("名")
    assert unit_key("人") != unit_key("件")
    assert unit_key("謎の単位") == "謎の単位"
