"""Latin words that differ from another one only in letters of one shape: I, l and 1; O and 0."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from pipelines.check.text.printed import LATIN_WORD, Printed, sureness
from pipelines.findings.text import LettersAlike
from pipelines.model import Finding
from pipelines.vocabulary import spellings

_SHAPES = str.maketrans({"I": "l", "1": "l", "O": "o", "0": "o"})
_DOUBTFUL = re.compile(r"[Il1O0]")


def _shape(word: str) -> str:
    return word.translate(_SHAPES).casefold()


def latin_alike(printed: Printed) -> Iterator[Finding]:
    """A finding for each word (once a cell) whose right form the package or vocabulary has."""
    wrong = _misread(printed)
    if not wrong:
        return
    seen: set[tuple[object, str]] = set()
    for page in printed.pages:
        for match in LATIN_WORD.finditer(page.text):
            word, spot = match.group(), page.spot(match.start())
            if word in wrong and (spot.place, word) not in seen:
                seen.add((spot.place, word))
                expected = wrong[word]
                letters = "".join(
                    a for a, b in zip(word, expected, strict=True) if a.casefold() != b.casefold()
                )
                how = sureness(expected, True)
                yield printed.finding(LettersAlike, spot, word, expected, letters=letters, **how)


def _misread(printed: Printed) -> dict[str, str]:
    """Word → the right one of the same shape: one of the vocabulary, or else the usual one."""
    groups: dict[str, set[str]] = defaultdict(set)
    for word in (*printed.latin, *spellings()):
        if _DOUBTFUL.search(word):
            groups[_shape(word)].add(word)
    for word in (*printed.latin, *spellings()):
        if _shape(word) in groups:
            groups[_shape(word)].add(word)
    wrong: dict[str, str] = {}
    for group in groups.values():
        if len({word.casefold() for word in group}) < 2:
            continue
        right = max(sorted(group), key=lambda w: (w in spellings(), printed.latin[w]))
        for word in sorted(group):
            if _is_misread(printed, word, right):
                wrong[word] = right
    return wrong


def _is_misread(printed: Printed, word: str, right: str) -> bool:
    if word.casefold() == right.casefold() or word in spellings():
        return False
    if right not in spellings() and printed.latin[word] >= printed.latin[right]:
        return False
    sure = len(_DOUBTFUL.sub("", word).replace("-", ""))
    digits = any(a.isdigit() != b.isdigit() for a, b in zip(word, right, strict=True))
    return sure >= (2 if digits else 1)
