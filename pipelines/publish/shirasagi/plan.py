"""What the next import of our list will do in a SHIRASAGI catalog, as data and as lines.

Without the catalog's API the state there is taken to be what the list before makes of it; with it,
the state is what stands there, matched by the addresses of files, then by titles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipelines.opendata_rows import (
    ADDRESS,
    DATASET,
    FILE_TITLE,
    STATUS,
    STOPPED,
    TITLE,
    ListRow,
    bare,
)
from pipelines.publish.shirasagi.reading import ThereDataset, ThereFile
from pipelines.publish.shirasagi.rules import (
    CURRENT,
    DatasetChange,
    Importer,
    State,
    StoredDataset,
    StoredFile,
    run_import,
)

FORMAT = "machidata-shirasagi-plan/1"
_WORDS = {
    "created": ("作成", "create"),
    "saved": ("更新", "save"),
    "untouched": ("そのまま", "untouched"),
    "deleted": ("削除", "delete"),
    "page": ("今あるページ", "there now"),
    "absent": ("カタログにまだありません", "not there yet"),
    "stopped": ("配信停止中として残ります", "stays as 配信停止中 (stopped)"),
    "failed": ("取り込めない行", "row that cannot be imported"),
    "datasets": ("データセット", "datasets"),
    "files": ("ファイル", "files"),
    "nothing": ("次の取り込みで変わるものはありません。", "The next import changes nothing."),
    "unsafe": (
        "取り込めない行があるので、この取り込みでは何も削除されません。",
        "Because a row cannot be imported, nothing is deleted by that import.",
    ),
}


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The next import: what becomes of each dataset, the rows that fail (line of the list, why),
    the ids of wholly stopped datasets, and id → page there (None when the API was not asked).
    """

    changes: tuple[DatasetChange, ...]
    failed: tuple[tuple[int, str], ...] = ()
    stopped: tuple[str, ...] = ()
    pages: Mapping[str, str] | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether the import changes nothing at all."""
        every = {one.action for one in self.changes}
        every |= {file.action for one in self.changes for file in one.files}
        return not self.failed and every <= {"untouched"}

    def data(self) -> dict[str, Any]:
        """The plan as stable keys, for JSON."""
        return {
            "format": FORMAT,
            "datasets": [asdict(one) for one in self.changes],
            "failed": [{"line": line, "reason": reason} for line, reason in self.failed],
            "stopped": list(self.stopped),
            "there": None if self.pages is None else dict(sorted(self.pages.items())),
            "counts": {"datasets": self.counts(), "files": self.counts(files=True)},
        }

    def counts(self, *, files: bool = False) -> dict[str, int]:
        """Action → number of datasets, or of files."""
        if files:
            found = Counter(file.action for one in self.changes for file in one.files)
        else:
            found = Counter(one.action for one in self.changes)
        return {action: found[action] for action in ("created", "saved", "untouched", "deleted")}

    def lines(self, language: str = "ja") -> list[str]:
        """The plan for people: changed datasets with their changed files, then the counts."""
        say = {key: words[language != "ja"] for key, words in _WORDS.items()}
        lines = [say["nothing"]] if self.is_nothing else []
        for one in self.changes:
            lines += self._dataset(one, say)
        lines += [f"! {say['failed']} {line}: {reason}" for line, reason in self.failed]
        if self.failed:
            lines.append(say["unsafe"])
        return [*lines, *(self._sum(name, say) for name in ("datasets", "files"))]

    def _dataset(self, one: DatasetChange, say: Mapping[str, str]) -> list[str]:
        files = [file for file in one.files if file.action != "untouched"]
        page = self.pages.get(one.key, "") if self.pages is not None else None
        stopped = one.key in self.stopped
        if one.action == "untouched" and not files and page is None and not stopped:
            return []
        lines = [f"{_MARK[one.action]} {one.key}  {say[one.action]}  {one.title}"]
        if page is not None:
            lines.append(f"    {say['page']}: {page}" if page else f"    {say['absent']}")
        if stopped:
            lines.append(f"    {say['stopped']}")
        return lines + [f"    {_MARK[f.action]} {say[f.action]}  {f.address}" for f in files]

    def _sum(self, name: str, say: Mapping[str, str]) -> str:
        counts = self.counts(files=name == "files")
        told = " ・ " if say["created"] == "作成" else ", "
        return f"{say[name]}: " + told.join(f"{say[key]} {n}" for key, n in counts.items())


_MARK = {"created": "+", "saved": "~", "untouched": "=", "deleted": "-"}


def plan_import(
    before: Sequence[ListRow],
    after: Sequence[ListRow],
    licences: Sequence[str],
    there: Sequence[ThereDataset] | None = None,
    importer: Importer = CURRENT,
) -> ImportPlan:
    """The next import of the list `after`, where the list `before` was imported last.

    `licences` are the catalog's "metadata licence ids"; `there` is what its API shows, if asked.
    """
    importer = Importer(tuple(licences), importer.stores_untouched, importer.deletes_on_nothing)
    pages: dict[str, str] | None = None
    if there is None:
        state = run_import(State(), list(before), importer).state
    else:
        ours = match(there, [*after, *before])
        state = _state(ours, [*after, *before])
        pages = {key: one.page or one.id for key, one in ours.items()}
    outcome = run_import(state, list(after), importer)
    return ImportPlan(outcome.changes, outcome.failed, _stopped(after), pages)


def match(there: Sequence[ThereDataset], rows: Sequence[ListRow]) -> dict[str, ThereDataset]:
    """データセット_ID → the dataset there that is it: by a file's address, else by its title."""
    addresses = {row[ADDRESS]: bare(row[DATASET]) for row in reversed(rows) if row[ADDRESS]}
    titles = {bare(row[TITLE]): bare(row[DATASET]) for row in reversed(rows)}
    found: dict[str, ThereDataset] = {}
    for one in there:
        key = next((addresses[file.address] for file in one.files if file.address in addresses), "")
        if key:
            found.setdefault(key, one)
    taken = {one.id for one in found.values()}
    for one in there:
        key = titles.get(bare(one.title), "")
        if key and one.id not in taken:
            found.setdefault(key, one)
    return found


def _state(ours: Mapping[str, ThereDataset], rows: Sequence[ListRow]) -> State:
    """What stands there, in the importer's terms; a file without our address by its title."""
    named = {(bare(row[DATASET]), row[FILE_TITLE]): row[ADDRESS] for row in reversed(rows)}
    known = {row[ADDRESS] for row in rows}
    datasets = {}
    for number, (key, one) in enumerate(sorted(ours.items()), 1):
        files = {}
        for file in one.files:
            address = file.address
            if address not in known:
                address = named.get((key, file.title), address)
            files[address] = _stored(number, address, file)
        datasets[key] = StoredDataset(number, key, one.title, one.updated, {}, files)
    return State(datasets, len(datasets))


def _stored(number: int, address: str, file: ThereFile) -> StoredFile:
    return StoredFile(number, address, file.title, file.updated, file.licence)


def _stopped(rows: Sequence[ListRow]) -> tuple[str, ...]:
    statuses: dict[str, set[str]] = {}
    for row in rows:
        statuses.setdefault(bare(row[DATASET]), set()).add(row[STATUS])
    return tuple(sorted(key for key, states in statuses.items() if states == {STOPPED}))
