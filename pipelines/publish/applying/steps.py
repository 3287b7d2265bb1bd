"""The steps that make one dataset what its target says. Each may be done again.

    create (private) → revise, with all uploads → tables → read back → make public

Readers never see a new dataset before all of it is in and verified. A dataset that is there gets
its new metadata and files in one call of `package_revise`, which CKAN does wholly or not at all and
only if nobody changed the dataset meanwhile (`match`).
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.model import MachidataError
from pipelines.publish.applying.journal import Journal
from pipelines.publish.applying.ours import made_here, mark_of, note
from pipelines.publish.applying.verifying import ReadBack, Verifier
from pipelines.publish.ckan.client import Ckan, Upload
from pipelines.publish.ckan.errors import CatalogError, Moved, NotAllowed, Refused, Uncertain
from pipelines.publish.ckan.store_model import StoreSeen, StoreTable
from pipelines.publish.ckan.store_plan import plan_store
from pipelines.publish.ckan.store_reading import read_store
from pipelines.publish.ckan.store_table import store_table
from pipelines.publish.ckan.store_writing import write_store
from pipelines.publish.planning.present import show
from pipelines.publish.planning.target import Target, TargetFile, creation, reached, revision

TRIES = 3
PAUSE = 1.0  # seconds before a write whose outcome was open is tried again, doubled each time


@dataclass(frozen=True, slots=True)
class Site:
    """The catalog as the steps need it."""

    ckan: Ckan
    rdf: bool = True
    stores: bool = True
    sleep: Callable[[float], None] = time.sleep


class Steps:
    """The steps of one dataset; `seen` are its tables as planned for, empty when going on."""

    def __init__(
        self, site: Site, journal: Journal, target: Target, seen: Mapping[str, StoreSeen]
    ) -> None:
        self.site = site
        self.journal = journal
        self.target = target
        self.seen = dict(seen)
        self._tables: dict[str, StoreTable] = {}

    def done(self, step: str, **more: Any) -> None:
        """Notes a step that was done."""
        self.journal.event(self.target.package, step, **more)

    def run(self, *, again: bool) -> tuple[dict[str, Any], ReadBack]:
        """All steps; gives the dict as it is shown at the end, and what was read back.

        `again` looks first at what an interrupted run has done. Raises CatalogError and
        MachidataError `verify-failed`.
        """
        package = self._package(again=again)
        note(self.journal, self.target, "revised", package)
        tables = [one for one in self.target.files if one.store and self.site.stores]
        for file in tables:
            self._store(file, self.target.ids(str(package["id"]))[file.key], again=again)
        if tables:
            self.done("stored")
            # a table that came or went changes the dict (`datastore_active`, dates)
            package = show(self.site.ckan, str(package["id"]))
            self._views(package, tables)
        verifier = Verifier(self.site.ckan, self.target, self.table, everything=False)
        # the RDF follows from the dict: `machidata verify` reads it
        read = verifier.check(package, rdf=False, stores=self.site.stores)
        if read.serious:
            raise _wrong(self.target, read)
        if self.target.comes:
            package = self._publish(package)
        return package, read

    def table(self, file: TargetFile) -> StoreTable:
        """The table of a file."""
        if file.key not in self._tables:
            data = self.journal.blob(file.sha256)
            self._tables[file.key] = store_table(data, file.schema or {})
        return self._tables[file.key]

    def _package(self, *, again: bool) -> dict[str, Any]:
        """The dataset with its metadata and files in place."""
        target = self.target
        if target.action == "create":
            package = self._create(again=again)
        else:
            package = show(self.site.ckan, target.id)
            if again and reached(target, package):
                return package
            if not package or str(package.get("metadata_modified")) != target.modified:
                raise _moved(self.site.ckan, target)
        if target.action == "create" and again and reached(target, package):
            return package
        return self._revise(package) if self._writes() else package

    def _writes(self) -> bool:
        """Whether the dataset itself changes, not its tables alone."""
        target = self.target
        changed = any(one.write or one.upload or not one.id for one in target.files)
        return bool(target.write) or changed or target.reorder or target.comes

    def _create(self, *, again: bool) -> dict[str, Any]:
        """The new dataset, still private and without resources."""
        target, ckan = self.target, self.site.ckan
        mark = mark_of(self.journal, target)
        for number in range(TRIES):
            if again or number:
                found = show(ckan, target.name)
                if made_here(self.journal, target, found):
                    return self._created(found)
                if found:
                    raise _moved(ckan, target)
            try:
                return self._created(ckan.write("package_create", **creation(target, mark)))
            except Refused as error:
                # somebody took the name since the plan was made
                raise (_moved(ckan, target) if show(ckan, target.name) else error) from error
            except Uncertain as error:
                last = error
                self.site.sleep(PAUSE * 2**number)
        raise last

    def _created(self, package: Mapping[str, Any]) -> dict[str, Any]:
        if "created" not in self.journal.steps(self.target.package):
            note(self.journal, self.target, "created", package)
        return dict(package)

    def _revise(self, package: Mapping[str, Any]) -> dict[str, Any]:
        target, ckan = self.target, self.site.ckan
        for number in range(TRIES):
            try:
                return self._send(package)
            except Uncertain as error:
                last = error
                self.site.sleep(PAUSE * 2**number)
            found = show(ckan, str(package["id"]))
            if reached(target, found):
                return found
            if found.get("metadata_modified") != package["metadata_modified"]:
                raise _moved(ckan, target)
        raise last

    def _send(self, package: Mapping[str, Any]) -> dict[str, Any]:
        filter_, update, uploads = revision(self.target, package)
        match = {"id": package["id"], "metadata_modified": package["metadata_modified"]}
        fields = {"match": match, "filter": filter_, "update": update}
        files = {
            f"update__resources__{place}__upload": Upload(file.name, self.journal.blob(file.sha256))
            for place, file in uploads.items()
        }
        return revise(self.site.ckan, fields, files)

    def _store(self, file: TargetFile, id_: str, *, again: bool) -> None:
        """The table; a write whose outcome is open is planned anew from what is there."""
        ckan = self.site.ckan
        for number in range(TRIES):
            # a resource that comes back to its dataset may find its old table
            fresh = again or number or (not file.id and self.target.id)
            seen = read_store(ckan, id_) if fresh else self.seen.get(id_)
            _, operations = plan_store(seen, self.table(file))
            try:
                if not operations.empty:
                    write_store(ckan, id_, operations)
                return
            except Uncertain as error:
                last = error
                self.site.sleep(PAUSE * 2**number)
        raise last

    def _views(self, package: Mapping[str, Any], tables: Sequence[TargetFile]) -> None:
        """New tables get the views that the catalog gives every table: uploading by hand does so,
        `package_revise` does not. A catalog without them is published all the same.
        """
        ids = self.target.ids(str(package["id"]))
        made = {ids[file.key] for file in tables} - set(self.seen)
        resources = [one for one in package.get("resources") or () if one["id"] in made]
        if not resources:
            return
        told = {"package": {**package, "resources": resources}, "create_datastore_views": True}
        with contextlib.suppress(CatalogError):
            self.site.ckan.write("package_create_default_resource_views", **told)

    def _publish(self, package: Mapping[str, Any]) -> dict[str, Any]:
        """Makes it public, if that is wanted."""
        if not package.get("private") or self.target.sent.get("private"):
            return dict(package)
        self.done("verified")
        return make_public(self.site, package)


def make_public(site: Site, package: Mapping[str, Any]) -> dict[str, Any]:
    """A private dataset becomes public, unless somebody changed it meanwhile.

    Resources that CKAN counts without a gap may stay out of it, which is faster; see
    `target.revision` for the others.
    """
    resources = list(package.get("resources") or ())
    update: dict[str, Any] = {"private": False}
    whole = [one.get("position") for one in resources] == list(range(len(resources)))
    if not whole:
        update["resources"] = [plain(one) for one in resources]
    for number in range(TRIES):
        match = {"id": package["id"], "metadata_modified": package["metadata_modified"]}
        fields = {"match": match, "filter": [] if whole else ["-resources"], "update": update}
        try:
            return revise(site.ckan, fields, {})
        except Uncertain as error:
            last = error
            site.sleep(PAUSE * 2**number)
        found = show(site.ckan, str(package["id"]))
        if found.get("private") is False:
            return found
    raise last


def plain(resource: Mapping[str, Any]) -> dict[str, Any]:
    """A resource as `package_revise` takes it safely; see `target.revision`."""
    return {key: value for key, value in resource.items() if key != "position"}


def revise(ckan: Ckan, fields: Mapping[str, Any], files: Mapping[str, Upload]) -> dict[str, Any]:
    """`package_revise`, as JSON or with files; gives the dataset's dict.

    A dataset that the portal put into a group which the publisher may not edit is refused as soon
    as the call names its groups (CKAN 2.12 and 2.11, 403); without them they stay as they are.
    """
    try:
        return _revised(ckan, fields, files)
    except NotAllowed:
        update = {key: value for key, value in fields["update"].items() if key != "groups"}
        without = {**fields, "filter": [*fields["filter"], "-groups"], "update": update}
        return _revised(ckan, without, files)


def _revised(ckan: Ckan, fields: Mapping[str, Any], files: Mapping[str, Upload]) -> dict[str, Any]:
    if files:
        told = ckan.send("package_revise", fields, files)
    else:
        told = ckan.write("package_revise", **fields)
    return dict(told["package"])


def _moved(ckan: Ckan, target: Target) -> Moved:
    return Moved(ckan.url, f"package_revise {target.name}", ["metadata_modified"])


def _wrong(target: Target, read: ReadBack) -> MachidataError:
    one = read.serious[0]
    return MachidataError(
        "verify-failed",
        ja="公開したものを読み返したところ、送ったものと違いました。",
        en="What was read back is not what was sent.",
        where="/".join(part for part in (target.package, one.resource, one.what) if part),
        found=str(one.found)[:200],
        expected=str(one.expected)[:200],
        fix_ja="公開先の管理者に知らせて、もう一度実行してください。",
        fix_en="Tell whoever runs the catalog, and run again.",
        exit_code=3,
    )
