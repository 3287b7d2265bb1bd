"""Columns of fiscal years: their order, the marks 【R4年度】 of the same thing, dates in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipelines.check.consistency.dates import outside_finding
from pipelines.check.consistency.index import Index, Printed, narrow, said, year
from pipelines.check.consistency.moments import has_years, moments
from pipelines.check.consistency.words import held
from pipelines.eras import japanese_year
from pipelines.findings import consistency as f
from pipelines.model import Cell, Finding, Grid, Row

_ALIKE = Decimal("0.6")
_PAIRS = 3
_HEADING = re.compile(r"\s?(?:末|(?:の[^。]{1,12})|\(目標\)|\(実績\))?")
_PLAN = re.compile(r"予定|計画|目標|スケジュール|見込|子定")
_LEADING = re.compile(r"[(【]([^()【】]{2,12})[)】]\s?\S")
_SERIES = re.compile(r"(?:[RH]|令和|平成)(\d{1,2})(?:年度)?\s?[:：]\s?[\d,]+")
_LABELLED = re.compile(
    r"(?:^|\s)((?:[RH]\d{1,2}|(?:令和|平成)\d{1,2}年度))(?:年度)?[一-龯ァ-ヶー]{1,8}\s?[:：]?\s?[\d,]+"
)
"""`R3投稿件数 82件`: a year, a label and a number."""
_BARE = re.compile(r"年度?末?$|[RH]\d{1,2}末?$")
_HEADING_LENGTH = 16
_NEAR = 5
_DONE = re.compile(r"^[^。]*?(?:した|った|いた|ました)(?:。|$)")


def columns(index: Index) -> Iterator[Finding]:
    """Activities in another year's column than their mark, and what disagrees with a column."""
    yield from _marks(index)
    for _, document in index.case.sources:
        for grid in document.grids:
            yield from _grid(index, grid)
    yield from _told_series(index)


def _marks(index: Index) -> Iterator[Finding]:
    """The names in the columns of years, each with the sentence of the list that it shortens.

    The most alike go together first, each once; a sentence without a mark stands for all years.
    """
    for rows in index.by("activity", "取組ID").values():
        sentences = [row for row in rows if _rule(index, row) != "column"]
        names = [row for row in rows if _rule(index, row) == "column"]
        ranked = sorted(
            (
                (-share, year(name) != year(sentence), -common, n, s)
                for n, name in enumerate(names)
                for s, sentence in enumerate(sentences)
                for share, common in [held(said(name, "内容"), said(sentence, "内容"))]
                if share >= _ALIKE and common >= _PAIRS
            ),
        )
        used_names: set[int] = set()
        used: set[int] = set()
        for _, differs, _, n, s in ranked:
            if n in used_names or s in used:
                continue
            used_names.add(n)
            used.add(s)
            if differs and year(sentences[s]) is not None:
                yield _differs(index, names[n], sentences[s])


def _rule(index: Index, row: Row) -> str:
    """How an activity got its year: `column`, `mark`, or none."""
    origin = index.origins.get((said(row, "ID"), "年度"))
    if origin is None or year(row) is None:
        return ""
    return "mark" if "year-mark" in origin.rules.split(";") else "column"


def _differs(index: Index, name: Row, sentence: Row) -> Finding:
    return f.YearColumnDiffers.at(
        table="activity",
        row_id=said(name, "ID"),
        place=index.where(name, "内容"),
        found=japanese_year(year(name) or 0),
        expected=japanese_year(year(sentence) or 0),
        what=said(name, "内容")[:60],
    )


def _grid(index: Index, grid: Grid) -> Iterator[Finding]:
    heading: dict[int, tuple[int, str]] = {}
    width = 0
    for row in grid.rows:
        years = _years(row)
        if years:
            yield from _order(index, row, years)
            yield from _between(index, row, years)
            if len(years) > 1 or not heading:
                heading, width = years, len(row)
            continue
        if len(row) != width or not index.decided(row[0].place):
            continue
        for column, (fiscal, text) in heading.items():
            cell = row[column]
            if cell.text and has_years(narrow(cell.text)):
                yield from _cell(index, cell, fiscal, text)


def _years(row: tuple[Cell, ...]) -> dict[int, tuple[int, str]]:
    """The columns of a heading row that are a fiscal year; none for a row of anything else."""
    found = {}
    for number, cell in enumerate(row):
        if not cell.text or len(cell.text) > _HEADING_LENGTH:
            continue
        text = narrow(cell.text)
        if not has_years(text):
            continue
        first = next(moments(text), None)
        if first and not first.start and not first.month and _HEADING.fullmatch(text, first.end):
            found[number] = (first.year, text)
    long = any(len(cell.text) > 30 for cell in row)
    return {} if long else found


def _order(
    index: Index, row: tuple[Cell, ...], years: dict[int, tuple[int, str]]
) -> Iterator[Finding]:
    """Neighbouring headings of years go up one by one, or repeat a block (目標 | 実績)."""
    runs: list[list[int]] = []
    before = -2
    for column in sorted(years):
        if column == before + 1:
            runs[-1].append(years[column][0])
        else:
            runs.append([years[column][0]])
        before = column
    for run in runs:
        if len(run) > 2 and not _rising(run):
            yield f.YearOrder.at(
                place=index.case.at(row[min(years)].place),
                found="、".join(japanese_year(one) for one in run)[:60],
            )


def _between(
    index: Index, row: tuple[Cell, ...], years: dict[int, tuple[int, str]]
) -> Iterator[Finding]:
    """An earlier year, that of a base value, stands between two years that follow one another."""
    for number, cell in enumerate(row[1:-1], 1):
        sides = [years[n][0] for n in (number - 1, number + 1) if n in years]
        if number in years or len(sides) < 2 or sides[0] + 1 != sides[1]:
            continue
        told = next(moments(narrow(cell.text)), None) if len(cell.text) <= _HEADING_LENGTH else None
        if told is not None and told.year < sides[0]:
            three = (sides[0], told.year, sides[1])
            found = "、".join(japanese_year(one) for one in three)
            yield f.YearOrder.at(place=index.case.at(cell.place), found=found)


def _rising(run: list[int]) -> bool:
    """True for years that only go up, also in blocks that are each the same."""
    if run[0] in run[1:]:
        size = run.index(run[0], 1)
        if size > 1 and len(run) % size == 0:
            run, rest = run[:size], run[size:]
            return _rising(run) and all(
                rest[i : i + size] == run for i in range(0, len(rest), size)
            )
    return all(left < right for left, right in pairwise(run))


def _cell(index: Index, cell: Cell, fiscal: int, heading: str) -> Iterator[Finding]:
    text = narrow(cell.text)
    leading = _LEADING.match(text)
    told = next(moments(leading[1]), None) if leading else None
    if leading and told and told.fiscal and told.printed == leading[1] and told.year != fiscal:
        yield f.YearInColumn.at(
            place=index.case.at(cell.place), found=told.printed, expected=japanese_year(fiscal)
        )
    labelled = _LABELLED.search(text) if _BARE.search(heading) else None
    named = next(moments(labelled[1]), None) if labelled else None
    if named and named.year != fiscal:
        yield f.YearInColumn.at(
            place=index.case.at(cell.place), found=named.printed, expected=japanese_year(fiscal)
        )
    if _PLAN.search(heading):
        return
    for one in moments(text):
        before, behind = text[: one.start], text[one.end :]
        dated = re.match(r"\s?末?(?:時点|現在)", behind) or (
            before.endswith("(") and re.match(r"末?\)", behind)
        )
        done = re.match(r"に(?!向け)", behind) and _DONE.match(behind) and not _mark_behind(behind)
        if one.month and (dated or done) and one.fiscal_year != fiscal:
            printed = Printed(cell.place, text, cell)
            yield outside_finding(index, printed, one, {fiscal})


def _mark_behind(text: str) -> bool:
    return "【" in text


def _told_series(index: Index) -> Iterator[Finding]:
    """`R3年度:1,256 R4年度:3,459 …` names each year once, in order."""
    for printed in index.texts:
        if ":" not in printed.text:
            continue
        run: list[int] = []
        last = -9
        for match in [*_SERIES.finditer(printed.text), None]:
            if match is not None and match.start() - last <= _NEAR:
                run.append(int(match[1]))
                last = match.end()
                continue
            if len(run) > 2 and run not in (sorted(set(run)), sorted(set(run), reverse=True)):
                found = "、".join(str(one) for one in run)
                yield f.YearOrder.at(place=index.case.at(printed.place), found=found)
            if match is not None:
                run, last = [int(match[1])], match.end()
