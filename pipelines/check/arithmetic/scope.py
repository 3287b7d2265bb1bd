"""The lines of a document with their figures: cell by cell, row by row, and the paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.check.arithmetic.figures import OMITTED, Figure, figures
from pipelines.model import Cell, Document, Finding, Grid, Place
from pipelines.numerals import narrow, unit_concept

_HEADING = re.compile(r"[■●◆◎【]|[(]\d{1,2}[)]\s*\D|<")
_DIGIT = re.compile(r"\d")
_HEAD_UNIT = re.compile(r"\(([^()\d]{1,6})\)\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or list item; `cell` and `group` number the cell of the row and the heading in
    it that the line stands under.
    """

    text: str
    figures: tuple[Figure, ...]
    place: Place
    cell: int = 0
    group: int = 0

    @property
    def omitted(self) -> bool:
        """Whether sentences were left out."""
        return OMITTED in self.text


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the place that it is sorted by."""

    place: Place
    finding: Finding


@dataclass(frozen=True, slots=True)
class Scope:
    """A row of a table, or a paragraph: what is read together. `columns` are headings by cell."""

    lines: tuple[Line, ...]
    table: int = -1

    def figures(self) -> Iterator[tuple[Line, Figure]]:
        """Every figure with its line."""
        for line in self.lines:
            for figure in line.figures:
                yield line, figure


def scopes(document: Document) -> list[Scope]:
    """The rows and paragraphs of a document that print a figure, in printed order."""
    found: list[Scope] = []
    for number, part in enumerate(document.parts):
        if isinstance(part, Grid):
            found += _rows(part, number)
        elif read := figures(part.text):
            found.append(Scope((Line(narrow(part.text), read, part.place),)))
    return found


def _rows(grid: Grid, number: int) -> Iterator[Scope]:
    heads = [cell.text for cell in grid.rows[0]] if grid.rows else []
    above: list[str] = []
    for row in grid.rows:
        lines = [
            line
            for index, cell in enumerate(row)
            for line in _lines(cell, index, _at(heads, index), _at(above, index))
        ]
        if any(line.figures for line in lines):
            yield Scope(tuple(lines), number)
        above = ["" if _DIGIT.search(cell.text) else cell.text for cell in row]


def _at(texts: list[str], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def _lines(cell: Cell, index: int, head: str, above: str) -> Iterator[Line]:
    name = head or above
    group = 0
    for raw in cell.lines:
        if _HEADING.match(raw):
            group += 1
        read = figures(raw)
        text = narrow(raw) if read else raw
        if read and name and name != cell.text and _figures_alone(text, read):
            marks = {"headed"} if head else {"headed", "card"}
            read = tuple(_headed(one, narrow(name), marks) for one in read)
        yield Line(text, read, cell.place, index, group)


def _figures_alone(text: str, read: tuple[Figure, ...]) -> bool:
    left = text
    for one in reversed(read):
        left = left[: one.start] + left[one.end :]
    return not left.strip(" ()、,")


def _headed(figure: Figure, head: str, marks: set[str]) -> Figure:
    """A figure alone in its cell is named, and measured, by the heading above it."""
    bracket = _HEAD_UNIT.search(head)
    concept = unit_concept(bracket[1]) if bracket and not figure.kind else None
    also = figure.marks | marks
    if concept is None:
        return replace(figure, label=head, marks=also)
    kind = concept.first("dimension", concept.notation)
    kind = concept.notation if kind == "time" else kind
    return replace(figure, label=head, unit=concept.ja, kind=kind, marks=also)
