"""Kanji and katakana of one shape (二 ニ, 一 ー, 口 ロ) that stand for each other.

Many of these kanji stand beside katakana rightly (一覧, 二割, 口コミ, 力): a word is only reported
when it is known with the other letter, or cannot be a word as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.check.text.printed import KANJI, KATAKANA, Page, Printed, sureness
from pipelines.findings.text import LettersAlike
from pipelines.model import Finding

PAIRS = {
    "二": "ニ",
    "一": "ー",
    "口": "ロ",
    "力": "カ",
    "工": "エ",
    "夕": "タ",
    "卜": "ト",
    "八": "ハ",
}
"""Kanji → the katakana of its shape (pairs of Unicode's confusables, UTS #39)."""
_TO_KATAKANA = str.maketrans(PAIRS)
_TO_KANJI = {katakana: kanji for kanji, katakana in PAIRS.items() if kanji not in "一力"}
_KANJI = "".join(PAIRS)
_BESIDE = re.compile(rf"[{_KANJI}](?:(?<=[{KATAKANA}].)|(?=[{KATAKANA}]))")
_WORD = re.compile(rf"[{KATAKANA}{_KANJI}]+")
_LONELY = re.compile(rf"[{''.join(_TO_KANJI)}](?<![{KATAKANA}].)(?![{KATAKANA}])")
_CANNOT_BEGIN = "ーァィゥェォャュョン"
"""No word begins with these; ッ and ヶ do stand behind a number (八ッ場, 一ヶ月)."""
_SHORTEST = 3
_COUNTED = re.compile(
    "[つか覧式同人部括般定時元体環本台件日年月回度次点名枚社町市村課室切致緒方角歩連律新貫号番層種棟校園世戸"
    "級等区行列面割例因員円億兆万千百十週間]"
)
"""Behind 一 these make a count or a word of it (一覧, 一式, 一人, 一つ)."""


def letters_alike(printed: Printed) -> Iterator[Finding]:
    """A finding for each word (once a cell) with a letter of the other kind of its shape."""
    seen: set[tuple[object, str]] = set()
    for page in printed.pages:
        for found, letters, expected, sure, offset in _words(printed, page):
            spot = page.spot(offset)
            if (spot.place, found) not in seen:
                seen.add((spot.place, found))
                how = sureness(expected, sure)
                yield printed.finding(LettersAlike, spot, found, expected, letters=letters, **how)


def _words(printed: Printed, page: Page) -> Iterator[tuple[str, str, str, bool, int]]:
    """Word, its wrong letters, the right word, whether it is sure, and its offset."""
    done = 0
    for match in _BESIDE.finditer(page.text):
        if match.start() < done:
            continue
        start = match.start()
        while start and _WORD.match(page.text[start - 1]):
            start -= 1
        word = next(_WORD.finditer(page.text, start)).group()
        done = start + len(word)
        yield from _katakana(printed, word, start, page.text[done : done + 1])
    for match in _LONELY.finditer(page.text):
        yield from _kanji(printed, page.text, match.start())


def _katakana(
    printed: Printed, word: str, start: int, behind: str
) -> Iterator[tuple[str, str, str, bool, int]]:
    """Kanji in a word of katakana."""
    wrong = [n for n, char in enumerate(word) if char in PAIRS]
    if len(wrong) == len(word):
        return
    repaired = word.translate(_TO_KATAKANA)
    for begin, end in _spans(len(word)):
        inside = [n for n in wrong if begin <= n < end]
        if not inside or not printed.knows(repaired[begin:end]):
            continue
        if any(word[n] == "一" and _counts(word, n, behind) for n in inside):
            continue
        letters = "".join(dict.fromkeys(word[n] for n in inside))
        yield word[begin:end], letters, repaired[begin:end], True, start + begin
        return
    for n in wrong:
        if _is_no_word(printed, word, n):
            yield word, word[n], repaired, False, start
            return


def _is_no_word(printed: Printed, word: str, at: int) -> bool:
    """Whether a kanji cannot stand here as itself: what is behind it cannot begin a word, or the
    pieces before and behind it are no words that anybody knows.
    """
    before, behind = word[:at], word[at + 1 :]
    if word[at] == "卜" or (word[at] != "一" and behind[:1] in tuple(_CANNOT_BEGIN)):
        return True
    if behind[:1] == "ッ" and word[at] not in "一八":
        return True
    if not before or not behind or behind[:1] in ("ヶ", "ヵ", "カ"):
        return False
    # nothing of one katakana letter is a word
    return len(behind) == 1 or not (printed.knows(before) or printed.knows(behind))


def _spans(length: int) -> Iterator[tuple[int, int]]:
    """Every part of a word that is long enough, the longest first."""
    for size in range(length, _SHORTEST - 1, -1):
        yield from ((begin, begin + size) for begin in range(length - size + 1))


def _counts(word: str, position: int, behind: str) -> bool:
    return bool(_COUNTED.match(word[position + 1 : position + 2] or behind))


def _kanji(printed: Printed, text: str, at: int) -> Iterator[tuple[str, str, str, bool, int]]:
    """A lone katakana letter in a word of kanji: 入ロ, エ事."""
    for begin in (at - 1, at):
        word = text[max(0, begin) : begin + 2]
        expected = word.replace(text[at], _TO_KANJI[text[at]])
        if re.fullmatch(rf"[{KANJI}]{{2}}", expected) and printed.prints(expected):
            yield word, text[at], expected, True, begin
            return
