"""Words spelled in two ways, widths that are mixed, characters that a spreadsheet loses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.check.text import check_text
from pipelines.check.text.survival import survives
from tests.check.text.making import case, readings, told


def test_a_long_vowel_and_capitals_that_vary() -> None:
    text = "セキュリティーとセキュリティとセキュリティ、webとWebとWeb、サーバー"
    assert list(readings(text, code="spelling-varies")) == [
        ("セキュリティー", "セキュリティ"),
        ("web", "Web"),
    ]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("緊急告知エフエムラジオと緊急告知FMラジオ", "エフエムラジオ", "FMラジオ"),
        ("エスエヌエスの活用。SNSの活用", "エスエヌエス", "SNS"),
    ],
)
def test_letters_spelled_by_their_names_vary(text: str, found: str, expected: str) -> None:
    assert list(readings(text, code="spelling-varies")) == [(found, expected)]


@pytest.mark.parametrize(
    "text",
    [
        "エフエムラジオの放送",
        "アイデアとIの字、エムケー。MとK",
        "カード、カー、コーヒー",
        "https://www.example.jp/web と Web、a@web.jp",
        "NOとNo、DX",
        "データ",
    ],
)
def test_other_words_do_not_vary(text: str) -> None:
    assert told(text, code="spelling-varies") == []


def test_widths_are_told_once_a_document_with_counts() -> None:
    text = "ＩＣＴとICTとICT、I C Tも\n\n（全角）と(半角)と(半角)、ﾃﾞｰﾀとデータ"
    ((_, place, found, expected),) = told(text, code="width-mixed")
    assert (place, expected) == ("L1", "")
    assert "ＩＣＴ 1・ICT 2" in found and "ﾃﾞｰﾀ 1・データ 1" in found and "I C T 1・ICT 2" in found
    assert len(found) <= 60
    assert [row[1] for row in told(text, text + "\n", code="width-mixed")] == ["d1 L1", "d2 L1"]


@pytest.mark.parametrize("text", ["ICTと(半角)と12", "ＩＣＴと（全角）", "A B 型と O 型", "データ"])
def test_one_width_is_no_alarm(text: str) -> None:
    assert told(text, code="width-mixed") == []


def test_half_width_katakana_alone_is_told_with_its_reading() -> None:
    assert list(readings("ﾎｰﾑﾍﾟｰｼﾞの更新", code="width-mixed")) == [("ﾎｰﾑﾍﾟｰｼﾞ 1・ホームページ 0", "")]


def test_each_lost_character_is_told_once_with_its_count() -> None:
    text = "所管—課\n\n— と か\u3099 と \ue000 と \ufffd と 𠮷"
    assert told(text, code="character-lost") == [
        ("character-lost", "L1", "—", ""),
        ("character-lost", "L3", "か\u3099", "が"),
        ("character-lost", "L3", "U+E000", ""),
        ("character-lost", "L3", "�", ""),
        ("character-lost", "L3", "𠮷", ""),
    ]
    first = next(f for f in check_text(case(text)) if f.code == "character-lost")
    assert first.severity == "情報" and "U+2014、2か所" in first.message


def test_what_a_spreadsheet_keeps_is_no_alarm() -> None:
    assert told("①⑳Ⅰ㈱№℡㍻∑髙﨑～ー－―ｱｲｳ￥", code="character-lost") == []


@given(st.characters())
def test_a_character_survives_when_it_comes_back(char: str) -> None:
    try:
        back = char.encode("cp932").decode("cp932") == char
    except UnicodeError:
        back = False
    private = unicodedata.category(char) in ("Co", "Cn")
    assert survives(char) is (char < "\x80" or (back and not private))
