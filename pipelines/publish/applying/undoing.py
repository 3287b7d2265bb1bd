"""Gives a dataset back as it was: after a step that failed, and for `machidata rollback`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.publish.applying.journal import Journal
from pipelines.publish.applying.ours import STAMPS, here
from pipelines.publish.applying.saved import Before
from pipelines.publish.applying.steps import PAUSE, TRIES, Site, plain, revise
from pipelines.publish.ckan.client import Upload
from pipelines.publish.ckan.errors import NotThere, Uncertain
from pipelines.publish.ckan.store_plan import undo_store
from pipelines.publish.ckan.store_reading import read_store
from pipelines.publish.ckan.store_writing import write_store
from pipelines.publish.planning.fields import flat, flat_resource
from pipelines.publish.planning.present import show
from pipelines.publish.planning.target import Target


def undo(site: Site, journal: Journal, target: Target, before: Before) -> dict[str, Any]:
    """Undoes what was done of a target; may be done again. Gives the dict as it is then shown.

    A dataset that was not there is deleted (its name stays taken, and the next publication brings
    it back under the same id); one that was deleted is deleted again. Raises CatalogError.
    """
    package = here(site.ckan, journal, target)
    if not package or (not before.package and package.get("state") == "deleted"):
        return package
    if site.stores and _tables(site, target, before, package):
        # a table that comes or goes is a change of its dataset
        package = show(site.ckan, str(package["id"]))
    if not before.package:
        _delete(site, str(package["id"]))
        return show(site.ckan, str(package["id"]))
    if same(before.package, package):
        return package
    package = _give_back(site, journal, before, package)
    if not _stamped(before.package, package):
        package = _revise_to(site, before.package, package, {})
    return package


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two dicts of a dataset say the same, the catalog's time stamps apart."""
    return bool(_plain(one) == _plain(other))


def _plain(package: Mapping[str, Any]) -> Any:
    resources = [
        {k: v for k, v in flat_resource(one).items() if k not in (*STAMPS, "position")}
        for one in package.get("resources") or ()
    ]
    return [flat(package), package.get("state"), resources]


def _stamped(before: Mapping[str, Any], package: Mapping[str, Any]) -> bool:
    """Whether the files say that they were last changed when they did before."""
    stamps = {one["id"]: one.get("last_modified") for one in before.get("resources") or ()}
    return all(stamps.get(one["id"]) == one.get("last_modified") for one in package["resources"])


def _tables(site: Site, target: Target, before: Before, package: Mapping[str, Any]) -> bool:
    """Gives the tables back; says whether any was written."""
    written = False
    ids = target.ids(str(package["id"]))
    there = {str(one["id"]) for one in package.get("resources") or ()}
    for file in target.files:
        id_ = ids[file.key]
        if not file.store or id_ not in there:
            continue
        for number in range(TRIES):
            operations = undo_store(before.stores.get(id_), read_store(site.ckan, id_))
            try:
                if not operations.empty:
                    written = True
                    write_store(site.ckan, id_, operations)
                break
            except Uncertain:
                if number == TRIES - 1:
                    raise
                site.sleep(PAUSE * 2**number)
    return written


def _delete(site: Site, id_: str) -> None:
    for number in range(TRIES):
        try:
            site.ckan.write("package_delete", id=id_)
            return
        except NotThere:
            return
        except Uncertain:
            if show(site.ckan, id_).get("state", "deleted") == "deleted":
                return
            if number == TRIES - 1:
                raise
            site.sleep(PAUSE * 2**number)


def _give_back(
    site: Site, journal: Journal, before: Before, package: Mapping[str, Any]
) -> dict[str, Any]:
    """The old dict, with the old bytes where others were uploaded."""
    now = {one["id"]: one for one in package.get("resources") or ()}
    files: dict[str, Upload] = {}
    for place, resource in enumerate(before.package.get("resources") or ()):
        id_ = str(resource["id"])
        sha256 = before.files.get(id_)
        if sha256 and now.get(id_, {}).get("last_modified") != resource.get("last_modified"):
            name = str(resource.get("url") or "").rpartition("/")[2]
            files[f"update__resources__{place}__upload"] = Upload(name, journal.blob(sha256))
    return _revise_to(site, before.package, package, files)


def _revise_to(
    site: Site, wanted: Mapping[str, Any], package: Mapping[str, Any], files: Mapping[str, Upload]
) -> dict[str, Any]:
    """`package_revise` to a whole dict; everything else of the dataset goes."""
    update = {**wanted, "resources": [plain(one) for one in wanted.get("resources") or ()]}
    for number in range(TRIES):
        match = {"id": package["id"], "metadata_modified": package["metadata_modified"]}
        try:
            fields = {"match": match, "filter": ["-*"], "update": update}
            return revise(site.ckan, fields, files)
        except Uncertain:
            if number == TRIES - 1:
                raise
            site.sleep(PAUSE * 2**number)
            package = show(site.ckan, str(package["id"]))
            if same(wanted, package) and _stamped(wanted, package):
                break
    return dict(package)
