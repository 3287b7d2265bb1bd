"""Any plan document → the tidy tables, without a declaration (`machidata read`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipelines.model import (
    Contact,
    Declaration,
    Document,
    Municipality,
    Package,
    Source,
)
from pipelines.whose import whose

_NO_DAY = date(1, 1, 1)
"""Stands in a declaration that nobody wrote; taken out of the descriptor again."""


def read_document(path: Path, code: str = "") -> Package:
    """The package of one document: its tables, findings and `files` for one flat folder.

    `code` is the municipality's code; without it the document must name its municipality. Raises
    MachidataError: those of reading and of `pipelines.whose`.
    """
    from pipelines.check import check
    from pipelines.package import package
    from pipelines.read import read
    from pipelines.tidy import tidy

    document = read(path)
    municipality, plan_id, doubts = whose(document, code)
    sources = [("document", document)]
    tables = tidy(sources, plan_id, municipality, {})
    plans = tables.rows("plan")
    title = str(plans[0].get("名称") or "") if plans else ""
    declaration = _declaration(plan_id, municipality, title or document.name, document)
    found = [*doubts, *check(tables, sources)]
    return _flat(package(declaration, municipality, tables, found, {"document": document.sha256}))


def _declaration(name: str, place: Municipality, title: str, document: Document) -> Declaration:
    return Declaration(
        name=name,
        folder=Path(),
        municipality=place.code,
        title=title,
        title_en="",
        description="",
        description_en="",
        licence="",
        frequency="",
        themes=(),
        keywords=(),
        contact=Contact(""),
        sources=(Source("document", "", document.name, document.name),),
        issued=_NO_DAY,
        modified=_NO_DAY,
        version="",
    )


def _flat(package: Package) -> Package:
    """The package with its files in one folder and without the days that nobody stated."""
    from pipelines.package.descriptor import to_json

    days = {"created", "machidata:issued", "machidata:modified"}
    content = {key: value for key, value in package.descriptor.items() if key not in days}
    entries = content["resources"]
    if isinstance(entries, list):
        content["resources"] = [{**entry, "path": Path(entry["path"]).name} for entry in entries]
    files = {Path(resource.path).name: resource.data for resource in package.resources}
    return Package(
        declaration=package.declaration,
        municipality=package.municipality,
        tables=package.tables,
        descriptor=content,
        resources=package.resources,
        files={**files, "datapackage.json": to_json(content)},
        findings=package.findings,
    )


def is_readable(package: Package) -> bool:
    """False when no table of a plan was found in the document: then there is nothing to write."""
    return not any(finding.code == "nothing-read" for finding in package.findings)
