"""Targets and the state before them, as JSON in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pipelines.publish.applying.journal import Journal, damaged
from pipelines.publish.ckan.store_model import StoreSeen, seen_from
from pipelines.publish.planning.dataset import Planned
from pipelines.publish.planning.record import Record, read_record, record_bytes
from pipelines.publish.planning.target import Target, TargetFile


@dataclass(frozen=True, slots=True)
class Before:
    """A dataset as it was: its dict ({} where there was none), its tables by resource, the hashes
    of the files that are replaced (their bytes are in the journal), and the record.
    """

    package: Mapping[str, Any]
    stores: Mapping[str, StoreSeen] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    record: Record | None = None


def save_target(journal: Journal, target: Target) -> None:
    """Writes `target/{package}.json`."""
    journal.put_json(f"target/{target.package}.json", asdict(target))


def load_target(journal: Journal, package: str) -> Target:
    """Reads it back. Raises MachidataError `journal-damaged`."""
    path = f"target/{package}.json"
    told = journal.get_json(path)
    try:
        files = tuple(TargetFile(**_tuples(one)) for one in told.pop("files"))
        return Target(files=files, **_tuples(told))
    except (KeyError, TypeError, AttributeError) as error:
        raise damaged(journal.folder.name, path) from error


def _tuples(told: Mapping[str, Any]) -> dict[str, Any]:
    """JSON knows no tuples; the fields that are some."""
    return {k: tuple(v) if k in ("kept", "order", "gone") else v for k, v in told.items()}


def save_before(journal: Journal, before: Before, package: str) -> None:
    """Writes `before/{package}.json`."""
    told = {
        "package": dict(before.package),
        "stores": {id_: seen.data() for id_, seen in before.stores.items()},
        "files": dict(before.files),
        "record": record_bytes(before.record).decode("utf-8") if before.record else None,
    }
    journal.put_json(f"before/{package}.json", told)


def load_before(journal: Journal, package: str) -> Before:
    """Reads it back. Raises MachidataError `journal-damaged`."""
    path = f"before/{package}.json"
    told = journal.get_json(path)
    try:
        record = told["record"]
        return Before(
            package=told["package"],
            stores={id_: seen_from(one) for id_, one in told["stores"].items()},
            files=told["files"],
            record=read_record(record.encode("utf-8"), package) if record else None,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise damaged(journal.folder.name, path) from error


def before_of(planned: Planned, record: Record | None) -> Before:
    """What undoing a planned dataset would give back."""
    replaced = {one.id for one in planned.target.files if one.upload and one.id}
    files = {id_: sha for id_, sha in planned.before.files.items() if id_ in replaced and sha}
    touched = {one.id for one in planned.target.files if one.store and one.id}
    stores = {id_: seen for id_, seen in planned.stores.items() if id_ in touched}
    return Before(planned.before.package, stores, files, record)
