"""Applies a plan to a CKAN: every dataset by itself, several side by side, each noted first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish.applying.journal import Journal, write_record
from pipelines.publish.applying.ours import as_left
from pipelines.publish.applying.recording import record_after
from pipelines.publish.applying.saved import (
    Before,
    before_of,
    load_before,
    load_target,
    save_before,
    save_target,
)
from pipelines.publish.applying.steps import Site, Steps
from pipelines.publish.applying.undoing import undo
from pipelines.publish.applying.verifying import Difference
from pipelines.publish.ckan.errors import Moved
from pipelines.publish.ckan.store_model import StoreSeen
from pipelines.publish.planning.dataset import Planned
from pipelines.publish.planning.present import bytes_of, show
from pipelines.publish.planning.record import Record, record_bytes
from pipelines.publish.planning.target import Target

Tell = Callable[[str, str], None]
"""Hears the package and the step that begins."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a dataset: `error` None for done; `undone` that it is as it was before."""

    package: str
    action: str
    id: str = ""
    error: MachidataError | None = None
    undone: bool = False
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """What an apply did, by dataset. `open` says that it must be gone on with."""

    run: str
    outcomes: tuple[Outcome, ...] = field(default=())
    open: bool = False

    @property
    def exit_code(self) -> int:
        """0 fine, else the worst of the errors."""
        return max((one.error.exit_code for one in self.outcomes if one.error), default=0)


@dataclass(frozen=True, slots=True)
class Work:
    """What all datasets of a run share."""

    site: Site
    journal: Journal
    state: Path
    workers: int = 2
    tell: Tell = lambda package, step: None


def start(
    work: Work,
    planned: Sequence[Planned],
    records: Mapping[str, Record],
    blobs: Mapping[str, Mapping[str, bytes]],
) -> Applied:
    """Applies what was planned. `blobs`: the bytes of each package's files by their hash.

    An error in one dataset undoes that dataset and stops no other. Raises MachidataError
    `journal-unwritable`.
    """
    todo = [one for one in planned if one.change.changes]
    for one in planned:
        if not one.change.changes and not one.change.recorded:
            _remember_kept(work, one, records.get(one.target.package))
    ready: list[tuple[Planned, Before]] = []
    stopped: list[Outcome] = []
    for one in todo:
        found = _prepare(work, one, records.get(one.target.package), blobs)
        if isinstance(found, Outcome):
            stopped.append(found)
        else:
            ready.append((one, found))
    # from here on the journal alone is enough to go on, for every dataset of the plan
    work.journal.event("", "started")
    for outcome in stopped:
        work.journal.event(outcome.package, "undone", error=str(outcome.error))

    def apply(one: tuple[Planned, Before]) -> Outcome:
        planned, before = one
        return _do(work, planned.target, before, planned.stores, again=False)

    return _all(work, apply, ready, stopped)


def go_on(work: Work) -> Applied:
    """Takes an interrupted run up where it stopped; its journal has all that it needs."""
    left = [
        name for name in work.journal.packages if not work.journal.steps(name) & {"done", "undone"}
    ]
    return _all(work, lambda name: _again(work, name), left)


def _all(
    work: Work,
    apply: Callable[[Any], Outcome],
    todo: Sequence[Any],
    stopped: Sequence[Outcome] = (),
) -> Applied:
    with ThreadPoolExecutor(max(1, work.workers)) as pool:
        done = [*stopped, *pool.map(apply, todo)]
    outcomes = tuple(sorted(done, key=lambda one: one.package))
    left = any(one.error and not one.undone for one in outcomes)
    if not left:
        work.journal.event("", "finished")
    return Applied(work.journal.folder.name, outcomes, left)


def _prepare(
    work: Work,
    planned: Planned,
    record: Record | None,
    blobs: Mapping[str, Mapping[str, bytes]],
) -> Before | Outcome:
    """Writes down all that the dataset needs to be done, gone on with and undone; an Outcome for
    one that cannot be begun.
    """
    target = planned.target
    before = before_of(planned, record)
    data = blobs.get(target.package, {})
    for file in target.files:
        if file.upload or file.store:
            work.journal.put_blob(data[file.sha256])
    try:
        _keep_old(work, planned, before)
    except MachidataError as error:
        if error.code == "journal-unwritable":
            raise
        # nothing was written there: the other datasets go on
        return Outcome(target.package, target.action, target.id, error, undone=True)
    save_before(work.journal, before, target.package)
    save_target(work.journal, target)
    return before


def _keep_old(work: Work, planned: Planned, before: Before) -> None:
    """The bytes that will be replaced."""
    for id_, sha256 in before.files.items():
        resource = planned.before.resource(id_)
        data = bytes_of(work.site.ckan, resource) if resource else None
        if data is None or work.journal.put_blob(data) != sha256:
            raise MachidataError(
                "catalog-moved",
                ja="読んだあとに、公開先のファイルが変わりました。何も変えていません。",
                en="A file changed in the catalog since it was read; nothing was changed.",
                where=f"{planned.target.package}/{id_}",
                fix_ja="もう一度計画を作ってください。",
                fix_en="Make the plan again.",
            )


def _again(work: Work, name: str) -> Outcome:
    target = load_target(work.journal, name)
    return _do(work, target, load_before(work.journal, name), {}, again=True)


def _do(
    work: Work, target: Target, before: Before, seen: Mapping[str, StoreSeen], *, again: bool
) -> Outcome:
    """The steps; when one fails for good, the dataset is given back as it was."""
    work.tell(target.package, target.action)
    steps = Steps(work.site, work.journal, target, seen)
    try:
        steps.done("begun")
        package, read = steps.run(again=again)
        record = record_after(target, package, before.record)
        write_record(work.state, target.package, record_bytes(record))
        steps.done("done", id=package["id"], modified=package.get("metadata_modified"))
        return Outcome(
            target.package, target.action, str(package["id"]), differences=read.differences
        )
    except MachidataError as error:
        return _failed(work, target, before, error)


def _failed(work: Work, target: Target, before: Before, error: MachidataError) -> Outcome:
    """Undoes; what cannot be undone now stays open in the journal."""
    work.tell(target.package, "undo")
    first = "revised" not in work.journal.steps(target.package)
    if error.code == "catalog-moved" and first and target.action != "create":
        # what is there is somebody's work: nothing of ours was written
        work.journal.event(target.package, "undone", error=error.code)
        return Outcome(target.package, target.action, target.id, error, undone=True)
    try:
        package = show(work.site.ckan, target.id or target.name)
        modified = None
        unsure = error.code == "catalog-uncertain"
        if as_left(work.journal, target, before, package, unsure=unsure):
            package = undo(work.site, work.journal, target, before)
            modified = package.get("metadata_modified")
        else:
            # somebody else's by now: it stays, and the next plan shows what they did
            error = Moved(work.site.ckan.url, f"package_revise {target.name}", [])
        record = record_bytes(before.record) if before.record else None
        write_record(work.state, target.package, record)
        work.journal.event(target.package, "undone", error=error.code, modified=modified)
    except MachidataError:
        return Outcome(target.package, target.action, target.id, error)
    return Outcome(target.package, target.action, target.id, error, undone=True)


def _remember_kept(work: Work, planned: Planned, record: Record | None) -> None:
    """A dataset that is as it should be, but of which nothing was remembered."""
    found = record_after(planned.target, planned.before.package, record, planned.stores)
    write_record(work.state, planned.target.package, record_bytes(found))
