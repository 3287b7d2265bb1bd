"""Printed text → clean text: narrow forms, closed line-break blanks, numbering and flags."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines import model
from pipelines.numerals import CIRCLED as CIRCLED  # noqa: PLC0414 - as the rooms of tidy know it
from pipelines.numerals import narrow as narrow  # noqa: PLC0414
from pipelines.vocabulary import scheme

OMITTED = model.OMITTED

JAPANESE = r"\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々〆ー、・「」『』"
_BETWEEN = re.compile(rf"(?<=[{JAPANESE}]) +(?=[{JAPANESE}])")
_SPACED_LETTERS = re.compile(r"(?<![A-Za-z])[A-Za-z](?:[ \u3000][A-Za-z]){1,12}(?![A-Za-z])")
_NUMBERING = re.compile(
    rf"^(?:(?:No\.?|№)?\s*(?P<joined>\d+(?:[._-]\d+)+)\s+|No\.?\s*(?P<no>\d{{1,3}})\s+"
    rf"|(?P<plain>\d{{1,3}})[.．)]\s*(?!\d)|\((?P<paren>\d{{1,3}})\)\s*"
    rf"|(?P<circled>[{CIRCLED}])\s*)",
    re.IGNORECASE,
)
_VERB = re.compile(r"[一-龯](?:する|した|して|しま|され)")
"""The rest of a word of two kanji and する that a line break split (`配 布する`)."""
_LONGEST_OFFICE = 40
_NEAR = 60
"""How far around a blank is looked: words are shorter."""
_FLAG = re.compile(r"【([^【】]{1,20})】")
_PARTICLES = re.compile(r"^(?:の|を|に|へ|と|が|は|で|や|も|及び|等|など|する|した|して|よる|ける)")


def circled_number(char: str) -> int:
    """① → 1 … ⑳ → 20. Raises ValueError for anything else."""
    return CIRCLED.index(char) + 1


def close_blanks(text: str) -> str:
    """A name without the blanks that line breaks left inside Japanese words.

    Between two Japanese characters a blank goes, unless the word before it is the name of an
    office (`市民課 水道課` are two words) or a qualifier starts after it (`研修 延べ人数`).
    Letters printed apart (`I C T`) are closed too. Blanks beside digits, Latin words, brackets
    and list marks stay.
    """
    text = _close_letters(text)
    return _BETWEEN.sub(lambda m: " " if _separates(text, m.start(), m.end()) else "", text)


def _close_letters(text: str) -> str:
    text = _SPACED_LETTERS.sub(lambda m: re.sub(r"[ \u3000]", "", m.group()), text)
    return re.sub(r"(?<=[A-Za-z0-9]-) (?=[A-Za-z])", "", text)


def close_blanks_in_prose(text: str, evidence: str) -> str:
    """Running text without broken words: a blank goes only where there is evidence for it.

    Evidence: the joined characters stand elsewhere in `evidence` (the document without mark-up),
    both sides are katakana or both hiragana, a particle or the rest of a verb follows, or the word
    before cannot end a phrase (`必要な 対応`).
    """
    text = _close_letters(text)

    def closes(match: re.Match[str]) -> str:
        start, end = match.span()
        before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
        if _separates(text, match.start(), match.end()):
            return match.group()
        pair = before[-1:] + after[:1]
        same_kana = re.fullmatch(r"[ァ-ヴー]{2}|[ぁ-ゖ]{2}", pair)
        unfinished = re.search(r"[のなたるいをにがはでと]$", before)
        word = re.fullmatch(r"[一-龯]{2}", pair) and pair in _pairs(evidence)
        split = re.search(r"[ぁ-ゖ][一-龯]$", before) and _VERB.match(after)
        if same_kana or unfinished or word or split or _PARTICLES.match(after):
            return ""
        return match.group()

    return _BETWEEN.sub(closes, text)


@lru_cache(maxsize=8)
def _pairs(evidence: str) -> frozenset[str]:
    """The pairs of kanji that stand together in a document."""
    return frozenset(evidence[i : i + 2] for i in range(len(evidence) - 1))


def _separates(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    word = re.split(r"[ 　、。]", before)[-1]
    if is_office(word) and is_office(re.split(r"[ 　、。)）]", after)[0]):
        return True
    # `計画` is no 計: a qualifier of one character needs its number.
    return any(
        after.startswith(label) and (len(label) > 1 or after[1:2].isdigit())
        for concept in scheme("qualifiers")
        if concept.first("side") == "before"
        for label in (concept.ja, *concept.alt)
    )


@cache
def cue(*notations: str) -> re.Pattern[str]:
    """A pattern for the words of vocab/cues.ttl with these notations, longest first."""
    chosen = [label for label, c in scheme("cues").labels() if c.notation in notations]
    return re.compile("|".join(re.escape(label) for label in chosen if not label.isascii()))


@lru_cache(maxsize=4096)
def is_office(word: str) -> bool:
    """True when a word ends as the name of an office does (vocab/organisations.ttl)."""
    if not 2 <= len(word) <= _LONGEST_OFFICE:
        return False
    word = re.sub(r"(?:\d+館|外\d+課)$", "館", narrow(word))
    for concept in scheme("organisations"):
        endings = (concept.ja, *concept.alt)
        others = concept.extra.get("except", ())
        if word.endswith(endings) and not (others and word.endswith(others)):
            return True
    return False


def letters(text: str) -> str:
    """What two namings are compared by: NFKC, no blanks, dots, brackets' content or case."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"\([^()]*\)", "", text)
    return re.sub(r"[\s・･.,、。「」『』]", "", text).casefold()


@dataclass(frozen=True, slots=True)
class Numbered:
    """A name with its printed number (`''` when none) and flags (`新`, `完了` …)."""

    number: str
    name: str
    flags: tuple[str, ...] = ()


def split_number(text: str) -> Numbered:
    """`1. 行政手続` → 1; `1_01` → 1_01; `(1) 名` → 1; `① 名` → 1; flags 【新】 are taken off."""
    flags = tuple(_FLAG.findall(text))
    text = _FLAG.sub(" ", text).strip()
    plain = narrow(text)
    if re.fullmatch(r"\d+(?:[_-]\d+)*", plain):
        return Numbered(plain, "", flags)
    if len(plain) == 1 and plain in CIRCLED:
        return Numbered(str(circled_number(plain)), "", flags)
    match = _NUMBERING.match(plain)
    if not match or match.end() == len(plain):
        return Numbered("", text, flags)
    number = match["joined"] or match["no"] or match["plain"] or match["paren"]
    number = number or str(circled_number(match["circled"]))
    return Numbered(number, text[match.end() :].strip(), flags)


def without_marks(text: str) -> str:
    """Text without the marks that open a printed bullet or heading (・ ■ - •)."""
    return re.sub(r"^[・■□●◆•\-–]\s*", "", text.strip()).strip()


def digest(*words: object) -> str:
    """Eight hexadecimal digits that stand for words where no number is printed."""
    text = "\x1f".join("" if word is None else str(word) for word in words)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


_NAME_LENGTH = 44


def is_name(text: str, *, heading: bool = False) -> bool:
    """True for a noun phrase: short, no comma or stop, and not ending as a verb does.

    A heading may have a comma. Names may stand in a committed extract, sentences may not.
    """
    if re.search(r"[。]" if heading else r"[、。]", text) or OMITTED in text:
        return False
    return 0 < len(text) <= _NAME_LENGTH and not re.search(r"[ぁ-ゖ]$", text)
