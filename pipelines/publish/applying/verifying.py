"""Reads back what was published, and says equal or what differs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.publish.applying.graph import graph_differences
from pipelines.publish.ckan.client import Ckan
from pipelines.publish.ckan.store_model import StoreTable
from pipelines.publish.ckan.store_plan import plan_store
from pipelines.publish.ckan.store_reading import read_store, store_shape
from pipelines.publish.planning.fields import flat, flat_resource, normal
from pipelines.publish.planning.present import bytes_of
from pipelines.publish.planning.target import Target, TargetFile

SERIOUS = frozenset({"uri", "extras.uri", "license_id", "owner_org", "hash"})
"""Fields without which a dataset is not what it claims to be."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it should be: `what` is `dataset`, `resource`, `field:NAME`, `file`,
    `types`, `rows`, `dictionary`, `ttl` or `package` (ours cannot be built). With `serious` data
    are wrong or missing; without it a catalog says something in another way or not at all.
    """

    dataset: str
    resource: str
    what: str
    expected: Any
    found: Any
    serious: bool


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was read: the differences."""

    differences: tuple[Difference, ...]

    @property
    def serious(self) -> tuple[Difference, ...]:
        """Those that make a publication wrong."""
        return tuple(one for one in self.differences if one.serious)


Table = Callable[[TargetFile], StoreTable]


class Verifier:
    """Compares one dataset with its target. `table` gives the table that a file's DataStore shall
    hold. With `everything` files and tables that were not written are read, too, and every value of
    the tables; without it their columns, types and number of rows.
    """

    def __init__(self, ckan: Ckan, target: Target, table: Table, *, everything: bool) -> None:
        self.ckan = ckan
        self.target = target
        self.table = table
        self.everything = everything
        self.found: list[Difference] = []

    def check(self, package: Mapping[str, Any], *, rdf: bool, stores: bool) -> ReadBack:
        """Everything that the target says; `package` is the dict as it is shown now."""
        if not package or package.get("state") != "active":
            self._differs("", "dataset", self.target.name, package.get("state"), True)
            return ReadBack(tuple(self.found))
        self._fields("", self.target.sent, flat(package), self.target.kept)
        shown = {str(one["id"]): one for one in package.get("resources") or ()}
        ids = self.target.ids(str(package["id"]))
        for file in self.target.files:
            resource = shown.get(ids[file.key])
            if resource is None:
                self._differs(file.key, "resource", ids[file.key], None, True)
                continue
            self._fields(file.key, file.sent, flat_resource(resource), file.kept)
            self._file(file, resource)
            if stores and not file.withdrawn:
                self._store(file, ids[file.key])
        if rdf:
            self._graph(package, ids)
        return ReadBack(tuple(self.found))

    def _differs(
        self, resource: str, what: str, expected: Any, found: Any, serious: bool = False
    ) -> None:
        one = Difference(self.target.package, resource, what, expected, found, serious)
        self.found.append(one)

    def _fields(
        self,
        resource: str,
        sent: Mapping[str, Any],
        shown: Mapping[str, Any],
        kept: tuple[str, ...],
    ) -> None:
        for name, value in sorted(sent.items()):
            if name in kept or name == "private":
                continue
            if normal(value) != shown.get(name):
                serious = name in SERIOUS
                self._differs(resource, f"field:{name}", normal(value), shown.get(name), serious)

    def _file(self, file: TargetFile, resource: Mapping[str, Any]) -> None:
        if file.file_kept or not (file.upload or self.everything):
            return
        data = bytes_of(self.ckan, resource)
        found = hashlib.sha256(data).hexdigest() if data is not None else None
        if found != file.sha256:
            self._differs(file.key, "file", file.sha256, found, True)

    def _store(self, file: TargetFile, id_: str) -> None:
        if file.store_kept or not file.store_digest or not (file.store or self.everything):
            return
        wanted = self.table(file)
        shape = store_shape(self.ckan, id_)
        if shape is None:
            self._differs(file.key, "rows", len(wanted.rows), None, True)
            return
        types = tuple((one.id, one.type) for one in wanted.fields)
        if shape.columns != types:
            self._differs(file.key, "types", list(types), list(shape.columns), True)
        elif shape.rows != len(wanted.rows):
            self._differs(file.key, "rows", len(wanted.rows), shape.rows, True)
        elif self.everything:
            self._rows(file, id_, wanted)

    def _rows(self, file: TargetFile, id_: str, wanted: StoreTable) -> None:
        """Every value of the table."""
        seen = read_store(self.ckan, id_)
        change, _ = plan_store(seen, wanted)
        if change.how == "fields":
            self._differs(file.key, "dictionary", "label, notes", "others", True)
        elif change.how != "keep":
            differing = change.written + change.deleted
            self._differs(file.key, "rows", "0 rows differ", f"{differing} rows differ", True)

    def _graph(self, package: Mapping[str, Any], ids: Mapping[str, str]) -> None:
        for resource, expected, found in graph_differences(self.ckan, self.target, package, ids):
            self._differs(resource, "ttl", expected, found)
