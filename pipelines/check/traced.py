"""Completeness of the provenance: every value of every tidy table has a row that says whence.

Table Schema cannot state this; it is the promise on which `machidata explain` and the links of the
catalog rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.check.case import Case
from pipelines.check.fault import shown
from pipelines.findings.trace import ValueUntraced
from pipelines.model import Finding

UNTRACED = frozenset({"provenance", "finding"})
"""The tables that tell of others and are themselves not traced."""
_SHOWN = 60


def untraced(case: Case) -> Iterator[Finding]:
    """Values without a provenance row, table by table and row by row.

    Nothing is demanded of tables that come without the documents that they were read from.
    """
    if not case.sources:
        return
    rows = case.tables.rows("provenance")
    traced = {(row.get("表"), row.get("行ID"), row.get("列")) for row in rows}
    for table in case.tables:
        if table.slug in UNTRACED:
            continue
        for line, row in enumerate(table.rows, 2):
            row_id = row.get("ID")
            for column, value in row.items():
                if value is None or value == "" or (table.slug, row_id, column) in traced:
                    continue
                yield ValueUntraced.at(
                    table=table.slug,
                    row_id=shown(row_id),
                    place=f"行{line} {column}",
                    found=shown(value)[:_SHOWN],
                    column=column,
                )
