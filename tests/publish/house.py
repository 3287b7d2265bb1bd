"""A small house before a pretend CKAN: what we want there, what we remember, what we can do."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipelines.publish.applying.giving_back import Restored, give_back
from pipelines.publish.applying.journal import (
    RECORDS,
    Journal,
    half_rolled_back,
    new_run,
    unfinished,
)
from pipelines.publish.applying.running import Applied, Work, go_on, start
from pipelines.publish.applying.steps import Site
from pipelines.publish.applying.verifying import Difference
from pipelines.publish.applying.whole import verify_all
from pipelines.publish.ckan.status import status
from pipelines.publish.plan.files import digest, plan_bytes
from pipelines.publish.plan.model import Plan
from pipelines.publish.planning.catalog import Asked, plan_catalog, withdrawn_dataset
from pipelines.publish.planning.dataset import Planned
from pipelines.publish.planning.fields import Policy
from pipelines.publish.planning.reading import Setting
from pipelines.publish.planning.record import Record, load_records
from pipelines.publish.planning.wanted import Wanted, WantedFile
from tests.publish.pretend_ckan import PretendCkan

BASE = "https://data.example.jp/"
OWNER = "organization-1"
SCHEMA: Mapping[str, Any] = {
    "fields": [
        {"name": "ID", "type": "string", "title": "Identifier"},
        {"name": "値", "type": "integer", "title": "Value"},
    ],
    "primaryKey": ["ID"],
    "missingValues": [""],
}


def csv(rows: Mapping[str, int | None]) -> bytes:
    """A table: ID and 値, as our CSV is written."""
    lines = ["ID,値", *(f"{k},{'' if v is None else v}" for k, v in sorted(rows.items()))]
    return "\ufeff".encode() + "".join(line + "\r\n" for line in lines).encode()


def wanted_file(
    key: str, data: bytes, package: str = "one", table: bool = True, **fields: Any
) -> WantedFile:
    """A file that we want there."""
    sha256 = hashlib.sha256(data).hexdigest()
    told = {
        "identifier": key,
        "uri": f"{BASE}{package}/{key}",
        "name": f"表 {key}",
        "format": "CSV",
        "mimetype": "text/csv",
        "hash": sha256,
        "size": len(data),
        **fields,
    }
    schema = {**SCHEMA, "name": key} if table else None
    return WantedFile(key, told["uri"], f"024465_{key}.csv", sha256, told, data, schema)


def wanted(package: str = "one", *files: WantedFile, **fields: Any) -> Wanted:
    """A dataset that we want there."""
    told = {
        "name": package,
        "title": f"計画 {package}",
        "notes": "説明",
        "owner_org": OWNER,
        "private": False,
        "tags": ["dx", "kpi"],
        "version": "1.0.0",
        "extras.uri": f"{BASE}{package}",
        **fields,
    }
    told = {key: value for key, value in told.items() if value is not None}
    return Wanted(
        package, package, f"{BASE}{package}", told["title"], told.get("version", ""), told, files
    )


@dataclass
class House:
    """What we want in a catalog, and what we do about it."""

    ckan: PretendCkan
    state: Path
    datasets: dict[str, Wanted] = field(default_factory=dict)
    stores: bool = True
    rdf: bool = True

    def want(self, *datasets: Wanted) -> None:
        """These, and no others."""
        self.datasets = {one.package: one for one in datasets}

    def records(self) -> dict[str, Record]:
        return load_records(self.state / RECORDS)

    def plan(self, policy: Policy = "ask") -> tuple[Plan, dict[str, Planned]]:
        ckan: Any = self.ckan
        records = self.records()
        gone = [withdrawn_dataset(one) for k, one in records.items() if k not in self.datasets]
        asked = Asked("pretend", self.ckan.url, BASE, workers=1)
        setting = Setting(ckan, self.ckan.site, self.stores, policy)
        return plan_catalog(asked, setting, status(ckan), [*self.datasets.values(), *gone], records)

    def blobs(self) -> dict[str, dict[str, bytes]]:
        return {
            name: {f.sha256: f.data for f in one.files if f.data is not None}
            for name, one in self.datasets.items()
        }

    def apply(self, policy: Policy = "ask") -> Applied:
        """Plans and applies, if there is anything to do and no conflict."""
        plan, planned = self.plan(policy)
        assert not [one for dataset in plan.datasets for one in dataset.conflicts]
        return self.carry_out(plan, planned)

    def carry_out(self, plan: Plan, planned: Mapping[str, Planned]) -> Applied:
        if not plan.changes and all(one.recorded for one in plan.datasets):
            return Applied("", ())
        journal = new_run(self.state, plan_bytes(plan), digest(plan))
        work = self.work(journal)
        return start(work, list(planned.values()), self.records(), self.blobs())

    def work(self, journal: Journal) -> Work:
        ckan: Any = self.ckan
        site = Site(ckan, rdf=self.rdf, stores=self.stores, sleep=lambda seconds: None)
        return Work(site, journal, self.state, workers=1)

    def open_run(self) -> Journal | None:
        return unfinished(self.state)

    def resume(self) -> Applied | None:
        assert half_rolled_back(self.state) is None
        run = self.open_run()
        return go_on(self.work(run)) if run else None

    def rollback(self, policy: Policy = "ask") -> Restored:
        return give_back(self.state, self.work, policy)

    def verify(self) -> list[Difference]:
        _, planned = self.plan()
        ckan: Any = self.ckan
        site = Site(ckan, rdf=self.rdf, stores=self.stores)
        return verify_all(site, planned, self.blobs())


def changed(one: Wanted, *files: WantedFile, **fields: Any) -> Wanted:
    """The dataset with other fields, and with other files where there are any."""
    told = {key: value for key, value in {**one.fields, **fields}.items() if value is not None}
    made = replace(one, fields=told, title=str(told["title"]), version=str(told["version"]))
    return replace(made, files=files) if files else made


def tables(ckan: PretendCkan) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table, in no order."""
    return {
        id_: sorted((tuple(row.values()) for row in table.rows.values()), key=str)
        for id_, table in ckan.store.tables.items()
    }


def ids(package: Mapping[str, Any]) -> Sequence[str]:
    """The dataset's id and those of its resources."""
    return [package["id"], *(one["id"] for one in package["resources"])]
