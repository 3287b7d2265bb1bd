"""The 合計 row and the 計 column of a table against the numbers above and left of them.

Columns of rates, averages, prices and years are never added up; a column or row in which another
text stands among the numbers is left alone, as is a table that repeats figures (うち, 再掲).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipelines.check.arithmetic.figures import Figure, figures
from pipelines.check.arithmetic.rounding import plain
from pipelines.check.arithmetic.scope import Found
from pipelines.findings import arithmetic as f
from pipelines.model import Cell, Document, Grid
from pipelines.numerals import narrow

_TOTAL = re.compile(r"(?:総?合計|総?計|小計|合\s*計)")
_NO_SUM = re.compile(
    r"率|割合|比|平均|単価|^年度?$|年齢|番号|No|%|順|最|目標|累計|人口密度", re.IGNORECASE
)
_TWICE = re.compile(r"うち|再掲|内数|〔略〕")
_WHOLE = Decimal(100)
_MOST_TOTALS = 60
"""A table with more totals than this is a list in which the word means something else."""

Texts = Sequence[Sequence[str]]
Numbers = Sequence[Sequence[Figure | None]]
_NOTHING = re.compile(r"[-‐—–ー―−－]?")


def columns(document: Document) -> Iterator[Found]:
    """Totals at the foot or the right of a table that its numbers do not make."""
    for grid in document.grids:
        texts = [[narrow(cell.text).replace(" ", "") for cell in row] for row in grid.rows]
        if not any(_TOTAL.fullmatch(text) for row in texts for text in row):
            continue
        if any(_TWICE.search(text) for row in texts for text in row):
            continue
        numbers = [[_number(cell) for cell in row] for row in grid.rows]
        yield from _foot(grid, texts, numbers)
        yield from _right(grid, texts, numbers)
        yield from _shares(grid, texts)


def _number(cell: Cell) -> Figure | None:
    """The figure that is all of a cell."""
    read = figures(cell.text)
    if len(read) != 1 or read[0].marks or read[0].kind == "ratio":
        return None
    return read[0] if read[0].printed == narrow(cell.text).strip() else None


def _shares(grid: Grid, texts: Texts) -> Iterator[Found]:
    """A column of 構成比 whose foot says 100 %."""
    for column in [n for n, head in enumerate(texts[0]) if "構成比" in head]:
        feet = [n for n, row in enumerate(texts) if n and _TOTAL.fullmatch(_first(row))]
        if len(feet) != 1 or any(len(row) != len(grid.rows[0]) for row in grid.rows):
            continue
        read = [figures(row[column].text) for row in grid.rows[1 : feet[0] + 1]]
        if any(len(one) != 1 or one[0].marks for one in read):
            continue
        *parts, foot = (one[0] for one in read)
        slack = sum((Decimal(1).scaleb(-one.decimals) for one in parts), Decimal(0)) / 2
        if foot.value == _WHOLE and len(parts) > 1 and abs(_sum(parts) - _WHOLE) > slack:
            told = "+".join(plain(one.value) for one in parts)
            found = f"{plain(_sum(parts))}%"
            finding = f.SharesDiffer.at(found=found, expected="100%", sum=told)
            yield Found(grid.rows[feet[0]][column].place, finding)


def _foot(grid: Grid, texts: Texts, numbers: Numbers) -> Iterator[Found]:
    totals = [n for n, row in enumerate(texts) if n and _TOTAL.fullmatch(_first(row))]
    if len(totals) > _MOST_TOTALS:
        return
    for at in totals:
        for column, cell in enumerate(grid.rows[at]):
            stated = numbers[at][column]
            if stated is None or _NO_SUM.search(_cell(texts[0], column)):
                continue
            blocks = _blocks(numbers, texts, totals, (at, column))
            if blocks is None:
                continue
            block, subtotals = blocks
            made = _sum(block[-1])
            everything = _sum([one for part in block for one in part])
            if len(block[-1]) > 1 and stated.value not in (made, everything, _sum(subtotals)):
                parts = block[-1] if len(block) == 1 else [one for part in block for one in part]
                yield _told(cell, stated, parts)


def _blocks(
    numbers: Numbers, texts: Texts, totals: Sequence[int], at: tuple[int, int]
) -> tuple[list[list[Figure]], list[Figure]] | None:
    """The numbers above a cell, a list for each subtotal's rows, and the subtotals."""
    row, column = at
    blocks: list[list[Figure]] = [[]]
    subtotals: list[Figure] = []
    for number in range(1, row):
        if len(numbers[number]) != len(numbers[row]):
            return None
        one = numbers[number][column]
        if one is None:
            if blocks[-1] and not _NOTHING.fullmatch(_cell(texts[number], column)):
                return None
        elif number in totals:
            subtotals.append(one)
            blocks.append([])
        else:
            blocks[-1].append(one)
    full = [block for block in blocks if block]
    stated = numbers[row][column]
    kinds = {"", stated.kind if stated else ""}
    same = {one.kind for block in full for one in block} <= kinds
    return (full, subtotals) if full and same else None


def _right(grid: Grid, texts: Texts, numbers: Numbers) -> Iterator[Found]:
    """A 計 column; the rows that agree show which columns it adds, so most must."""
    heads = texts[0]
    for column in [n for n, head in enumerate(heads) if n > 1 and _TOTAL.fullmatch(head)]:
        claims: list[tuple[Cell, Figure, list[Figure]]] = []
        for row, read in zip(grid.rows[1:], numbers[1:], strict=True):
            if len(row) != len(heads):
                continue
            stated = read[column]
            known = [one for one in read[1:column] if one is not None]
            if stated is not None and len(known) > 1:
                claims.append((row[column], stated, known))
        wrong = [claim for claim in claims if claim[1].value != _sum(claim[2])]
        if len(wrong) * 2 <= len(claims):
            yield from (_told(*claim) for claim in wrong)


def _told(cell: Cell, stated: Figure, parts: Sequence[Figure]) -> Found:
    told = "+".join(plain(one.value) for one in parts)
    expected = f"{plain(_sum(parts))}{stated.unit}"
    finding = f.TotalDiffers.at(found=stated.printed, expected=expected, sum=told)
    return Found(cell.place, finding)


def _sum(parts: Sequence[Figure]) -> Decimal:
    return sum((one.value for one in parts), Decimal(0))


def _first(row: Sequence[str]) -> str:
    return next((text for text in row if text), "")


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
