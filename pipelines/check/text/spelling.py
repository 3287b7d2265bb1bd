"""Words spelled in two ways (セキュリティー, セキュリティ; web, Web), and widths that are mixed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from pipelines.check.text.printed import KATAKANA, Page, Printed
from pipelines.findings.text import SpellingVaries, WidthMixed
from pipelines.model import Finding

_SHORTEST = 4
_SHORTEST_LATIN = 3
_WIDE = re.compile(r"[Ａ-Ｚａ-ｚ]+|[０-９]+|[ｦ-ﾟ]+")
_SPACED = re.compile(r"[A-Z](?: [A-Za-z])+(?![A-Za-z])")
_RUN = re.compile(rf"[A-Za-z]+|[0-9]+|[{KATAKANA}]+")
_LETTERS = {
    **{"エー": "A", "ビー": "B", "シー": "C", "ディー": "D", "イー": "E", "エフ": "F"},
    **{"ジー": "G", "エイチ": "H", "エッチ": "H", "アイ": "I", "ジェー": "J", "ジェイ": "J"},
    **{"ケー": "K", "ケイ": "K", "エル": "L", "エム": "M", "エヌ": "N", "オー": "O"},
    **{"ピー": "P", "キュー": "Q", "アール": "R", "エス": "S", "ティー": "T", "ユー": "U"},
    **{"ブイ": "V", "ダブリュー": "W", "エックス": "X", "ワイ": "Y", "ゼット": "Z"},
}
"""The names of the Latin letters in katakana."""
_NAMES = re.compile("|".join(_LETTERS))
_EXAMPLES = 3
_WIDEST = 8


def spelling_varies(printed: Printed) -> Iterator[Finding]:
    """A finding for each word that is written in another way more often, at its first place."""
    pairs: dict[str, str] = {}
    words = printed.katakana
    for word in words:
        if word.endswith("ー") and len(word) >= _SHORTEST and word[:-1] in words:
            less, more = sorted((word, word[:-1]), key=lambda one: (words[one], one))
            pairs[less] = more
    cases: dict[str, list[str]] = defaultdict(list)
    for word in printed.latin:
        if len(word) >= _SHORTEST_LATIN and word.isalpha():
            cases[word.casefold()].append(word)
    for group in cases.values():
        more = max(sorted(group), key=lambda one: printed.latin[one])
        pairs |= {less: more for less in group if less != more}
    counts = printed.katakana + printed.latin
    for less, more in pairs.items():
        page, at = next(_places(printed, less))
        told = {"count": str(counts[less]), "other": str(counts[more])}
        yield printed.finding(SpellingVaries, page.spot(at), less, more, **told)
    yield from _spelled_out(printed)


def _spelled_out(printed: Printed) -> Iterator[Finding]:
    """Letters written by their names where the package has the letters too: エフエム, FM."""
    for word, times in printed.katakana.items():
        latin, end = "", 0
        while match := _NAMES.match(word, end):
            latin, end = latin + _LETTERS[match.group()], match.end()
        other = latin + word[end:]
        often = sum(page.text.count(other) for page in printed.pages) if len(latin) > 1 else 0
        if often and (end < len(word) or latin in printed.latin):
            page, at = next(_places(printed, word))
            told = {"count": str(times), "other": str(often)}
            yield printed.finding(SpellingVaries, page.spot(at), word, other, **told)


def _places(printed: Printed, word: str) -> Iterator[tuple[Page, int]]:
    letters = "A-Za-z" if word.isascii() else KATAKANA
    form = re.compile(rf"(?<![{letters}]){re.escape(word)}(?![{letters}])")
    for page in printed.pages:
        yield from ((page, match.start()) for match in form.finditer(page.text))


def width_mixed(printed: Printed) -> Iterator[Finding]:
    """One finding a document: what is written both ways in it, with counts."""
    for page in printed.pages:
        wide, spaced = _wide(page), _spaced(page)
        runs = Counter(_RUN.findall(page.text)) if wide or spaced else Counter[str]()
        pairs = [
            (word, times, usual, runs[usual])
            for word, times, usual in (*wide, *spaced)
            if runs[usual] or not usual.isascii()
        ] + _brackets(page)
        if pairs:
            shown = [f"{a[:_WIDEST]} {n}・{b[:_WIDEST]} {m}" for a, n, b, m in pairs[:_EXAMPLES]]
            rest = len(pairs) - len(shown)
            found = "、".join(shown) + (f" ほか{rest}" if rest else "")
            first = min(pairs[:_EXAMPLES], key=lambda pair: pair[1])[0]
            yield printed.finding(WidthMixed, page.spot(page.text.index(first)), found, "")


def _wide(page: Page) -> list[tuple[str, int, str]]:
    """Full-width Latin words and numbers, half-width katakana: (as printed, times, usual form)."""
    words = Counter(_WIDE.findall(page.text)).most_common()
    return [(word, times, unicodedata.normalize("NFKC", word)) for word, times in words]


def _spaced(page: Page) -> list[tuple[str, int, str]]:
    """Words of capitals with blanks between them (I C T)."""
    words: Counter[str] = Counter()
    for match in _SPACED.finditer(page.text):
        before = page.text[max(0, match.start() - 2) : match.start()]
        if not re.search(r"[A-Za-z] ?\Z", before):
            words[match.group()] += 1
    return [(word, times, word.replace(" ", "")) for word, times in words.most_common()]


def _brackets(page: Page) -> list[tuple[str, int, str, int]]:
    wide, narrow = page.text.count("（"), page.text.count("(")
    return [("（", wide, "(", narrow)] if wide and narrow else []
