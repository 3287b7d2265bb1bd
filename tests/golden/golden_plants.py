"""Faults planted one at a time in copies of documents, in places that are found, not named.

Each planter yields the places where its fault contradicts something that is printed: a total with
its parts, a rate with its counts, a number between its neighbours. `about` are the lines where a
finding may stand: the changed one and those that it now contradicts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from golden_findings import Seen, read_texts, tables_of
from golden_places import (
    Printed,
    counts_declared,
    gives,
    heading_years,
    hours_places,
    marks,
    numbered_rows,
    printed,
    rate_places,
    total_places,
)

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plant:
    """One fault: `after` replaces `before` (`start` counts characters of the document's text).

    `about` are lines of the unchanged document; `drops` is the line that the fault takes away, and
    `number` what was numbered there: a finding may also tell several gaps at the first of them.
    """

    kind: str
    document: str
    line: int
    column: int
    start: int
    before: str
    after: str
    about: frozenset[int]
    drops: int = 0
    number: int = 0

    def into(self, texts: Texts) -> dict[str, str]:
        text = texts[self.document]
        end = self.start + len(self.before)
        assert text[self.start : end] == self.before
        return {**texts, self.document: text[: self.start] + self.after + text[end:]}

    def as_before(self, seen: Seen) -> int:
        """The line of the unchanged document that a finding's line was."""
        moved = self.drops and seen.document == self.document and seen.line >= self.drops
        return seen.line + 1 if moved else seen.line

    def told_by(self, seen: Seen) -> bool:
        here = seen.document in {self.document, ""}
        named = self.number and str(self.number) in re.findall(r"\d+", seen.found)
        return here and bool(named or self.as_before(seen) in self.about)

    def __str__(self) -> str:
        place = f"L{self.line}:C{self.column}" if self.column else f"L{self.line}"
        return f"{self.kind} {self.document} {place}: {self.before[:30]!r} → {self.after[:30]!r}"


Planter = Callable[["Ground"], Iterator[Plant]]


@dataclass(frozen=True)
class Ground:
    """A document to plant in: its rows of cells, the values that reached the tables, and chance."""

    document: str
    printed: Printed
    values: frozenset[str]
    chance: random.Random

    def plant(self, kind: str, start: int, before: str, after: str, about: Iterable[int]) -> Plant:
        row, column = self.printed.at(start)
        lines = frozenset({row, *about})
        return Plant(kind, self.document, row, column, start, before, after, lines)


def _digit(chance: random.Random, figure: str, first: int = 0) -> str:
    """The figure with one digit changed among its `first` ones (0: any), never to a leading 0."""
    digits = [i for i, c in enumerate(figure) if c.isdigit()]
    at = chance.choice(digits[:first] if first else digits)
    other = [d for d in "123456789" if d != figure[at]]
    return figure[:at] + chance.choice(other) + figure[at + 1 :]


def totals(ground: Ground) -> Iterator[Plant]:
    """A changed digit in a total, and one in a part of it."""
    for total, parts in total_places(ground.printed):
        lines = {total.line, *(part.line for part in parts)}
        for kind, figure in (("total", total), ("part", ground.chance.choice(parts))):
            after = _digit(ground.chance, figure.text)
            yield ground.plant(kind, figure.start, figure.text, after, lines)


def rates(ground: Ground) -> Iterator[Plant]:
    """A changed digit in a rate, and one of the leading two in a count that it is made of."""
    for rate, counts in rate_places(ground.printed):
        lines = {rate.line, *(count.line for count in counts)}
        after = _digit(ground.chance, rate.text)
        # One more or less in the last place may be rounding; any other digit is not.
        if abs(float(after) - float(rate.text)) * 10**rate.places > 1:
            yield ground.plant("rate", rate.start, rate.text, after, lines)
        count = ground.chance.choice(counts)
        after = _digit(ground.chance, count.text, first=2)
        changed = replace(count, value=Decimal(after.replace(",", "")))
        # A coarse rate (10 %) may bear another count.
        if not gives(rate, *(changed if one is count else one for one in counts)):
            yield ground.plant("count-of-rate", count.start, count.text, after, lines)


def hours(ground: Ground) -> Iterator[Plant]:
    """A changed first digit of hours that are a count times minutes."""
    for figure in hours_places(ground.printed):
        after = _digit(ground.chance, figure.text, first=1)
        yield ground.plant("hours", figure.start, figure.text, after, {figure.line})


def declared(ground: Ground) -> Iterator[Plant]:
    """A changed number of rows."""
    for figure, lines in counts_declared(ground.printed):
        after = _digit(ground.chance, figure.text)
        yield ground.plant("declared", figure.start, figure.text, after, set(lines))


def dropped(ground: Ground) -> Iterator[Plant]:
    """A numbered row that is no longer there; told near the gap, or where rows are counted."""
    counting = [(figure.line, lines) for figure, lines in counts_declared(ground.printed)]
    for row, number, near in numbered_rows(ground.printed):
        about = {*near, *(line for line, lines in counting if row.line in lines)}
        plant = ground.plant("dropped row", row.start, row.text + "\n", "", about)
        yield replace(plant, drops=row.line, number=number)


def swapped_headings(ground: Ground) -> Iterator[Plant]:
    """Two neighbouring years of a heading changed places; told anywhere in that table."""
    for row, first, second, lines in heading_years(ground.printed):
        start, end = first.start, second.start + len(second.raw)
        before = row.text[start - row.start : end - row.start]
        between = before[len(first.raw) : len(before) - len(second.raw)]
        after = second.raw + between + first.raw
        yield ground.plant("swapped headings", start, before, after, lines)


def swapped_marks(ground: Ground) -> Iterator[Plant]:
    """The mark of a year (【R5年度】, R5…) that agreed with its column says another year."""
    for start, digit, line in marks(ground.printed):
        after = ground.chance.choice([d for d in "34567" if d != digit])
        yield ground.plant("mark", start, digit, after, {line})


def eras(ground: Ground) -> Iterator[Plant]:
    """A Japanese year beside its Gregorian one, changed."""
    for start, year, line in ground.printed.eras():
        after = str(int(year) + ground.chance.choice([1, 2]))
        yield ground.plant("era", start, year, after, {line})


_TWINS = {"o": "ο", "a": "а", "e": "е", "c": "с", "p": "р", "A": "А", "C": "С", "I": "І", "T": "Τ"}
_KANJI = {"ニ": "二", "カ": "力", "ロ": "口", "エ": "工", "タ": "夕", "ー": "一"}


def twins(ground: Ground) -> Iterator[Plant]:
    """A Greek or Cyrillic letter that looks like the Latin one that it replaces."""
    for start, line in ground.printed.letters(frozenset(_TWINS), latin=True):
        before = ground.printed.text[start]
        yield ground.plant("letter", start, before, _TWINS[before], {line})


def strangers(ground: Ground) -> Iterator[Plant]:
    """A Cyrillic letter inside a katakana word."""
    for start, line in ground.printed.letters(frozenset("ドイスタンム"), latin=False):
        after = ground.chance.choice("дйбж")
        yield ground.plant("stranger", start, ground.printed.text[start], after, {line})


def kanji(ground: Ground) -> Iterator[Plant]:
    """A kanji for the katakana that looks like it, inside a katakana word."""
    for start, line in ground.printed.letters(frozenset(_KANJI), latin=False):
        before = ground.printed.text[start]
        yield ground.plant(f"kanji {_KANJI[before]}", start, before, _KANJI[before], {line})


def my_number(chance: random.Random) -> str:
    """Twelve digits, the last the check digit (総務省令第85号, 平成26年, 第5条)."""
    digits = [chance.randrange(10) for _ in range(11)]
    weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
    rest = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11
    return "".join(map(str, digits)) + str(0 if rest <= 1 else 11 - rest)


def private(ground: Ground) -> Iterator[Plant]:
    """A My Number (written together and in fours), a telephone number and an address behind a
    cell's text.
    """
    for row, cell in ground.printed.cells_with(ground.values):
        number = my_number(ground.chance)
        parts = " ".join((number[:4], number[4:8], number[8:]))
        for kind, text in (
            ("my number", number),
            ("my number in fours", parts),
            ("telephone", "電話 0173-35-2111"),
            ("mail", "dx@example.lg.jp"),
        ):
            yield ground.plant(kind, cell.start, cell.raw, f"{cell.raw} {text}", {row.line})


def harmful(ground: Ground) -> Iterator[Plant]:
    """A cell that a spreadsheet would run as a formula, or that a browser would read as HTML."""
    for row, cell in ground.printed.cells_with(ground.values):
        for kind, after in (
            ("formula", f"={cell.raw}"),
            ("formula", f'=HYPERLINK("http://example.jp","{cell.raw}")'),
            ("formula", f"@{cell.raw}"),
            ("formula", f"＝{cell.raw}"),
            ("html", f"{cell.raw}<script>alert(1)</script>"),
            ("html", f"{cell.raw}<img src=x onerror=alert(1)>"),
        ):
            yield ground.plant(kind, cell.start, cell.raw, after, {row.line})


PLANTERS: tuple[Planter, ...] = (
    totals,
    rates,
    hours,
    declared,
    dropped,
    swapped_headings,
    swapped_marks,
    eras,
    twins,
    strangers,
    kanji,
    private,
    harmful,
)


def plants(package: str, texts: Texts, seed: int, most: int) -> list[Plant]:
    """The plants of a package: of every kind and document at most `most`, drawn by the seed."""
    values = {
        "".join(value.split())
        for table in tables_of(package, texts)
        for row in table.rows
        for value in row.values()
        if isinstance(value, str)
    }
    drawn: list[Plant] = []
    for (_, document), name in zip(read_texts(package, texts), texts, strict=True):
        chance = random.Random(f"{seed} {name}")  # noqa: S311 - a seeded draw, no secret
        ground = Ground(name, printed(document, texts[name]), frozenset(values), chance)
        kinds: dict[str, list[Plant]] = {}
        for planter in PLANTERS:
            for plant in planter(ground):
                kinds.setdefault(plant.kind, []).append(plant)
        for found in kinds.values():
            drawn += chance.sample(found, min(most, len(found)))
    return drawn
