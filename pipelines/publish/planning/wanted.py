"""What shall stand in a CKAN: a package's dict and files, in the catalog's own terms."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from pipelines.model import Package

WITHDRAWN = "http://purl.org/adms/status/Withdrawn"
"""ADMS, status of a distribution: what 配信停止 is in RDF (ckanext-dcat serves it)."""

STATUS_EXTRA = "extras.配信状態"
STOPPED = "配信停止"

# Set by the catalog, or worked out from its ids.
_ADDRESSES = ("url", "access_url", "download_url")


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A resource that shall be there. `fields` are CKAN's, without addresses; `schema` is the Table
    Schema of a table. `data` is None for one that was withdrawn: its bytes stay as they are.
    """

    key: str
    iri: str
    name: str
    sha256: str
    fields: Mapping[str, Any]
    data: bytes | None = None
    schema: Mapping[str, Any] | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A dataset that shall be there, with its resources in their order.

    `package` is our name for it, `name` the catalog's; `fields` are flat (see `fields.flat`).
    """

    package: str
    name: str
    iri: str
    title: str
    version: str
    fields: Mapping[str, Any]
    files: tuple[WantedFile, ...]
    withdrawn: bool = False


def wanted_dataset(
    package: Package, told: Mapping[str, Any], owner: str, name: str, form: str
) -> Wanted:
    """A package as its catalog shall have it.

    `told` is the package's dict of the stage `describe`, `owner` the id of the organization, `name`
    the dataset's name there; `form` is `word` (CKAN's `format` is `CSV`) or `iri` (as told).
    """
    from pipelines.publish.planning.fields import flat

    dataset = {key: value for key, value in told.items() if key != "resources"}
    dataset |= {"owner_org": owner, "name": name, "private": False}
    entries = {one["identifier"]: one for one in told["resources"]}
    schemas = _schemas(package)
    files = []
    for resource in package.resources:
        fields = {k: v for k, v in entries[resource.slug].items() if k not in _ADDRESSES}
        fields |= {"size": len(resource.data), "hash": resource.sha256}
        path = PurePosixPath(resource.path)
        if form == "word":
            fields["format"] = path.suffix.removeprefix(".").upper()
        files.append(
            WantedFile(
                key=resource.slug,
                iri=fields["uri"],
                name=path.name,
                sha256=resource.sha256,
                fields=fields,
                data=resource.data,
                schema=schemas.get(resource.path),
            )
        )
    return Wanted(
        package=package.declaration.name,
        name=name,
        iri=dataset["uri"] if "uri" in dataset else flat(dataset)["extras.uri"],
        title=dataset["title"],
        version=package.declaration.version,
        fields=flat(dataset),
        files=tuple(files),
    )


def _schemas(package: Package) -> dict[str, Mapping[str, Any]]:
    """The Table Schema of each file by its path."""
    found: dict[str, Mapping[str, Any]] = {}
    listed: Any = package.descriptor.get("resources", ())
    for one in listed:
        if one.get("schema"):
            found[one["path"]] = one["schema"]
    return found


def resource_id(iri: str, dataset_id: str) -> str:
    """The id of a new resource: a UUID (version 5) that follows from its IRI and its dataset, so
    that a creation that is tried again is the same one.
    """
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{iri}#{dataset_id}"))


def with_addresses(file: WantedFile, site: str, dataset_id: str, id_: str) -> WantedFile:
    """The file with the addresses at which CKAN will serve it (`resource_download`)."""
    address = f"{site}/dataset/{dataset_id}/resource/{id_}/download/{file.name}"
    addresses = {"access_url": address, "download_url": address}
    return replace(file, fields={**file.fields, **addresses})
