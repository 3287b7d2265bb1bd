"""Personal data in the tables of a package, and in the tables of its documents.

A printed cell makes several rows, and stands in the provenance of each and in the document. What is
in it is told once, at its printed place and the first of its rows. The documents' own tables are
looked through as well: a catalog may show them around a value, and their extract is committed.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.check.case import Case
from pipelines.check.privacy.reporting import columns, finding, heading_of, parts
from pipelines.model import Document, Finding, Table
from pipelines.vocabulary import table_schemas

_SAME = "地方公共団体名"
_PROVENANCE = "provenance"

_Told = set[tuple[str, ...]]


def privacy(case: Case) -> Iterator[Finding]:
    """The findings: printed values with their provenance, other cells of the tables, the rest of
    the documents' tables.
    """
    rows: _Told = set()
    places: _Told = set()
    yield from _printed(case, rows, places)
    for table in case.tables:
        if table.slug != _PROVENANCE and table.slug in table_schemas():
            yield from _table(table, rows)
    for _, document in case.sources:
        yield from _document(case, document, places)


def _printed(case: Case, rows: _Told, places: _Told) -> Iterator[Finding]:
    """What stands in 原文 of the provenance, once for each printed place."""
    keys = {document.sha256: key for key, document in case.sources}
    for row in case.tables.rows(_PROVENANCE):
        text = row.get("原文")
        for part in parts(text) if isinstance(text, str) else ():
            table, row_id = str(row.get("表") or ""), str(row.get("行ID") or "")
            source, place = str(row.get("出典ハッシュ") or ""), str(row.get("位置") or "")
            if (part.key, source, place) not in places:
                shown = f"{keys.get(source, '')} {place}".strip() if len(keys) > 1 else place
                yield finding(part, table=table, row_id=row_id, place=shown)
            rows.add((part.kind, part.key, table, row_id))
            places.add((part.key, source, place))


def _table(table: Table, rows: _Told) -> Iterator[Finding]:
    """What stands in a table and was not told of that row yet."""
    names = [name for name in columns(table_schemas()[table.slug]) if name != _SAME]
    headings = [(name, heading_of(name)) for name in names]
    for line, row in enumerate(table.rows, 2):
        for name, heading in headings:
            text = row.get(name)
            for part in parts(text, heading) if isinstance(text, str) else ():
                row_id = str(row.get("ID") or "")
                if (part.kind, part.key, table.slug, row_id) not in rows:
                    place = f"行{line} {name}"
                    yield finding(part, table=table.slug, row_id=row_id, place=place)
                rows.add((part.kind, part.key, table.slug, row_id))


def _document(case: Case, document: Document, places: _Told) -> Iterator[Finding]:
    """What stands in the tables of a document and was not told by its place yet."""
    for grid in document.grids:
        first = [heading_of(cell.text) for cell in grid.rows[0]] if grid.rows else []
        headings = first + [""] * (grid.width - len(first))
        for number, row in enumerate(grid.rows):
            for cell, heading in zip(row, headings, strict=False):
                for part in parts(cell.text, heading if number else ""):
                    if (part.key, document.sha256, str(cell.place)) not in places:
                        yield finding(part, place=case.at(cell.place))
