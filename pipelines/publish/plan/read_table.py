"""The bytes of a CSV file → a table as text, ours or what somebody put on the portal."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish.plan.tables import Column, TableText
from pipelines.publish.plan.text import clean, cut

MOST_COLUMNS = 1_600
"""PostgreSQL takes no table with more; a DataStore's table cannot be one then."""

LARGEST_CELL = 131_072
"""Characters: the usual limit of the csv module, which any library in the process may raise."""

Note = tuple[str, str]
"""A remark for the reader, Japanese and English."""


def read_table(data: bytes, schema: Mapping[str, Any] | None) -> TableText:
    """The table of a CSV file in UTF-8, with or without a byte order mark.

    Types, the primary key and the marks of missing values (they become '') are the Table Schema's.
    What a schema says of columns that the file has not is ignored. Empty lines are no rows.
    Raises MachidataError `table-unreadable` (exit code 2) when the file is no such table: other
    encoding, broken quotes, no header, a header twice, rows with more or fewer cells than columns.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(
            f"byte {error.start}", data[error.start : error.start + 8].hex()
        ) from None
    if "\0" in text:
        raise _unreadable("", "NUL")
    return _table(text, schema if isinstance(schema, Mapping) else {})


def published_table(
    data: bytes, schema: Mapping[str, Any] | None
) -> tuple[TableText | None, Note | None]:
    """As `read_table`, for a file of the portal: whatever was uploaded there must not stop a plan.

    One that is no table is None, with a note that says why; it is compared by its bytes alone.
    """
    try:
        return read_table(data, schema), None
    except MachidataError as error:
        where = "、".join(part for part in (error.where, error.found) if part)
        return None, (
            f"カタログにあるファイルは表として読めないため、行ごとの比較はできません（{where}）。",
            f"The file in the catalog cannot be read as a table; rows are not compared ({where}).",
        )


def _table(text: str, schema: Mapping[str, Any]) -> TableText:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    long = len(text) > LARGEST_CELL
    try:
        header = next(reader, [])
        _check(header)
        rows = []
        for line in reader:
            if long and max(map(len, line), default=0) > LARGEST_CELL:
                raise _unreadable(f"line {reader.line_num}", f"cell over the limit {LARGEST_CELL}")
            if len(line) == len(header):
                rows.append(tuple(line))
            elif line:
                raise _unreadable(f"line {reader.line_num}", f"{len(line)} cells", len(header))
    except csv.Error as error:
        raise _unreadable(f"line {reader.line_num}", str(error)) from None
    missing = _missing(schema)
    if missing:
        rows = [tuple("" if cell in missing else cell for cell in row) for row in rows]
    kinds = _kinds(schema)
    columns = tuple(Column(name, kinds.get(name, "")) for name in header)
    return TableText(columns, _key(schema), rows)


def _check(header: list[str]) -> None:
    if not any(header):
        raise _unreadable("line 1", "no header")
    if len(header) > MOST_COLUMNS:
        raise _unreadable("line 1", f"{len(header)} columns", MOST_COLUMNS)
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise _unreadable("line 1", f"2 × {cut(clean(twice), 40)!r}")


def _kinds(schema: Mapping[str, Any]) -> dict[str, str]:
    fields = schema.get("fields")
    kinds = {}
    for field in fields if isinstance(fields, (list, tuple)) else ():
        if isinstance(field, Mapping) and isinstance(field.get("type"), str):
            kinds[str(field.get("name"))] = str(field["type"])
    return kinds


def _key(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The primary key: a name or a list of names (Table Schema allows both)."""
    written = schema.get("primaryKey")
    names = [written] if isinstance(written, str) else written
    if not isinstance(names, (list, tuple)):
        return ()
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))


def _missing(schema: Mapping[str, Any]) -> frozenset[str]:
    """The marks of missing values other than '': strings, or objects with a `value`."""
    written = schema.get("missingValues")
    marks = set()
    for one in written if isinstance(written, (list, tuple)) else ():
        mark = one.get("value") if isinstance(one, Mapping) else one
        if isinstance(mark, str):
            marks.add(mark)
    return frozenset(marks - {""})


def _unreadable(where: str, found: str, columns: int = 0) -> MachidataError:
    cells = f", {columns} cells" if columns else ""
    return MachidataError(
        "table-unreadable",
        ja="CSV を表として読めません。",
        en="The CSV file cannot be read as a table.",
        where=where,
        found=found,
        expected=f"UTF-8, RFC 4180{cells}",
        fix_ja="UTF-8 の CSV として書き出し直してください。",
        fix_en="Export it again as CSV in UTF-8.",
    )
