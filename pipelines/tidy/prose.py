"""What stands around the tables: the plan's title, dates and period, figures in paragraphs."""

from __future__ import annotations

import re

from pipelines.model import Block, Cell, Document, Municipality
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Draft, Origin
from pipelines.tidy.measure import About, text_figures
from pipelines.tidy.text import close_blanks, cue, narrow
from pipelines.tidy.years import Moment, moments, period, year_of

_TITLE_LINES = 12


def title_blocks(document: Document) -> list[Block]:
    """The blocks that make up the title: the first lines that stand together, without dates."""
    found: list[Block] = []
    for block in document.blocks[:_TITLE_LINES]:
        text = close_blanks(block.text)
        if found and block.place.line != found[-1].place.line + 1:
            break
        if year_of(text) is not None and not cue("plan", "report").search(text):
            break
        found.append(block)
    return found


def title_of(document: Document) -> str:
    """The title as one line: printed lines are joined, blanks inside a line stay."""
    return "".join(block.text for block in title_blocks(document))


def report_year(document: Document) -> int | None:
    """The fiscal year that a yearly report is about (`令和5年度実績報告`), None for a plan."""
    for block in document.blocks[:_TITLE_LINES]:
        found = year_of(block.text)
        if found is not None and cue("report").search(block.text):
            return found.fiscal_year
    return None


def read_plan_facts(draft: Draft, document: Document, municipality: Municipality) -> None:
    """Fills the row of the plan: name, dates of making and revision, period, source."""
    blocks = title_blocks(document)
    if blocks:
        printed = " ".join(block.as_printed for block in blocks)
        mended = ("corrected",) if any(block.printed for block in blocks) else ()
        origin = Origin(blocks[0].place, printed, mended)
        draft.plan.put("名称", title_of(document), origin)
        draft.plan.met.append(Origin(blocks[0].place, blocks[0].text))
        edition = re.search(r"第\d+次|第\d+版|改訂版", narrow(title_of(document)))
        draft.plan.put("版", edition.group() if edition else "", origin)
    for block in document.blocks[:_TITLE_LINES]:
        _dates(draft, block)
    _period(draft, document)


def _dates(draft: Draft, block: Block) -> None:
    found = year_of(block.text)
    if found is None or not found.month:
        return
    rest = block.text[found.span[1] :].strip()
    origin = Origin.of(block, "era")
    if cue("revised").match(rest):
        draft.plan.put("改訂年月", found.date[:7], origin)
    elif not rest or cue("made").match(rest):
        draft.plan.put("策定年月", found.date[:7], origin)


def _period(draft: Draft, document: Document) -> None:
    """The plan's period: printed with 計画期間, or below a heading that names it."""
    near = 0
    for block in document.blocks:
        text = block.text
        if cue("period").search(text):
            near = 3
        if near <= 0:
            continue
        near -= 1
        found = period(text)
        if found is not None:
            _put_period(draft, block, *found)
            return
        until = [m for m in moments(text) if re.match(r"\s*まで", text[m.span[1] :])]
        if until:
            _put_period(draft, block, None, until[0])
            return


def _put_period(draft: Draft, block: Block, start: Moment | None, end: Moment) -> None:
    if draft.plan.values.get("終了年度") is not None:
        return
    origin = Origin.of(block, "era", "period")
    draft.plan.put("開始年度", start.fiscal_year if start else None, origin)
    draft.plan.put("終了年度", end.fiscal_year, origin)


def read_paragraph(context: Context, block: Block) -> None:
    """Adds the labelled figures of a paragraph or footnote; a heading's own number is none."""
    text = block.text
    if block.kind == "heading":
        text = re.sub(r"^\s*\d{1,3}\s+(?=\D)", "", text)
    cell = Cell(block.text, block.place, block.text, (text,), block.printed)
    text_figures(context, cell, About(policy=context.above(2), fallback=context.heading))
