"""The nouns of a plan. They are plain data: `files.py` writes and reads them as JSON, the
renderings (terminal, Markdown, HTML) show them, and apply does what they say and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

Action = Literal["create", "update", "keep", "withdraw", "revive"]
"""What happens to a dataset or a resource. `withdraw` marks it as 配信停止 and keeps it; `revive`
brings a deleted dataset of the same name back under its old id."""

Severity = Literal["none", "revision", "additive", "breaking"]
"""What a change of data means for programs that read them, the worst last: values were corrected;
rows or columns came; rows or columns went or changed their type or key."""

SEVERITIES: tuple[Severity, ...] = ("none", "revision", "additive", "breaking")

Decision = Literal["keep", "overwrite", "conflict"]
"""What apply does with an edit made on the portal: `keep` leaves it there, `overwrite` puts ours in
its place, and a `conflict` (both sides changed it) stops the plan until somebody decides."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A metadata field: `before` and `after` are JSON values, None where there is none."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Drift:
    """What somebody changed in the catalog since our last apply.

    `resource` is the resource's key ('' for the dataset itself). `what` is `field:NAME`, `file`,
    `rows`, `dictionary`, `added` (a resource of theirs), `removed` (one of ours is gone), `order`,
    `deleted` (the dataset), `dataset` (one of our name that is nobody's or somebody else's).
    `recorded` is what we left there, `found` what is there now, `wanted` what we would write: JSON
    values (for files the SHA-256, for rows a number of rows), None where there is none.
    """

    resource: str
    what: str
    recorded: Any
    found: Any
    wanted: Any
    decision: Decision


@dataclass(frozen=True, slots=True)
class FileChange:
    """The bytes of a resource: SHA-256 in hexadecimal and size in bytes, before ('' and 0 where
    there is none) and after. It is uploaded exactly when the two hashes differ.
    """

    name: str
    before: str
    before_size: int
    after: str
    after_size: int

    @property
    def upload(self) -> bool:
        """Whether bytes must go."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class CellChange:
    """A value that changed, as text; '' is a missing value."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row by its key (the primary key's values joined by `/`).

    `kind` is added, removed or changed. `cells` are the changed ones; of an added or removed row
    all that are not empty.
    """

    kind: Literal["added", "removed", "changed"]
    key: str
    cells: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class TableDiff:
    """How a table's data change: counts are of all rows, `rows` only the first of them, in the
    order of the table (removed ones last).

    `columns_retyped` is (column, type before, type after). `columns_moved` says that a column of
    before stands at another position because columns were put in another order or before it.
    `key_changed` says that the primary key has other columns. Without a key (`keyed` is false) rows
    are compared whole: a corrected row is then one removed and one added.
    """

    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    columns_retyped: tuple[tuple[str, str, str], ...] = ()
    columns_moved: bool = False
    key_changed: bool = False
    added: int = 0
    removed: int = 0
    changed: int = 0
    unchanged: int = 0
    rows: tuple[RowChange, ...] = ()
    keyed: bool = True


@dataclass(frozen=True, slots=True)
class StoreChange:
    """What happens to a resource's table in the DataStore.

    `how` is `create` (there is none), `replace` (columns or key differ: the table is made anew,
    the resource keeps its id), `rows` (only the counted ones are written or deleted), `fields`
    (only the data dictionary), or `keep`. `digest` is the SHA-256 of the operations: apply works
    them out again and refuses when they have become others.
    """

    how: Literal["create", "replace", "rows", "fields", "keep"]
    written: int = 0
    deleted: int = 0
    dictionary: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """A resource: `key` is its stable key (the table's slug), `iri` its `uri`, `id` the catalog's
    (for a new one the id that it will get).
    """

    key: str
    iri: str
    id: str
    title: str
    action: Action
    fields: tuple[FieldChange, ...] = ()
    file: FileChange | None = None
    store: StoreChange | None = None
    diff: TableDiff | None = None
    moved: bool = False
    """Whether it comes to stand at another position among the resources."""


@dataclass(frozen=True, slots=True)
class Version:
    """`published` stands in the catalog ('' for a new dataset), `declared` in package.yaml;
    `derived` is what the change of the data asks for (MAJOR.MINOR.PATCH for breaking, additive and
    revision; the published one when no data change).
    """

    published: str
    declared: str
    derived: str

    @property
    def too_low(self) -> bool:
        """Whether the declared version hides how much changed (compared number by number; 1.2 is
        1.2.0). Never where one of the two has no such numbers: nothing can be said of it then.
        """
        declared, derived = version_numbers(self.declared), version_numbers(self.derived)
        return bool(declared and derived) and declared < derived


_VERSION = re.compile(r"[vV]?([0-9]{1,9}(?:\.[0-9]{1,9}){0,2})([-+][0-9A-Za-z.+-]{1,100})?")


def version_numbers(version: str) -> tuple[int, ...]:
    """MAJOR, MINOR and PATCH, those not written being 0; () for what is no such version."""
    found = _VERSION.fullmatch(version.strip())
    if found is None:
        return ()
    numbers = [int(part) for part in found[1].split(".")]
    if found[2] and len(numbers) < 3:
        return ()  # 2024-04 is a month
    return (*numbers, 0, 0)[:3]


@dataclass(frozen=True, slots=True)
class DatasetChange:
    """A dataset: `name` is ours (the package's), `iri` its `uri`, `id` the catalog's.

    `seen` is the state that the plan was made for, as a digest of what the catalog showed ('' where
    there was nothing): apply refuses when it is another. `target` is the digest of what it shall
    show afterwards. `changelog` are sentences on the change of data, Japanese and English.
    """

    name: str
    iri: str
    id: str
    title: str
    action: Action
    seen: str = ""
    target: str = ""
    fields: tuple[FieldChange, ...] = ()
    resources: tuple[ResourceChange, ...] = ()
    reordered: bool = False
    drift: tuple[Drift, ...] = ()
    severity: Severity = "none"
    version: Version | None = None
    changelog: tuple[tuple[str, str], ...] = ()
    recorded: bool = True
    """False when there is a dataset but no record of an apply of ours: whose edits the differences
    are cannot be told then."""

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return self.action != "keep"

    @property
    def conflicts(self) -> tuple[Drift, ...]:
        """What somebody must decide first."""
        return tuple(one for one in self.drift if one.decision == "conflict")


@dataclass(frozen=True, slots=True)
class Plan:
    """All that would be done to one catalog, the datasets in the order of their names.

    `catalog` is the name or address that was asked for, `url` its address, `software` such as
    `CKAN 2.12.0`. `base` is where our IRIs stand. `withdrawn` names packages that are no longer
    declared. `approval` says that the catalog wants a signature before apply.
    """

    catalog: str
    url: str
    software: str
    base: str
    datasets: tuple[DatasetChange, ...]
    approval: bool = False
    names: tuple[str, ...] = ()
    """The packages that were asked for; () for all of them, withdrawn ones too."""

    policy: str = "ask"
    """What was asked to happen with edits made on the portal (`planning.fields.Policy`)."""

    notes: tuple[tuple[str, str], ...] = field(default=())
    """Remarks for the reader, Japanese and English."""

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return any(one.changes for one in self.datasets)

    @property
    def severity(self) -> Severity:
        """The worst of the datasets'."""
        return max((one.severity for one in self.datasets), key=SEVERITIES.index, default="none")
