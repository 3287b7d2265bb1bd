"""Reading a dataset's files and tables, each once, and remembering what was there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipelines.publish.ckan.client import Ckan
from pipelines.publish.ckan.store_model import StoreSeen, StoreTable
from pipelines.publish.ckan.store_plan import plan_store
from pipelines.publish.ckan.store_reading import read_store
from pipelines.publish.ckan.store_table import store_table
from pipelines.publish.plan.model import Drift, TableDiff
from pipelines.publish.plan.read_table import published_table, read_table
from pipelines.publish.plan.tables import Column, TableText, diff_tables
from pipelines.publish.planning.fields import Policy, decide
from pipelines.publish.planning.present import bytes_of
from pipelines.publish.planning.record import FileRecord, Record
from pipelines.publish.planning.resources import FileState, StorePlan, found_hash, untouched
from pipelines.publish.planning.wanted import WantedFile


@dataclass(frozen=True, slots=True)
class Setting:
    """What all datasets of a plan share: the connection, what the catalog is called and can do."""

    ckan: Ckan
    site: str
    stores: bool
    policy: Policy = "ask"


class Reading:
    """Reads a dataset's files and tables once, and remembers what was there."""

    def __init__(
        self, setting: Setting, shown: Mapping[str, Mapping[str, Any]], record: Record | None
    ) -> None:
        self.setting = setting
        self.shown = shown
        self.record = record
        self.files: dict[str, str] = {}
        self.digests: dict[str, str] = {}
        self.stores: dict[str, StoreSeen] = {}
        self.notes: list[tuple[str, str]] = []

    def file_record(self, key: str) -> FileRecord | None:
        """The record of a resource, if there is one."""
        return self.record.files.get(key) if self.record else None

    def state(self, file: WantedFile, id_: str, policy: Policy) -> FileState:
        """What is there of a file."""
        resource = self.shown.get(id_)
        told = self.file_record(file.key)
        store = self._store(file, id_, told, policy)
        if resource is None:
            return FileState(None, "", self._diff(file, None), store)
        same = told is not None and untouched(resource, told) and told.sha256 == file.sha256
        data = None if same else bytes_of(self.setting.ckan, resource)
        found = found_hash(resource, told, data)
        self.files[id_] = found
        diff = self._diff(file, data) if found != file.sha256 else None
        return FileState(resource, found, diff, store)

    def _diff(self, file: WantedFile, data: bytes | None) -> TableDiff | None:
        """The difference of the data; None for what is no table."""
        if file.schema is None or file.data is None:
            return None
        before = None
        if data is not None:
            before, note = published_table(data, file.schema)
            if note:
                ja, en = note
                self.notes.append((f"{file.key}: {ja}", f"{file.key}: {en}"))
            if before is None:
                return None
        return diff_tables(before, read_table(file.data, file.schema))

    def _store(
        self, file: WantedFile, id_: str, told: FileRecord | None, policy: Policy
    ) -> StorePlan:
        if not self.setting.stores or file.schema is None or file.data is None:
            return StorePlan()
        seen = read_store(self.setting.ckan, id_) if id_ else None
        self._remember(id_, seen)
        wanted = store_table(file.data, file.schema)
        digest = StoreSeen(wanted, ()).ours()
        change, _ = plan_store(seen, wanted)
        found = seen.ours() if seen else ""
        # of a resource that is made anew nobody can have edited the table
        if change.how == "keep" or told is None or not id_ or told.store == found:
            return StorePlan(change, digest)
        decision = decide(digest != told.store, policy)
        what = "dictionary" if change.how == "fields" else "rows"
        recorded = None if digest != told.store else len(wanted.rows)
        drift = Drift(file.key, what, recorded, _edited(wanted, seen), len(wanted.rows), decision)
        if decision == "overwrite":
            return StorePlan(change, digest, drift)
        return StorePlan(replace(change, how="keep", written=0, deleted=0), digest, drift)

    def _remember(self, id_: str, seen: StoreSeen | None) -> None:
        if seen is not None:
            self.stores[id_] = seen
            self.digests[id_] = seen.digest()


SHOWN = 5
"""Edited rows that a plan names."""


def _edited(wanted: StoreTable, seen: StoreSeen | None) -> str | None:
    """What somebody changed in a table, in one line: the number of rows that are there, and how
    the first that differ do; None where the table is gone.
    """
    if seen is None:
        return None
    diff = diff_tables(_text(wanted), _text(seen.table), budget=SHOWN)
    parts = []
    for row in diff.rows[:SHOWN]:
        cells = ", ".join(f"{one.column}: {one.before} → {one.after}" for one in row.cells[:3])
        sign = {"added": "+ ", "removed": "- "}.get(row.kind, "")
        parts.append(f"{sign}{row.key} {cells}" if not sign else f"{sign}{row.key}")
    more = diff.added + diff.removed + diff.changed - len(parts)
    parts += [f"… {more}"] if more > 0 else []
    return f"{len(seen.ids)} ({'; '.join(parts)})" if parts else str(len(seen.ids))


def _text(table: StoreTable) -> TableText:
    """A table of the DataStore as text, to be compared and shown."""
    columns = tuple(Column(one.id, one.type) for one in table.fields)
    rows = [tuple("" if cell is None else str(cell) for cell in row) for row in table.rows]
    return TableText(columns, table.key, rows)
