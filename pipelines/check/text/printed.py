"""The printed text of a package in one piece a document, and the words that it is made of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipelines.check.case import Case
from pipelines.findings.kind import FindingKind
from pipelines.model import Block, Cell, Document, Finding
from pipelines.vocabulary import spellings

KATAKANA = "ァ-ヺー"
KANJI = "々〆一-鿿㐀-䶿豈-\ufaff"
HIRAGANA = "ぁ-ゖ"
LATIN = "A-Za-zＡ-Ｚａ-ｚ"

KATAKANA_WORD = re.compile(rf"[{KATAKANA}]{{2,}}")
LATIN_WORD = re.compile(r"(?<![0-9A-Za-z@/._:#%-])[A-Za-z][0-9A-Za-z]*(?:-[0-9A-Za-z]+)*(?![@/:_])")
"""A word of Latin letters; no part of an address."""


_LONGEST = 60
"""Letters of what a finding quotes: a word or a name, never a sentence."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document's text: its cells and lines in printed order, each on a line of `text`."""

    document: Document
    spots: tuple[Cell | Block, ...]
    starts: tuple[int, ...]
    text: str

    @classmethod
    def of(cls, document: Document) -> Page:
        """The page of a document."""
        spots = tuple(spot for spot in _spots(document) if spot.text)
        starts, end = [], 0
        for spot in spots:
            starts.append(end)
            end += len(spot.text) + 1
        return cls(document, spots, tuple(starts), "\n".join(spot.text for spot in spots))

    def spot(self, offset: int) -> Cell | Block:
        """The cell or line that the character at an offset of `text` belongs to."""
        return self.spots[bisect_right(self.starts, offset) - 1]


def _spots(document: Document) -> Iterator[Cell | Block]:
    for part in document.parts:
        if isinstance(part, Block):
            yield part
        else:
            yield from (cell for row in part.rows for cell in row)


class Printed:
    """The documents of a case as text, with their words counted; each is made when it is asked."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.pages = tuple(Page.of(document) for _, document in case.sources)
        self._asked: dict[str, bool] = {}

    @cached_property
    def katakana(self) -> Counter[str]:
        """The words of katakana (two letters and more), with how often they are printed."""
        return Counter(word for page in self.pages for word in KATAKANA_WORD.findall(page.text))

    @cached_property
    def latin(self) -> Counter[str]:
        """The words of Latin letters, with how often they are printed."""
        return Counter(word for page in self.pages for word in LATIN_WORD.findall(page.text))

    @cached_property
    def by_end(self) -> dict[tuple[str, str], list[str]]:
        """All known words by their first one or two letters (`("カー", "")`), and by their last."""
        found: dict[tuple[str, str], list[str]] = {}
        for word in sorted({*self.katakana, *self.latin, *spellings()}):
            for length in (1, 2):
                found.setdefault((word[:length], ""), []).append(word)
                found.setdefault(("", word[-length:]), []).append(word)
        return found

    def knows(self, word: str) -> bool:
        """Whether the package prints a word of katakana or Latin letters, or the vocabulary has it
        (case apart).
        """
        return word in self.katakana or word in spellings() or word.casefold() in self._folded

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in (*self.latin, *spellings()))

    def prints(self, text: str) -> bool:
        """Whether the text stands anywhere in the package."""
        if text not in self._asked:
            self._asked[text] = any(text in page.text for page in self.pages)
        return self._asked[text]

    @cached_property
    def told(self) -> dict[str, list[str]]:
        """Place → the words (what is found, what is expected) that the reading reported there."""
        told: dict[str, list[str]] = {}
        for finding in self.case.tables.findings:
            told.setdefault(finding.place, []).extend((finding.found, finding.expected))
        return told

    @cached_property
    def _rows(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Source and place → the first table and row that were read from there."""
        rows: dict[tuple[str, str], tuple[str, str]] = {}
        for row in self.case.tables.rows("provenance"):
            key = (str(row.get("出典ハッシュ")), str(row.get("位置")))
            rows.setdefault(key, (str(row.get("表")), str(row.get("行ID"))))
        return rows

    def finding(
        self, kind: type[FindingKind], spot: Cell | Block, found: str, expected: str, **words: str
    ) -> Finding:
        """A finding at a cell or line, with the row that was read from it."""
        place = spot.place
        table, row_id = self._rows.get((place.source, str(place)), ("", ""))
        return kind.at(
            table=table,
            row_id=row_id,
            place=self.case.at(place),
            found=found[:_LONGEST],
            expected=expected[:_LONGEST],
            **words,
        )


def sureness(expected: str, sure: bool) -> dict[str, str]:
    """The words `sure` and `sure_en` of a finding: how a reading is known, or that none is."""
    if not expected:
        return {
            "sure": "正しい文字は分かりません。",
            "sure_en": "What it should be is not known.",
        }
    if not sure:
        return {
            "sure": f"「{expected}」と思われます。",
            "sure_en": f"It probably should be '{expected}'.",
        }
    return {
        "sure": f"正しくは「{expected}」です（ほかの箇所か語彙に同じ語があります）。",
        "sure_en": f"It should be '{expected}', a word that stands elsewhere or is known.",
    }
