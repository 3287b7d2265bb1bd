"""What to write so that the DataStore's table becomes the wanted one, and as little as possible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from pipelines.publish.ckan.store_model import (
    Row,
    StoreField,
    StoreOperations,
    StoreSeen,
    StoreTable,
)
from pipelines.publish.plan.model import StoreChange


def plan_store(seen: StoreSeen | None, wanted: StoreTable) -> tuple[StoreChange, StoreOperations]:
    """The change for people, and its operations; nothing is written when the tables are equal.

    Rows are told apart by the key, without a key by all they say. New columns behind the old ones
    are added in place; other changes of columns, types or key make the table anew. Keys of the
    data dictionary that are not ours stay as somebody set them on the portal.
    """
    if seen is None:
        operations = _anew(wanted, drop=False)
        return _change("create", operations), operations
    kept = _with_info(seen, wanted)
    if not _in_place(seen, kept):
        operations = _anew(kept, drop=True, aliases=seen.aliases)
        return _change("replace", operations, deleted=len(seen.ids)), operations
    operations = _rows(seen, kept)
    if operations.empty:
        return StoreChange("keep"), operations
    rows = operations.added or operations.changed or operations.gone
    return _change("rows" if rows else "fields", operations), operations


def undo_store(
    before: StoreSeen | None, now: StoreSeen | None, key: Sequence[str] = ()
) -> StoreOperations:
    """What gives back exactly what was seen: rows, types, dictionary, key, aliases.

    Only the server's numbers of deleted rows and indexes other than the key's are others then. A
    table that did not exist before is dropped. `key` is taken for the key where CKAN did not tell
    it and it fits: that of our schema.
    """
    if before is None:
        return StoreOperations(drop=now is not None)
    kept = before.table.key
    if not before.key_known and _unique(before.table, key):
        kept = tuple(key)
    table = StoreTable(before.table.fields, kept, before.table.rows)
    if now is None:
        return _anew(table, drop=False, aliases=before.aliases)
    same = len(now.table.fields) == len(table.fields) and now.aliases == before.aliases
    if not (same and _in_place(now, table)):
        return _anew(table, drop=True, aliases=before.aliases)
    return _rows(now, table)


def _change(
    how: Literal["create", "replace", "rows", "fields"],
    operations: StoreOperations,
    deleted: int | None = None,
) -> StoreChange:
    return StoreChange(
        how=how,
        written=len(operations.added) + len(operations.changed),
        deleted=len(operations.gone) if deleted is None else deleted,
        dictionary=bool(operations.fields),
        digest=operations.digest(),
    )


def _anew(table: StoreTable, drop: bool, aliases: Sequence[str] = ()) -> StoreOperations:
    return StoreOperations(
        columns=table.fields,
        key=table.key,
        drop=drop,
        fields=table.fields,
        aliases=tuple(aliases),
        added=table.rows,
    )


def _with_info(seen: StoreSeen, wanted: StoreTable) -> StoreTable:
    """The wanted table, with what the portal alone says of its columns."""
    there = {one.id: one.info for one in seen.table.fields}
    fields = tuple(
        StoreField(one.id, one.type, {**there.get(one.id, {}), **one.info}) for one in wanted.fields
    )
    return StoreTable(fields, wanted.key, wanted.rows)


def _in_place(seen: StoreSeen, wanted: StoreTable) -> bool:
    """Whether the table that is there can become the wanted one without going first."""
    there = [(one.id, one.type) for one in seen.table.fields]
    if there != [(one.id, one.type) for one in wanted.fields[: len(there)]]:
        return False
    if seen.key_known and sorted(seen.table.key) != sorted(wanted.key):
        return False
    return _unique(seen.table, wanted.key) if wanted.key else seen.key_known


def _unique(table: StoreTable, key: Sequence[str]) -> bool:
    """Whether the columns are there and tell its rows apart; rows without a key are no matter."""
    if not key or not set(key) <= set(table.columns):
        return False
    found = [values for values in table.keys(key) if None not in values]
    return len(set(found)) == len(found)


def _rows(seen: StoreSeen, wanted: StoreTable) -> StoreOperations:
    """The operations on a table that stays."""
    width = len(wanted.fields) - len(seen.table.fields)
    there = [row + (None,) * width for row in seen.table.rows]
    added, changed, gone = (_by_key if wanted.key else _by_all)(seen, there, wanted)
    described = [dict(one.info) for one in seen.table.fields] == [
        dict(one.info) for one in wanted.fields
    ]
    # an unknown key is asked for again: CKAN does nothing if it is that already
    assured = seen.key_known or not (added or changed)
    return StoreOperations(
        columns=wanted.fields,
        key=wanted.key,
        fields=() if described and assured else wanted.fields,
        added=tuple(added),
        changed=tuple(changed),
        gone=tuple(gone),
    )


_Sorted = tuple[list[Row], list[Row], list[tuple[int, Row]]]


def _by_key(seen: StoreSeen, there: Sequence[Row], wanted: StoreTable) -> _Sorted:
    keys = seen.table.keys(wanted.key)
    rows = {key: row for key, row in zip(keys, there, strict=True) if None not in key}
    added, changed = [], []
    wanted_keys = wanted.keys(wanted.key)
    for key, row in zip(wanted_keys, wanted.rows, strict=True):
        if key not in rows:
            added.append(row)
        elif rows[key] != row:
            changed.append(row)
    stay = set(wanted_keys)
    gone = [
        (number, row)
        for number, key, row in zip(seen.ids, keys, seen.table.rows, strict=True)
        if None in key or key not in stay
    ]
    return added, changed, gone


def _by_all(seen: StoreSeen, there: Sequence[Row], wanted: StoreTable) -> _Sorted:
    """Without a key the rows are a heap: as many of each as are wanted."""
    heap: dict[Row, list[int]] = defaultdict(list)
    for place in reversed(range(len(there))):
        heap[there[place]].append(place)
    added = []
    for row in wanted.rows:
        if heap.get(row):
            heap[row].pop()
        else:
            added.append(row)
    left = sorted(place for places in heap.values() for place in places)
    return added, [], [(seen.ids[place], seen.table.rows[place]) for place in left]
