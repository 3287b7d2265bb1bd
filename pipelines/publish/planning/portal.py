"""Edits on the portal that concern a dataset as a whole: taken, deleted, added to, put in order."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.publish.plan.model import Decision, Drift
from pipelines.publish.planning.fields import Policy, decide
from pipelines.publish.planning.present import Present, iri_of
from pipelines.publish.planning.record import Record
from pipelines.publish.planning.target import NEW, TargetFile


def adopted(present: Present, record: Record | None, policy: Policy) -> list[Drift]:
    """A dataset of our name that nobody marked as ours is not taken over unasked."""
    if record or not present.there or iri_of(present.package):
        return []
    decision: Decision = "overwrite" if policy == "overwrite" else "conflict"
    return [Drift("", "dataset", None, str(present.package["id"]), None, decision)]


def deleted(present: Present, record: Record | None, policy: Policy) -> list[Drift]:
    """A dataset that somebody deleted comes back, since we still publish it; but never unsaid."""
    if record is None or not present.deleted:
        return []
    decision: Decision = "keep" if policy == "keep" else "overwrite"
    return [Drift("", "deleted", "active", "deleted", "active", decision)]


def added(order: Sequence[str], present: Present, record: Record | None) -> list[Drift]:
    """Resources that somebody added on the portal since our last apply; they always stay."""
    if record is None or present.deleted:
        return []
    known = {*record.order, *(one.id for one in record.files.values())}
    return [
        Drift(str(one.get("name") or one["id"]), "added", None, one["id"], None, "keep")
        for one in present.resources
        if one["id"] in order and one["id"] not in known
    ]


def arranged(
    files: Sequence[TargetFile], present: Present, record: Record | None, policy: Policy
) -> tuple[tuple[str, ...], list[Drift]]:
    """The order of the resources: ours first, then the portal's own; unless somebody on the
    portal put them into another, which stays, with new ones behind.
    """
    places = [one.id or NEW + one.key for one in files]
    found = [str(one["id"]) for one in present.resources]
    foreign = [id_ for id_ in found if id_ not in places]
    wanted = [*places, *foreign]
    left = [id_ for id_ in record.order if id_ in found] if record else []
    common = [id_ for id_ in found if id_ in left]
    if not record or left == common or wanted == found:
        return tuple(wanted), []
    decision = decide(False, policy)
    drift = [Drift("", "order", list(left), list(common), None, decision)]
    if decision == "overwrite":
        return tuple(wanted), drift
    return (*found, *(place for place in places if place.startswith(NEW))), drift
