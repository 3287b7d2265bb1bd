"""`package`: tables and findings → a Package, still in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from pipelines.findings.accepting import accept
from pipelines.model import (
    Declaration,
    Document,
    Finding,
    Municipality,
    Package,
    Resource,
    Row,
    Tables,
)
from pipelines.package.descriptor import descriptor, to_json
from pipelines.package.finding_rows import finding_rows, unique
from pipelines.package.table_csv import to_csv
from pipelines.private import masked_finding
from pipelines.vocabulary import table_schemas

DESCRIPTOR = "datapackage.json"


def package(
    declaration: Declaration,
    municipality: Municipality,
    tables: Tables,
    findings: Sequence[Finding],
    sources: Mapping[str, str],
    printed: Sequence[tuple[str, Document]] = (),
) -> Package:
    """Return the package: one CSV a table (`data/{code}_{slug}.csv`) and `datapackage.json`.

    `findings` are those of the checking stage; the tidy stage's (`tables.findings`) come before
    them, and one that is in both is written once. What they quote of a person is masked, whichever
    room found it, for findings are shown and published. Those that the declaration accepts say so;
    an acceptance that matches none is a finding itself. `sources` maps the keys of the
    declaration's sources to the SHA-256 of the documents that were read; `printed` are the
    committed extracts by the same keys, which travel with the package. Tables without rows are not
    written. The same input gives the same bytes. Raises MachidataError `licence-unknown`.
    """
    found = unique(map(masked_finding, [*tables.findings, *findings]))
    every = accept(found, declaration.accept, metadata=False)
    rows: dict[str, Sequence[Row]] = {slug: tables.rows(slug) for slug in table_schemas()}
    rows["finding"] = finding_rows(every, municipality, tables.plan_id)
    resources = tuple(
        _resource(municipality.code, slug, some) for slug, some in rows.items() if some
    )
    content = descriptor(declaration, municipality, resources, sources)
    files = {resource.path: resource.data for resource in resources}
    return Package(
        declaration=declaration,
        municipality=municipality,
        tables=tables,
        descriptor=content,
        resources=resources,
        files={**files, DESCRIPTOR: to_json(content)},
        findings=tuple(every),
        printed=tuple(printed),
    )


def _resource(code: str, slug: str, rows: Sequence[Row]) -> Resource:
    columns = [field["name"] for field in table_schemas()[slug]["fields"]]
    data = to_csv(columns, rows)
    digest = hashlib.sha256(data).hexdigest()
    return Resource(slug, f"data/{code}_{slug}.csv", data, digest, len(rows))
