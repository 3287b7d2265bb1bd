"""The resources of a dataset: which is which, and what happens to each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from pipelines.publish.plan.model import (
    Action,
    Drift,
    FileChange,
    ResourceChange,
    StoreChange,
    TableDiff,
)
from pipelines.publish.planning.fields import Policy, Settled, decide, flat_resource, settle
from pipelines.publish.planning.record import FileRecord, Record
from pipelines.publish.planning.target import TargetFile
from pipelines.publish.planning.wanted import WITHDRAWN, Wanted, WantedFile

Shown = Mapping[str, Any]


def match(files: Sequence[WantedFile], shown: Sequence[Shown], record: Record | None) -> list[str]:
    """The id of the resource that each file is in the catalog, '' for a new one.

    By the id of our last apply, by IRI, by our key (`identifier`), by the name of the file; each
    resource is at most one file.
    """
    found = [""] * len(files)
    free = {str(one["id"]): one for one in shown}
    known = record.files if record else {}
    tests: tuple[Callable[[WantedFile, Shown], bool], ...] = (
        lambda file, one: file.key in known and known[file.key].id == one["id"],
        lambda file, one: one.get("uri") == file.iri,
        lambda file, one: one.get("identifier") == file.key and not one.get("uri"),
        lambda file, one: _file_name(one) == file.name and not one.get("uri"),
    )
    for test in tests:
        for number, file in enumerate(files):
            hit = "" if found[number] else next((i for i, x in free.items() if test(file, x)), "")
            if hit:
                found[number] = hit
                del free[hit]
    return found


def _file_name(resource: Shown) -> str:
    return PurePosixPath(urlsplit(str(resource.get("url") or "")).path).name


def with_withdrawn(wanted: Wanted, record: Record | None, shown: Sequence[Shown]) -> Wanted:
    """The dataset with the tables that it no longer has but the catalog still shows: they stay,
    marked as withdrawn, behind all others.
    """
    if record is None:
        return wanted
    have = {file.key for file in wanted.files}
    there = [str(one["id"]) for one in shown]
    gone = [key for key, one in record.files.items() if key not in have and one.id in there]
    return replace(wanted, files=(*wanted.files, *withdrawn_files(record, gone, there)))


def withdrawn_files(
    record: Record, keys: Iterable[str], order: Sequence[str]
) -> tuple[WantedFile, ...]:
    """Files of ours as withdrawn ones, in the order of the resources' ids: nothing is moved."""
    places = {id_: place for place, id_ in enumerate(order)}
    found = sorted(keys, key=lambda key: (places.get(record.files[key].id, len(places)), key))
    return tuple(withdrawn_file(key, record.files[key]) for key in found)


def withdrawn_file(key: str, record: FileRecord) -> WantedFile:
    """A file as we left it, marked as withdrawn; its bytes and its table stay."""
    fields = {**record.sent, "status": WITHDRAWN}
    return WantedFile(key, record.iri, record.name, record.sha256, fields, withdrawn=True)


@dataclass(frozen=True, slots=True)
class StorePlan:
    """What is planned for a table in the DataStore, and an edit of the portal in it."""

    change: StoreChange | None = None
    wanted: str = ""
    drift: Drift | None = None


@dataclass(frozen=True, slots=True)
class FileState:
    """What is there of a file: its resource (None for a new one), the hash of its bytes, the
    difference of the data, the table's plan.
    """

    resource: Shown | None
    found: str = ""
    diff: TableDiff | None = None
    store: StorePlan = StorePlan()


def found_hash(resource: Shown, record: FileRecord | None, data: bytes | None) -> str:
    """The SHA-256 of what the catalog serves: by the record where nobody touched the file since,
    else of the bytes (`data`; None where there are none).
    """
    if data is not None:
        return hashlib.sha256(data).hexdigest()
    return record.sha256 if record and untouched(resource, record) else ""


def untouched(resource: Shown, record: FileRecord) -> bool:
    """Whether a resource still is the upload that we left."""
    same = resource.get("last_modified") == record.last_modified
    return same and resource.get("url_type") == "upload" and resource.get("hash") == record.sha256


def plan_file(
    file: WantedFile, state: FileState, record: FileRecord | None, policy: Policy
) -> tuple[ResourceChange, TargetFile, list[Drift]]:
    """What happens to a resource, as a reader sees it and as apply does it."""
    if state.resource is None:
        return _new(file, state)
    told = record.told if record else None
    settled = settle(file.fields, flat_resource(state.resource), told, policy, file.key)
    drift = list(settled.drift)
    upload, file_kept = False, False
    if file.data is not None and state.found != file.sha256:
        upload = True
        if record and state.found != record.sha256:
            decision = decide(file.sha256 != record.sha256, policy)
            seen = state.found or str(state.resource.get("url") or "")
            drift.append(Drift(file.key, "file", record.sha256, seen, file.sha256, decision))
            upload, file_kept = decision == "overwrite", decision != "overwrite"
    if state.store.drift:
        drift.append(state.store.drift)
    kept = bool(state.store.drift and state.store.drift.decision != "overwrite")
    change = _change(file, state, settled, upload)
    target = TargetFile(
        key=file.key,
        id=change.id,
        iri=file.iri,
        name=file.name,
        sha256=file.sha256,
        write=settled.write,
        sent=file.fields,
        kept=settled.kept,
        upload=upload,
        file_kept=file_kept,
        store=_stored(change.store),
        store_digest=state.store.wanted,
        store_kept=kept,
        schema=file.schema,
        withdrawn=file.withdrawn,
    )
    return change, target, drift


def _stored(change: StoreChange | None) -> bool:
    return change is not None and change.how != "keep"


def _new(file: WantedFile, state: FileState) -> tuple[ResourceChange, TargetFile, list[Drift]]:
    nothing = Settled(file.fields, (), (), ())
    change = _change(file, state, nothing, True)
    target = TargetFile(
        key=file.key,
        id="",
        iri=file.iri,
        name=file.name,
        sha256=file.sha256,
        write=file.fields,
        sent=file.fields,
        upload=True,
        store=_stored(change.store),
        store_digest=state.store.wanted,
        schema=file.schema,
    )
    return change, target, []


def _change(file: WantedFile, state: FileState, settled: Settled, upload: bool) -> ResourceChange:
    resource = state.resource
    bytes_: FileChange | None = None
    if upload:
        before = int(resource.get("size") or 0) if resource else 0
        size = len(file.data or b"")
        bytes_ = FileChange(file.name, state.found, before, file.sha256, size)
    action: Action = "keep"
    if resource is None:
        action = "create"
    elif settled.write or upload or _stored(state.store.change):
        action = "withdraw" if file.withdrawn else "update"
    return ResourceChange(
        key=file.key,
        iri=file.iri,
        id=str(resource["id"]) if resource else "",
        title=str(file.fields.get("name", "")),
        action=action,
        fields=settled.changes,
        file=bytes_,
        store=state.store.change,
        diff=state.diff if upload else None,
    )
