"""Tables of a yearly report: what was done, how it stands, what comes next; and boxes of figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipelines.model import Cell, Grid
from pipelines.tidy.draft import Entry
from pipelines.tidy.emit import Context, activity, offices_in, text_figures
from pipelines.tidy.figures import figures
from pipelines.tidy.goals import stated_goals
from pipelines.tidy.layout import Sheet, align
from pipelines.tidy.outline import policy_from_cell
from pipelines.tidy.text import CIRCLED, close_blanks, narrow, without_marks
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
        for line in cell.lines:
            _plain_activity(context, line, cell, year)
        _figures(context, cell, cell.lines, single, year)
    if planned is not None and not _says_nothing(row[planned.index]):
        cell = row[planned.index]
        ahead = planned.year.fiscal_year if planned.year is not None else None
        stated_goals(context, cell, measure, default_year=ahead)
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
            name = _without_offices(without_marks(line)) if heading else ""
            found.append(_Subject(name, offices_in(line), [] if heading else [line]))
        else:
            found[-1].lines.append(line)
    for subject in found:
        if not subject.offices:
            # A heading without an office has the one that closes its text.
            subject.offices = offices_in(subject.lines[-1]) if subject.lines else []
    return found


def _only_offices(line: str) -> bool:
    return bool(re.fullmatch(r"\s*[(（][^()（）]*[)）]\s*", line)) and bool(offices_in(line))


def _without_offices(text: str) -> str:
    plain = narrow(text)
    for match in reversed(list(re.finditer(r"\s*\([^()]*\)", plain))):
        if offices_in(match.group()):
            text = text[: match.start()] + text[match.end() :]
    return close_blanks(text.strip())


def _subject_entries(context: Context, subject: _Subject, cell: Cell, year: int | None) -> None:
    if subject.name:
        offices = f"（{'・'.join(subject.offices)}）" if subject.offices else ""
        _plain_activity(context, subject.name + offices, cell, year, is_name=_is_name(subject.name))
        _figures(context, cell, (subject.name,), _Subject("", subject.offices), year)
    for line in subject.lines:
        if not _only_offices(line):
            _plain_activity(context, line, cell, year)
    _figures(context, cell, tuple(subject.lines), subject, year)


def _is_name(text: str) -> bool:
    """A heading without a full stop is a name; a sentence is prose."""
    return "。" not in text


def _plain_activity(
    context: Context, text: str, cell: Cell, year: int | None, *, is_name: bool = False
) -> None:
    before = len(context.draft.of("measurement"))
    activity(context, None, text, cell, year, is_name=is_name)
    # The figures of a report are added with their subject and office by `_figures`.
    del context.draft.of("measurement")[before:]


def _figures(
    context: Context, cell: Cell, lines: tuple[str, ...], subject: _Subject | None, year: int | None
) -> None:
    for line in lines:
        if _only_offices(line):
            continue
        bare = _without_office_brackets(line)
        offices = offices_in(line) or (subject.offices if subject else [])
        by_office = subject is not None and subject.name.endswith("部署")
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


def _without_office_brackets(line: str) -> str:
    """A line with the brackets that hold offices blanked: `公民館3館` in them is no figure."""
    plain = narrow(line)
    for match in re.finditer(r"\([^()]*\)", plain):
        if offices_in(match.group()):
            line = line[: match.start()] + " " * (match.end() - match.start()) + line[match.end() :]
    return line.rstrip()


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
    items = _flagged(cell)
    for item in items:
        bare = _without_office_brackets(item)
        found = figures(bare, label)
        if not found:
            activity(context, None, item, cell, context.year, is_name=_is_name(item))
        for figure in found:
            text_figures(context, cell, year=context.year, subject=label, pieces=(bare,))
            break


def _flagged(cell: Cell) -> list[str]:
    """Items that open with a flag (【新規】…) or the lines of the cell."""
    found = [piece for line in cell.lines for piece in re.split(r"(?=【)", line)]
    return [piece.strip() for piece in found if piece.strip()]
