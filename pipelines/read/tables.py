"""Runs of numbered lines → grids: tables with tabs and Markdown tables with pipes.

The Markdown form is that of GitHub Flavored Markdown, section 4.10, and looser where documents
are: separator lines of any width anywhere, tables without one, ragged rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.model import Cell, Grid, MachidataError, Place
from pipelines.read.cells import cell

MAX_CELLS_IN_ROW = 16_384
"""Widest row that is read; the width of a spreadsheet."""

Line = tuple[int, str]
"""A line's number, from 1, and its characters without the line end."""

Row = tuple[Cell, ...]

_TALLEST_HEADER = 10
"""Header rows that are looked for again below a page break; a limit on work, seen are 1 and 2."""

_PIPE = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-+:?\Z")
_RULE = re.compile(r":?-{3,}:?\Z")
_LIST_MARK = re.compile(r"\A\s*[-*+]\s+(?=\|)")


def has_pipe(text: str) -> bool:
    """Tell whether a line can belong to a pipe table; a line with tabs does only inside pipes."""
    stripped = text.strip()
    if "\t" in stripped and not stripped.startswith("|"):
        return False
    return _PIPE.search(stripped) is not None


def tab_grid(lines: Sequence[Line], source: str) -> Grid | None:
    """Make the grid of a run of lines with tabs, or None when the run is indented prose.

    Empty cells keep their positions. Lines of tabs alone and lines of dashes (rules of a table
    of contents) are no rows; every row keeps its own line number.
    """
    filled = [(number, text.split("\t")) for number, text in lines if text.strip()]
    if all(_is_indented_prose(raws) for _, raws in filled):
        return None
    rows = tuple(_row(raws, number, source) for number, raws in filled if not _is_tab_rule(raws))
    return Grid(rows=rows, kind="tab")


def _is_indented_prose(raws: list[str]) -> bool:
    return bool(raws[-1].strip()) and not any(raw.strip() for raw in raws[:-1])


def _is_tab_rule(raws: list[str]) -> bool:
    filled = [raw.strip() for raw in raws if raw.strip()]
    return all(_RULE.match(raw) for raw in filled)


def _row(raws: Sequence[str], number: int, source: str) -> Row:
    if len(raws) > MAX_CELLS_IN_ROW:
        raise MachidataError(
            "row-too-wide",
            ja="表の 1 行にあるセルが多すぎます。",
            en="A row of a table has too many cells.",
            where=f"L{number}",
            found=str(len(raws)),
            expected=f"≤ {MAX_CELLS_IN_ROW}",
            fix_ja="列の区切りが正しいかを確かめてください。",
            fix_en="Check the separators between the columns.",
        )
    return tuple(
        cell(raw, Place(source, number, column)) for column, raw in enumerate(raws, start=1)
    )


def pipe_grids(lines: Sequence[Line], source: str) -> tuple[list[Line], list[Grid]]:
    r"""Make the grids of a run of lines with pipes; give also the prose lines before them.

    A run is a table when it has a separator line, two lines, or pipes on both sides. Rows above
    the first separator are header rows. When the header is printed again with a separator below
    it, a new grid begins there (a page break). Escaped pipes (`\|`) stay inside their cells.
    """
    start, lines = _without_list_mark(lines)
    prose, table = list(lines[:start]), lines[start:]
    separators = {index for index in range(len(table)) if _is_separator(table, index)}
    if not _is_table(table, separators):
        return [*prose, *(line for n, line in enumerate(table) if n not in separators)], []
    left, right = _outer_pipes(table, separators)
    raws = [_split(text, left, right) for _, text in table]
    cuts = _page_breaks(raws, separators)
    header_rows = min(separators, default=0)
    grids = []
    for first, last in zip([0, *cuts], [*cuts, len(table)], strict=True):
        rows = tuple(
            _pipe_row(raws[index], table[index][0], source)
            for index in range(first, last)
            if index not in separators
        )
        grids.append(Grid(rows=rows, kind="pipe", header_rows=header_rows))
    return prose, grids


def _pipe_row(raws: list[str], number: int, source: str) -> Row:
    made = _row([raw.replace("\\|", "|") for raw in raws], number, source)
    if not any("\\|" in raw for raw in raws):
        return made
    return tuple(
        Cell(one.text, one.place, raw.strip(), one.lines)
        for one, raw in zip(made, raws, strict=True)
    )


def _without_list_mark(lines: Sequence[Line]) -> tuple[int, Sequence[Line]]:
    """Find where the table begins, and cut the list mark of a table that is a list item.

    Only a separator with an outer pipe proves it: `- | - | 3` may be a row without outer pipes.
    """
    below = next((n for n, (_, text) in enumerate(lines) if _separator_cells(text)), 0)
    if not below or not lines[below][1].lstrip().startswith("|"):
        return 0, lines
    number, text = lines[below - 1]
    head = _LIST_MARK.sub("", text)
    lines = [*lines[: below - 1], (number, head), *lines[below:]]
    begin = below
    while begin and lines[begin - 1][1].lstrip().startswith("|"):
        begin -= 1
    return begin, lines


def _separator_cells(text: str) -> list[str]:
    """Give the cells of a separator line, or nothing when the line is another."""
    raws = [raw.strip() for raw in _PIPE.split(text.strip())]
    inner = raws[raws[0] == "" : len(raws) - (raws[-1] == "")]
    return inner if inner and all(_DASHES.match(raw) for raw in inner) else []


def _is_separator(table: Sequence[Line], index: int) -> bool:
    cells = _separator_cells(table[index][1])
    # A row of single `-` is data (a mark for nothing) but on the second line, where Markdown
    # has its separator.
    return bool(cells) and (index == 1 or any(len(one) > 1 for one in cells))


def _is_table(table: Sequence[Line], separators: set[int]) -> bool:
    if len(separators) == len(table):
        return False
    if separators or len(table) > 1:
        return True
    text = table[0][1].strip()
    return len(text) > 1 and text.startswith("|") and text.endswith("|")


def _outer_pipes(table: Sequence[Line], separators: set[int]) -> tuple[bool, bool]:
    """Tell whether the first and the last pipe of a line are a border or part two cells."""
    texts = [text.strip() for _, text in table]
    rows = [text for index, text in enumerate(texts) if index not in separators]
    both = all(text.startswith("|") and text.endswith("|") for text in rows)
    if both or not separators:
        return both, both
    witness = texts[min(separators)]
    return witness.startswith("|"), witness.endswith("|")


def _split(text: str, left: bool, right: bool) -> list[str]:
    raws = _PIPE.split(text.strip(" \t\u00a0\u3000"))
    first = 1 if left and len(raws) > 1 and not raws[0] else 0
    last = len(raws) - 1 if right and len(raws) > first + 1 and not raws[-1] else len(raws)
    return raws[first:last]


def _page_breaks(raws: list[list[str]], separators: set[int]) -> list[int]:
    """Give the lines on which the header above the first separator is printed again."""
    order = sorted(separators)
    height = order[0] if order else 0
    if not 0 < height <= _TALLEST_HEADER:
        return []
    header = [[raw.strip() for raw in row] for row in raws[:height]]
    return [
        at - height
        for at in order[1:]
        if [[raw.strip() for raw in row] for row in raws[at - height : at]] == header
    ]
