"""What SHIRASAGI's metadata importer does with a list: its rules as a pure function.

Read in shirasagi/shirasagi, app/models/concerns/opendata/metadata/csv_importer.rb and
app/models/concerns/opendata/addon/metadata/importer.rb, and told again in our words. The editions
differ where people lose data, so both that were read are here (`EARLIER`: commit fd65a646;
`CURRENT`: the newest text that could be had). A still older one (0bfe5dff) deletes, after each row,
the dataset's files that are not in this row: it cannot import a dataset of several files.

- Keys: データセット_ID less white space; within a dataset, ファイル_ダウンロードURL.
- A dataset counts as changed by its データセット_最終更新日, a file by its own date. With an equal
  date `CURRENT` stores the other cells all the same, `EARLIER` leaves things as they were.
- Without a date of its own a row takes データセット_公開日, then the time of the import.
- The licence is one whose "metadata licence id" *contains* the cell (so an empty cell gets the
  first licence of the catalog). Without one the file is invalid (`validates :license_id`) and the
  row fails.
- When no row failed, datasets and files that are not in the list are deleted: with `CURRENT` only
  if there was a row at all; with `EARLIER` also when the list could not be fetched.
- ファイル_ステータス is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from pipelines.opendata_rows import (
    ADDRESS,
    DATASET,
    FILE_MODIFIED,
    FILE_TITLE,
    HEAD,
    LICENCE,
    MODIFIED,
    TITLE,
    ListRow,
    bare,
)

Action: TypeAlias = Literal["created", "saved", "untouched", "deleted"]
ISSUED = "データセット_公開日"
NOW = "(now)"
"""The time of an import, for which no test and no plan has a clock; it is never equal to a date."""


@dataclass(frozen=True, slots=True)
class Importer:
    """An edition of the importer; `licences` are the catalog's "metadata licence ids"."""

    licences: tuple[str, ...] = ("CC BY 4.0",)
    stores_untouched: bool = True
    deletes_on_nothing: bool = False


CURRENT = Importer()
EARLIER = Importer(stores_untouched=False, deletes_on_nothing=True)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the catalog; `number` is its id there, which its counters hang on."""

    number: int
    address: str
    title: str
    updated: str
    licence: str
    cells: ListRow = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredDataset:
    """A dataset in the catalog; `files` by address, in the order in which they came."""

    number: int
    key: str
    title: str
    updated: str
    cells: ListRow = field(default_factory=dict)
    files: Mapping[str, StoredFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """What the importer has made so far: データセット_ID → dataset; `last` number given."""

    datasets: Mapping[str, StoredDataset] = field(default_factory=dict)
    last: int = 0


@dataclass(frozen=True, slots=True)
class FileChange:
    """What became of a file."""

    address: str
    title: str
    action: Action


@dataclass(frozen=True, slots=True)
class DatasetChange:
    """What became of a dataset and of its files."""

    key: str
    title: str
    action: Action
    files: tuple[FileChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """An import: the state after it, what was done, and (row of the list, why) that failed."""

    state: State
    changes: tuple[DatasetChange, ...] = ()
    failed: tuple[tuple[int, str], ...] = ()


class _Run:
    """One import under way."""

    def __init__(self, state: State, importer: Importer) -> None:
        self.importer = importer
        self.datasets = dict(state.datasets)
        self.last = state.last
        self.actions: dict[str, Action] = {}
        self.files: dict[tuple[str, str], Action] = {}
        self.failed: list[tuple[int, str]] = []

    def number(self) -> int:
        self.last += 1
        return self.last

    def row(self, line: int, row: ListRow) -> None:
        key = bare(row[DATASET])
        updated = row[MODIFIED] or row[ISSUED] or NOW
        self.datasets[key] = self._dataset(key, updated, row)
        address = row[ADDRESS]
        if not address:
            return
        licence = self._licence(row[LICENCE])
        if not licence:
            self.failed.append((line, f"{LICENCE}: {row[LICENCE]}"))
            return
        self._file(key, address, row, licence, row[FILE_MODIFIED] or updated)

    def _dataset(self, key: str, updated: str, row: ListRow) -> StoredDataset:
        old = self.datasets.get(key)
        cells = {name: row[name] for name in HEAD}
        title = bare(row[TITLE])
        if old is None:
            self.actions[key] = "created"
            return StoredDataset(self.number(), key, title, updated, cells)
        if updated == NOW or old.updated != updated:
            self.actions.setdefault(key, "saved")
        self.actions.setdefault(key, "untouched")
        if self.actions[key] == "untouched" and not self.importer.stores_untouched:
            return old
        return replace(old, title=title, updated=updated, cells=cells)

    def _licence(self, written: str) -> str:
        return next((one for one in self.importer.licences if written in one), "")

    def _file(self, key: str, address: str, row: ListRow, licence: str, updated: str) -> None:
        dataset = self.datasets[key]
        old = dataset.files.get(address)
        action: Action = "created"
        if old is not None:
            changed = updated == NOW or old.updated != updated
            action = "saved" if changed else "untouched"
        self.files.setdefault((key, address), action)
        if old is not None and action == "untouched" and not self.importer.stores_untouched:
            return
        number = old.number if old else self.number()
        new = StoredFile(number, address, row[FILE_TITLE], updated, licence, dict(row))
        self.datasets[key] = replace(dataset, files={**dataset.files, address: new})

    def clean(self) -> None:
        """Deletes what this run has not met."""
        for key, dataset in self.datasets.items():
            if key not in self.actions:
                self.actions[key] = "deleted"
            for address in dataset.files:
                self.files.setdefault((key, address), "deleted")


def run_import(state: State, rows: Sequence[ListRow] | None, importer: Importer) -> Outcome:
    """The import of a list into a catalog in `state`. `rows` is None when the list could not be
    fetched or read.
    """
    run = _Run(state, importer)
    for line, row in enumerate(rows or (), 2):
        run.row(line, row)
    if not run.failed and (rows or importer.deletes_on_nothing):
        run.clean()
    datasets = {
        key: replace(one, files=_left(run, key, one))
        for key, one in run.datasets.items()
        if run.actions.get(key) != "deleted"
    }
    changes = tuple(_change(run, key, one) for key, one in sorted(run.datasets.items()))
    return Outcome(State(datasets, run.last), changes, tuple(run.failed))


def _left(run: _Run, key: str, dataset: StoredDataset) -> dict[str, StoredFile]:
    gone = {address for (name, address), action in run.files.items()
            if name == key and action == "deleted"}  # fmt: skip
    return {address: file for address, file in dataset.files.items() if address not in gone}


def _change(run: _Run, key: str, dataset: StoredDataset) -> DatasetChange:
    files = tuple(
        FileChange(address, file.title, run.files.get((key, address), "untouched"))
        for address, file in dataset.files.items()
    )
    return DatasetChange(key, dataset.title, run.actions.get(key, "untouched"), files)
