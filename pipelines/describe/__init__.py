"""Packages → metadata: one DCAT-AP 3.0.1 catalog in Turtle, JSON-LD and RDF/XML."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from pipelines.model import Metadata, Package

if TYPE_CHECKING:
    from pipelines.describe.model import CatalogInfo

__all__ = ["describe"]


def describe(
    packages: Sequence[Package],
    base: str,
    catalog: CatalogInfo | None = None,
    *,
    previous: bytes | None = None,
    keep: Collection[str] = (),
) -> Metadata:
    """The catalog's metadata: `catalog.ttl`, `.jsonld` and `.rdf`, `opendata-list.csv`, and what
    each package carries of its own. The list has the packages with a licence only: others' catalogs
    read it, and without a licence nothing is published there.

    `base` is the absolute address at which the folder catalog stands; all IRIs and links are below
    it. `catalog` says what the operator says of the catalog. A package with an error is left out;
    if `previous` (the `catalog.ttl` of the catalog in place) describes it, or describes a dataset
    named in `keep`, that description is carried over, as its files are by `pipelines.publish`.

    A package whose own metadata break a rule is left out in the same way: `Metadata.packages` has
    its findings.

    The result depends on nothing but these arguments. Raises MachidataError: `base-invalid`,
    `frequency-unknown`, `theme-unknown`, `licence-unknown`, `previous-metadata-invalid`.
    """
    from pipelines.describe.build import build_catalog
    from pipelines.describe.dcat import catalog_graph
    from pipelines.describe.iris import Names
    from pipelines.describe.keep import carry_over, link_editions, without_disputed_licence
    from pipelines.describe.model import CatalogInfo as Info
    from pipelines.describe.opendata_list import opendata_list
    from pipelines.describe.own import own_metadata
    from pipelines.describe.render import render

    names, info = Names(base), catalog or Info()
    candidates = [package for package in packages if not package.has_errors]
    own = {one.declaration.name: own_metadata(one, names, info) for one in candidates}
    good = [one for one in candidates if not own[one.declaration.name].has_errors]
    model = build_catalog(good, names, info)
    graph = catalog_graph(model)
    present = {package.declaration.name for package in good}
    stopped = {package.declaration.name for package in packages} - present
    wanted = stopped | set(keep) - present
    if previous is not None and wanted:
        carry_over(graph, previous, wanted, model.iri)
        without_disputed_licence(graph, model.iri)
        link_editions(graph)
    files = {
        **render(graph, "catalog"),
        "opendata-list.csv": opendata_list(one for one in model.datasets if one.licence),
    }
    return Metadata(files=files, packages=own)
