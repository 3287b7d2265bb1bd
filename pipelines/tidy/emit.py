"""Turns what was read of a cell into entries: observations and activities."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from pipelines.eras import japanese_year
from pipelines.findings import tidy as f
from pipelines.model import Cell
from pipelines.numerals import unit_concept
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Draft, Entry, Origin
from pipelines.tidy.figures import figures
from pipelines.tidy.measure import About, measurement
from pipelines.tidy.offices import office_bracket
from pipelines.tidy.text import OMITTED, without_marks
from pipelines.tidy.values import Reading
from pipelines.tidy.years import Moment, moments, year_of


@dataclass(frozen=True, slots=True)
class Observed:
    """A value as read: its indicator, its year (printed in `year_cell`) and its kind.

    `unit` is the unit printed elsewhere (in a heading, a column 単位 or the name): a number without
    a unit of its own has it.
    """

    indicator: Entry
    reading: Reading
    year: Moment
    kind: str
    cell: Cell
    year_cell: Cell | None = None
    unit: str = ""


def observation(context: Context, seen: Observed) -> Entry:
    """Adds one observation, and as measurements the figures that only explain it."""
    reading, cell = _with_unit(seen), seen.cell
    fiscal = seen.year.fiscal_year
    origin = Origin.of(cell, *reading.rules)
    initiative = seen.indicator.refs["取組ID"]
    entry = Entry("observation", refs={"取組ID": initiative, "指標ID": seen.indicator})
    dated = Origin.of(seen.year_cell or cell, "era")
    entry.put("年度", fiscal, dated).put("年度_和暦", japanese_year(fiscal), dated)
    own_day = reading.moment is not None or reading.month_day is not None
    entry.put("時点", _as_of(reading, seen.year), origin if own_day else dated)
    entry.put("種別", reading.kind or seen.kind, origin).put("値", reading.value, origin)
    entry.put("単位", reading.unit, origin).put("状態", reading.state, origin)
    entry.put("限定", reading.qualifier, origin).put("欠測理由", reading.missing, origin)
    entry.put("原文", cell.as_printed, Origin(cell.place, cell.as_printed))
    entry.values["_unit_key"] = reading.unit_key
    context.draft.add(entry)
    _report(context.draft, seen, entry)
    about = About(initiative, year=fiscal, year_cell=seen.year_cell)
    about = replace(about, fallback=seen.indicator.text("名称"))
    for figure in reading.explained:
        measurement(context, figure, cell, about)
    return entry


def _with_unit(seen: Observed) -> Reading:
    reading = seen.reading
    if reading.value is None or reading.unit or not seen.unit:
        return reading
    concept = unit_concept(seen.unit)
    return replace(
        reading,
        unit=concept.ja if concept else seen.unit,
        unit_key=concept.notation if concept else "",
        rules=(*reading.rules, "unit-elsewhere"),
    )


def _report(draft: Draft, seen: Observed, entry: Entry) -> None:
    reading, place = seen.reading, seen.cell.place
    if not reading.known:
        finding = f.ValueUnknown.at(table="observation", place=place, found=reading.state)
        draft.report(finding, entry)
    if "unit-as-printed" in reading.rules:
        finding = f.UnitUnknown.at(table="observation", place=place, found=reading.unit)
        draft.report(finding, entry)
    own = year_of(seen.cell.text)
    if seen.year_cell is None or own is None or own.span[0] > 0:
        return
    if own.fiscal_year != seen.year.fiscal_year and reading.moment is None:
        draft.report(
            f.YearInCell.at(
                table="observation", place=place, found=own.printed, expected=seen.year.printed
            ),
            entry,
        )


def _as_of(reading: Reading, year: Moment) -> str:
    if reading.moment is not None:
        return reading.moment.date
    if reading.month_day is not None:
        month, day = reading.month_day
        calendar = year.fiscal_year + (month < 4)
        if day <= monthrange(calendar, month)[1]:
            return date(calendar, month, day).isoformat()
    return year.date


_YEAR_MARK = re.compile(r"【([^【】]*(?:年度|年)[^【】]*)】")


def activity(
    context: Context, text: str, cell: Cell, about: About, *, is_name: bool = False, key: str = ""
) -> None:
    """Adds one thing done.

    Years in a mark 【R6年度・R7年度】 give one row each. Of a sentence left out of an extract the
    offices stay; one without offices gives no row. `key` stands for the text in the ID.
    """
    marked = [m.fiscal_year for mark in _YEAR_MARK.findall(text) for m in moments(mark)]
    bare = without_marks(_YEAR_MARK.sub("", text)).strip()
    content = office_bracket(bare) if OMITTED in bare else bare
    context.draft.omitted |= OMITTED in bare
    if not is_name:
        content = context.prose(content)
    years: list[int | None] = [*marked] or [about.year]
    for fiscal in years if content else ():
        entry = Entry("activity", refs={"取組ID": about.initiative, "_施策": about.policy})
        origin = Origin.of(cell, *(("year-mark",) if marked else ()))
        dated = origin if marked else Origin.of(about.year_cell or cell, "era")
        entry.put("年度", fiscal, dated).put("内容", content, origin)
        # A sentence is known by its offices alone, so that its ID does not hang on its words.
        sentence = "。" in bare or OMITTED in bare
        entry.values["_text"] = key or (office_bracket(bare) if sentence else bare)
        entry.key = "n" if is_name else "b"
        context.draft.add(entry)


def line_figures(context: Context, text: str, cell: Cell, about: About) -> None:
    """Adds the figures of a bullet, with the year of its mark."""
    marked = [m.fiscal_year for mark in _YEAR_MARK.findall(text) for m in moments(mark)]
    if len(marked) == 1:
        about = replace(about, year=marked[0], year_cell=cell)
    bare = without_marks(_YEAR_MARK.sub("", text)).strip()
    for figure in figures(bare):
        measurement(context, figure, cell, about)
