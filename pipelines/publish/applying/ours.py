"""Whose a dataset is in the middle of a run: still as we left it, or somebody else's by now.

Two publishers at different machines know nothing of each other. Who comes second must neither take
the other's new dataset for its own nor throw the other's work away when it undoes what it did.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from pipelines.publish.applying.journal import Journal
from pipelines.publish.applying.saved import Before
from pipelines.publish.ckan.client import Ckan
from pipelines.publish.planning.fields import flat, flat_resource, normal
from pipelines.publish.planning.present import digest_of, show
from pipelines.publish.planning.target import MARK, Target, reached

# Set by the catalog at every change; CKAN takes them back only from an administrator.
STAMPS = ("metadata_modified", "last_modified")
# What making it public, and its tables, change without anybody having edited it.
_PASSING = (*STAMPS, "position", "datastore_active")
# What the catalog works out of a file that is uploaded.
_UPLOADED = ("url", "size", "mimetype")


def essence(package: Mapping[str, Any]) -> Any:
    """What a dataset says, the catalog's time stamps and its tables apart."""
    resources = [
        {key: value for key, value in flat_resource(one).items() if key not in _PASSING}
        for one in package.get("resources") or ()
    ]
    return [flat(package), package.get("state"), resources]


def left(package: Mapping[str, Any]) -> str:
    """The essence in one word (SHA-256), be the dataset private or public."""
    said, state, resources = essence(package)
    return digest_of([{k: v for k, v in said.items() if k != "private"}, state, resources])


def note(journal: Journal, target: Target, step: str, package: Mapping[str, Any]) -> None:
    """Notes a step after which the dataset is as we left it."""
    journal.event(target.package, step, id=package["id"], left=left(package))


def mark_of(journal: Journal, target: Target) -> str:
    """The mark of the dataset that this run makes, noted before it is used: an answer that is lost
    leaves open whether a dataset of that name is ours.
    """
    told = _last(journal, target, "creating").get("mark")
    if told:
        return str(told)
    mark = f"0.0.0+{secrets.token_hex(8)}"
    journal.event(target.package, "creating", mark=mark)
    return mark


def made_here(journal: Journal, target: Target, package: Mapping[str, Any]) -> bool:
    """Whether it was this run that made the dataset."""
    made = _last(journal, target, "created").get("id")
    mark = _last(journal, target, "creating").get("mark")
    return bool(package) and (package["id"] == made or bool(mark and package.get(MARK) == mark))


def here(ckan: Ckan, journal: Journal, target: Target) -> dict[str, Any]:
    """The dataset that a run writes, as it is shown now; {} where there is none, and where the one
    of that name is not the one that this run made.
    """
    made = _last(journal, target, "created").get("id")
    found = show(ckan, target.id or str(made or target.name))
    if target.action == "create" and not made_here(journal, target, found):
        return {}
    return found


def as_left(
    journal: Journal,
    target: Target,
    before: Before,
    package: Mapping[str, Any],
    *,
    unsure: bool,
) -> bool:
    """Whether the dataset is as it was before the run, or as the run left it: nobody else changed
    it meanwhile, so that it may be undone. `unsure`: an answer of ours was lost.
    """
    if not package:
        return True
    if target.action == "create" and not made_here(journal, target, package):
        return False
    found = left(package)
    noted = [one["left"] for one in _events(journal, target) if "left" in one]
    if found in noted or (before.package and found == left(before.package)):
        return True
    if target.action == "create" and (package.get("state") == "deleted" or not noted):
        return True
    return unsure and "revised" not in journal.steps(target.package) and reached(target, package)


def only_ours(target: Target, before: Before, package: Mapping[str, Any]) -> bool:
    """Whether a dataset says what it said before with what the run writes laid over it, and nothing
    else: the run revised it and was killed before it could note that.
    """
    if not before.package or not reached(target, package):
        return False
    expected = {**flat(before.package), **target.write}
    found = flat(package)
    same = all(normal(expected.get(key)) == found.get(key) for key in {*expected, *found})
    shown = {str(one["id"]): one for one in package.get("resources") or ()}
    written = {one.id: one for one in target.files if one.id}
    for one in before.package.get("resources") or ():
        id_ = str(one["id"])
        file = written.get(id_)
        passing = {*_PASSING, *(_UPLOADED if file and file.upload else ())}
        laid = {**flat_resource(one), **(file.write if file else {})}
        now = flat_resource(shown.get(id_, {}))
        keys = {*laid, *now} - passing
        same = same and all(normal(laid.get(key)) == now.get(key) for key in keys)
    return same


def _events(journal: Journal, target: Target) -> list[dict[str, Any]]:
    return [one for one in journal.events() if one["package"] == target.package]


def _last(journal: Journal, target: Target, step: str) -> dict[str, Any]:
    return next((one for one in reversed(_events(journal, target)) if one["step"] == step), {})
