"""`machidata rollback`: a whole run is undone, dataset by dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish.applying.journal import (
    RECORDS,
    Journal,
    half_rolled_back,
    runs,
    unfinished,
    write_record,
)
from pipelines.publish.applying.ours import as_left, here, only_ours
from pipelines.publish.applying.running import Work
from pipelines.publish.applying.saved import Before, load_before, load_target
from pipelines.publish.applying.undoing import same, undo
from pipelines.publish.ckan.store_reading import read_store
from pipelines.publish.planning.fields import Policy
from pipelines.publish.planning.present import show
from pipelines.publish.planning.record import load_records, record_bytes
from pipelines.publish.planning.target import Target

_LEAVING = ("done", "undone", "given-back")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a rollback did: `datasets` were given back; `deleted` of them had not been there, and
    of the `incomplete` ones the catalog did not take everything as it was.
    """

    run: str
    datasets: tuple[str, ...]
    deleted: tuple[str, ...]
    incomplete: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 fine, 1 when something is not as it was before."""
        return int(bool(self.incomplete))


def give_back(state: Path, work_of: Callable[[Journal], Work], policy: Policy) -> Restored:
    """Undoes the last run that was not undone; an interrupted rollback is gone on with.

    Raises MachidataError `rollback-nothing`, `catalog-moved`; CatalogError.
    """
    journal = _last(state)
    work = work_of(journal)
    names = [name for name in journal.packages if _written(journal, name)]
    todo = [name for name in names if "given-back" not in journal.steps(name)]
    loaded = [(load_target(journal, name), load_before(journal, name)) for name in todo]
    if policy != "overwrite" and "rollback" not in journal.steps(""):
        for target, before in loaded:
            _refuse_moved(work, state, target, before)
    journal.event("", "rollback")
    deleted, incomplete = [], []
    for target, before in reversed(loaded):
        work.tell(target.package, "rollback")
        package = undo(work.site, journal, target, before)
        if before.package and not same(before.package, package):
            incomplete.append(target.package)
        if not before.package:
            deleted.append(target.package)
        record = record_bytes(before.record) if before.record else None
        write_record(state, target.package, record)
        # a dataset that is deleted or gone cannot be edited by the way
        journal.event(target.package, "given-back", modified=package.get("metadata_modified"))
    journal.event("", "rolled-back")
    told = [tuple(sorted(some)) for some in (deleted, incomplete)]
    return Restored(journal.folder.name, tuple(names), *told)


def abandon(state: Path) -> Restored:
    """Leaves an interrupted apply or rollback as it stands and touches nothing: the way out when
    its journal is damaged. The next plan shows what is there.

    Raises MachidataError `rollback-nothing`.
    """
    run = half_rolled_back(state) or unfinished(state)
    if run is None:
        raise _nothing(state)
    run.event("", "rolled-back", abandoned=True)
    return Restored(run.folder.name, (), ())


def _last(state: Path) -> Journal:
    """The newest run that wrote something and was not rolled back."""
    for journal in reversed(runs(state)):
        steps = journal.steps("")
        if "rolled-back" in steps:
            continue
        if any(_written(journal, name) for name in journal.packages):
            return journal
    raise _nothing(state)


def _nothing(state: Path) -> MachidataError:
    return MachidataError(
        "rollback-nothing",
        ja="戻せる公開がありません。",
        en="There is no apply to roll back.",
        where=state.name,
        fix_ja="この公開先に、この環境から公開した記録があるか確かめてください。",
        fix_en="Check that this machine has the journal of an apply to this catalog.",
    )


def _written(journal: Journal, name: str) -> bool:
    """Whether a run may have written to a dataset, and did not undo it itself."""
    steps = journal.steps(name)
    return "begun" in steps and "undone" not in steps


def _refuse_moved(work: Work, state: Path, target: Target, before: Before) -> None:
    """Somebody's edits since the apply are not thrown away unasked."""
    id_, left = _left(state, work.journal, target.package)
    if not left:
        # the run did not come to its end
        package = here(work.site.ckan, work.journal, target)
        known = as_left(work.journal, target, before, package, unsure=False)
        if known or only_ours(target, before, package):
            return
    else:
        package = show(work.site.ckan, id_)
        same_dict = bool(package) and package.get("metadata_modified") in left
        if same_dict and not _rows_edited(work, state, target, package):
            return
    raise MachidataError(
        "catalog-moved",
        ja="公開のあとに、公開先でデータセットが編集されています。何も変えていません。",
        en="The dataset was edited in the catalog since the apply; nothing was changed.",
        where=target.package,
        found=str(package.get("metadata_modified")),
        expected=max(left, default=""),
        fix_ja="その編集を捨ててよければ --drift overwrite を付けてください。",
        fix_en="Give --drift overwrite if those edits may be lost.",
    )


def _left(state: Path, journal: Journal, package: str) -> tuple[str, set[str]]:
    """The dataset's id, and the dates of its last change whenever we left it: by this run, by later
    ones, and by giving those back, which comes in another order than the runs. An edit of anybody
    moves the date on, so that it is none of these. Empty where this run did not come to its end.
    """
    id_ = ""
    left: set[str] = set()
    for run in runs(state):
        if run.number < journal.number:
            continue
        for one in run.events():
            if one["package"] == package and one["step"] in _LEAVING and one.get("modified"):
                id_ = one.get("id", id_)
                left.add(str(one["modified"]))
        if run.folder == journal.folder and not left:
            break
    return id_, left


def _rows_edited(work: Work, state: Path, target: Target, package: Mapping[str, Any]) -> bool:
    """Whether a table that would be given back is not as we left it: CKAN changes no date of the
    dataset when somebody edits rows.
    """
    record = load_records(state / RECORDS).get(target.package)
    ids = target.ids(str(package["id"]))
    there = {str(one["id"]) for one in package.get("resources") or ()}
    for file in target.files:
        told = record.files.get(file.key) if record else None
        if told is None or not file.store or ids[file.key] not in there or not work.site.stores:
            continue
        seen = read_store(work.site.ckan, ids[file.key])
        if (seen.ours() if seen else "") != told.store:
            return True
    return False
