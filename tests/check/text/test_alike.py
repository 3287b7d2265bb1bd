"""Kanji and katakana of one shape, and I for l: found where the word is known, silent elsewhere."""

from __future__ import annotations

import pytest
from confusable_homoglyphs.confusables import confusables_data
from hypothesis import given
from hypothesis import strategies as st

from pipelines.check.text import check_text
from pipelines.check.text.alike import PAIRS
from pipelines.vocabulary import spellings
from tests.check.text.making import case, readings, told

CODE = "letters-alike"
TO_KANJI = {katakana: kanji for kanji, katakana in PAIRS.items()}
SWAPPED = sorted(w for w in spellings() if len(w) > 2 and set(w) & set(TO_KANJI))


def test_the_pairs_are_pairs_of_unicode() -> None:
    for kanji, katakana in PAIRS.items():
        assert katakana in {one["c"] for one in confusables_data[kanji]}


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("用した二ホンジカの調査", "二ホンジカ", "ニホンジカ"),
        ("オンラインサ一ビスの提供", "サ一ビス", "サービス"),
        ("コミュ二ティバス", "コミュ二ティ", "コミュニティ"),
        ("力メラの設置。カメラ", "力メラ", "カメラ"),
        ("工ネルギーの転換", "工ネルギー", "エネルギー"),
        ("デー夕の整備", "デー夕", "データ"),
        ("アンケー卜の結果", "アンケー卜", "アンケート"),
        ("八ザードマップの配布", "八ザードマップ", "ハザードマップ"),
        ("サーバ一の更新", "サーバ一", "サーバー"),
        ("アナ口グ規制の点検", "アナ口グ", "アナログ"),
        ("ホームペ一ジの閲覧", "ホームペ一ジ", "ホームページ"),
        ("端末を口ックする", "口ック", "ロック"),
        ("センサ一情報とセンサー", "センサ一", "センサー"),
        ("ジュ二ア世代", "ジュ二ア", "ジュニア"),
        ("入ロの案内。入口の案内", "入ロ", "入口"),
        ("改修エ事。工事の予定", "エ事", "工事"),
        ("eI-QR納税の導入", "eI-QR", "eL-QR"),
        ("Al-OCRの活用", "Al-OCR", "AI-OCR"),
        ("C02の削減。CO2の排出とCO2の吸収", "C02", "CO2"),
    ],
)
def test_a_swapped_letter_is_found_with_its_reading(text: str, found: str, expected: str) -> None:
    assert list(readings(text, code=CODE)) == [(found, expected)]


def test_a_word_that_nobody_knows_is_only_likely() -> None:
    (found,) = (f for f in check_text(case("力ーリングの大会")) if f.code == CODE)
    assert (found.found, found.expected) == ("力ーリング", "カーリング")
    assert "と思われます。「カーリング」と思われます" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "サービス一覧、データ一元化、ワンストップ一本化、システム一式、タブレット一人一台",
        "サーバ一式とサーバー、センタ一つとセンター、ユーザ一人とユーザー、メンバ一同とメンバー",
        "口コミ、力ずく、コミュニケーション力、デジタル力アップ、人口ビジョン",
        "八ッ場ダム、八ヶ岳、一カ所、二カ所、一ヶ月、三ヵ年、二ステップ、八プロジェクト",
        "ニ 個人情報、ロ 住所、イ・ロ・ハ、エコ工事、エリア八戸、夕ご飯、タウン工房",
        "AIとRPA、A1判とAI、R1年度、IT、It is、ID、id、10件、IO、I/O、Wi-Fi、LINE、Line",
        "令和元年l月とI期、i-mode、iOS、IoT、Illustrator",
    ],
)
def test_right_words_are_no_alarm(text: str) -> None:
    assert list(readings(text, code=CODE)) == []


@given(st.sampled_from(SWAPPED), st.data())
def test_any_known_word_with_a_swapped_letter_is_repaired(word: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([n for n, char in enumerate(word) if char in TO_KANJI]))
    planted = word[:at] + TO_KANJI[word[at]] + word[at + 1 :]
    ((found, expected),) = readings(f"本市では{planted}を使う", code=CODE)
    assert TO_KANJI[word[at]] in found and found in planted
    assert expected in word and len(expected) == len(found)


def test_once_a_cell() -> None:
    text = "取組\t効果\n力メラと力メラ\t力メラ\n"
    assert [place for _, place, _, _ in told(text, code=CODE)] == ["L2:C1", "L2:C2"]


# --- old forms of kanji ------------------------------------------------------------------------


def test_an_old_form_is_found_where_the_usual_one_stands_too() -> None:
    text = "手續のオンライン化\n\n手続のオンライン化\n\n行政手續と手續"
    assert told(text, code="kanji-old") == [
        ("kanji-old", "L1", "手續", "手続"),
        ("kanji-old", "L5", "手續", "手続"),
    ]


@pytest.mark.parametrize("text", ["手續のみ", "澤田氏と沢", "國學院大学と国", "龍 竜巻", "萬 万"])
def test_names_and_lonely_forms_are_no_alarm(text: str) -> None:
    assert told(text, code="kanji-old") == []
