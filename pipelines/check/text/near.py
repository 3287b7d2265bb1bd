"""Two texts that differ in one place only, as a misprint makes them."""

from __future__ import annotations

import re

# What tells two things apart rather than two spellings: numbers, 上 and 下, 未, 新 …
_TELLING = re.compile(
    "[一二三四五六七八九十上下前後左右新旧内外男女小中大東西南北"
    "未不非無有再済可否出入増減高低多少公私官民国県市町村区]"
)
_WORDS = re.compile("[一-鿿ァ-ヺー]+")
"""Particles, endings, marks and blanks differ between a name and a sentence that tells of it."""


def differing(one: str, other: str) -> tuple[str, str, int]:
    """The pieces in which two texts differ, and where they begin: マイン, マイ → ン, "", 2."""
    start = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        start += 1
    end = 0
    most = min(len(one), len(other)) - start
    while end < most and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end], start


def is_near(one: str, other: str, most: int = 1) -> bool:
    """Whether two different texts differ in one place, in at most so many kanji or katakana that
    tell no things apart (上 and 下, 新 and 旧 … do).
    """
    if abs(len(one) - len(other)) > most:
        return False
    a, b, _ = differing(one, other)
    if not 0 < max(len(a), len(b)) <= most or not _WORDS.fullmatch(a + b):
        return False
    return not _TELLING.search(a + b)


def inside(name: str, text: str) -> str:
    """The piece of a longer text that is the name but for one letter in its middle; '' without."""
    half = len(name) // 2
    for length in (len(name), len(name) - 1, len(name) + 1):
        for part, at in ((name[:half], 0), (name[half:], length - len(name) + half)):
            start = text.find(part) - at
            piece = text[start : start + length] if start >= 0 else ""
            if len(piece) == length and is_near(name, piece) and _is_middle(name, piece):
                return piece
    return ""


def _is_middle(one: str, other: str) -> bool:
    """Whether the pieces that differ have two letters of both texts on each side."""
    a, _, start = differing(one, other)
    return start >= 2 and len(one) - start - len(a) >= 2
