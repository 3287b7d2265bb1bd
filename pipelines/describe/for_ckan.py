"""Packages as the dicts of one particular CKAN: with the fields that its schema has."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from pipelines.describe.build import build_catalog
from pipelines.describe.forms.ckan_dict import PREFIXES, ckan_package
from pipelines.describe.iris import Names
from pipelines.describe.model import CatalogInfo, Dataset
from pipelines.model import Package

# Fields of CKAN itself (2.10–2.12, ckan/logic/schema.py), there with and without ckanext-scheming.
_CORE = frozenset(
    {"name", "title", "notes", "tags", "url", "version", "license_id", "owner_org", "resources"}
)


def for_ckan(
    packages: Sequence[Package],
    base: str,
    *,
    fields: Collection[str] | None = None,
    licence_ids: str = "ckanId",
) -> dict[str, dict[str, Any]]:
    """Name of each package → its dict (see `ckan_package`).

    `fields` are the dataset fields that the catalog's schema has (`scheming_dataset_schema_show`),
    None where ckanext-scheming is not there. What the schema lacks goes to `extras`: CKAN drops
    fields that it does not know without a word.

    Raises MachidataError as `describe` does.
    """
    datasets = build_catalog(list(packages), Names(base), CatalogInfo()).datasets
    return {one.identifier: _dict(one, fields, licence_ids) for one in datasets}


def _dict(dataset: Dataset, fields: Collection[str] | None, licence_ids: str) -> dict[str, Any]:
    legacy = ckan_package(dataset, style="legacy", licence_ids=licence_ids)
    if fields is None:
        return legacy
    full = ckan_package(dataset, licence_ids=licence_ids)
    known = {key: value for key, value in full.items() if key in _CORE or key in fields}
    extras = [one for one in legacy.get("extras", ()) if not _covered(one["key"], fields)]
    return {**known, **({"extras": extras} if extras else {})}


def _covered(key: str, fields: Collection[str]) -> bool:
    """Whether a field of the schema says what this extra says."""
    names = {field for field, start in PREFIXES.items() if key.startswith(f"{start}_")}
    names = {name for name in names if key != "contact_phone"}
    return key in fields or bool(names & set(fields))
