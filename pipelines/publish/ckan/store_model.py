"""The nouns of a resource's table in the DataStore: plain data, equal when they mean the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Value = str | int | bool | None
"""A cell: None is a missing value. Decimal numbers are text in the spelling that PostgreSQL gives
back (`97.40`, `10000000000000000000000`), since a float would lose digits."""

OURS = ("label", "notes")
"""The keys of the data dictionary that we write."""

Row = tuple[Value, ...]
"""The cells of a row in the order of the table's columns."""


class Catalog(Protocol):
    """What the DataStore needs of a connection to CKAN (`client.Ckan`)."""

    def read(self, action: str, /, **data: Any) -> Any:
        """The result of an action that changes nothing."""

    def write(self, action: str, /, **data: Any) -> Any:
        """The result of an action that changes something; Uncertain when that is open."""


@dataclass(frozen=True, slots=True)
class StoreField:
    """A column: its name, PostgreSQL's name for its type, its entry in the data dictionary.

    Types of ours are text, int8, numeric, bool, date, timestamp and time; tables of others may have
    any. `info` is a JSON object: `label` and `notes` are ours, other keys belong to the portal.
    """

    id: str
    type: str
    info: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoreTable:
    """A whole table. `key` names the columns that are unique together; () if there is no key."""

    fields: tuple[StoreField, ...]
    key: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(one.id for one in self.fields)

    def keys(self, key: Sequence[str]) -> list[Row]:
        """The values of these columns, row by row. Raises ValueError for an unknown column."""
        places = [self.columns.index(name) for name in key]
        if len(places) == 1:
            place = places[0]
            return [(row[place],) for row in self.rows]
        return [tuple(row[place] for place in places) for row in self.rows]


@dataclass(frozen=True, slots=True)
class StoreSeen:
    """A table as it stands in the catalog; `ids` are the server's numbers of its rows.

    `key_known` is False when CKAN does not tell the key (a column with two indexes, the default of
    CKAN 2.10): `table.key` is () then. `aliases` are other names of the table in SQL.
    """

    table: StoreTable
    ids: tuple[int, ...]
    key_known: bool = True
    aliases: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """As a JSON object, for a journal; `seen_from` reads it."""
        return {
            "fields": [[one.id, one.type, dict(one.info)] for one in self.table.fields],
            "key": list(self.table.key),
            "key_known": self.key_known,
            "aliases": list(self.aliases),
            "ids": list(self.ids),
            "rows": [list(row) for row in self.table.rows],
        }

    def digest(self) -> str:
        """The SHA-256 of what the table says: columns, types, dictionary, key, rows as a set.

        Neither the order of the rows nor the server's numbers matter.
        """
        return self._digest(self.data())

    def ours(self) -> str:
        """The same, without what is not ours to say: the dictionary's other keys, aliases."""
        said = self.data()
        said["fields"] = [
            [id_, type_, {key: info[key] for key in OURS if info.get(key)}]
            for id_, type_, info in said["fields"]
        ]
        del said["aliases"]
        return self._digest(said)

    @staticmethod
    def _digest(said: dict[str, Any]) -> str:
        del said["ids"]
        said["rows"] = sorted(canonical(row) for row in said["rows"])
        return digest_of([said])


def seen_from(data: Mapping[str, Any]) -> StoreSeen:
    """What `StoreSeen.data` wrote. Raises KeyError, TypeError or ValueError if it is not that."""
    fields = tuple(StoreField(id, type_, info) for id, type_, info in data["fields"])
    rows = tuple(tuple(row) for row in data["rows"])
    return StoreSeen(
        StoreTable(fields, tuple(data["key"]), rows),
        tuple(data["ids"]),
        bool(data["key_known"]),
        tuple(data["aliases"]),
    )


@dataclass(frozen=True, slots=True)
class StoreOperations:
    """What is written to a table, in this order.

    `drop`: the table goes. `fields` (with `key` and `aliases`): the table is made, or its
    dictionary and new columns written; () when neither. `added` rows are new, `changed` ones stand
    there under their key and get these values, `gone` ones are deleted: the server's number and
    the row.
    `columns` are all columns of the table afterwards, with their types.
    """

    columns: tuple[StoreField, ...] = ()
    key: tuple[str, ...] = ()
    drop: bool = False
    fields: tuple[StoreField, ...] = ()
    aliases: tuple[str, ...] = ()
    added: tuple[Row, ...] = ()
    changed: tuple[Row, ...] = ()
    gone: tuple[tuple[int, Row], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is written."""
        return not (self.drop or self.fields or self.added or self.changed or self.gone)

    def digest(self) -> str:
        """The SHA-256 of what is written; the server's numbers of rows do not matter."""
        head = {
            "columns": [[one.id, one.type] for one in self.columns],
            "key": self.key,
            "drop": self.drop,
            "fields": [[one.id, one.type, dict(one.info)] for one in self.fields],
            "aliases": self.aliases,
        }
        gone = sorted((canonical(row) for _, row in self.gone))
        return digest_of([head, self.added, self.changed, gone])


def canonical(value: Any) -> str:
    """JSON in the one spelling that digests are made of."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(parts: Iterable[Any]) -> str:
    """The SHA-256 of the parts' canonical JSON, one a line, in hexadecimal."""
    found = hashlib.sha256()
    for part in parts:
        found.update(canonical(part).encode("utf-8") + b"\n")
    return found.hexdigest()
