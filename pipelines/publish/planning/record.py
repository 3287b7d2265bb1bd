"""What our last apply left in a catalog, so that edits made there since can be told from ours.

One JSON file for each dataset, below the folder of the catalog's state. No token, no data: field
values, hashes, ids.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish.paths import check_package_name
from pipelines.publish.planning.fields import Told

FORMAT = "machidata-record/1"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A resource as we left it. `last_modified` is the catalog's; `store` the digest of the
    table that we left in the DataStore ('' for none).
    """

    id: str
    iri: str
    name: str
    sent: Mapping[str, Any]
    shown: Mapping[str, Any]
    sha256: str
    last_modified: str = ""
    store: str = ""
    withdrawn: bool = False

    @property
    def told(self) -> Told:
        """Its fields, sent and shown."""
        return Told(self.sent, self.shown)


@dataclass(frozen=True, slots=True)
class Record:
    """A dataset as we left it; `files` by their keys, `order` the ids of all its resources."""

    package: str
    name: str
    id: str
    iri: str
    title: str
    version: str
    sent: Mapping[str, Any]
    shown: Mapping[str, Any]
    files: Mapping[str, FileRecord] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    withdrawn: bool = False

    @property
    def told(self) -> Told:
        """Its fields, sent and shown."""
        return Told(self.sent, self.shown)


def record_bytes(record: Record) -> bytes:
    """The record as JSON."""
    told = {"format": FORMAT, **asdict(record)}
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def read_record(data: bytes, where: str) -> Record:
    """The record out of its JSON. Raises MachidataError `record-invalid`."""
    try:
        told = json.loads(data)
        if told.pop("format") != FORMAT:
            raise ValueError(FORMAT)
        files = {key: FileRecord(**one) for key, one in told.pop("files").items()}
        order = tuple(told.pop("order"))
        return Record(files=files, order=order, **told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MachidataError(
            "record-invalid",
            ja="前回の公開の記録を読めません。",
            en="The record of the last apply cannot be read.",
            where=where,
            found=f"{type(error).__name__}: {error}"[:200],
            expected=FORMAT,
            fix_ja="そのファイルを別の場所に移すと、記録なしで計画します"
            "（公開先での編集は区別できなくなります）。",
            fix_en="Move the file away to plan without it; edits made in the catalog cannot be "
            "told from ours then.",
        ) from error


def load_records(folder: Path) -> dict[str, Record]:
    """All records of a catalog by package, in the order of their names; {} without any."""
    found = {}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        record = read_record(path.read_bytes(), path.name)
        found[check_package_name(record.package)] = record
    return found
