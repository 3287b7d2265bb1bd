"""Letters of other scripts inside words, each with its reading; words of other languages silent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.check.text import check_text
from pipelines.check.text.foreign import latin_shape
from pipelines.vocabulary import spellings
from tests.check.text.making import case, readings, told

CODE = "letters-foreign"


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("デジタルデバйд対策", "デジタルデバйд", "デジタルデバイド"),
        (
            "デジタル・トランسفォーメーション(DX)",
            "トランسفォーメーション",
            "トランスフォーメーション",
        ),
        ("Wοrdで開く。Wordで作る", "Wοrd", "Word"),
        ("Wοbサイト。Webで見る", "Wοb", "Web"),
        ("οンライン申請", "οンライン", "オンライン"),
        ("マイナンバーカーд", "マイナンバーカーд", "マイナンバーカード"),
        ("手οき。手続きの案内", "手οき", "手続き"),
        ("АI-OCRの活用", "АI-OCR", "AI-OCR"),
        ("ｅＬＴАХ", "ｅＬＴАХ", "ｅＬＴAX"),
        ("データベーסの整備。データベースの整備", "データベーס", "データベース"),
    ],
)
def test_a_misread_word_is_found_with_its_reading(text: str, found: str, expected: str) -> None:
    assert list(readings(text, code=CODE)) == [(found, expected)]


def test_the_sound_decides_between_two_words_that_fit() -> None:
    text = (
        "デジタルデバйд対策\n\nデジタルデバイス対策\n\nデジタルデバイス対策\n\nデジタルデバイド対策"
    )
    assert list(readings(text, code=CODE)) == [("デジタルデバйд", "デジタルデバイド")]


def test_a_word_of_the_other_document_of_the_package_is_a_reading() -> None:
    found = list(readings("市の広ж紙を読む", "市の広報紙を配る", code=CODE))
    assert found == [("の広ж紙を", "の広報紙を")]


def test_how_sure_the_reading_is() -> None:
    (sure,) = (f for f in check_text(case("Wοrdで。Wordで")) if f.code == CODE)
    assert "正しくは「Word」です" in sure.message and "known" in sure.message_en
    (likely,) = (f for f in check_text(case("Wοrdで")) if f.code == CODE)
    assert (likely.expected, likely.severity) == ("Word", "警告")
    assert "「Word」と思われます" in likely.message and "ギリシャ文字「ο」" in likely.message
    (unknown,) = (f for f in check_text(case("大字ж川")) if f.code == CODE)
    assert unknown.expected == "" and "正しい文字は分かりません" in unknown.message


@pytest.mark.parametrize(
    "text",
    [
        "＋αの効果とプラスα、α版・β版、β テスト、γ-GTP、3μm、5kΩ、Δt、ΣΔ",
        "ロシア語（Русский）、한국어ページ、العربيةページ、ภาษาไทย",
        "№、㈱、①②③、Ⅰ・Ⅱ、℃、㎡、→、※、〒、♪、“引用”、café、naïve",
        "ｶﾀｶﾅ、ＡＢＣ、１２３、髙島、﨑、𠮷野家、😀",
    ],
)
def test_symbols_and_words_of_other_languages_are_no_alarm(text: str) -> None:
    assert list(readings(text, code=CODE)) == []


def test_a_word_is_told_once_a_cell_and_in_each_cell() -> None:
    text = "取組\t効果\nデジタルデバйдとデジタルデバйд\tデジタルデバйд\n"
    places = [place for _, place, _, _ in told(text, code=CODE)]
    assert places == ["L2:C1", "L2:C2"]


def test_the_place_names_the_source_where_there_are_two() -> None:
    ((_, place, _, _),) = told("計画", "報告\n\nデジタルデバйд", code=CODE)
    assert place == "d2 L3"


def test_shapes_are_those_of_unicode() -> None:
    assert [latin_shape(char) for char in "οАеІЖй"] == ["o", "A", "e", "l", "", ""]


LOOKALIKES = {"A": "А", "B": "Β", "E": "Ε", "o": "ο", "a": "а", "e": "е", "c": "с", "p": "р"}
LATIN = sorted(w for w in spellings() if set(w) & set(LOOKALIKES) and len(w) > 2 and w.isalpha())
KATAKANA = sorted(w for w in spellings() if not w.isascii() and len(w) > 4)


@given(st.sampled_from(LATIN), st.data())
def test_any_known_word_with_a_letter_of_the_same_shape_is_repaired(
    word: str, data: st.DataObject
) -> None:
    at = data.draw(st.sampled_from([n for n, char in enumerate(word) if char in LOOKALIKES]))
    planted = word[:at] + LOOKALIKES[word[at]] + word[at + 1 :]
    assert list(readings(f"本市の{planted}を使う", code=CODE)) == [(planted, word)]


@given(st.sampled_from(KATAKANA), st.sampled_from("οйджшסف"), st.data())
def test_any_known_word_with_a_foreign_letter_is_found(
    word: str, letter: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    planted = word[:at] + letter + word[at + 1 :]
    ((found, expected),) = readings(f"本市の{planted}を使う。{word}", code=CODE)
    assert found == planted
    assert len(expected) >= len(planted) and expected[:at] == word[:at]
