"""The metadata of a whole catalog, with what stays of the one in place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pipelines.describe.build import CUBE, build_catalog
from pipelines.describe.forms.opendata_list import opendata_rows
from pipelines.describe.forms.schema_org import data_catalog
from pipelines.describe.forms.sitemap import robots, sitemap
from pipelines.describe.gate.gate import gate
from pipelines.describe.iris import Names
from pipelines.describe.list_traps import TABLE, list_findings
from pipelines.describe.listed import whole_list
from pipelines.describe.model import Catalog, CatalogInfo
from pipelines.describe.own import own_metadata
from pipelines.describe.rdf.dcat import catalog_graph
from pipelines.describe.rdf.render import render
from pipelines.describe.remember import kept_datasets
from pipelines.describe.score.quality import quality
from pipelines.findings.accepting import marked
from pipelines.findings.opendata_list import ListFullOneKept
from pipelines.model import Finding, Metadata, Package, PackageMetadata
from pipelines.opendata_rows import LIST_PATH, ListRow, read_list, write_list
from pipelines.vocabulary import scheme


def whole_catalog(
    packages: Sequence[Package],
    names: Names,
    info: CatalogInfo,
    previous: Mapping[str, bytes],
    keep: Collection[str],
    forget: Collection[str] = (),
) -> Metadata:
    """See `pipelines.describe.describe`."""
    candidates = [package for package in packages if not package.has_errors]
    own = {one.declaration.name: own_metadata(one, names, info) for one in candidates}
    with_cube = [name for name, one in own.items() if CUBE in one.files]
    every = {package.declaration.name for package in packages} | set(keep)
    accept = {package.declaration.name: package.declaration.accept for package in packages}
    while True:
        good = [one for one in candidates if not own[one.declaration.name].has_errors]
        stay = every - {package.declaration.name for package in good}
        kept = kept_datasets(previous, stay, names)
        model = build_catalog(good, names, info, kept, with_cube)
        rdf = render(catalog_graph(model), "catalog")
        broken = gate(rdf["catalog.ttl"]) if model.datasets else ()
        found = tuple(marked(one, accept.get(one.row_id, ())) for one in broken)
        stopped = {one.row_id for one in found if one.stops} - stay
        if not stopped & set(own):
            break
        own = {name: _with(one, name, found) for name, one in own.items()}
    told = {finding for one in own.values() for finding in one.findings}
    score, _ = quality(rdf["catalog.ttl"], broken, _cubes(own, previous, stay))
    rows, traps = _listed(model, previous, every, forget)
    others = {"opendata-list.csv": write_list(rows), "schema.jsonld": data_catalog(model)}
    files = {**rdf, **others, "score.json": score}
    root = {"robots.txt": robots(model), "sitemap.xml": sitemap(model)}
    findings = (*(one for one in found if one not in told), *traps)
    return Metadata(files=files, packages=own, root=root, findings=findings)


def _with(own: PackageMetadata, name: str, found: Sequence[Finding]) -> PackageMetadata:
    """A package's metadata with the errors that only the whole catalog shows."""
    errors = [one for one in found if one.row_id == name and one.stops]
    return PackageMetadata(own.files, (*own.findings, *errors))


def _listed(
    model: Catalog,
    previous: Mapping[str, bytes],
    every: Collection[str],
    forget: Collection[str],
) -> tuple[list[ListRow], tuple[Finding, ...]]:
    """The rows of the list and what its readers would lose. It has what others may publish: what
    states a licence, and what the list in place had (see `listed`).
    """
    licensed = [one for one in model.datasets if one.licence]
    # as they are read again: what UTF-8 cannot hold is replaced in writing
    new = read_list(write_list(row for one in licensed for row in opendata_rows(one)))
    before = read_list(previous[LIST_PATH]) if LIST_PATH in previous else []
    unfinished = set(every) - {one.identifier for one in model.datasets}
    rows, denied = whole_list(new, before, unfinished, forget)
    known = {name for one in scheme("licences") for name in one.extra.get("shirasagiId", ())}
    told = (ListFullOneKept.at(table=TABLE),) if denied else ()
    return rows, (*list_findings(rows, before, known), *told)


def _cubes(
    own: Mapping[str, PackageMetadata], previous: Mapping[str, bytes], stay: Collection[str]
) -> dict[str, bytes | None]:
    new = {name: one.files.get(CUBE) for name, one in own.items() if name not in stay}
    return {**new, **{name: previous.get(f"{name}/{CUBE}") for name in sorted(stay)}}
