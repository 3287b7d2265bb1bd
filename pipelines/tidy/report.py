"""Tables of a yearly report (done, outcome, planned) and boxes of headline figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.model import Cell, Grid
from pipelines.tidy.draft import Entry
from pipelines.tidy.emit import (
    Context,
    activity,
    offices_in,
    only_figures,
    text_figures,
    without_office_brackets,
)
from pipelines.tidy.figures import figures
from pipelines.tidy.goals import GoalCell, stated_goals
from pipelines.tidy.layout import Sheet, align
from pipelines.tidy.outline import policy_from_cell
from pipelines.tidy.text import CIRCLED, OMITTED, close_blanks, cue, narrow, without_marks
from pipelines.vocabulary import scheme


@dataclass(slots=True)
class _Subject:
    """What a `■` heading names, with its offices and the lines printed below it."""

    name: str
    offices: list[str]
    lines: list[str] = field(default_factory=list)


def read_blocks(context: Context, sheet: Sheet, measure: Entry | None = None) -> Entry | None:
    """Reads rows of 施策 | 取り組み | 状況 | 予定; returns the measure that carries on."""
    for printed in sheet.rows:
        row = align(printed, sheet, context.draft)
        column = sheet.column("measure")
        if column is not None and row[column.index].text:
            measure = policy_from_cell(context, row[column.index], 2, context.above(1))
        _row(context, sheet, row, measure)
    return measure


def _row(context: Context, sheet: Sheet, row: tuple[Cell, ...], measure: Entry | None) -> None:
    columns = {c.role: c for c in sheet.columns}
    done, outcome, planned = (columns.get(r) for r in ("done", "outcome", "planned"))
    year = done.year.fiscal_year if done is not None and done.year is not None else context.year
    subjects: list[_Subject] = []
    if done is not None and row[done.index].text:
        cell = row[done.index]
        subjects = _subjects(cell)
        for subject in subjects:
            _subject_entries(context, subject, cell, year)
    single = _told_of(subjects)
    if outcome is not None and not _says_nothing(row[outcome.index]):
        cell = row[outcome.index]
        name = f"{single.name}：" if single is not None and single.name else ""
        for line in cell.lines:
            _thing_done(context, line, cell, year, name=name)
        _figures(context, cell, cell.lines, single, year)
    if planned is not None and not _says_nothing(row[planned.index]):
        cell = row[planned.index]
        ahead = planned.year.fiscal_year if planned.year is not None else None
        stated_goals(context, GoalCell(cell, measure, default_year=ahead))
        _figures(context, cell, cell.lines, single, ahead)


def _told_of(subjects: list[_Subject]) -> _Subject | None:
    """The subject that the row's outcome is about: its only one, or the only one with figures."""
    if len(subjects) == 1:
        return subjects[0]
    counted = [s for s in subjects if any(figures(line) for line in s.lines)]
    return counted[0] if len(counted) == 1 else None


def _says_nothing(cell: Cell) -> bool:
    concept = scheme("missing").match(cell.text)
    return not cell.text or (concept is not None and concept.notation == "not-applicable")


def _subjects(cell: Cell) -> list[_Subject]:
    found: list[_Subject] = []
    for line in cell.lines:
        if line.startswith("■") or not found:
            heading = line.startswith("■")
            name, rest = _heading(line) if heading else ("", line)
            found.append(_Subject(name, offices_in(line), [rest] if rest else []))
        else:
            found[-1].lines.append(line)
    for subject in found:
        if not subject.offices:
            # A heading without an office has the one that closes its text.
            subject.offices = offices_in(subject.lines[-1]) if subject.lines else []
    return found


def _heading(line: str) -> tuple[str, str]:
    """The name of a `■` heading and the sentence that follows it on the same line."""
    text = _without_offices(without_marks(line))
    name, _, rest = text.partition(" ")
    if rest and ("。" in rest or OMITTED in rest) and "。" not in name:
        return close_blanks(name), rest
    return close_blanks(re.sub(r"[(（]再掲[)）]$", "", text).rstrip("。 ")), ""


def _only_offices(line: str) -> bool:
    return bool(re.fullmatch(r"\s*[(（][^()（）]*[)）]\s*", line)) and bool(offices_in(line))


def _without_offices(text: str) -> str:
    plain = narrow(text)
    for match in reversed(list(re.finditer(r"\s*\([^()]*\)", plain))):
        if offices_in(match.group()):
            text = text[: match.start()] + text[match.end() :]
    return text.strip()


def _subject_entries(context: Context, subject: _Subject, cell: Cell, year: int | None) -> None:
    if subject.name:
        offices = f"（{'・'.join(subject.offices)}）" if subject.offices else ""
        _thing_done(context, subject.name + offices, cell, year, is_name=_is_name(subject.name))
        _figures(context, cell, (subject.name,), _Subject("", subject.offices), year)
    for line in subject.lines:
        if not _only_offices(line):
            _thing_done(context, line, cell, year)
    by_office = bool(re.search(f"(?:{cue('offices').pattern})$", subject.name))
    _figures(context, cell, tuple(subject.lines), subject, year, by_office=by_office)


def _is_name(text: str) -> bool:
    """A heading without a full stop is a name; a sentence is prose."""
    return "。" not in text


def _thing_done(
    context: Context,
    text: str,
    cell: Cell,
    year: int | None,
    *,
    is_name: bool = False,
    name: str = "",
) -> None:
    """A line of a report as an activity, unless it holds nothing but figures.

    `name` is the heading that an outcome belongs to; it is put before the outcome.
    """
    if not only_figures(text):
        said = f"{name}{without_marks(text)}" if name else text
        activity(context, None, said, cell, year, is_name=is_name, counted=False)


def _figures(
    context: Context,
    cell: Cell,
    lines: tuple[str, ...],
    subject: _Subject | None,
    year: int | None,
    *,
    by_office: bool = False,
) -> None:
    for line in lines:
        if _only_offices(line):
            continue
        bare = without_office_brackets(line)
        offices = offices_in(line) or (subject.offices if subject else [])
        start = len(context.draft.of("measurement"))
        text_figures(
            context,
            cell,
            year=year,
            department=";".join(offices),
            subject=subject.name if subject else "",
            pieces=(bare,),
        )
        if by_office and subject is not None:
            # Under 「…の割合が高い部署」 the labels are the offices themselves.
            for entry in context.draft.of("measurement")[start:]:
                label = entry.text("名称").removeprefix(subject.name).lstrip("：")
                if label and label != subject.name:
                    entry.values["担当課"], entry.values["名称"] = label, subject.name
                    entry.origins["担当課"] = entry.origins["名称"]


def is_boxes(grid: Grid) -> bool:
    """True for boxes of headline figures: `③ 合格者` with `8人` printed below it."""
    labels = [cell for row in grid.rows for cell in row if cell.text and cell.text[0] in CIRCLED]
    below = [cell for row in grid.rows for cell in row if figures(cell.text)]
    return (
        len(labels) >= 3
        and len(below) >= 2
        and all(re.match(rf"[{CIRCLED}]\s", cell.text) for cell in labels)
    )


def read_boxes(context: Context, grid: Grid) -> None:
    """Adds the figures of each box under the box's label, and its other lines as activities."""
    current: dict[int, str] = {}
    for row in grid.rows:
        for index, cell in enumerate(row):
            if not cell.text:
                continue
            if cell.text[0] in CIRCLED:
                current[index] = close_blanks(cell.text[1:].strip())
            elif index in current:
                _box(context, cell, current[index])


def _box(context: Context, cell: Cell, label: str) -> None:
    for item in _flagged(cell):
        bare = without_office_brackets(item)
        if figures(bare, label):
            text_figures(context, cell, year=context.year, subject=label, pieces=(bare,))
        else:
            name = _is_name(item)
            activity(context, None, item, cell, context.year, is_name=name, counted=False)


def _flagged(cell: Cell) -> list[str]:
    """Items that open with a flag (【新規】…) or the lines of the cell."""
    found = [piece for line in cell.lines for piece in re.split(r"(?=【)", line)]
    return [piece.strip() for piece in found if piece.strip()]
