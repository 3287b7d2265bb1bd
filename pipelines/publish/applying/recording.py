"""What an apply leaves in a catalog, as the record that the next plan compares with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pipelines.publish.planning.fields import Told, flat, flat_resource
from pipelines.publish.planning.record import FileRecord, Record
from pipelines.publish.planning.target import Target, TargetFile


def record_after(
    target: Target,
    package: Mapping[str, Any],
    previous: Record | None,
    stores: Collection[str] = (),
) -> Record:
    """The record of a dataset that was applied. `stores` are the ids of resources whose table is as
    it is wanted although nothing was written to it.

    Where an edit of the portal stays, what is remembered stays too: the edit is shown as drift
    until somebody settles it.
    """
    told = _told(target.sent, flat(package), target.kept, previous.told if previous else None)
    shown = {str(one["id"]): one for one in package.get("resources") or ()}
    ids = target.ids(str(package["id"]))
    files: dict[str, FileRecord] = {}
    known = previous.files if previous else {}
    for file in target.files:
        id_ = ids[file.key]
        if id_ in shown:
            old = known.get(file.key)
            files[file.key] = _file(file, shown[id_], file.store or id_ in stores, old)
    files |= {key: known[key] for key in target.gone if key in known and key not in files}
    order = _order(previous.order if previous and not target.reorder else (), list(shown))
    return Record(
        package=target.package,
        name=target.name,
        id=str(package["id"]),
        iri=target.iri,
        title=target.title,
        version=target.version,
        sent=told.sent,
        shown=told.shown,
        files=files,
        order=order,
        withdrawn=target.withdrawn,
    )


def _order(remembered: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """The order as it is shown; one that the portal chose is drift until it is settled, so what was
    remembered stays then, with new ones behind.
    """
    left = [id_ for id_ in remembered if id_ in shown]
    if left == [id_ for id_ in shown if id_ in left]:
        return tuple(shown)
    return (*left, *(id_ for id_ in shown if id_ not in left))


def _told(
    sent: Mapping[str, Any], shown: Mapping[str, Any], kept: Iterable[str], previous: Told | None
) -> Told:
    ours = dict(sent)
    theirs = {name: shown[name] for name in sent if name in shown}
    for name in kept if previous else ():
        for now, before in ((ours, previous.sent), (theirs, previous.shown)):  # type: ignore[union-attr]
            now.pop(name, None)
            if name in before:
                now[name] = before[name]
    return Told(ours, theirs)


def _file(
    file: TargetFile, resource: Mapping[str, Any], stored: bool, old: FileRecord | None
) -> FileRecord:
    told = _told(
        _sent(file, resource), flat_resource(resource), file.kept, old.told if old else None
    )
    same_file = old is not None and file.file_kept
    same_store = old is not None and (file.store_kept or not stored)
    return FileRecord(
        id=str(resource["id"]),
        iri=file.iri,
        name=file.name,
        sent=told.sent,
        shown=told.shown,
        sha256=old.sha256 if old and same_file else file.sha256,
        last_modified=old.last_modified
        if old and same_file
        else str(resource.get("last_modified") or ""),
        store=old.store if old and same_store else file.store_digest if stored else "",
        withdrawn=file.withdrawn,
    )


def _sent(file: TargetFile, resource: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, with the addresses that followed from the id of a new resource."""
    told = dict(file.sent)
    for name in ("access_url", "download_url"):
        if name not in told and resource.get(name):
            told[name] = resource[name]
    return told
