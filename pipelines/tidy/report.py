"""Tables of a yearly report: what was done, how it stands, what comes next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipelines.model import Cell
from pipelines.tidy.align import align
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.emit import activity
from pipelines.tidy.figures import figures
from pipelines.tidy.goals import GoalCell, stated_goals
from pipelines.tidy.layout import Column, Sheet
from pipelines.tidy.measure import About, only_figures, text_figures
from pipelines.tidy.offices import (
    blank_offices,
    office_bracket,
    offices_in,
    only_offices,
    without_offices,
)
from pipelines.tidy.outline import policy_from_cell
from pipelines.tidy.text import OMITTED, close_blanks, cue, digest, is_name, without_marks
from pipelines.vocabulary import scheme

_DONE = re.compile(r"(?:の(?:開催|実施))?を(?:行った|実施した|開催した)。?$")
MEANS = re.compile(r"^([^、。・\s]{3,25}?)を(?:活用|利用|導入)し")
"""The means that a sentence opens with names what its row is about."""


@dataclass(slots=True)
class _Subject:
    """What a `■` heading names: its name, the heading as printed, its offices, the lines below."""

    name: str
    printed: str
    offices: list[str]
    lines: list[str] = field(default_factory=list)

    @property
    def by_office(self) -> bool:
        """Whether the lines below are a list of offices (`…の割合が高い部署`)."""
        return bool(re.search(f"(?:{cue('offices').pattern})$", self.name))

    @property
    def counted(self) -> str:
        """The name as what the figures below it count."""
        return re.sub(
            f"(?:が(?:高い|低い|多い|少ない))?(?:{cue('offices').pattern})$", "", self.name
        )


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
    columns = {column.role: column for column in sheet.columns}
    done, outcome, planned = (columns.get(role) for role in ("done", "outcome", "planned"))
    about = About(policy=measure, year=context.year)
    subjects: list[_Subject] = []
    if done is not None:
        cell = row[done.index]
        about = _dated(about, done)
        about = replace(about, department_cell=cell)
        subjects = _subjects(cell)
        for subject in subjects:
            _done(context, subject, cell, about)
    told = _told_of(subjects)
    if outcome is not None and not _says_nothing(row[outcome.index]):
        _outcome(context, row[outcome.index], told, about)
    if planned is not None and not _says_nothing(row[planned.index]):
        cell = row[planned.index]
        ahead = _dated(about, planned)
        group = f"{digest(told.name)}-" if told is not None and told.name else "g"
        stated_goals(context, GoalCell(cell, measure, group=group, default_year=ahead.year))
        _figures(context, cell, cell.lines, told, ahead)


def _dated(about: About, column: Column) -> About:
    if column.year is None:
        return about
    return replace(about, year=column.year.fiscal_year, year_cell=column.year_cell)


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
        if line.startswith("■"):
            name, rest = _heading(line)
            name = name if is_name(name, heading=True) else ""
            printed = (
                without_marks(line).removesuffix(rest).strip() if rest else without_marks(line)
            )
            found.append(_Subject(name, printed, offices_in(line), [rest] if rest else []))
        elif not found:
            means = MEANS.match(line)
            found.append(_Subject(means[1] if means else "", "", offices_in(line), [line]))
        else:
            found[-1].lines.append(line)
    for subject in found:
        if not subject.offices:
            # A heading without an office has the one that closes its text.
            subject.offices = offices_in(subject.lines[-1]) if subject.lines else []
    return found


def _heading(line: str) -> tuple[str, str]:
    """The name of a `■` heading and the sentence that follows it on the same line."""
    text = without_marks(line)
    name, _, rest = text.partition(" ")
    if rest and ("。" in rest or OMITTED in rest) and "。" not in name:
        return close_blanks(without_offices(name)), rest
    return subject_name(line), ""


def subject_name(line: str) -> str:
    """What a `■` heading names: without its offices, (再掲) and `…の開催を行った。`."""
    bare = re.sub(r"[(（]再掲[)）]$", "", without_offices(without_marks(line))).rstrip()
    return close_blanks(_DONE.sub("", bare).rstrip("。 "))


def _done(context: Context, subject: _Subject, cell: Cell, about: About) -> None:
    if subject.printed and not subject.by_office:
        # Known by its name, so that the ID is the same where the sentence is left out.
        key = subject.name or office_bracket(subject.printed)
        named = "。" not in subject.printed and OMITTED not in subject.printed
        activity(context, subject.printed, cell, about, is_name=named, key=key)
        _figures(context, cell, (subject.printed,), _Subject("", "", subject.offices), about)
    for line in subject.lines:
        if not only_offices(line) and not only_figures(line):
            activity(context, line, cell, about)
    _figures(context, cell, tuple(subject.lines), subject, about)


def _outcome(context: Context, cell: Cell, told: _Subject | None, about: About) -> None:
    """The outcome of a row; it is put behind the name of what it is an outcome of."""
    named = told is not None and bool(told.name) and not told.by_office
    for line in cell.lines:
        if not only_figures(line):
            said = f"{told.name}：{without_marks(line)}" if told is not None and named else line
            activity(context, said, cell, about)
    if told is not None and told.by_office:
        told = replace(told, name="", offices=[])
    _figures(context, cell, cell.lines, told, about)


def _figures(
    context: Context, cell: Cell, lines: tuple[str, ...], subject: _Subject | None, about: About
) -> None:
    for line in lines:
        if only_offices(line):
            continue
        offices = offices_in(line) or (subject.offices if subject else [])
        own = replace(
            about,
            department=";".join(offices),
            department_cell=cell if office_bracket(line) else about.department_cell,
            subject=subject.counted if subject else "",
            fallback=about.policy.text("名称") if about.policy is not None else "",
        )
        added = text_figures(context, cell, own, (blank_offices(line),))
        if subject is not None and subject.by_office:
            _label_is_office(added, subject, cell)


def _label_is_office(entries: list[Entry], subject: _Subject, cell: Cell) -> None:
    """Under 「…の割合が高い部署」 the labels are the offices themselves."""
    for entry in entries:
        label = entry.text("名称").removeprefix(subject.counted).lstrip("：")
        if label:
            entry.values["担当課"], entry.values["名称"] = label, subject.counted
            entry.origins["担当課"] = Origin.of(cell, "figure")
