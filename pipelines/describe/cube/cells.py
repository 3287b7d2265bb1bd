"""Cells of tidy tables as the values of a data cube."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from hashlib import sha256

from pipelines.describe.cube.model import Datum
from pipelines.model import Row

_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
_MOMENT = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def words(row: Row, column: str) -> str:
    """A cell as text, without blanks around it; '' for nothing."""
    value = row.get(column)
    return "" if value is None else str(value).strip()


def parts(written: str) -> list[str]:
    """The entries of a cell that separates them by `;`."""
    return [part.strip() for part in written.split(";") if part.strip()]


def number(row: Row) -> Datum | None:
    """The column 値 as a plain decimal, None when it holds no number."""
    value = row.get("値")
    if isinstance(value, int) or (isinstance(value, Decimal) and value.is_finite()):
        return Datum(format(Decimal(value), "f"), "decimal")
    return None


def moment(row: Row) -> Datum | None:
    """The column 時点 (year, month or day), None when it holds none that the calendar has."""
    written = words(row, "時点")
    if not _MOMENT.fullmatch(written):
        return None
    if len(written) == 10:
        try:
            date.fromisoformat(written)
        except ValueError:
            return None
    return Datum(written, _DATATYPES[len(written)])


def digest(*told: str) -> str:
    """A short name for what has words but no number of its own."""
    return sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:10]
