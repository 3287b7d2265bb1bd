"""Where in a document a planted fault contradicts something: found by arithmetic, not named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, pairwise, permutations

from pipelines.model import Cell, Document, Grid

_FIGURE = re.compile(r"(?<![\d.,A-Za-z※第])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d,]*\d)")
_UNIT = re.compile(r"\s*(か所|ページ|手続|時間|講座|事業|h\b|[一-龠%％])")
_SAME = {"h": "時間", "名": "人", "％": "%"}
_NO_COUNT = {"年", "月", "日", "次", "期", "歳", "代", "割", "市", "点"}
_MARKUP = re.compile(r"<[^>]*>|\^\{[^}]*\}")
_YEAR_CELL = re.compile(r"(?:基準値\s*)?令和(\d+)年度末?")
_NUMBER = re.compile(r"(?:(\d+)_)?(\d+)(?:[.\s]|$)")
_DECLARED = re.compile(r"(\d+)(?:事業|項目|施策|取組)")
_MARK = re.compile(r"(?:【R|(?<![A-Za-z])R|令和)(\d)(?=年度|投稿)")
_ERA = re.compile(r"(\d{4})年?[（(](?:平成|令和|R)(\d{1,2})(?!\d)")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_DAYS = 31
_SMALLEST = 10  # smaller sums and counts agree by chance


@dataclass(frozen=True, slots=True)
class PrintedCell:
    line: int
    column: int
    start: int
    raw: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table (`grid` counts the tables), or a line of text (`grid` is -1)."""

    line: int
    start: int
    text: str
    grid: int
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure; `label` is what stands before it, `places` its decimals."""

    line: int
    start: int
    text: str
    value: Decimal
    unit: str
    label: str

    @property
    def places(self) -> int:
        return len(self.text.partition(".")[2])


@dataclass(frozen=True)
class Printed:
    """A document as lines of cells, with the text that they are cut from."""

    text: str
    rows: tuple[Row, ...]

    def at(self, start: int) -> tuple[int, int]:
        """Line and column of a character (column 0 outside of tables)."""
        row = self.rows[bisect_right([row.start for row in self.rows], start) - 1]
        columns = [c.column for c in row.cells if c.start <= start < c.start + len(c.raw)]
        return row.line, columns[0] if columns and row.grid >= 0 else 0

    def table_rows(self) -> Iterator[Row]:
        return (row for row in self.rows if row.grid >= 0)

    def letters(self, wanted: frozenset[str], *, latin: bool) -> Iterator[tuple[int, int]]:
        """Characters of `wanted` inside Latin or katakana words of three letters and more."""
        word = re.compile(r"[A-Za-z]{3,}" if latin else r"[ァ-ヺー]{3,}")
        for row in self.rows:
            # Mark-up keeps its length, so that offsets stay.
            text = _MARKUP.sub(lambda tag: " " * len(tag[0]), row.text)
            for found in word.finditer(text):
                for at in range(found.start(), found.end()):
                    if text[at] in wanted:
                        yield row.start + at, row.line

    def eras(self) -> Iterator[tuple[int, str, int]]:
        for row in self.rows:
            for found in _ERA.finditer(row.text):
                yield row.start + found.start(2), found[2], row.line

    def cells_with(self, values: frozenset[str]) -> Iterator[tuple[Row, PrintedCell]]:
        """Cells of plain text that reached the tables as they stand."""
        for row in self.table_rows():
            for cell in row.cells:
                plain = "".join(cell.raw.split())
                if 4 <= len(plain) <= 60 and plain in values and not re.search(r"[<〔\d]", plain):
                    yield row, cell


def printed(document: Document, text: str) -> Printed:
    """The lines of a document as read, each cell with its offset in `text`."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    rows: list[Row] = []
    grids = 0
    for part in document.parts:
        if isinstance(part, Grid):
            for cells in part.rows:
                number = cells[0].place.line
                printed_cells = _cells(cells, lines[number - 1], starts[number - 1])
                rows.append(
                    Row(number, starts[number - 1], lines[number - 1], grids, printed_cells)
                )
            grids += 1
        else:
            number = part.place.line
            start, line = starts[number - 1], lines[number - 1]
            rows.append(Row(number, start, line, -1, (PrintedCell(number, 0, start, line, line),)))
    return Printed(text, tuple(rows))


def _cells(cells: Sequence[Cell], line: str, start: int) -> tuple[PrintedCell, ...]:
    found, cursor = [], 0
    for cell in cells:
        cursor = line.index(cell.raw, cursor)
        place = cell.place
        found.append(PrintedCell(place.line, place.column, start + cursor, cell.raw, cell.text))
        cursor += len(cell.raw)
    return tuple(found)


def figures(cell: PrintedCell) -> list[Figure]:
    """The figures of a cell that count something: no years, dates, ordinals or numbers of laws."""
    text = _MARKUP.sub(lambda tag: " " * len(tag[0]), cell.raw)
    found = []
    for match in _FIGURE.finditer(text):
        unit = _UNIT.match(text, match.end())
        name = unit[1] if unit else ""
        before = text[: match.start()]
        if name in _NO_COUNT or before.endswith(("令和", "平成", "昭和", "R", "-", "_")):
            continue
        value = Decimal(match[0].replace(",", ""))
        if before.endswith("/") and value <= _DAYS:
            continue
        label = "".join(before.split())[-6:]
        at = cell.start + match.start()
        found.append(Figure(cell.line, at, match[0], value, _SAME.get(name, name), label))
    return found


def total_places(page: Printed) -> list[tuple[Figure, list[Figure]]]:
    """A figure and the others that add up to it: a run before or after it in its cell, all of its
    unit in another cell, or all of its unit in the document that follow the same words.
    """
    cells = [(cell, figures(cell)) for row in page.rows for cell in row.cells]
    labelled: dict[tuple[str, str], list[Figure]] = {}
    for _, inside in cells:
        for one in inside:
            labelled.setdefault((one.label, one.unit), []).append(one)
    found: list[tuple[Figure, list[Figure]]] = []
    for cell, inside in cells:
        counts = [one for one in inside if one.unit not in {"%", "分"}]
        for i, total in enumerate(counts):
            if total.value < _SMALLEST or not total.unit:
                continue
            runs = [counts[i + 1 : j] for j in range(i + 3, len(counts) + 1)]
            runs += [counts[j:i] for j in range(i - 1)]
            if cell.column:
                runs += _of_unit(total, [few for other, few in cells if other.line != cell.line])
                runs += [few for key, few in labelled.items() if all(key) and len(few) > 2]
            parts = next((run for run in runs if _adds_up(run, total)), None)
            if parts:
                found.append((total, parts))
    # Parts that happen to add up to the next one are no total.
    inner = {part.start for _, parts in found for part in parts}
    return [(total, parts) for total, parts in found if total.start not in inner]


def _of_unit(total: Figure, cells: Sequence[Sequence[Figure]]) -> list[list[Figure]]:
    return [[one for one in few if one.unit == total.unit] for few in cells]


def _adds_up(parts: Sequence[Figure], total: Figure) -> bool:
    units = {part.unit for part in parts} - {"", "件", total.unit}
    return len(parts) > 1 and not units and sum(part.value for part in parts) == total.value


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def rate_places(page: Printed) -> Iterator[tuple[Figure, list[Figure]]]:
    """A rate and the two counts, of its cell or else of its row, that give it when rounded."""
    for row in page.rows:
        own = [figures(cell) for cell in row.cells]
        for inside in own:
            for rate in (one for one in inside if one.unit == "%" and one.value not in {0, 100}):
                here = _counts(inside)
                counts = here if len(here) > 1 else _counts([one for few in own for one in few])
                pair = next((p for p in permutations(counts, 2) if gives(rate, *p)), None)
                if pair:
                    yield rate, list(pair)


def _counts(inside: Sequence[Figure]) -> list[Figure]:
    return [one for one in inside if one.unit not in {"%", "分", "時間"} and one.value >= _SMALLEST]


def gives(rate: Figure, part: Figure, whole: Figure) -> bool:
    """Whether the rate is the share of the two counts, or what it leaves of the whole."""
    share = part.value / whole.value * 100
    if share >= 200:
        return False
    rest = 100 - share  # 24 of 933 opened it, so 97.4 % did right
    return rate.value in {_rounded(share, rate.places), _rounded(rest, rate.places)}


def hours_places(page: Printed) -> Iterator[Figure]:
    """Hours that are a count of the row (or two together) times its minutes."""
    for row in page.table_rows():
        inside = [one for cell in row.cells for one in figures(cell)]
        minutes = [one.value for one in inside if one.unit == "分"]
        values = [one.value for one in _counts(inside)]
        values += [a + b for a, b in combinations(values, 2)]
        for one in inside:
            products = {_rounded(v * m / 60, 0) for v in values for m in minutes}
            if one.unit == "時間" and one.value in products:
                yield one


def counts_declared(page: Printed) -> Iterator[tuple[Figure, frozenset[int]]]:
    """A declared number of rows and the lines of these rows: those that hold the name before it."""
    for row in page.table_rows():
        for name, cell in pairwise(row.cells):
            found = _DECLARED.fullmatch(cell.raw.strip())
            if not found or not name.text:
                continue
            lines = frozenset(
                other.line
                for other in page.table_rows()
                if other.grid != row.grid and any(name.text in c.text for c in other.cells)
            )
            if len(lines) == int(found[1]):
                yield figures(cell)[0], lines


def numbered_rows(page: Printed) -> Iterator[tuple[Row, int, set[int]]]:
    """Rows between their neighbours in number, their number, and the lines near the gap that they
    leave.
    """
    numbered: list[tuple[Row, str, int]] = []
    for row in page.table_rows():
        for cell in row.cells[:3] if len(row.cells) > 4 else ():
            circled = _CIRCLED.find(cell.text[:1]) + 1 if cell.text else 0
            found = _NUMBER.match(cell.text)
            if circled or found:
                prefix = (found[1] or "") if found else "○"
                numbered.append((row, prefix, circled or int(found[2] if found else 0)))
                break
    for (before, a, m), (row, b, n), (after, c, o) in zip(
        numbered, numbered[1:], numbered[2:], strict=False
    ):
        alone = not any(one.line == row.line + 1 for one in page.rows) or after.line == row.line + 1
        if a == b == c and m + 1 == n == o - 1 and alone:
            yield row, n, {before.line, row.line - 1, row.line + 1, after.line}


def heading_years(page: Printed) -> Iterator[tuple[Row, PrintedCell, PrintedCell, set[int]]]:
    """Two neighbouring years of a heading of three and more, with the lines of its table."""
    for row in page.table_rows():
        years = [cell for cell in row.cells if _YEAR_CELL.fullmatch(cell.text)]
        if len(years) < 3:
            continue
        lines = {other.line for other in page.table_rows() if other.grid == row.grid}
        for first, second in pairwise(years):
            if second.column == first.column + 1:
                yield row, first, second, lines


def marks(page: Printed) -> Iterator[tuple[int, str, int]]:
    """Marks of a year that agree with a column: the mark stands below that year, or it closes a
    sentence that shares six letters with a cell below that year.
    """
    years: dict[tuple[int, int], str] = {}
    for row in page.table_rows():
        found = {cell.column: _YEAR_CELL.fullmatch(cell.text) for cell in row.cells}
        heading = {column: year[1] for column, year in found.items() if year}
        if len(heading) >= 3:
            years |= {(row.grid, column): year for column, year in heading.items()}
            continue
        for cell in row.cells:
            for mark in _MARK.finditer(cell.raw):
                below = [
                    other
                    for other in row.cells
                    if years.get((row.grid, other.column)) == mark[1] and other.text
                ]
                sentence = re.split(r"<li>|】", cell.raw[: mark.start()])[-1]
                told = mark[0].startswith("【") and any(_share(sentence, c.text) for c in below)
                if cell in below or told:
                    yield cell.start + mark.start(1), mark[1], row.line


def _share(sentence: str, name: str) -> bool:
    plain = "".join(name.split())
    return any(plain[i : i + 6] in sentence for i in range(len(plain) - 5))
