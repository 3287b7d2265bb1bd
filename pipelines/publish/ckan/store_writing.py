"""Writing the operations of a plan to the DataStore, in pieces that may be repeated.

Every request is one transaction of PostgreSQL. A row that is new is inserted, one that is there is
updated by its key: CKAN's `upsert` leaves the full-text index of a row that is there as it was
(seen on 2.12.0), so that searching finds the old words; it serves for repetition only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pipelines.publish.ckan import store_values as values
from pipelines.publish.ckan.errors import NotThere, Refused, Uncertain
from pipelines.publish.ckan.store_model import Catalog, Row, StoreField, StoreOperations
from pipelines.publish.ckan.store_reading import count_store

ROWS = 10_000
"""Rows in a request: 20,000 were no faster, and servers before CKAN give up after a minute."""

SIZE = 8 * 2**20
"""Bytes of rows in a request, about."""

_TRIES = 3  # of a request whose outcome is open

Record = dict[str, Any]


def write_store(
    catalog: Catalog,
    resource_id: str,
    operations: StoreOperations,
    rows: int = ROWS,
    size: int = SIZE,
) -> None:
    """Carries the operations out; done again after an interruption, the end is the same.

    The exception is a table without a key: its rows cannot be told apart, so that `Uncertain` and
    an interruption ask for a new reading and a new plan. Raises what the catalog raises. A table
    that is made anew is gone for a moment and then fills up: CKAN cannot exchange a table at once.
    """
    writer = _Writer(catalog, resource_id, operations)
    if operations.drop:
        writer.drop()
    names = len(json.dumps([one.id for one in operations.columns]))
    chunks = list(_chunks(operations.added, rows, size, names))
    changes = list(_chunks(operations.changed, rows, size, names))
    deletions = list(_slices(operations.gone, rows))
    if operations.fields:
        anew = not changes and not deletions and len(chunks) > 0
        writer.describe(chunks.pop(0) if anew else ())
    for chunk in chunks:
        writer.insert(chunk)
    for chunk in changes:
        writer.update(chunk)
    for gone in deletions:
        writer.delete(gone)


class _Writer:
    """The requests of one table."""

    def __init__(self, catalog: Catalog, resource_id: str, operations: StoreOperations) -> None:
        self.catalog, self.resource_id, self.operations = catalog, resource_id, operations
        self._given = [(one.id, values.given(one.type)) for one in operations.columns]

    def drop(self) -> None:
        """The whole table goes: the only deletion without filters."""
        try:
            self._surely(lambda: self._write("datastore_delete"))
        except NotThere:
            return  # it is gone already

    def describe(self, chunk: Sequence[Row]) -> None:
        """Makes the table with its first rows, or writes dictionary, new columns and key."""
        operations = self.operations
        told: dict[str, Any] = {"fields": [_field(one) for one in operations.fields]}
        if operations.key:
            told["primary_key"] = list(operations.key)
        if operations.aliases:
            told["aliases"] = list(operations.aliases)
        if not chunk:
            self._surely(lambda: self._write("datastore_create", **told))
            return
        records = self._records(chunk)
        for _ in range(_TRIES):
            try:
                self._write("datastore_create", **told, records=records)
            except (Refused, Uncertain) as error:
                there = count_store(self.catalog, self.resource_id) is not None
                if not operations.key or (isinstance(error, Refused) and not there):
                    raise
                if there:
                    break
            else:
                return
        # it is there, by us or by another: these two may be repeated
        self._surely(lambda: self._write("datastore_create", **told))
        self._surely(lambda: self._put(chunk, "upsert"))

    def insert(self, chunk: Sequence[Row]) -> None:
        """New rows; if some of them are there already, they get these values."""
        try:
            self._put(chunk, "insert")
        except (Refused, Uncertain):
            if not self.operations.key:
                raise
            self._surely(lambda: self._put(chunk, "upsert"))

    def update(self, chunk: Sequence[Row]) -> None:
        """Rows that are there, by their key."""
        self._surely(lambda: self._put(chunk, "update"))

    def delete(self, gone: Sequence[tuple[int, Row]]) -> None:
        """Rows by the server's number, and by the values of the key as far as they have it.

        The number alone would do; the key makes sure that nothing else goes if somebody made the
        table anew meanwhile.
        """
        filters: dict[str, Any] = {"_id": [number for number, _ in gone]}
        names = [one.id for one in self.operations.columns]
        for name in self.operations.key:
            place = names.index(name)
            found = [row[place] for _, row in gone]
            # CKAN 2.12 takes a leading $ for an operator
            if None not in found and not name.startswith("$"):
                filters[name] = sorted(set(found), key=str)
        if not filters["_id"]:
            raise ValueError("no rows to delete")  # an empty filter would delete every row
        self._surely(lambda: self._write("datastore_delete", filters=filters))

    def _put(self, chunk: Sequence[Row], method: str) -> None:
        records = self._records(chunk)
        self._write("datastore_upsert", records=records, method=method)

    def _records(self, chunk: Sequence[Row]) -> list[Record]:
        return [
            {
                name: value if give is None or value is None else give(value)
                for (name, give), value in zip(self._given, row, strict=True)
            }
            for row in chunk
        ]

    def _write(self, action: str, **data: Any) -> None:
        """A request. `force`, or CKAN keeps the table of an uploaded file from being edited.

        CKAN forgets its count of the rows and counts at the next search: with True, 2.12.0 keeps
        the old count if it has one, and says a wrong total from then on.
        """
        self.catalog.write(
            action,
            resource_id=self.resource_id,
            force=True,
            calculate_record_count=False,
            **data,
        )

    def _surely(self, act: Callable[[], None]) -> None:
        """Does what may be repeated again when its outcome is open."""
        for _ in range(_TRIES - 1):
            try:
                return act()
            except Uncertain:
                continue
        return act()


def _field(one: StoreField) -> Record:
    return {"id": one.id, "type": one.type, "info": dict(one.info)}


def _slices(items: Sequence[Any], most: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), most):
        yield items[start : start + most]


def _chunks(rows: Sequence[Row], most: int, size: int, names: int) -> Iterator[Sequence[Row]]:
    """The rows in pieces of at most so many rows and, unless it is one row, about so many bytes.

    `names` are the bytes of the columns' names, which go with each row.
    """
    chunk: list[Row] = []
    weight = 0
    for row in rows:
        heavy = len(json.dumps(row)) + names
        if chunk and (len(chunk) >= most or weight + heavy > size):
            yield chunk
            chunk, weight = [], 0
        chunk.append(row)
        weight += heavy
    if chunk:
        yield chunk
