"""Packages as a CKAN shall have them: built, described, gated, in the catalog's own terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipelines import line
from pipelines.catalogs.file import CatalogFile
from pipelines.catalogs.session import Session
from pipelines.job import BASE, Progress, Step
from pipelines.model import Declaration, Finding, MachidataError, Package
from pipelines.publish.allowed import refuse_unlicensed
from pipelines.publish.ckan.errors import CatalogError
from pipelines.publish.planning.catalog import owner_id, withdrawn_dataset
from pipelines.publish.planning.wanted import Wanted, wanted_dataset
from pipelines.workspace import PACKAGES, choose


@dataclass(frozen=True, slots=True)
class Built:
    """Packages that may be published, those that may not, and why; what was found in them."""

    packages: tuple[Package, ...]
    failed: Mapping[str, MachidataError]
    findings: tuple[Finding, ...]


def build_for(root: Path, names: Sequence[str], base: str, progress: Progress) -> Built:
    """The packages `names` (all when there are none), with the metadata gate passed.

    One that cannot be built, has errors or states no licence is left out: its dataset stays as it
    is.
    """
    chosen = choose(root, names)
    made: list[Package] = []
    failed: dict[str, MachidataError] = {}
    for number, name in enumerate(chosen):
        progress(Step(name, "read", number, len(chosen) + 1))
        try:
            package = line.build_package(root / PACKAGES / name)
            refuse_unlicensed([package.declaration], "ckan")
            package = line.described(package, base)
            refuse_unlicensed([package.declaration], "ckan")
        except MachidataError as error:
            failed[name] = error
            continue
        if package.has_errors:
            failed[name] = _stopped(package)
        else:
            made.append(package)
    return Built(tuple(made), failed, tuple(one for p in made for one in p.findings))


def _stopped(package: Package) -> MachidataError:
    errors = [one for one in package.findings if one.stops]
    return MachidataError(
        "package-stopped",
        ja=f"パッケージに誤りが {len(errors)} 件あるため、公開しません。",
        en=f"The package has {len(errors)} errors and is not published.",
        where=package.declaration.name,
        found=errors[0].message if errors else "",
        fix_ja=f"machidata check {package.declaration.name} で確かめて直してください。",
        fix_en=f"See them with: machidata check {package.declaration.name}",
        exit_code=1,
    )


def wanted_of(
    session: Session,
    packages: Sequence[Package],
    base: str,
    failed: dict[str, MachidataError] | None = None,
) -> list[Wanted]:
    """The packages in the terms of the session's catalog.

    A package without an organization there (`catalog-organization`) goes to `failed`; without
    `failed`, and when the catalog cannot be reached, the error is raised.
    """
    from pipelines.describe.for_ckan import for_ckan

    catalog = session.catalog
    fields = schema_fields(session)
    told = for_ckan(packages, base, fields=fields, licence_ids=catalog.licence_ids)
    owners: dict[str, str] = {}
    found = []
    for package in packages:
        declared = package.declaration
        organization = filled(catalog.organization, declared)
        if organization not in owners:
            try:
                owners[organization] = owner_id(session.ckan, organization)
            except MachidataError as error:
                if failed is None or error.exit_code == 3:
                    raise
                failed[declared.name] = error
                continue
        entry = told[declared.name]
        name = entry["name"]
        if catalog.dataset != "{name}":
            name = filled(catalog.dataset, declared)
        one = wanted_dataset(package, entry, owners[organization], name, catalog.format)
        found.append(replace(one, name=name))
    return found


def filled(pattern: str, declared: Declaration) -> str:
    """A pattern of the catalog's file with the package's code and name."""
    code, name = declared.municipality, declared.name.lower()
    return pattern.replace("{code}", code).replace("{name}", name)


def schema_fields(session: Session) -> frozenset[str] | None:
    """The dataset fields of ckanext-scheming's schema; None where that is not installed or has no
    schema for datasets.
    """
    if not session.status.has_scheming:
        return None
    try:
        told: Any = session.ckan.read("scheming_dataset_schema_show", type="dataset")
        return frozenset(str(one["field_name"]) for one in told["dataset_fields"])
    except (CatalogError, KeyError, TypeError):
        return None


def withdrawn_of(root: Path, session: Session, names: Sequence[str]) -> list[Wanted]:
    """The datasets that we published and no longer declare; only when all packages are meant."""
    if names:
        return []
    declared = set(choose(root))
    records = session.records()
    return [withdrawn_dataset(one) for name, one in records.items() if name not in declared]


def base_of(catalog: CatalogFile, base: str) -> str:
    """Where our IRIs stand: as asked, else as the catalog's file says, else the usual place."""
    return base or catalog.base or BASE
