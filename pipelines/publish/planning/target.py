"""What apply shall do to one dataset, ready to be done, written down, and done again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.publish.plan.model import Action
from pipelines.publish.planning.fields import EXTRA, flat, flat_resource, normal
from pipelines.publish.planning.wanted import resource_id

NEW = "+"
"""In `Target.order` a new resource is `+KEY`: its id follows from the dataset's."""


@dataclass(frozen=True, slots=True)
class TargetFile:
    """A resource of ours: `id` is '' for a new one. `write` are the fields to write (None: away),
    `sent` all that we want, `kept` those where a portal edit stays. `upload` says whether the
    bytes with hash `sha256` go there under the name `name`. `store` is the table that the
    DataStore shall hold as JSON (None: it is left alone), `schema` what it is made from.
    """

    key: str
    id: str
    iri: str
    name: str
    sha256: str
    write: Mapping[str, Any]
    sent: Mapping[str, Any]
    kept: tuple[str, ...] = ()
    upload: bool = False
    file_kept: bool = False
    store: bool = False
    store_digest: str = ""
    store_kept: bool = False
    schema: Mapping[str, Any] | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A dataset: `write` are flat fields (None: away), `order` the ids of all its resources.

    `id` is '' for a new one. `site` is where the catalog says that it stands. `modified` is
    `metadata_modified` as it was planned for.
    """

    package: str
    name: str
    iri: str
    title: str
    version: str
    action: Action
    id: str
    site: str
    modified: str
    write: Mapping[str, Any]
    sent: Mapping[str, Any]
    kept: tuple[str, ...] = ()
    files: tuple[TargetFile, ...] = ()
    order: tuple[str, ...] = ()
    reorder: bool = False
    withdrawn: bool = False
    gone: tuple[str, ...] = field(default=())
    """Keys of ours that somebody removed in the catalog, and that stay away."""

    @property
    def comes(self) -> bool:
        """Whether readers see it for the first time, or again: it becomes public last of all."""
        return self.action in ("create", "revive") or self.write.get("private") is False

    def file(self, key: str) -> TargetFile:
        """The file with that key."""
        return next(one for one in self.files if one.key == key)

    def ids(self, dataset_id: str) -> dict[str, str]:
        """Key → id of each resource of ours, once the dataset has an id."""
        return {one.key: one.id or resource_id(one.iri, dataset_id) for one in self.files}


MARK = "version"
"""The field that says which run made a dataset, until the first revision writes the real one."""


def creation(target: Target, mark: str = "") -> dict[str, Any]:
    """What `package_create` gets: all but the resources, private until it is verified, marked as
    that of this run.
    """
    fields = {**target.write, "private": True, **({MARK: mark} if mark else {})}
    return {**_unflat(fields, {})[1], "name": target.name}


def revision(
    target: Target, package: Mapping[str, Any]
) -> tuple[list[str], dict[str, Any], dict[int, TargetFile]]:
    """What `package_revise` gets for a dataset as it is shown now: filter, update, and the uploads
    by their position among the resources.

    `update` merges into lists position by position, so whatever is written is filtered out first.
    Resources go without `position`: CKAN 2.12 takes those that are as they were over by that
    number, which fails for one that another resource was removed before.
    """
    away, update = _unflat(target.write, package)
    if target.comes:
        update["private"] = True
    if target.action in ("create", "revive"):
        update["state"] = "active"
    if target.action == "create":
        away.append(MARK)
    resources, uploads = _resources(target, package)
    update["resources"] = resources
    removed = sorted({*away, *update} - {"state", "private"})
    return [f"-{name}" for name in removed], update, uploads


def _unflat(
    write: Mapping[str, Any], package: Mapping[str, Any]
) -> tuple[list[str], dict[str, Any]]:
    """Flat fields as CKAN takes them: names to remove, and a dict; foreign extras stay."""
    away = [name for name, value in write.items() if value is None and not name.startswith(EXTRA)]
    update = {k: v for k, v in write.items() if v is not None and not k.startswith(EXTRA)}
    if "tags" in update:
        update["tags"] = [{"name": name} for name in update["tags"]]
    ours = {k.removeprefix(EXTRA): v for k, v in write.items() if k.startswith(EXTRA)}
    if ours:
        theirs = [one for one in package.get("extras") or () if one["key"] not in ours]
        added = [{"key": k, "value": v} for k, v in sorted(ours.items()) if v is not None]
        update["extras"] = [{"key": x["key"], "value": x["value"]} for x in theirs] + added
    return away, update


def _resources(
    target: Target, package: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], dict[int, TargetFile]]:
    shown = {one["id"]: one for one in package.get("resources") or ()}
    ids = target.ids(str(package.get("id", "")))
    ours = {ids[one.key]: one for one in target.files}
    resources: list[dict[str, Any]] = []
    uploads: dict[int, TargetFile] = {}
    for place in target.order:
        id_ = ids[place.removeprefix(NEW)] if place.startswith(NEW) else place
        made = {key: value for key, value in shown.get(id_, {}).items() if key != "position"}
        file = ours.get(id_)
        if file:
            written = {**file.write, **(addresses(target, package, file, id_) if not made else {})}
            made = {k: v for k, v in {**made, **written}.items() if k not in _away(written)}
            made["id"] = id_
            if file.upload:
                uploads[len(resources)] = file
        resources.append(made)
    return resources, uploads


def _away(write: Mapping[str, Any]) -> set[str]:
    return {name for name, value in write.items() if value is None}


def addresses(
    target: Target, package: Mapping[str, Any], file: TargetFile, id_: str
) -> dict[str, str]:
    """The addresses of a file (CKAN, `resource_download`)."""
    where = f"{target.site}/dataset/{package['id']}/resource/{id_}/download/{file.name}"
    return {"access_url": where, "download_url": where}


def reached(target: Target, package: Mapping[str, Any]) -> bool:
    """Whether a dataset shows all that the revision writes; one that is gone ({}) does not."""
    if package.get("state") != "active":
        return False
    shown = flat(package)
    for name, value in target.write.items():
        if normal(value) != shown.get(name) and not (name == "private" and target.comes):
            return False
    resources = {one["id"]: one for one in package.get("resources") or ()}
    ids = target.ids(str(package["id"]))
    order = [ids[one.removeprefix(NEW)] if one.startswith(NEW) else one for one in target.order]
    if list(resources) != order:
        return False
    return all(_file_reached(file, resources[ids[file.key]]) for file in target.files)


def _file_reached(file: TargetFile, resource: Mapping[str, Any]) -> bool:
    shown = flat_resource(resource)
    if file.upload and shown.get("hash") != file.sha256:
        return False
    return all(normal(value) == shown.get(name) for name, value in file.write.items())
