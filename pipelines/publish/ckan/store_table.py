"""The table that a resource shall have in the DataStore, from our CSV and its Table Schema.

Types by the schema, so that they stay when the data change: integer and year → int8, number →
numeric, boolean → bool, date → date, datetime → timestamp, time → time, all else → text. Three
exceptions, each so that nothing is lost: an integer column with a value beyond 64 bits is numeric;
dates, datetimes and times in a spelling of their own (`format`), and datetimes and times with an
offset or parts of a second, are text as printed. A cell that the CSV holds with an apostrophe, so
that no spreadsheet runs it, goes to the DataStore without.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pipelines.model import MachidataError
from pipelines.neutral import restore
from pipelines.publish.ckan import store_values as values
from pipelines.publish.ckan.store_model import Row, StoreField, StoreTable, Value
from pipelines.publish.ckan.store_names import store_names

_READERS: dict[str, tuple[str, values.Reader]] = {
    "integer": ("int8", values.integer),
    "year": ("int8", values.integer),
    "number": ("numeric", values.number),
    "date": ("date", values.date),
    "datetime": ("timestamp", values.stamp),
    "time": ("time", values.time),
}
_SPELT = ("date", "datetime", "time")
_WIDENED = {"datetime": "text", "time": "text"}


def store_table(data: bytes, schema: Mapping[str, Any]) -> StoreTable:
    """The table of a CSV file (UTF-8, with or without BOM, a header) and its Table Schema.

    The data dictionary has the Japanese name as `label` and the English title as `notes`. Raises
    MachidataError, naming table, column and row (1 is the first below the header), for what the
    DataStore cannot hold: `store-csv`, `store-header`, `store-columns`, `store-column-name`,
    `store-cell`, `store-key`.
    """
    table = str(schema.get("name", ""))
    fields: Sequence[Mapping[str, Any]] = schema["fields"]
    header, lines = _lines(table, data)
    columns = [str(field["name"]) for field in fields]
    if header != columns:
        raise _header(table, header, columns)
    names = store_names(table, columns)
    cells = list(zip(*lines, strict=True)) if lines else [()] * len(fields)
    typed = [_column(table, schema, field, cells[n]) for n, field in enumerate(fields)]
    made = tuple(
        StoreField(name, kind, _info(field))
        for name, field, (kind, _) in zip(names, fields, typed, strict=True)
    )
    rows: tuple[Row, ...] = tuple(zip(*(column for _, column in typed), strict=True))
    found = StoreTable(made, _key(table, schema, columns, names), rows)
    _check_key(table, found)
    return found


def _lines(table: str, data: bytes) -> tuple[list[str], list[list[str]]]:
    try:
        text = data.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise MachidataError(
            "store-csv",
            ja="CSV として読めないため、データストアに置けません。",
            en="It cannot be read as CSV, so it cannot go to the DataStore.",
            where=table,
            found=str(error),
            expected="UTF-8, RFC 4180",
        ) from error
    header, rows = (lines[0] if lines else []), lines[1:]
    rows = [row for row in rows if row] if len(header) > 1 else [row or [""] for row in rows]
    for place, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise MachidataError(
                "store-csv",
                ja="セルの数が列の数と違う行があります。",
                en="A row has another number of cells than there are columns.",
                where=f"{table} row {place}",
                found=str(len(row)),
                expected=str(len(header)),
            )
    return header, [[restore(cell) for cell in row] for row in rows]


def _header(table: str, found: Sequence[str], wanted: Sequence[str]) -> MachidataError:
    return MachidataError(
        "store-header",
        ja="CSV の見出しが Table Schema の列と違います。",
        en="The header of the CSV is not that of the Table Schema.",
        where=table,
        found=", ".join(found),
        expected=", ".join(wanted),
        fix_ja="パッケージを作り直してください。",
        fix_en="Build the package again.",
    )


def _info(field: Mapping[str, Any]) -> dict[str, str]:
    info = {"label": str(field["name"])}
    if field.get("title"):
        info["notes"] = str(field["title"])
    return info


def _column(
    table: str, schema: Mapping[str, Any], field: Mapping[str, Any], cells: Sequence[str]
) -> tuple[str, Sequence[Value]]:
    """The type of a column in the DataStore, and its values."""
    missing = _missing(schema, field)
    declared = str(field.get("type", "string"))
    kind, read = _reader(declared, field)
    if read is None:
        return "text", _texts(table, field, cells, missing)
    found: list[Value] = []
    for place, text in enumerate(cells, 1):
        try:
            found.append(None if text in missing else read(text))
        except ValueError:
            if declared in _WIDENED:
                return _WIDENED[declared], _texts(table, field, cells, missing)
            raise _cell(table, field, place, text, declared) from None
    if kind == "int8" and any(value is not None and value not in values.INT8 for value in found):
        return "numeric", [None if value is None else str(value) for value in found]
    return kind, found


def _reader(declared: str, field: Mapping[str, Any]) -> tuple[str, values.Reader | None]:
    if declared == "boolean":
        return "bool", values.boolean(field)
    spelt = declared in _SPELT and field.get("format", "default") != "default"
    if declared not in _READERS or spelt:
        return "text", None
    kind, read = _READERS[declared]
    return kind, values.marked(field, read) if declared in ("integer", "number") else read


def _texts(
    table: str, field: Mapping[str, Any], cells: Sequence[str], missing: Collection[str]
) -> Sequence[Value]:
    for place, text in enumerate(cells, 1):
        if "\0" in text:
            raise _cell(table, field, place, text.replace("\0", "\\u0000"), "no NUL")
    return [None if text in missing else text for text in cells]


def _missing(schema: Mapping[str, Any], field: Mapping[str, Any]) -> frozenset[str]:
    """The words for a missing value; Table Schema 2 allows objects with a label, too."""
    words = field.get("missingValues", schema.get("missingValues", [""]))
    return frozenset(str(one["value"] if isinstance(one, Mapping) else one) for one in words)


def _cell(
    table: str, field: Mapping[str, Any], place: int, text: str, wanted: str
) -> MachidataError:
    return MachidataError(
        "store-cell",
        ja="この値はデータストアの列の型に入りません。",
        en="The DataStore's column cannot hold this value.",
        where=f"{table} row {place} {field['name']}",
        found=text[:100],
        expected=wanted,
        fix_ja="値か、Table Schema の型を直してください。",
        fix_en="Correct the value, or the type in the Table Schema.",
    )


def _key(
    table: str, schema: Mapping[str, Any], columns: Sequence[str], names: Sequence[str]
) -> tuple[str, ...]:
    """The primary key under the names of the DataStore."""
    given = schema.get("primaryKey", ())
    wanted = [given] if isinstance(given, str) else list(given)
    if len(set(wanted)) != len(wanted) or not set(wanted) <= set(columns):
        raise _no_key(table, "primaryKey", ", ".join(map(str, wanted)), ", ".join(columns))
    return tuple(names[columns.index(name)] for name in wanted)


def _check_key(table: str, found: StoreTable) -> None:
    """A key must be there and once only, else the DataStore cannot tell the rows apart."""
    if not found.key:
        return
    seen: dict[Row, int] = {}
    for place, key in enumerate(found.keys(found.key), 1):
        if None in key:
            raise _no_key(table, f"row {place} {', '.join(found.key)}", "", "a value")
        if key in seen:
            raise _no_key(
                table,
                f"row {place} {', '.join(found.key)}",
                "/".join(map(str, key)),
                f"once only (also row {seen[key]})",
            )
        seen[key] = place


def _no_key(table: str, where: str, found: str, expected: str) -> MachidataError:
    return MachidataError(
        "store-key",
        ja="主キーが空か重なっているため、データストアで行を区別できません。",
        en="The primary key is missing or not unique: the DataStore cannot tell the rows apart.",
        where=f"{table} {where}",
        found=found[:100],
        expected=expected,
        fix_ja="主キーの値を直してください。",
        fix_en="Correct the values of the primary key.",
    )
