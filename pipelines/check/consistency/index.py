"""What the checks look things up in: rows, their places, and all printed texts in narrow letters.

Built once for a case, because every family of checks walks the same tables and texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.check.case import Case
from pipelines.model import Cell, Place, Row

_PLACE = re.compile(r"L(\d+)(?::C(\d+))?")
_LARGEST = 10**18
_UNDECIDED = {"row-long", "row-short", "row-shifted"}
"""Findings of the reading that say: which column a cell of this row belongs to is not known."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands: the hash of its source, the place in it, and the rules applied."""

    source: str
    position: str
    rules: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed text in compatibility-normalised letters (`（令和４年）` → `(令和4年)`).

    `cell` is None for the text around the tables.
    """

    place: Place
    text: str
    cell: Cell | None = None


@dataclass(slots=True)
class Index:
    """The rows by table and ID, the origins by row and column, the texts in printed order."""

    case: Case
    rows: dict[str, list[Row]]
    by_id: dict[str, Row]
    origins: dict[tuple[str, str], Origin]
    texts: list[Printed] = field(default_factory=list)
    undecided: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, case: Case) -> Index:
        """The index of a case."""
        tables = case.tables.tables
        rows = {slug: table.rows for slug, table in tables.items()}
        by_id = {
            said(row, "ID"): row for slug in rows if slug != "provenance" for row in rows[slug]
        }
        index = cls(case, rows, by_id, _origins(rows.get("provenance", ())))
        index.texts = list(_texts(case))
        index.undecided = frozenset(_undecided(case))
        return index

    def of_table(self, slug: str) -> list[Row]:
        """The rows of a table, none where the package has no such table."""
        return self.rows.get(slug, [])

    def by(self, slug: str, column: str) -> dict[str, list[Row]]:
        """The rows of a table by the text of a column, in the order of the table."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.of_table(slug):
            found[said(row, column)].append(row)
        return found

    def where(self, row: Row, *columns: str) -> str:
        """The place of the first of the columns of a row that has one, as findings name it."""
        for column in columns:
            origin = self.origins.get((said(row, "ID"), column))
            if origin is not None:
                return self.at(origin)
        return ""

    def at(self, origin: Origin) -> str:
        """An origin's place as findings name it."""
        match = _PLACE.fullmatch(origin.position)
        if match is None:
            return origin.position
        place = Place(origin.source, int(match[1]), int(match[2] or 0))
        return self.case.at(place)

    def decided(self, place: Place) -> bool:
        """False for the cells of a row whose columns the reading could not tell apart."""
        return (place.source, place.line) not in self.undecided


def said(row: Row, column: str) -> str:
    """The value of a column as text, '' when it has none (or a number beyond all measure)."""
    value = row.get(column)
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return ""
    return "" if value is None else str(value)


def year(row: Row, column: str = "年度") -> int | None:
    """The fiscal year of a row, None when it has none."""
    value = row.get(column)
    return value if isinstance(value, int) else None


def amount(row: Row) -> Decimal | None:
    """The value of a row as a decimal, None when it has none that one can reckon with.

    Values that break the schema (infinite, of hundreds of digits) are told of by the schema.
    """
    value = row.get("値")
    if isinstance(value, int) and abs(value) < _LARGEST:
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite() and abs(value) < _LARGEST:
        return value
    return None


def narrow(text: str) -> str:
    """Full-width letters, digits and brackets become plain ones; circled numbers become digits."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _origins(rows: Iterable[Row]) -> dict[tuple[str, str], Origin]:
    found: dict[tuple[str, str], Origin] = {}
    for row in rows:
        key = (said(row, "行ID"), said(row, "列"))
        if key not in found:
            found[key] = Origin(said(row, "出典ハッシュ"), said(row, "位置"), said(row, "適用規則"))
    return found


def _texts(case: Case) -> Iterator[Printed]:
    for _, document in case.sources:
        for part in document.parts:
            for one in (
                [cell for row in part.rows for cell in row] if hasattr(part, "rows") else [part]
            ):
                if one.text:
                    yield Printed(
                        one.place, narrow(one.text), one if isinstance(one, Cell) else None
                    )


def _undecided(case: Case) -> Iterator[tuple[str, int]]:
    """The lines of rows whose columns could not be decided, by the hash of their source."""
    hashes = {key: document.sha256 for key, document in case.sources}
    for finding in case.tables.findings:
        if finding.code not in _UNDECIDED:
            continue
        key, _, place = finding.place.rpartition(" ")
        match = _PLACE.fullmatch(place)
        for name, sha256 in hashes.items():
            if match and (not key or name == key):
                yield sha256, int(match[1])
