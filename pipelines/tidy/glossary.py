"""Glossaries: index, term and explanation a row."""

from __future__ import annotations

from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.layout import Sheet
from pipelines.tidy.text import close_blanks


def read_glossary(context: Context, sheet: Sheet) -> None:
    """Adds a term a row; a row without a term goes on with the explanation above it."""
    columns = {column.role: column.index for column in sheet.columns if column.role}
    for row in sheet.rows:
        term = row[columns["term"]]
        if not term.text:
            continue
        entry = Entry("term")
        entry.put("用語", close_blanks(term.text), Origin.of(term))
        if "term-index" in columns:
            cell = row[columns["term-index"]]
            entry.put("索引", cell.text, Origin.of(cell))
        cell = row[columns["definition"]]
        entry.put("解説", context.prose(cell.text), Origin.of(cell))
        context.draft.add(entry)
