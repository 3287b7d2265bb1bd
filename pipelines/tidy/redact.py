"""What of a cell may stand in an extract: names, marks and figures, no sentences."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.model import Cell, Grid
from pipelines.tidy.context import Context
from pipelines.tidy.figure import Figure
from pipelines.tidy.figures import figures
from pipelines.tidy.goals import REMARK, Statement, deadline, statements, targets
from pipelines.tidy.layout import SECTION_ROLES, VALUE_ROLES, role_of
from pipelines.tidy.measure import label_name
from pipelines.tidy.notes import MARK, as_of, note_spans, reason, without_notes
from pipelines.tidy.offices import blank_offices, office_bracket
from pipelines.tidy.report import MEANS, subject_name
from pipelines.tidy.sections import is_sections
from pipelines.tidy.text import CIRCLED, OMITTED, close_blanks, is_name, narrow
from pipelines.tidy.years import moments

SHORT = 24
"""A piece of a text cell up to this long and without a comma or stop is a name, not prose."""
_SHORT_GOAL = 16
"""A goal up to this long (`継続実施`) is a mark rather than a sentence."""
NAME = 44
"""Headings and steps of a timetable are names up to this length."""

_KEPT = frozenset(
    {
        "number",
        "policy",
        "measure",
        "initiative",
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


def redaction(cell: Cell, role: str | None, row: tuple[Cell, ...], grid: Grid) -> Redact:
    """How a cell is redacted: by the role of its column, the section of its row, or its text."""
    if role is not None:
        return _by_role(role) if cell.text else _whole
    if is_sections(grid) and cell is not row[0]:
        section = role_of(row[0].text)[0]
        return _by_role(section) if section != "timetable" and section in SECTION_ROLES else _step
    return _prose if "。" in cell.text else _whole


def _by_role(role: str) -> Redact:
    kinds: tuple[tuple[frozenset[str], Redact], ...] = (
        (VALUE_ROLES, _value),
        (frozenset({"indicator"}), _indicator),
        (_KEPT, _whole),
        (_TEXT, _text),
        (_GOALS, _goals),
    )
    return next((redact for roles, redact in kinds if role in roles), _prose)


def _whole(_context: Context, cell: Cell) -> list[str]:
    """Names and marks as printed."""
    return [cell.text]


def _value(context: Context, cell: Cell) -> list[str]:
    """Values as printed, their notes redacted; a sentence that stands among them is left out."""
    text = cell.text
    bare = without_notes(text)
    if "。" in bare and len(bare) > NAME:
        return _goals(context, cell)
    for start, end in reversed(note_spans(text)):
        text = text[:start] + _note(context, text[start:end]) + text[end:]
    return [text]


def _indicator(context: Context, cell: Cell) -> list[str]:
    """The name of a KPI; what follows a ※ is no part of it."""
    name, mark, note = cell.text.partition(MARK)
    return [f"{name}{_note(context, mark + note)}" if mark else name]


def _note(context: Context, note: str) -> str:
    """A note as it is when it is a name, else its figures (or years) and what values need of it."""
    text = close_blanks(narrow(note.removeprefix(MARK))).strip()
    why = reason(text)
    if why is not None:
        return f"{MARK}{why[1]}{OMITTED}"
    if not text or (is_name(text) and not figures(text)):
        return note
    part = text[0] if text[0] in CIRCLED else ""
    kept = figures_of(context, text) or OMITTED.join(one.printed for one in moments(text))
    day = as_of(text)
    said = OMITTED.join(piece for piece in (kept, day.group() if day else "") if piece)
    return f"{MARK}{part}{OMITTED}{said}"


def _step(_context: Context, cell: Cell) -> list[str]:
    """A step of a timetable."""
    return [line if len(line) <= NAME else OMITTED for line in cell.lines]


def _text(context: Context, cell: Cell) -> list[str]:
    """Running text: nothing but its figures."""
    return [f"{OMITTED}{figures_of(context, line)}" for line in cell.lines]


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
    kept = figures_of(context, blank_offices(line))
    means = MEANS.match(line)
    opening = means.group() if means else ""
    return f"{bullet}{opening}{OMITTED}{kept}{office_bracket(line)}{marks}"


def _is_short(line: str) -> bool:
    return len(line) <= SHORT and not re.search(r"[、。]", line)


def _is_sentence(text: str) -> bool:
    return "。" in text or OMITTED in text


def _subject(context: Context, line: str) -> str:
    """A `■` heading: its name and offices; the sentence behind it loses its words."""
    name, blank, rest = line.partition(" ")
    if _is_sentence(rest) and "。" not in name and is_name(subject_name(name), heading=True):
        return f"{name}{blank}{_piece(context, rest)}"
    short = subject_name(line)
    bracket = office_bracket(line)
    if not is_name(short, heading=True):
        return f"■{OMITTED}{bracket}"
    return line if "。" not in line else f"■{short}{bracket}"


# --- figures and goals -----------------------------------------------------------------------


def figures_of(context: Context, text: str, where: tuple[int, int] = (0, 1 << 30)) -> str:
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
    mark = CIRCLED[int(goal.part) - 1] if goal.part else mark
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
    kept = figures_of(context, text, (0, cut))
    tail = figures_of(context, text, (cut, len(text)))
    return f"{mark}{when}{OMITTED}{kept}" + (f"。({tail})" if tail else "")
