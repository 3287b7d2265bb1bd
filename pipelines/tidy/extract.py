"""An extract of a document: its names, marks and figures in their places, without its prose.

The extract keeps the layout of the document, every line on its line and every cell in its column,
so that a place read from it is a place in the document too. Sentences are left out (`〔略〕`);
of a sentence that holds figures, each figure stays with the words that name it. Reading the
extract gives the same tables as reading the document, but for the columns of running text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from pipelines.model import Block, Cell, Document, Grid
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Draft
from pipelines.tidy.figure import Figure
from pipelines.tidy.figures import figures
from pipelines.tidy.goals import REMARK, Statement, deadline, statements, targets
from pipelines.tidy.layout import (
    SECTION_ROLES,
    VALUE_ROLES,
    Sheet,
    align,
    header_of,
    padded,
    role_of,
    sheet_of,
)
from pipelines.tidy.measure import label_name
from pipelines.tidy.offices import blank_offices, office_bracket
from pipelines.tidy.outline import heading
from pipelines.tidy.prose import title_blocks
from pipelines.tidy.report import MEANS, subject_name
from pipelines.tidy.sections import is_sections
from pipelines.tidy.text import OMITTED, cue, is_name, narrow
from pipelines.tidy.years import moments, period, year_of

_SHORT = 24
"""A piece of a text cell up to this long and without a comma or stop is a name, not prose."""
_SHORT_GOAL = 16
"""A goal up to this long (`継続実施`) is a mark rather than a sentence."""
_NAME = 44
"""Headings and steps of a timetable are names up to this length."""

_KEPT = frozenset(
    {
        "number",
        "policy",
        "measure",
        "initiative",
        "indicator",
        "department",
        "group",
        "activity",
        "term",
        "term-index",
        "year",
    }
)
_TEXT = frozenset({"content", "effect", "definition", "overview", "issues", "actions"})
_GOALS = frozenset({"schedule-past", "schedule-future", "planned", "goals"})

Redact = Callable[[Context, Cell], list[str]]


def extract(document: Document) -> str:
    """The text of the extract (UTF-8, LF), line for line in the places of the document."""
    context = Context(Draft())
    lines: dict[int, str] = {}
    previous: Sheet | None = None
    title = {block.place.line for block in title_blocks(document)}
    for part in document.parts:
        if isinstance(part, Block):
            lines[part.place.line] = _block(context, part, title)
            continue
        sheet = None if is_sections(part) else sheet_of(part, previous, context.draft)
        previous = sheet or previous
        _grid(context, part, sheet, lines)
    last = max(lines, default=0)
    return "".join(f"{lines.get(number, '')}\n" for number in range(1, last + 1))


# --- blocks ----------------------------------------------------------------------------------


def _block(context: Context, block: Block, title: set[int]) -> str:
    text = block.text
    if block.place.line in title or heading(text) is not None:
        return text
    if block.kind == "heading" and len(text) <= _NAME and "。" not in text:
        return text
    if cue("period").search(text) or year_of(text) is not None:
        found = _dates(text)
        if found:
            return found
    kept = _figures_of(context, text)
    return f"{OMITTED}{kept}" if kept else ""


def _dates(text: str) -> str:
    """A line of dates (`令和4年10月策定`), or the period of the plan out of a sentence."""
    if len(text) <= _SHORT and not re.search(r"[、。]", text):
        return text
    named = cue("period").search(text)
    found = period(text)
    if named and found:
        return f"{named.group()}{text[found[0].span[0] : found[1].span[1]]}"
    until = [m for m in moments(text) if re.match(r"\s*まで", text[m.span[1] :])]
    if until and not figures(text):
        return f"{OMITTED}{until[0].printed}まで"
    return ""


# --- grids -----------------------------------------------------------------------------------


def _grid(context: Context, grid: Grid, sheet: Sheet | None, lines: dict[int, str]) -> None:
    header = header_of(grid)
    rule = grid.rows[grid.header_rows - 1] if grid.kind == "pipe" and grid.header_rows else None
    for index, row in enumerate(grid.rows):
        if header is not None and index < header[1]:
            cells = [cell.text for cell in row]
        else:
            roles = _roles(context, row, sheet)
            cells = [
                _cell(_redaction(cell, roles.get(cell.place.column), row, grid)(context, cell))
                for cell in row
            ]
        lines[row[0].place.line] = _line(grid.kind, cells)
        if row is rule:
            lines[row[0].place.line + 1] = "|" + "---|" * len(row)


def _line(kind: str, cells: list[str]) -> str:
    if kind == "tab":
        return "\t".join(cells)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _cell(pieces: list[str]) -> str:
    if len(pieces) > 1:
        items = "".join(f"<li>{escape(piece, quote=False)}</li>" for piece in pieces)
        return f"<ul>{items}</ul>"
    text = pieces[0] if pieces else ""
    # Text that looks like mark-up was escaped in the document, and has to be again.
    if re.search(r"<\s*/?\s*[A-Za-z]|&[#A-Za-z]", text):
        return f"<p>{escape(text, quote=False)}</p>"
    return text


def _roles(context: Context, row: tuple[Cell, ...], sheet: Sheet | None) -> dict[int, str]:
    """Role by printed column; a row that has a cell less is put under its headings first."""
    if sheet is None:
        return {}
    headed = align(padded(row, len(sheet.columns)), sheet, context.draft)
    columns = sheet.columns
    roles = {cell.place.column: "" for cell in row}
    for index, cell in enumerate(headed[: len(columns)]):
        if cell.text:
            roles[cell.place.column] = columns[index].role
    return roles


def _redaction(cell: Cell, role: str | None, row: tuple[Cell, ...], grid: Grid) -> Redact:
    if role is not None:
        return _by_role(role) if cell.text else _whole
    if is_sections(grid) and cell is not row[0]:
        section = role_of(row[0].text)[0]
        return _by_role(section) if section != "timetable" and section in SECTION_ROLES else _step
    return _prose if "。" in cell.text else _whole


def _by_role(role: str) -> Redact:
    kinds: tuple[tuple[frozenset[str], Redact], ...] = (
        (VALUE_ROLES, _value),
        (_KEPT, _whole),
        (_TEXT, _text),
        (_GOALS, _goals),
    )
    return next((redact for roles, redact in kinds if role in roles), _prose)


def _whole(_context: Context, cell: Cell) -> list[str]:
    """Names and marks as printed."""
    return [cell.text]


def _value(context: Context, cell: Cell) -> list[str]:
    """Values as printed; a sentence that stands among them is left out."""
    if "。" in cell.text and len(cell.text) > _NAME:
        return _goals(context, cell)
    return [cell.text]


def _step(_context: Context, cell: Cell) -> list[str]:
    """A step of a timetable."""
    return [line if len(line) <= _NAME else OMITTED for line in cell.lines]


def _text(context: Context, cell: Cell) -> list[str]:
    """Running text: nothing but its figures."""
    return [f"{OMITTED}{_figures_of(context, line)}" for line in cell.lines]


def _prose(context: Context, cell: Cell) -> list[str]:
    return [_piece(context, line) for line in cell.lines]


def _piece(context: Context, line: str) -> str:
    """One bullet or sentence: whole when it is a name, else its figures, marks and offices."""
    if line.startswith("■"):
        return _subject(context, line)
    if _is_short(line) or (is_name(line) and not figures(line)):
        return line
    marks = "".join(re.findall(r"【[^【】]*年[^【】]*】", line))
    bullet = "・" if line.startswith("・") else ""
    kept = _figures_of(context, blank_offices(line))
    means = MEANS.match(line)
    opening = means.group() if means else ""
    return f"{bullet}{opening}{OMITTED}{kept}{office_bracket(line)}{marks}"


def _is_short(line: str) -> bool:
    return len(line) <= _SHORT and not re.search(r"[、。]", line)


def _subject(context: Context, line: str) -> str:
    """A `■` heading: its name and offices; the sentence behind it loses its words."""
    name, blank, rest = line.partition(" ")
    if rest and "。" in rest and "。" not in name and is_name(subject_name(name)):
        return f"{name}{blank}{_piece(context, rest)}"
    short = subject_name(line)
    bracket = office_bracket(line)
    if not is_name(short):
        return f"■{OMITTED}{bracket}"
    return line if "。" not in line else f"■{short}{bracket}"


# --- figures and goals -----------------------------------------------------------------------


def _figures_of(context: Context, text: str, where: tuple[int, int] = (0, 1 << 30)) -> str:
    """The figures of a text (or of a part of it), each with the words that name it."""
    found = figures(text)
    inside = [figure for figure in found if where[0] <= figure.span[0] < where[1]]
    kept = [_figure(context, figure, found) for figure in inside]
    return OMITTED.join(piece for piece in kept if piece)


def _figure(context: Context, figure: Figure, found: list[Figure]) -> str:
    number = figure.source[slice(*figure.span)].strip()
    when = figure.moment.printed if figure.moment is not None else ""
    label = label_name(context, figure.label)
    if figure.qualifier in {"下限", "上限"}:
        # Both ends of a range stay together: 15～25分.
        index = found.index(figure)
        if figure.qualifier == "上限":
            return ""
        number = figure.source[figure.span[0] : found[index + 1].span[1]]
    if not re.search(r"[^\d,.\s千万億]$", number) and figure.unit:
        number = f"{number}{figure.unit}"
    colon = ":" if not figure.unit and not re.search(r"[:：]$", label) else ""
    return f"{when} {label}{colon}{' ' if label else ''}{number}".strip()


def _goals(context: Context, cell: Cell) -> list[str]:
    """The goals of a cell: number, year and figures of each, the statement itself left out."""
    return [_statement(context, goal) for goal in statements(cell)] or [
        line for line in cell.lines if re.fullmatch(r"(?:【[^【】]*】|[-—―]|\s)*", line)
    ]


def _statement(context: Context, goal: Statement) -> str:
    mark = f"({goal.number}) " if goal.number else ""
    mark = "①②③④⑤⑥⑦⑧⑨"[int(goal.part) - 1] if goal.part else mark
    text = goal.text
    if len(text) <= _SHORT_GOAL and not re.search(r"[、。]", text):
        return mark + text
    pairs, _ = targets(text)
    due = deadline(text)
    paired = any(figure.moment is not None for figure, _ in pairs)
    when = ""
    if due is not None and not paired:
        behind = re.match(r"\s*(?:末|中)?\s*まで", narrow(text)[due.span[1] :])
        when = due.printed + (behind.group() if behind else "")
    remark = REMARK.search(narrow(text))
    cut = remark.start() if remark else len(text)
    kept = _figures_of(context, text, (0, cut))
    tail = _figures_of(context, text, (cut, len(text)))
    return f"{mark}{when}{OMITTED}{kept}" + (f"。({tail})" if tail else "")
