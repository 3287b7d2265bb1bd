"""Turns what was read of a cell into entries: observations, figures, activities and goals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipelines import findings as f
from pipelines.model import Cell, Place
from pipelines.tidy.draft import Draft, Entry, Origin
from pipelines.tidy.figure import Figure
from pipelines.tidy.figures import figures
from pipelines.tidy.text import (
    OMITTED,
    close_blanks_in_prose,
    is_office,
    narrow,
    without_marks,
)
from pipelines.tidy.values import Reading
from pipelines.tidy.years import Moment, japanese_year, moments
from pipelines.vocabulary import scheme


@dataclass(slots=True)
class Context:
    """What a layout reader needs to know: the draft, the document's words and its own year.

    `words` is the document without blanks, the evidence for closing broken words; `year` the
    fiscal year that a report is about (None for a plan); `policy` the entries of the headings
    above, by level; `heading` the last heading.
    """

    draft: Draft
    words: str = ""
    year: int | None = None
    policy: dict[int, Entry] | None = None
    heading: str = ""

    def above(self, level: int) -> Entry | None:
        """The policy of a level whose heading stands above."""
        return (self.policy or {}).get(level)

    def prose(self, text: str) -> str:
        """Running text with broken words closed; '' for an extract that left the prose out."""
        if OMITTED in text:
            self.draft.omitted = True
            return ""
        return close_blanks_in_prose(text, self.words).strip()


def observation(
    context: Context,
    indicator: Entry,
    reading: Reading,
    year: Moment,
    cell: Cell,
    kind: str = "",
) -> Entry:
    """Adds one observation of an indicator in the fiscal year of `year`."""
    kind = reading.kind or kind
    fiscal = year.fiscal_year
    origin = Origin.of(cell, *reading.rules)
    entry = Entry("observation", refs={"取組ID": indicator.refs["取組ID"], "指標ID": indicator})
    entry.put("年度", fiscal, Origin(year_place(year, cell), year.printed, ("era",)))
    entry.put("年度_和暦", japanese_year(fiscal), None)
    entry.put("時点", _as_of(reading, year), origin)
    entry.put("種別", kind, origin).put("値", reading.value, origin)
    entry.put("単位", reading.unit, origin).put("状態", reading.state, origin)
    entry.put("限定", reading.qualifier, origin).put("欠測理由", reading.missing, origin)
    entry.put("原文", cell.text, origin)
    entry.values["_unit_key"] = reading.unit_key
    if not reading.known:
        context.draft.report(
            f.VALUE_UNKNOWN.at(table="observation", place=cell.place, found=reading.state)
        )
    if "unit-as-printed" in reading.rules:
        context.draft.report(
            f.UNIT_UNKNOWN.at(table="observation", place=cell.place, found=reading.unit)
        )
    context.draft.add(entry)
    initiative = indicator.refs["取組ID"]
    for figure in reading.explained:
        measurement(
            context,
            figure,
            cell,
            initiative=initiative,
            year=figure.moment.fiscal_year if figure.moment else fiscal,
            subject="" if figure.label else indicator.text("名称"),
        )
    return entry


def year_place(year: Moment, cell: Cell) -> Place:
    """Years of headings are cited at the value's own cell: the heading stands in its column."""
    return cell.place


def _as_of(reading: Reading, year: Moment) -> str:
    if reading.moment is not None:
        return reading.moment.date
    if reading.month_day is not None:
        month, day = reading.month_day
        start = year.fiscal_year
        return date(start if month >= 4 else start + 1, month, day).isoformat()
    return year.date


def measurement(
    context: Context,
    figure: Figure,
    cell: Cell,
    *,
    initiative: Entry | None = None,
    year: int | None = None,
    department: str = "",
    subject: str = "",
    fallback: str = "",
) -> Entry:
    """Adds a labelled figure; `subject` is what its label belongs to (a heading), `fallback` names
    a figure that has no label at all.
    """
    office, label = "", figure.label
    if label != subject:
        office, label = _office_label(label)
    if office:
        department = office
    entry = Entry("measurement", refs={"取組ID": initiative})
    origin = Origin(cell.place, cell.text, ("figure",))
    label = context_name(context, label)
    name = f"{subject}：{label}" if subject and label and label != subject else label or subject
    name = name or fallback
    entry.put("名称", name, origin).put("値", figure.value, origin)
    entry.put("単位", figure.unit, origin).put("限定", figure.qualifier, origin)
    entry.put("担当課", department, origin)
    entry.put("年度", figure.moment.fiscal_year if figure.moment else year, origin)
    entry.put("原文", figure.printed, origin)
    return context.draft.add(entry)


def context_name(context: Context, name: str) -> str:
    """A label without the marks that open it, its broken words closed."""
    return close_blanks_in_prose(re.sub(r"\s+", " ", without_marks(name)).strip(), context.words)


def _office_label(label: str) -> tuple[str, str]:
    """`環境政策課(石綿事前調査)` → the office and what it counts; ('', label) for other labels."""
    match = re.fullmatch(r"([^()\s]+)\s*(?:\(([^()]*)\)?)?", without_marks(label))
    if match and is_office(match[1]) and not re.search(r"[のをが]", match[1]):
        return match[1], match[2] or ""
    return "", label


def text_figures(
    context: Context,
    cell: Cell,
    *,
    initiative: Entry | None = None,
    year: int | None = None,
    department: str = "",
    subject: str = "",
    fallback: str = "",
    pieces: tuple[str, ...] | None = None,
) -> None:
    """Adds every labelled figure of running text, piece by piece."""
    for piece in pieces if pieces is not None else cell.lines:
        for figure in figures(piece, subject or fallback):
            measurement(
                context,
                figure,
                cell,
                initiative=initiative,
                year=year,
                department=department,
                subject=subject,
                fallback=fallback,
            )


_YEAR_MARK = re.compile(r"【([^【】]*(?:年度|年)[^【】]*)】")


def activity(
    context: Context,
    initiative: Entry | None,
    text: str,
    cell: Cell,
    year: int | None = None,
    *,
    is_name: bool = False,
    counted: bool = True,
) -> None:
    """Adds one thing done, and its figures unless `counted` is False.

    Years in a mark 【R6年度・R7年度】 give one row each; a sentence left out of an extract none.
    """
    marked = [m.fiscal_year for mark in _YEAR_MARK.findall(text) for m in moments(mark)]
    bare = without_marks(_YEAR_MARK.sub("", text)).strip()
    content = bare if is_name and OMITTED not in bare else context.prose(bare)
    years: list[int | None] = [*marked] or [year]
    for fiscal in years if content else ():
        entry = Entry("activity", refs={"取組ID": initiative})
        rules = ("year-mark",) if marked else ()
        origin = Origin.of(cell, *rules)
        entry.put("年度", fiscal, origin).put("内容", content, origin)
        entry.values["_text"] = bare
        entry.key = "n" if is_name else "b"
        context.draft.add(entry)
    for figure in figures(bare) if counted else ():
        measurement(
            context,
            figure,
            cell,
            initiative=initiative,
            year=marked[0] if len(marked) == 1 else year,
            fallback=initiative.text("名称") if initiative is not None else context.heading,
        )


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


def offices_in(text: str) -> list[str]:
    """The offices named in the brackets of a text (`（税務課・公民館3館）`); [] without any."""
    for bracket in reversed(re.findall(r"\(([^()]*)\)", narrow(text))):
        parts = [part for part in re.split(r"[\s、,]+", bracket) if part]
        if not all(is_office(part) for part in parts):
            continue
        found: list[str] = []
        for part in parts:
            inner = part.split("・")
            found += inner if all(is_office(piece) for piece in inner) else [part]
        if found:
            return found
    return []


def without_office_brackets(line: str) -> str:
    """A line with the brackets that hold offices blanked: `公民館3館` in them is no figure."""
    plain = narrow(line)
    for match in re.finditer(r"\([^()]*\)", plain):
        # `総務課(消費生活センター) 10回`: there the bracket says what the office counted.
        detail = is_office(re.split(r"[\s・]", plain[: match.start()])[-1])
        if offices_in(match.group()) and not detail:
            line = line[: match.start()] + " " * (match.end() - match.start()) + line[match.end() :]
    return line.rstrip()


def is_time_span(figure: Figure) -> bool:
    """Durations (5年間) say how long a goal runs, not what is to be reached."""
    concept = next((u for u in scheme("units") if u.notation == figure.unit_key), None)
    return concept is not None and concept.first("dimension") in {"year", "month"}
