"""`check_file`: one table file on disk, its schema and its privacy.

The file may come from anywhere, so everything about it is doubted: its encoding, its header, the
number of cells in a row and the way in which numbers are written. Texts are taken without the
apostrophe that defuses a formula, so that a file of our own is checked by its true values.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.check.columns import Columns
from pipelines.check.fault import Fault, merge
from pipelines.check.judge import judged
from pipelines.check.privacy import file_privacy
from pipelines.check.strict import strict_faults
from pipelines.model import Finding, MachidataError, Row, Value
from pipelines.neutral import restore
from pipelines.private import masked_finding
from pipelines.vocabulary import table_schemas

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?")
_NAME = re.compile(r"(?:^|[_-])([a-z]+)\.csv$")


def check_file(path: Path, slug: str = "") -> list[Finding]:
    """Return the findings of a CSV file: where it breaks the schema of the table `slug`, then
    personal data in any of its columns.

    Without `slug` the file's name tells the table (`022055_observation.csv`). References to other
    tables are not checked, because those are not at hand. UTF-8 (with or without BOM), UTF-16
    with BOM and CP932 are read.
    Raises MachidataError: `schema-unknown`, `file-unreachable` (exit code 3), `file-empty`,
    `file-encoding`, `file-not-csv`.
    """
    schema = _schema(path, slug)
    lines = _rows(path, _decode(path, _bytes(path)))
    header, body = lines[0], lines[1:]
    faults = _header_faults(header, schema)
    table = schema["name"]
    rows = []
    for number, cells in enumerate(body, 2):
        if len(cells) != len(header):
            found, wanted = f"{len(cells)}列", f"{len(header)}列"
            faults.append(Fault(table, number, "", "", "column", found, wanted))
        rows.append(_row(header, cells, schema))
    # a column that is absent was told once, for the header; its cells need not be told again
    missing = {field["name"] for field in schema["fields"]} - set(header)
    cell_faults = _cell_faults(table, rows, schema) if not _hopeless(header, schema) else []
    told = merge(faults, [f for f in cell_faults if f.column not in missing])
    schema_findings = [masked_finding(fault.finding()) for fault in told]
    return [*schema_findings, *file_privacy(header, body, schema)]


def _schema(path: Path, slug: str) -> Mapping[str, Any]:
    schemas = table_schemas()
    match = _NAME.search(path.name)
    wanted = slug or (match[1] if match else "")
    if wanted in schemas:
        return schemas[wanted]
    raise MachidataError(
        "schema-unknown",
        ja="どの表として検査するか分かりません。",
        en="It is not clear which table this is.",
        where=path.name,
        found=wanted,
        expected=" / ".join(schemas),
        fix_ja="--schema に表の名前を書いてください（例: --schema observation）。",
        fix_en="Name the table with --schema (for example --schema observation).",
    )


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MachidataError(
            "file-unreachable",
            ja="ファイルを開けません。",
            en="The file cannot be opened.",
            where=path.name,
            found=error.strerror or type(error).__name__,
            fix_ja="ファイルの場所と、読む権限を確かめてください。",
            fix_en="Check where the file is and whether you may read it.",
            exit_code=3,
        ) from error
    if not data.strip():
        raise MachidataError(
            "file-empty",
            ja="ファイルが空です。",
            en="The file is empty.",
            where=path.name,
            expected="CSV",
            fix_ja="見出しの行を含むCSVを渡してください。",
            fix_en="Give a CSV file that has a header line.",
        )
    return data


def _decode(path: Path, data: bytes) -> str:
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise MachidataError(
        "file-encoding",
        ja="文字コードが分かりません。CSVではないファイルかもしれません。",
        en="The character encoding is not known; perhaps this is no CSV file.",
        where=path.name,
        expected="UTF-8 / UTF-16 (BOM) / CP932",
        fix_ja="UTF-8（BOM付き）のCSVとして保存し直してください。",
        fix_en="Save it again as CSV in UTF-8 with BOM.",
    )


def _rows(path: Path, text: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise MachidataError(
            "file-not-csv",
            ja="CSVとして読めません。引用符の閉じ忘れがないか確かめてください。",
            en="This cannot be read as CSV; perhaps a quotation mark is not closed.",
            where=path.name,
            found=str(error),
            expected="RFC 4180",
            fix_ja="表計算ソフトなどでCSV（UTF-8）として保存し直してください。",
            fix_en="Save it again as CSV (UTF-8) from a spreadsheet program.",
        ) from error
    while rows and not rows[-1]:  # blank lines at the end are harmless; others are not
        rows.pop()
    return rows or [[]]


def _header_faults(header: Sequence[str], schema: Mapping[str, Any]) -> list[Fault]:
    names = [field["name"] for field in schema["fields"]]
    table = schema["name"]
    missing = [name for name in names if name not in header]
    faults = [Fault(table, 1, "", name, "column", "", name) for name in missing]
    for name in dict.fromkeys(header):
        if name not in names:
            faults.append(Fault(table, 1, "", name, "column", name, ""))
        elif header.count(name) > 1:
            faults.append(
                Fault(table, 1, "", name, "column", f"{name} ×{header.count(name)}", name)
            )
    if not faults and list(header) != names:
        faults.append(Fault(table, 1, "", "", "column", "、".join(header), "、".join(names)))
    return faults


def _hopeless(header: Sequence[str], schema: Mapping[str, Any]) -> bool:
    """Whether not one column is known: then every cell would be a fault, which helps nobody."""
    return not {field["name"] for field in schema["fields"]} & set(header)


def _cell_faults(table: str, rows: Sequence[Row], schema: Mapping[str, Any]) -> list[Fault]:
    """Our strict rules, and frictionless itself: a file from anywhere is no everyday case."""
    return merge(
        strict_faults(table, Columns(rows), schema), judged({table: rows}, {table: schema})
    )


def _row(header: Sequence[str], cells: Sequence[str], schema: Mapping[str, Any]) -> Row:
    """The known columns of a row, typed; a cell that does not have its type stays text."""
    texts = dict(zip(header, cells, strict=False))
    return {
        field["name"]: _typed(texts.get(field["name"], ""), field["type"])
        for field in schema["fields"]
    }


def _typed(text: str, kind: str) -> Value:
    if text == "":
        return None
    if kind == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "number" and _NUMBER.fullmatch(text):
        return Decimal(text)
    return restore(text) if kind == "string" else text
