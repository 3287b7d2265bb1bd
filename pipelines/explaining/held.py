"""The tables that a package's folder holds, as text; read anew where none were committed yet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.line import check_tables, pack, tidy_sources
from pipelines.model import Declaration, Document
from pipelines.vocabulary import table_schemas

TextRow = dict[str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """Slug → rows as text, and whether they are those of the folder."""

    tables: dict[str, list[TextRow]]
    built: bool


def held(declaration: Declaration, documents: Sequence[tuple[str, Document]]) -> Held:
    """The tables of `data/*.csv`, else those that the documents give."""
    found: dict[str, list[TextRow]] = {}
    for slug in table_schemas():
        path = declaration.folder / "data" / f"{declaration.municipality}_{slug}.csv"
        if path.is_file():
            found[slug] = _rows(path)
    if found:
        return Held(found, True)
    tables = tidy_sources(declaration, documents)
    package = pack(declaration, documents, tables, check_tables(tables, documents))
    return Held({one.slug: _parsed(one.data) for one in package.resources}, False)


def _rows(path: Path) -> list[TextRow]:
    return _parsed(path.read_bytes())


def _parsed(data: bytes) -> list[TextRow]:
    text = data.decode("utf-8-sig", "replace")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{name: cell or "" for name, cell in row.items() if name} for row in rows]
