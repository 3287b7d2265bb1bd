"""Statements of what is to be reached: goals, and targets where a number stands with a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipelines.findings import tidy as f
from pipelines.model import Cell
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.emit import Observed, observation
from pipelines.tidy.figure import Figure
from pipelines.tidy.figures import figures, is_time_span
from pipelines.tidy.measure import About, measurement
from pipelines.tidy.text import CIRCLED, OMITTED, circled_number, narrow, without_marks
from pipelines.tidy.values import Reading
from pipelines.tidy.years import Moment, moments
from pipelines.vocabulary import scheme

_NUMBERED = re.compile(r"(?:^|(?<=[\s。]))\((\d{1,2})\)\s*")
REMARK = re.compile(r"(?:^|。)\s*\(")
"""A bracket that opens a statement or follows its full stop is a remark, not the goal."""
_FLAG_ONLY = re.compile(r"^(?:【[^【】]*】|[-—―ー]|\s)*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """One goal as printed: number, part (for ①), text."""

    number: str
    part: str
    text: str


def statements(cell: Cell) -> list[Statement]:
    """The goals of a cell: items `(1) …`, `① …`, bullets or sentences."""
    found: list[Statement] = []
    for line in cell.lines:
        plain = narrow(line)
        marks = list(_NUMBERED.finditer(plain))
        if marks and marks[0].start() <= 1:
            ends = [m.start() for m in marks[1:]] + [len(line)]
            for mark, end in zip(marks, ends, strict=True):
                found.append(Statement(mark[1], "", line[mark.end() : end].strip()))
            continue
        for piece in re.split(rf"(?=[{CIRCLED}])", line):
            part = str(circled_number(piece[0])) if piece and piece[0] in CIRCLED else ""
            body = piece[1:] if part else piece
            found += [Statement("", part, _bare(text)) for text in _sentences(body)]
    return [s for s in found if s.text and not _FLAG_ONLY.match(s.text)]


def _bare(text: str) -> str:
    return without_marks(re.sub(r"^【[^【】]*】\s*", "", text))


def _sentences(text: str) -> list[str]:
    """Sentences; one that strings several years together is cut before each year."""
    found: list[str] = []
    for sentence in re.split(r"(?<=。)(?!\s*[()（）])", text):
        starts = [m.span[0] for m in moments(sentence)]
        cuts = [0]
        for start in starts:
            before = sentence[:start]
            listed = re.search(r"(?:導入|実施|追加|完了|達成)[、\s]$", before)
            if listed and start > cuts[-1]:
                cuts.append(start)
        pieces = [sentence[a:b] for a, b in zip(cuts, [*cuts[1:], len(sentence)], strict=True)]
        found += [piece.strip(" 、") for piece in pieces if piece.strip(" 、。")]
    return found


def deadline(text: str) -> Moment | None:
    """The year by which a statement wants to be reached: the one before まで, else the first.

    In a period (令和3年から令和7年まで) that is its end. A year from which something runs
    (令和6年度以降, R3.9より) is no deadline.
    """
    found = moments(text)
    plain = narrow(text)
    for moment in found:
        if re.match(r"\s*(?:末|中)?\s*までに?", plain[moment.span[1] :]):
            return moment
    started = re.compile(r"[^\s、。]{0,4}?(?:から|より|以降|以後)")
    return next((m for m in found if not started.match(plain[m.span[1] :])), None)


def targets(text: str) -> tuple[list[tuple[Figure, Moment]], list[Figure]]:
    """(figures to be reached with their year, the other figures) of a statement.

    Where years stand beside figures, each pair is a target (`令和6年度 10% 令和7年度 15%`). Else
    the first figure that is no span of time belongs to the statement's deadline.
    """
    found = figures(text)
    all_moments = moments(text)
    paired = [fig for fig in found if fig.moment is not None and not is_time_span(fig)]
    if paired:
        pairs = [
            (fig, moment)
            for fig in paired
            for moment in all_moments
            if fig.moment is not None and moment.span == fig.moment.span
        ]
        return pairs, [fig for fig in found if fig not in paired]
    due = deadline(text)
    if due is not None:
        for figure in found:
            if not is_time_span(figure):
                return [(figure, due)], [fig for fig in found if fig is not figure]
    return [], found


@dataclass(frozen=True, slots=True)
class GoalCell:
    """A cell of goals and what it belongs to.

    With an `initiative`, numbers with a year become target observations of its KPIs too. `group`
    tells apart the goals of several cells of the same row; `default_year` is the due year of goals
    that print none.
    """

    cell: Cell
    policy: Entry | None
    initiative: Entry | None = None
    group: str = "g"
    default_year: int | None = None


def stated_goals(context: Context, goals: GoalCell) -> None:
    """Adds the goals of a cell, and targets where it belongs to an initiative."""
    for order, statement in enumerate(statements(goals.cell), 1):
        pairs, others = targets(statement.text)
        headline = _headline(statement, pairs, others)
        if goals.initiative is not None:
            for figure, moment in pairs:
                _target(context, goals.initiative, statement, figure, moment, goals.cell)
            for figure in others:
                if figure is not headline:
                    _explains(context, figure, goals.initiative, goals.cell)
        _goal_rows(context, goals, statement, pairs, headline, order)


def _headline(
    statement: Statement, pairs: list[tuple[Figure, Moment]], others: list[Figure]
) -> Figure | None:
    """The number of a goal that prints no year; a remark in brackets states no goal."""
    if pairs:
        return None
    remark = REMARK.search(narrow(statement.text))
    end = remark.start() if remark else len(statement.text)
    stated = [fig for fig in others if fig.span[0] < end and not is_time_span(fig)]
    return stated[0] if stated else None


def _explains(context: Context, figure: Figure, initiative: Entry, cell: Cell) -> None:
    measurement(context, figure, cell, About(initiative, fallback=initiative.text("名称")))


def _goal_rows(
    context: Context,
    goals: GoalCell,
    statement: Statement,
    pairs: list[tuple[Figure, Moment]],
    headline: Figure | None,
    order: int,
) -> None:
    due = deadline(statement.text)
    rows: list[tuple[Figure | None, int | None]] = [(fig, m.fiscal_year) for fig, m in pairs]
    rows = rows or [(headline, due.fiscal_year if due else goals.default_year)]
    for index, (figure, year) in enumerate(rows, 1):
        entry = Entry("goal", refs={"施策ID": goals.policy, "_取組": goals.initiative})
        origin = Origin.of(goals.cell, "goal")
        entry.put("番号", statement.number or statement.part, origin)
        entry.put("内容", context.prose(statement.text), origin)
        if figure is not None:
            entry.put("値", figure.value, origin).put("単位", figure.unit, origin)
        entry.put("期限年度", year, origin)
        if OMITTED in statement.text and not (statement.number or figure or due):
            entry.values["_left_out"] = "yes"
        key = f"{goals.group}{order}"
        entry.key = key if len(rows) == 1 else f"{key}-{index}"
        context.draft.add(entry)


def _target(
    context: Context,
    initiative: Entry,
    statement: Statement,
    figure: Figure,
    moment: Moment,
    cell: Cell,
) -> None:
    indicator = _indicator_for(context, initiative, statement.part, figure, cell)
    reading = Reading(
        value=figure.value,
        unit=figure.unit,
        unit_key=figure.unit_key,
        qualifier=figure.qualifier,
        rules=("schedule-target",),
    )
    observation(context, Observed(indicator, reading, moment, "目標値", cell))


def _indicator_for(
    context: Context, initiative: Entry, part: str, figure: Figure, cell: Cell
) -> Entry:
    """The KPI that a target belongs to: the part with its printed number, else the KPI itself.

    A target in another kind of unit than the KPI's actuals is kept there, with a finding.
    """
    known = context.draft.indicators(initiative)
    parts = [e for e in known if part and e.text("枝番").split("-")[-1] == part]
    nested = [entry for entry in parts if "-" in entry.text("枝番")]
    if nested or parts:
        return (nested or parts)[0]
    if not known:
        name = initiative.text("名称")
        return context.draft.indicator(initiative, "1", name, Origin.of(cell, "timetable"))
    if not _compatible(context, known[0], figure.unit_key):
        context.draft.report(
            f.UnitDiffers.at(
                table="observation",
                place=cell.place,
                found=f"{figure.value}{figure.unit}",
                expected=known[0].text("名称"),
            )
        )
    return known[0]


def _compatible(context: Context, indicator: Entry, unit_key: str) -> bool:
    keys = {
        str(entry.values.get("_unit_key") or "")
        for entry in context.draft.of("observation")
        if entry.refs["指標ID"] is indicator and isinstance(entry.values.get("値"), Decimal)
    } - {""}
    if not keys or not unit_key:
        return True
    dimensions = {u.notation: u.first("dimension") for u in scheme("units")}
    return dimensions.get(unit_key) in {dimensions.get(key) for key in keys}
