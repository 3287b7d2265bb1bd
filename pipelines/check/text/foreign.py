"""Letters of another script inside Japanese or Latin words, with the likely reading.

A conversion from pictures of text puts letters of any script into a word. The reading is looked for
among the words of the package and the vocabulary; several that fit are told apart by their sound,
because a letter was mostly taken for one that sounds alike. Only then are Unicode's confusables
(UTS #39) asked: they tell a Greek ο from a Latin o.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from pipelines.check.text.printed import (
    HIRAGANA,
    KANJI,
    KATAKANA,
    LATIN,
    Printed,
    sureness,
)
from pipelines.findings.text import LettersForeign
from pipelines.model import Finding

# Everything but Latin, kana, kanji, marks, symbols and private use: the alphabets of others.
_FOREIGN = re.compile(
    "[^\x00-\u036f\u1d00-\u1dbf\u1e00-\u1eff\u2000-\u2bff\u2e80-\u30ff\u3190-\u9fff"
    "\ue000-\ufb06\ufe00-\ufe6f\uff00-\uffff\U0001b000-\U0001b16f\U0001d000-\U0010ffff]+"
)
_LONGEST = 3
"""More letters together are a word of another language."""
_SYMBOLS = frozenset("αβγδεζηθλμπρσφψωΓΔΘΛΞΠΣΦΨΩµ")
"""Greek letters that stand for a thing of their own (＋α, β版, μm, kΩ)."""
_NEAR = {
    "GREEK": ("ギリシャ", "Greek"),
    "CYRILLIC": ("キリル", "Cyrillic"),
    "ARABIC": ("アラビア", "Arabic"),
    "HEBREW": ("ヘブライ", "Hebrew"),
    "ARMENIAN": ("アルメニア", "Armenian"),
}
"""Scripts of which one letter beside a Japanese letter is enough; others need one on both sides."""
_JAPANESE = KATAKANA + KANJI + HIRAGANA
_SIDES = tuple(
    (re.compile(rf"[{one}]{{0,20}}\Z"), re.compile(rf"[{one}]{{0,20}}"))
    for one in (LATIN + "0-9-", KATAKANA)
)
"""What stands before and behind, of one kind: a word of Latin letters or of katakana."""
_CERTAIN = 5
"""So many letters of a word that are right leave no doubt about the others."""
_SHORT = 2
"""Letters of a word of kanji or hiragana that are looked at on each side."""
_SHORT_SIDES = (re.compile(rf"[{_JAPANESE}]{{0,2}}\Z"), re.compile(rf"[{_JAPANESE}]{{0,2}}"))
_LETTER = re.compile(rf"[{LATIN}]")


def letters_foreign(printed: Printed) -> Iterator[Finding]:
    """A finding for each word (once a cell) that holds letters of another script."""
    seen: set[tuple[object, str]] = set()
    readings: dict[tuple[str, str, str], tuple[str, bool]] = {}
    for page in printed.pages:
        for match in _FOREIGN.finditer(page.text):
            letters = match.group()
            left, right, word = _word(page.text, *match.span())
            spot = page.spot(match.start())
            if not _is_misplaced(letters, left, right) or (spot.place, word) in seen:
                continue
            seen.add((spot.place, word))
            key = (left, letters, right)
            if key not in readings:
                readings[key] = reading(printed, *key)
            expected, sure = readings[key]
            script = unicodedata.name(letters[0], "?").split()[0]
            ja, en = _NEAR.get(script, ("別の文字体系の", script.capitalize()))
            words = {"letters": letters, "script": ja, "script_en": en}
            how = sureness(expected, sure)
            yield printed.finding(LettersForeign, spot, word, expected, **words, **how)


def _word(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The letters before and behind that belong to the word, and the word."""
    for before, after in (*_SIDES, _SHORT_SIDES):
        left = next(before.finditer(text[max(0, start - 20) : start])).group()
        right = next(after.finditer(text, end)).group()
        if left or right:
            break
    return left, right, left + text[start:end] + right


def _is_misplaced(letters: str, left: str, right: str) -> bool:
    if len(letters) > _LONGEST or not (left or right):
        return False
    if not all(unicodedata.category(char)[0] in "LM" for char in letters):
        return False
    in_latin = _LETTER.match(left[-1:]) and _LETTER.match(right[:1])
    if len(letters) == 1 and letters in _SYMBOLS and not in_latin:
        return False
    script = unicodedata.name(letters[0], "?").split()[0]
    return script in _NEAR or bool(left and right)


def reading(printed: Printed, left: str, letters: str, right: str) -> tuple[str, bool]:
    """The likely word, and whether it is sure; '' when nothing fits."""
    word = ""
    if _LETTER.search(left + right):
        shapes = "".join(latin_shape(char) for char in letters)
        word = left + shapes + right if len(shapes) == len(letters) else ""
        if word and printed.knows(word):
            return word, True
    fitting = _fitting(printed, left, letters, right)
    if not fitting:
        return word, False
    best = max(sorted(fitting), key=lambda one: fitting[one])
    rivals = [one for one, (sound, _) in fitting.items() if sound >= fitting[best][0]]
    certain = fitting[best][0] == len(letters) or len(left + right) >= _CERTAIN
    return best, rivals == [best] and certain and not word


def _fitting(printed: Printed, left: str, letters: str, right: str) -> dict[str, tuple[int, int]]:
    """The words that have other letters in this place → how well they sound, how often they are."""
    if len(left + right) < _SHORT:
        return {}
    if re.fullmatch(rf"[{KATAKANA}]+|[{LATIN}0-9-]+", left + right):
        end = (left[:_SHORT], "") if left else ("", right[-_SHORT:])
        words = printed.by_end.get(end, [])
        known = printed.latin if _LETTER.search(left + right) else printed.katakana
    else:
        known = _in_text(printed, left, right, len(letters))
        words = sorted(known)
    most = len(letters) + 1
    found = {}
    for word in words:
        gap = len(word) - len(left) - len(right)
        if 0 < gap <= most and word.startswith(left) and word.endswith(right):
            sound = _sounds(word[len(left) : len(left) + gap], letters)
            found[word] = (sound, known[word])
    return found


def _in_text(printed: Printed, left: str, right: str, letters: int) -> Counter[str]:
    """What stands elsewhere between the letters on both sides of a word of kanji or hiragana."""
    inside = rf"[{_JAPANESE}]{{1,{letters}}}"
    form = re.compile(re.escape(left) + inside + re.escape(right))
    return Counter(word for page in printed.pages for word in form.findall(page.text))


def _sounds(filling: str, letters: str) -> int:
    """How many of the letters sound, in their order, in what would stand in their place."""
    from text_unidecode import unidecode

    sound, wanted = unidecode(filling).lower(), unidecode(letters).lower()
    position = matched = 0
    for char in wanted:
        at = sound.find(char, position)
        if at >= 0:
            position, matched = at + 1, matched + 1
    return matched


def latin_shape(char: str) -> str:
    """The Latin letter that looks like a letter of another script, '' when there is none."""
    from confusable_homoglyphs.confusables import confusables_data

    alike = [one["c"] for one in confusables_data.get(char, ())]
    return next((one for one in alike if len(one) == 1 and one.isascii() and one.isalpha()), "")
