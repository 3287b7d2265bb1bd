"""What stands in the DataStore now: columns, dictionary, key and every row.

Rows are asked for as CSV: a JSON number would go through a float, and CSV alone tells a missing
value (nothing) from an empty text (`""`).
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish.ckan import store_values as values
from pipelines.publish.ckan.errors import NotThere
from pipelines.publish.ckan.store_model import Catalog, Row, StoreField, StoreSeen, StoreTable

PAGE = 20_000
"""Rows asked for at once: below CKAN's own limit of 32,000 and the client's size of an answer."""

_TRIES = 3  # a table that is written to meanwhile is read anew
_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\n)')


@dataclass(frozen=True, slots=True)
class StoreShape:
    """A table without its rows: columns with PostgreSQL's types, and how many rows there are."""

    columns: tuple[tuple[str, str], ...]
    rows: int


def store_shape(catalog: Catalog, resource_id: str) -> StoreShape | None:
    """The columns, types and number of rows of a table; None if there is none. One request: a
    search for no row at all, since `datastore_info` measures the whole database as well.
    """
    try:
        told = catalog.read("datastore_search", resource_id=resource_id, limit=0)
    except NotThere:
        return None
    columns = ((str(one["id"]), str(one["type"])) for one in told["fields"])
    # the server's own number of a row comes first
    return StoreShape(tuple(one for one in columns if one[0] != "_id"), _number(told["total"]))


def count_store(catalog: Catalog, resource_id: str) -> int | None:
    """How many rows the table has; None if there is no table. One request."""
    info = _info(catalog, resource_id)
    return None if info is None else _number(info["meta"]["count"])


def read_store(catalog: Catalog, resource_id: str, page: int = PAGE) -> StoreSeen | None:
    """The table of a resource; None if there is none. Rows in the order of the server's numbers.

    `page` rows at a time, fewer if the server caps them. Raises MachidataError `store-unread` when
    the answers do not fit together, and what the catalog raises.
    """
    for _ in range(_TRIES):
        info = _info(catalog, resource_id)
        if info is None:
            return None
        try:
            seen = _read(catalog, resource_id, info, page)
        except NotThere:
            continue
        if len(seen.ids) == _number(info["meta"]["count"]):
            return seen
    raise _unread(resource_id, "rows that change while they are read")


def _info(catalog: Catalog, resource_id: str) -> Any:
    try:
        return catalog.read("datastore_info", id=resource_id)
    except NotThere:
        return None


def _number(value: Any) -> int:
    return value if isinstance(value, int) else -1


def _read(catalog: Catalog, resource_id: str, info: Mapping[str, Any], page: int) -> StoreSeen:
    fields = tuple(
        StoreField(one["id"], one["type"], one.get("info") or {}) for one in info["fields"]
    )
    readers = [values.told(one.type) for one in fields]
    ids: list[int] = []
    rows: list[Row] = []
    for texts in _pages(catalog, resource_id, _number(info["meta"]["count"]), page):
        try:
            number = int(texts[0] or "")
            row = tuple(
                None if text is None else read(text)
                for read, text in zip(readers, texts[1:], strict=True)
            )
        except (ValueError, KeyError) as error:
            raise _unread(resource_id, f"{error}") from error
        if ids and number <= ids[-1]:
            raise _unread(resource_id, f"_id {number} ≤ {ids[-1]}")
        ids.append(number)
        rows.append(row)
    key = _key(resource_id, info["fields"])
    aliases = tuple(sorted(info["meta"].get("aliases") or ()))
    table = StoreTable(fields, key or (), tuple(rows))
    return StoreSeen(table, tuple(ids), key is not None, aliases)


def _pages(catalog: Catalog, resource_id: str, total: int, page: int) -> Iterator[list[str | None]]:
    """Every row's texts, the server's number first; a server may give fewer than asked for."""
    offset = 0
    while offset < total:
        answer = catalog.read(
            "datastore_search",
            resource_id=resource_id,
            records_format="csv",
            sort="_id",
            limit=page,
            offset=offset,
            include_total=False,
        )
        count = 0
        for texts in _csv(resource_id, answer["records"]):
            count += 1
            yield texts
        if not count:
            return
        offset += count


def _csv(resource_id: str, text: Any) -> Iterator[list[str | None]]:
    """The rows of PostgreSQL's CSV: nothing is a missing value, `""` an empty text."""
    if not isinstance(text, str):
        # CKAN says [] where there are no rows
        if text:
            raise _unread(resource_id, "no CSV")
        return
    if '""' not in text:
        # no empty text and no quote in a text: the fast reader is right
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            yield [cell or None for cell in row]
        return
    cells: list[str | None] = []
    place = 0
    while place < len(text):
        found = _CELL.match(text, place)
        if found is None:
            raise _unread(resource_id, f"no CSV at {place}")
        quoted, plain, end = found.groups()
        cells.append(quoted.replace('""', '"') if quoted is not None else plain or None)
        place = found.end()
        if end == "\n":
            yield cells
            cells = []


def _key(resource_id: str, fields: Sequence[Mapping[str, Any]]) -> tuple[str, ...] | None:
    """The unique columns, () if there are none, None if CKAN does not tell.

    CKAN does not say that an index is unique, but it calls an index by a hash of the resource and
    its columns, and names one index of each column.
    """
    groups: dict[str, list[str]] = {}
    for one in fields:
        index = (one.get("schema") or {}).get("index_name")
        if index:
            groups.setdefault(index, []).append(one["id"])
    for index, columns in groups.items():
        orders = permutations(columns) if len(columns) < 6 else [tuple(columns)]
        for order in orders:
            if index == index_name(resource_id, order):
                return tuple(order)
    return None if groups else ()


def index_name(resource_id: str, columns: Sequence[str]) -> str:
    """What CKAN (2.10 to 2.12) calls the index over these columns."""
    quoted = ", ".join(f'"{name}"' for name in columns)
    return hashlib.sha1(f"{resource_id}{quoted}".encode(), usedforsecurity=False).hexdigest()


def _unread(resource_id: str, found: str) -> MachidataError:
    return MachidataError(
        "store-unread",
        ja="データストアの表を読み取れませんでした。",
        en="The table in the DataStore could not be read.",
        where=resource_id,
        found=found[:200],
        fix_ja="時間を置いてもう一度実行してください。",
        fix_en="Run again later.",
        exit_code=3,
    )
