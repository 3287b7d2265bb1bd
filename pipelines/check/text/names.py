"""One thing named in two ways: near-duplicates where the place says that the same is meant.

Alike names are mostly two things (転入届, 転出届). So a pair needs a witness beside its likeness:
the same number before both, the same column of a table, a list of offices, the same row with the
name inside a sentence; or a long word of katakana that nearly is a well-known one. What the reading
has reported (`name-differs`, `join-inexact`, `header-by-position`) is left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from pipelines.check.text.near import differing, inside, is_near
from pipelines.check.text.printed import KANJI, KATAKANA, Printed
from pipelines.findings.text import NamedTwoWays
from pipelines.model import OMITTED, Block, Cell, Finding
from pipelines.vocabulary import fold, spellings

Spot: TypeAlias = Cell | Block
Pair: TypeAlias = tuple[Spot, str, str, str]
"""Where, what is printed there, what elsewhere, and where that is."""

_LONGEST_NAME = 60
_LABEL = re.compile(
    r"\s*(?!令和|平成|昭和)"
    r"(第\s?\d{1,2}\s?[章節編部]|[(（]?[^\d\s(（]{2,6}\s?\d{1,2}[)）]?|\d{1,2}-\d{1,2})"
    r"[.．:：]?\s*(?=[^\d年月日])"
)
"""The number of a heading (第2章, 基本方針1, (取組施策 1), 1-5); a date is none."""
_PAGE = re.compile(r"[\s.…・]*\d{1,3}\Z")
_OFFICE = re.compile(
    rf"(?<=[(（・、\s])[{KANJI}{KATAKANA}ぁ-ゖ]{{4,11}}(?:課|室|局|署|係|センター)(?=[)）・、\s])"
)
_SHORTEST_NAME = 6
_SHORTEST_IN_SENTENCE = 10
_SHORTEST_KATAKANA = 7
_LONG_KATAKANA = 12
_WIDEST_ROW = 60
_MOST = 200
"""So many names of one kind are compared with one another; a plan has some dozens."""
_ACRONYM = 4
_USUAL = 3
"""So often a name stands before a rare one like it is taken for a misprint."""


def names(printed: Printed) -> Iterator[Finding]:
    """A finding for each place of the rarer of two names, each pair once a place."""
    seen: set[tuple[object, str]] = set()
    for pairs in (_headers, _numbered, _columns, _offices, _sentences, _katakana, _acronyms):
        for spot, found, expected, other in pairs(printed):
            at = printed.case.at(spot.place)
            reported = any(found in words for words in printed.told.get(at, ()))
            if reported or (spot.place, found) in seen:
                continue
            seen.add((spot.place, found))
            yield printed.finding(NamedTwoWays, spot, found, expected, other=other)


def _headers(printed: Printed) -> Iterator[Pair]:
    """Headings of tables that agree in every column but one."""
    rows: dict[tuple[str, ...], list[tuple[Cell, ...]]] = {}
    for grid in (grid for page in printed.pages for grid in page.document.grids):
        row = tuple(cell for cell in grid.rows[0] if cell.text)
        if 2 < len(row) <= _WIDEST_ROW:
            rows.setdefault(tuple(fold(cell.text) for cell in row), []).append(row)
    first = list(rows.items())[:_MOST]
    for texts, rare in first:
        for others, usual in first:
            differs = [n for n, (a, b) in enumerate(zip(texts, others, strict=False)) if a != b]
            if len(texts) != len(others) or len(differs) != 1 or len(rare) >= len(usual):
                continue
            at = differs[0]
            if is_near(texts[at], others[at]):
                other = usual[0][at]
                for row in rare:
                    yield row[at], row[at].text, other.text, printed.case.at(other.place)


def _numbered(printed: Printed) -> Iterator[Pair]:
    """Headings, lines of a contents and cells that begin with the same number."""
    named: dict[str, dict[str, tuple[Spot, str]]] = defaultdict(dict)
    for page in printed.pages:
        for spot in page.spots:
            whole = len(spot.text) <= _LONGEST_NAME and OMITTED not in spot.text
            match = _LABEL.match(spot.text) if whole else None
            name = _PAGE.sub("", spot.text[match.end() :]).strip() if match else ""
            if match and len(name) >= _SHORTEST_NAME:
                named[fold(match[1])].setdefault(fold(name), (spot, name))
    for group in named.values():
        texts = list(group)[:_MOST]
        for n, one in enumerate(texts):
            for two in texts[n + 1 :]:
                if is_near(one, two, 2):
                    wrong, right = _rarer(printed, one, two)
                    spot, found = group[wrong]
                    other, expected = group[right]
                    yield spot, found, expected, printed.case.at(other.place)


def _rarer(printed: Printed, one: str, two: str) -> tuple[str, str]:
    """The two names, the one first whose own letters stand more rarely in the package."""
    a, b, start = differing(one, two)

    def times(name: str, piece: str) -> int:
        end = start + len(piece)
        near = (name[max(0, start - 1) : end], name[start : end + 1])
        return sum(page.text.count(part) for page in printed.pages for part in near if part)

    return (one, two) if times(one, a) <= times(two, b) else (two, one)


def _columns(printed: Printed) -> Iterator[Pair]:
    """A rare value of a column that is nearly one of its usual values."""
    for page in printed.pages:
        columns: dict[tuple[int, int], dict[str, list[Cell]]] = {}
        for grid in page.document.grids:
            for row in grid.rows:
                for cell in row:
                    whole = OMITTED not in cell.text
                    if whole and _SHORTEST_NAME <= len(cell.text) <= _LONGEST_NAME:
                        column = columns.setdefault((grid.width, cell.place.column), {})
                        column.setdefault(cell.text, []).append(cell)
        for column in columns.values():
            yield from _rare(printed, column)


def _rare(printed: Printed, values: Mapping[str, list[Cell]]) -> Iterator[Pair]:
    usual = [text for text, cells in values.items() if len(cells) >= _USUAL][:_MOST]
    for text, cells in values.items() if usual else ():
        right = next((one for one in usual if is_near(text, one)), "")
        if right and len(cells) * _USUAL <= len(values[right]):
            for cell in cells:
                yield cell, text, right, printed.case.at(values[right][0].place)


def _offices(printed: Printed) -> Iterator[Pair]:
    """Offices in lists, one of which is nearly another that is named more often."""
    places: dict[str, list[Spot]] = {}
    for page in printed.pages:
        for match in _OFFICE.finditer(page.text):
            places.setdefault(match.group(), []).append(page.spot(match.start()))
    first = list(places.items())[:_MOST]
    for office, spots in first:
        for other, others in first:
            if len(others) > len(spots) and _is_spelled_alike(office, other):
                for spot in spots:
                    yield spot, office, other, printed.case.at(others[0].place)


def _is_spelled_alike(one: str, other: str) -> bool:
    """こども政策課 is 子ども政策課; any other difference must tell no things apart."""
    if one != other and one.replace("子ども", "こども") == other.replace("子ども", "こども"):
        return True
    return min(len(one), len(other)) >= _SHORTEST_NAME and is_near(one, other)


def _sentences(printed: Printed) -> Iterator[Pair]:
    """A name whose row tells of it in a sentence, but for one letter."""
    for page in printed.pages:
        for grid in page.document.grids:
            for row in grid.rows:
                if len(row) > _WIDEST_ROW:
                    continue
                long = [cell for cell in row if len(cell.text) > _SHORTEST_IN_SENTENCE]
                for cell in long:
                    if len(cell.text) > _LONGEST_NAME or "。" in cell.text:
                        continue
                    yield from _told(printed, cell, [c for c in long if c is not cell])


def _told(printed: Printed, cell: Cell, others: list[Cell]) -> Iterator[Pair]:
    name = cell.text
    if any(name in other.text for other in others):
        return
    for other in others:
        if "。" in other.text:
            piece = inside(name, other.text)
            if piece and piece not in {c.text for c in others}:
                yield cell, name, piece, printed.case.at(other.place)
                return


def _katakana(printed: Printed) -> Iterator[Pair]:
    """A rare long word of katakana that is nearly one that is usual here or known everywhere."""
    words = {w: n for w, n in printed.katakana.items() if len(w) >= _SHORTEST_KATAKANA}
    usual = {w: _USUAL for w in spellings() if len(w) >= _SHORTEST_KATAKANA}
    usual |= dict(Counter(words).most_common(_MOST))
    usual = {w: n for w, n in sorted(usual.items()) if n >= _USUAL}
    for word, times in words.items():
        right = next((o for o, n in usual.items() if _is_misspelled(word, times, o, n)), "")
        if not right or word in spellings():
            continue
        for page in printed.pages:
            for match in re.finditer(rf"(?<![{KATAKANA}]){word}(?![{KATAKANA}])", page.text):
                where = _place_of(printed, right)
                yield page.spot(match.start()), word, right, where


def _is_misspelled(word: str, times: int, other: str, usual: int) -> bool:
    if (word[:3] != other[:3] and word[-3:] != other[-3:]) or usual < times * _USUAL:
        return False
    if word.startswith(other) or word.endswith(other) or other.startswith(word):
        return False
    return is_near(word, other, 2 if min(len(word), len(other)) >= _LONG_KATAKANA else 1)


def _acronyms(printed: Printed) -> Iterator[Pair]:
    """An acronym that nobody knows, and that lacks one letter of one that everybody knows."""
    for word in printed.latin:
        if not (word.isupper() and word.isalpha() and len(word) >= _ACRONYM) or word in spellings():
            continue
        for other in sorted(spellings()):
            piece, more, _ = differing(word, other)
            if other.isupper() and not piece and len(more) == 1 and printed.latin[word] == 1:
                page = next(page for page in printed.pages if word in page.text)
                spot = page.spot(page.text.index(word))
                yield spot, word, other, _place_of(printed, other)
                break


def _place_of(printed: Printed, word: str) -> str:
    for page in printed.pages:
        at = page.text.find(word)
        if at >= 0:
            return printed.case.at(page.spot(at).place)
    return "vocab"
