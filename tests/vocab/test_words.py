"""The lists that the checks of letters ask: old forms of kanji, and words with their spelling."""

from __future__ import annotations

import re
import unicodedata

from pipelines.vocabulary import old_kanji, spellings


def test_an_old_form_is_one_kanji_and_its_usual_form_another() -> None:
    table = old_kanji()
    assert len(table) > 350
    for old, usual in table.items():
        assert len(old) == len(usual) == 1 and old != usual
        assert usual not in table, "a usual form is no old one"
        assert unicodedata.name(old).startswith("CJK") and unicodedata.name(usual).startswith("CJK")


def test_the_forms_that_a_plan_is_most_likely_to_hold() -> None:
    known = {"續": "続", "國": "国", "學": "学", "會": "会", "廣": "広", "澤": "沢", "辯": "弁"}
    assert known.items() <= old_kanji().items()


def test_the_usual_forms_survive_where_the_old_ones_may_not() -> None:
    for usual in set(old_kanji().values()):
        assert usual.encode("cp932").decode("cp932") == usual


def test_a_spelling_is_one_word_of_katakana_or_latin_letters() -> None:
    for word in spellings():
        assert re.fullmatch(r"[ァ-ヺー]{2,}|[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*", word), word
        assert unicodedata.normalize("NFKC", word) == word


def test_no_two_spellings_are_one_but_for_letters_of_one_shape() -> None:
    shapes = str.maketrans("I1O0", "lloo")
    latin = [word for word in spellings() if word.isascii()]
    assert len({word.translate(shapes).casefold() for word in latin}) == len(latin)
