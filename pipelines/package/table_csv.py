"""Tidy tables as CSV, byte for byte the same each time.

UTF-8 with BOM, CRLF, one header line, RFC 4180 (section 2) quoting only where it is needed. A
record never takes more than one line, because the rules for machine-readable government data
(L1-14, March 2026) forbid breaks inside cells: any run of line breaks becomes one blank. A text
that a spreadsheet would run as a formula gets an apostrophe (`pipelines.neutral`), a number never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipelines.model import Row, Value
from pipelines.neutral import neutralise

BOM = b"\xef\xbb\xbf"

# what `str.splitlines` takes for a break: spreadsheets and line-based tools do so too
_BREAKS = re.compile("[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_QUOTED = re.compile('[",]')
_WIDEST = 100


def to_csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return a table as the bytes of a CSV file: the columns in the order given, rows likewise.

    A column that a row lacks is empty; keys that are no column are not written (the checking
    stage reports them). Text goes out as it is, but for line breaks and formulas.
    """
    lines = [",".join(map(_quoted, columns))]
    lines.extend(",".join(_quoted(_cell(row.get(name))) for name in columns) for row in rows)
    text = "".join(line + "\r\n" for line in lines)
    return BOM + text.encode("utf-8", errors="replace")


def _cell(value: Value) -> str:
    text = to_text(value)
    return neutralise(text) if isinstance(value, str) else text


def to_text(value: Value) -> str:
    """Return a value as a text on one line: nothing is "", a decimal has no exponent.

    Printed decimals stay (`38.0` is `38.0`); `Decimal("1.4E+4")` is `14000`.
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return _plain(value)
    return _BREAKS.sub(" ", str(value))


def _plain(value: Decimal) -> str:
    # a number that would fill the disk when written out is left in its short form; the checking
    # stage has called it an error, so it is never published
    if not value.is_finite() or abs(value.adjusted()) > _WIDEST:
        return str(value)
    text = f"{value:f}"
    return text[1:] if value.is_zero() and text.startswith("-") else text


def _quoted(cell: str) -> str:
    if _QUOTED.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell
