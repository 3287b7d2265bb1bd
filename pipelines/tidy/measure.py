"""Labelled figures as entries of the table `measurement`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipelines.model import Cell
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.figure import Figure
from pipelines.tidy.figures import figures
from pipelines.tidy.offices import office_label
from pipelines.tidy.text import close_blanks_in_prose, without_marks
from pipelines.tidy.years import moments


@dataclass(frozen=True, slots=True)
class About:
    """What a figure or an activity belongs to.

    `subject` is the heading that a label belongs to, `fallback` names a figure without any label;
    `year` is the fiscal year of the column or document, printed in `year_cell`; `department` is
    printed in `department_cell`. `policy` has no column of its own but becomes part of the ID.
    """

    initiative: Entry | None = None
    policy: Entry | None = None
    year: int | None = None
    year_cell: Cell | None = None
    department: str = ""
    department_cell: Cell | None = None
    subject: str = ""
    fallback: str = ""

    def of(self, initiative: Entry | None) -> About:
        """The same about another initiative."""
        return replace(self, initiative=initiative)


def measurement(context: Context, figure: Figure, cell: Cell, about: About) -> Entry:
    """Adds a labelled figure of a cell."""
    subject = about.subject
    office, label = ("", figure.label) if figure.label == subject else office_label(figure.label)
    entry = Entry("measurement", refs={"取組ID": about.initiative, "_施策": about.policy})
    origin = Origin.of(cell, "figure")
    entry.put("名称", _name(subject, label_name(context, label)) or about.fallback, origin)
    entry.put("値", figure.value, origin).put("単位", figure.unit, origin)
    entry.put("限定", figure.qualifier, origin)
    if office:
        entry.put("担当課", office, origin)
    else:
        elsewhere = Origin.of(about.department_cell or cell)
        entry.put("担当課", about.department, elsewhere)
    if figure.moment is not None:
        entry.put("年度", figure.moment.fiscal_year, Origin.of(cell, "era"))
    else:
        entry.put("年度", about.year, Origin.of(about.year_cell or cell, "era"))
    same = figure.printed in cell.as_printed or not cell.printed
    entry.put("原文", figure.printed if same else cell.printed, origin)
    return context.draft.add(entry)


def _name(subject: str, label: str) -> str:
    if not subject or not label or subject.endswith(label):
        return subject or label
    return f"{subject}：{label}"


def label_name(context: Context, label: str) -> str:
    """A label without the marks that open it, its broken words closed."""
    bare = re.sub(r"\s+", " ", without_marks(label)).strip()
    return close_blanks_in_prose(bare, context.words)


def text_figures(
    context: Context, cell: Cell, about: About, pieces: tuple[str, ...] | None = None
) -> list[Entry]:
    """Adds every labelled figure of running text, piece by piece."""
    return [
        measurement(context, figure, cell, about)
        for piece in (pieces if pieces is not None else cell.lines)
        for figure in figures(piece, about.subject or about.fallback)
    ]


def only_figures(text: str) -> bool:
    """True for a line that says nothing beside its labelled figures (`利用率46.1%`)."""
    found = figures(text)
    rest = list(text)
    for figure in found:
        start = min(figure.span[0], figure.label_span[0])
        end = max(figure.span[1], figure.label_span[1])
        rest[start:end] = " " * (end - start)
    for moment in moments(text):
        rest[slice(*moment.span)] = " " * (moment.span[1] - moment.span[0])
    return bool(found) and len(re.sub(r"[\s()（）。、・/:：末]", "", "".join(rest))) <= 3
