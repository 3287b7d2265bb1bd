"""One dataset: what is there, what shall be there, and the change that leads from one to other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish.ckan.store_model import StoreSeen
from pipelines.publish.plan.model import (
    SEVERITIES,
    Action,
    DatasetChange,
    Drift,
    ResourceChange,
    Severity,
    Version,
)
from pipelines.publish.plan.tables import severity
from pipelines.publish.plan.versions import changelog, derive
from pipelines.publish.planning.fields import Policy, Settled, decide, flat, settle
from pipelines.publish.planning.portal import added, adopted, arranged, deleted
from pipelines.publish.planning.present import Present, digest_of, find, iri_of
from pipelines.publish.planning.reading import Reading, Setting
from pipelines.publish.planning.record import Record
from pipelines.publish.planning.resources import (
    match,
    plan_file,
    with_withdrawn,
)
from pipelines.publish.planning.target import NEW, Target, TargetFile
from pipelines.publish.planning.wanted import Wanted, WantedFile, with_addresses


@dataclass(frozen=True, slots=True)
class Planned:
    """A dataset's change for people, the target for apply, and what was there before."""

    change: DatasetChange
    target: Target
    before: Present
    stores: Mapping[str, StoreSeen] = field(default_factory=dict)
    """The tables that are there, by the ids of their resources: what undoing gives back."""

    notes: tuple[tuple[str, str], ...] = ()
    """Remarks on what could not be compared, Japanese and English."""


def plan_dataset(
    setting: Setting, wanted: Wanted, record: Record | None, listed: Mapping[str, str]
) -> Planned | None:
    """Reads the dataset and works out its change; writes nothing. None for one that is no longer
    ours and that somebody deleted in the catalog: it is not brought back to be withdrawn.

    `listed`: see `present.find`. Raises CatalogError, MachidataError `catalog-name-taken`.
    """
    shown = find(setting.ckan, wanted, record.id if record else "", listed)
    if wanted.withdrawn and shown.get("state", "deleted") == "deleted":
        return None
    _refuse_taken(wanted, shown)
    if wanted.withdrawn and not Present(shown).there:
        # who deleted a dataset that is no longer ours to renew is not contradicted
        shown, wanted = {}, replace(wanted, files=())
        return _planned(setting, wanted, record, Present(), Reading(setting, {}, record), [])
    resources: Sequence[Mapping[str, Any]] = shown.get("resources") or ()
    wanted = with_withdrawn(wanted, record, resources)
    places = match(wanted.files, resources, record)
    reading = Reading(setting, {str(one["id"]): one for one in resources}, record)
    parts = [
        _plan_part(setting, reading, shown, file, id_)
        for file, id_ in zip(wanted.files, places, strict=True)
    ]
    present = Present(shown, reading.files, reading.digests)
    return _planned(setting, wanted, record, present, reading, [one for one in parts if one])


Part = tuple[ResourceChange | None, TargetFile | None, list[Drift]]


def _refuse_taken(wanted: Wanted, shown: Mapping[str, Any]) -> None:
    """Never writes over a dataset that says that it is another."""
    iri = iri_of(shown)
    if not iri or iri == wanted.iri:
        return
    raise MachidataError(
        "catalog-name-taken",
        ja="同じ名前の別のデータセットが公開先にあります。",
        en="The catalog has another dataset of this name.",
        where=wanted.name,
        found=iri,
        expected=wanted.iri,
        fix_ja="catalogs/*.yaml の dataset で別の名前を付けるか、"
        "--base が前回と同じか確かめてください。",
        fix_en="Give it another name with 'dataset' in catalogs/*.yaml, or check that --base is "
        "the one of the last time.",
    )


def _plan_part(
    setting: Setting, reading: Reading, shown: Mapping[str, Any], file: WantedFile, id_: str
) -> Part | None:
    """A resource's change; one of ours that the portal removed stays away unless ours changed."""
    told = reading.file_record(file.key)
    if not id_ and file.data is None:
        # a withdrawn table that the portal removed: there is nothing to put there again
        return None, None, [Drift(file.key, "removed", file.sha256, None, None, "keep")]
    if not id_ and told and shown and shown.get("state") != "deleted":
        decision = decide(file.sha256 != told.sha256, setting.policy)
        if file.data is None:
            decision = "keep"  # we no longer have it either
        drift = Drift(file.key, "removed", told.sha256, None, file.sha256, decision)
        if decision != "overwrite":
            return None, None, [drift]
        state = reading.state(file, "", setting.policy)
        change, target, _ = plan_file(file, state, told, setting.policy)
        return change, target, [drift]
    if id_ and shown:
        file = with_addresses(file, setting.site, str(shown["id"]), id_)
    return plan_file(file, reading.state(file, id_, setting.policy), told, setting.policy)


def _planned(
    setting: Setting,
    wanted: Wanted,
    record: Record | None,
    present: Present,
    reading: Reading,
    parts: Sequence[Part],
) -> Planned:
    drift = [one for part in parts for one in part[2]]
    changes = [part[0] for part in parts if part[0]]
    files = tuple(part[1] for part in parts if part[1])
    settled = _fields(wanted, present, record, setting.policy)
    order, strange = arranged(files, present, record, setting.policy)
    about = [*adopted(present, record, setting.policy), *deleted(present, record, setting.policy)]
    drift = [*about, *settled.drift, *strange, *drift]
    drift += added(order, present, record)
    found = [str(one["id"]) for one in present.resources]
    reordered = [one for one in order if not one.startswith(NEW)] != found
    action = _action(wanted, present, settled, changes, reordered)
    if any(one.what == "deleted" and one.decision == "keep" for one in drift):
        action = "keep"
    target = Target(
        package=wanted.package,
        name=wanted.name,
        iri=wanted.iri,
        title=wanted.title,
        version=wanted.version,
        action=action,
        id=str(present.package.get("id", "")),
        site=setting.site,
        modified=str(present.package.get("metadata_modified", "")),
        write=settled.write,
        sent=wanted.fields,
        kept=settled.kept,
        files=files,
        order=order,
        reorder=reordered,
        withdrawn=wanted.withdrawn,
        gone=tuple(one.resource for one in drift if one.what == "removed"),
    )
    change = _change(wanted, present, record, target, settled, changes, reordered, drift)
    return Planned(change, target, present, reading.stores, tuple(reading.notes))


def _fields(wanted: Wanted, present: Present, record: Record | None, policy: Policy) -> Settled:
    if not present.package:
        return Settled(wanted.fields, (), (), ())
    shown = flat(present.package)
    if present.deleted:
        # it comes back as ours: whatever the one who deleted it changed before
        return settle(wanted.fields, shown, None, policy)
    return settle(wanted.fields, shown, record.told if record else None, policy)


def _action(
    wanted: Wanted,
    present: Present,
    settled: Settled,
    changes: Sequence[ResourceChange],
    reordered: bool,
) -> Action:
    if not present.package:
        return "keep" if wanted.withdrawn else "create"
    if present.deleted:
        return "revive"
    if not (settled.write or reordered or any(one.action != "keep" for one in changes)):
        return "keep"
    return "withdraw" if wanted.withdrawn else "update"


def _change(
    wanted: Wanted,
    present: Present,
    record: Record | None,
    target: Target,
    settled: Settled,
    changes: Sequence[ResourceChange],
    reordered: bool,
    drift: Sequence[Drift],
) -> DatasetChange:
    published = str(present.package.get("version") or "") if present.package else ""
    worst = _severity(changes, bool(present.package))
    change = DatasetChange(
        name=wanted.package,
        iri=wanted.iri,
        id=target.id,
        title=wanted.title,
        action=target.action,
        seen=present.digest,
        target=digest_of(_essence(target)),
        fields=settled.changes,
        resources=tuple(changes),
        reordered=reordered,
        drift=tuple(drift),
        severity=worst,
        version=_version(wanted, published, worst),
        recorded=record is not None or not present.package,
    )
    return replace(change, changelog=changelog(change))


def _version(wanted: Wanted, published: str, worst: Severity) -> Version:
    """A withdrawn dataset has no package.yaml whose version could be raised."""
    derived = published if wanted.withdrawn else derive(published, worst)
    return Version(published, wanted.version, derived)


def _severity(changes: Sequence[ResourceChange], there: bool) -> Severity:
    """What the dataset's data change means: the worst of its tables'. A new dataset changes
    nothing for anybody.
    """
    if not there:
        return "none"
    found: list[Severity] = [severity(one.diff) for one in changes if one.diff]
    found += ["additive" for one in changes if one.action == "create"]
    found += ["breaking" for one in changes if one.action == "withdraw"]
    return max(found, key=SEVERITIES.index, default="none")


def _essence(target: Target) -> Any:
    """What makes two targets the same: all that would be written."""
    files = [
        [
            one.key,
            one.id,
            dict(one.write),
            one.upload and one.sha256,
            one.store and one.store_digest,
        ]
        for one in target.files
    ]
    return [target.id, target.action, dict(target.write), files, list(target.order)]
