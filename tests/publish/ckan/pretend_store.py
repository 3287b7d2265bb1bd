"""A DataStore in memory, by the rules measured on CKAN 2.12.0 (tests/ckan/test_store.py)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.publish.ckan.errors import NotThere, Refused, Uncertain
from pipelines.publish.ckan.store_reading import index_name


@dataclass
class Table:
    """A table: columns, unique key, rows by the server's number."""

    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    key: list[str] = field(default_factory=list)
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    searched: dict[int, str] = field(default_factory=dict)
    """The words by which searching finds a row."""
    aliases: list[str] = field(default_factory=list)
    last: int = 0

    def keyed(self) -> dict[tuple[Any, ...], int]:
        """The rows' numbers by their keys; missing values are equal to nothing."""
        found = {tuple(row.get(k) for k in self.key): at for at, row in self.rows.items()}
        return {key: at for key, at in found.items() if None not in key}


@dataclass
class PretendStore:
    """What `client.Ckan` does with the DataStore. `writes` are the requests that wrote.

    `cap` is the most rows that a page has. `fault` is asked before each write: it may return
    "before" or "after", which leaves the outcome open, with nothing or all of it done.
    """

    tables: dict[str, Table] = field(default_factory=dict)
    writes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    cap: int = 32_000
    fault: Callable[[str], str] = lambda action: ""
    hides_key: bool = False

    def read(self, action: str, /, **data: Any) -> Any:
        """The result of datastore_info or datastore_search."""
        at = data.get("id") or data["resource_id"]
        if at not in self.tables:
            raise NotThere("pretend", action, "", 404)
        return {"datastore_info": self._info, "datastore_search": self._search}[action](at, data)

    def write(self, action: str, /, **data: Any) -> Any:
        """All of it or nothing, as in a transaction."""
        assert data.pop("force") is True, "else an uploaded resource is read-only"
        assert data.pop("calculate_record_count") is False, "else CKAN keeps an old count"
        at = data.pop("resource_id")
        fault = self.fault(action)
        if fault == "before":
            raise Uncertain("pretend", action)
        self.writes.append((action, copy.deepcopy(data)))
        before = copy.deepcopy(self.tables)
        try:
            getattr(self, f"_{action}")(at, copy.deepcopy(data))
        except Refused:
            self.tables = before
            raise
        if fault == "after":
            raise Uncertain("pretend", action)

    def _info(self, at: str, data: Mapping[str, Any]) -> Any:
        table = self.tables[at]
        name = "fts" if self.hides_key else index_name(at, table.key)
        fields = [
            dict(one) | {"schema": {"index_name": name if id_ in table.key else None}}
            for id_, one in table.fields.items()
        ]
        return {"fields": fields, "meta": {"count": len(table.rows), "aliases": table.aliases}}

    def _search(self, at: str, data: Mapping[str, Any]) -> Any:
        table = self.tables[at]
        if data["limit"] == 0:
            told = [{"id": "_id", "type": "int"}, *table.fields.values()]
            return {"fields": told, "total": len(table.rows), "records": []}
        assert data["records_format"] == "csv" and data["sort"] == "_id"
        limit = min(data["limit"], self.cap)
        rows = sorted(table.rows)[data["offset"] : data["offset"] + limit]
        lines = [
            ",".join([str(n), *(quoted(table.rows[n].get(name)) for name in table.fields)]) + "\n"
            for n in rows
        ]
        return {"records": "".join(lines) if lines else [], "limit": limit}

    def _datastore_create(self, at: str, data: dict[str, Any]) -> None:
        table = self.tables.setdefault(at, Table())
        for one in data["fields"]:
            old = table.fields.setdefault(one["id"], {"id": one["id"], "type": one["type"]})
            old["info"] = one["info"]
        if "aliases" in data:
            table.aliases = sorted(data["aliases"])
        self._insert(table, data.get("records", []))
        if "primary_key" in data:
            table.key = data["primary_key"]
        self._unique(table)

    def _datastore_upsert(self, at: str, data: dict[str, Any]) -> None:
        if at not in self.tables:
            raise NotThere("pretend", "datastore_upsert", "", 404)
        table, method = self.tables[at], data["method"]
        if method == "insert":
            self._insert(table, data["records"])
            return self._unique(table)
        if not table.key:
            raise Refused("pretend", "datastore_upsert", "unique key must be passed", 409)
        for record in data["records"]:
            number = table.keyed().get(tuple(record[name] for name in table.key))
            if number is None and method == "update":
                raise Refused("pretend", "datastore_upsert", "key not found", 409)
            if number is None:
                self._insert(table, [record])
                continue
            table.rows[number].update(self._checked(table, record))
            if method == "update":  # an upsert leaves the words that searching finds
                table.searched[number] = str(list(record.values()))
        return None

    def _datastore_delete(self, at: str, data: dict[str, Any]) -> None:
        if at not in self.tables:
            raise NotThere("pretend", "datastore_delete", "", 404)
        if "filters" not in data:
            del self.tables[at]
            return
        table = self.tables[at]
        table.rows = {
            number: row
            for number, row in table.rows.items()
            if not all((row | {"_id": number}).get(k) in v for k, v in data["filters"].items())
        }

    def _insert(self, table: Table, records: list[dict[str, Any]]) -> None:
        for record in records:
            table.last += 1  # numbers are never used again
            table.rows[table.last] = self._checked(table, record)
            table.searched[table.last] = str(list(record.values()))

    def _checked(self, table: Table, record: dict[str, Any]) -> dict[str, Any]:
        if set(record) - set(table.fields):
            raise Refused("pretend", "datastore_upsert", "extra keys", 409)
        empty = {name for name, one in table.fields.items() if one["type"] != "text"}
        return {k: None if v == "" and k in empty else v for k, v in record.items()}

    def _unique(self, table: Table) -> None:
        keys = [tuple(row.get(k) for k in table.key) for row in table.rows.values()]
        whole = [key for key in keys if key and None not in key]
        if len(set(whole)) != len(whole):
            raise Refused("pretend", "datastore_create", "uniqueness constraint", 409)


def quoted(value: Any) -> str:
    """A value in PostgreSQL's CSV: nothing is missing, an empty text has quotes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "t" if value else "f"
    text = str(value)
    if text in ("", "\\.") or any(mark in text for mark in ',"\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text


def alternately(*faults: str) -> Callable[[str], str]:
    """A fault for each of the next writes, then none."""
    left: Iterator[str] = iter(faults)
    return lambda action: next(left, "")
