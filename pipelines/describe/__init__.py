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
    """The catalog's metadata: `catalog.ttl`, `catalog.jsonld` and `catalog.rdf`.

    `base` is the absolute address at which the folder catalog stands; all IRIs and links are below
    it. `catalog` says what the operator says of the catalog. A package with an error is left out;
    if `previous` (the `catalog.ttl` of the catalog in place) describes it, or describes a dataset
    named in `keep`, that description is carried over, as its files are by `pipelines.publish`.

    The result depends on nothing but these arguments. Raises MachidataError: `base-invalid`,
    `frequency-unknown`, `theme-unknown`, `licence-unknown`, `previous-metadata-invalid`.
    """
    from pipelines.describe.build import build_catalog
    from pipelines.describe.dcat import catalog_graph
    from pipelines.describe.iris import Names
    from pipelines.describe.keep import carry_over, link_editions, without_disputed_licence
    from pipelines.describe.model import CatalogInfo as Info
    from pipelines.describe.render import render

    good = [package for package in packages if not package.has_errors]
    model = build_catalog(good, Names(base), catalog or Info())
    graph = catalog_graph(model)
    present = {package.declaration.name for package in good}
    stopped = {package.declaration.name for package in packages if package.has_errors}
    wanted = (stopped | set(keep)) - present
    if previous is not None and wanted:
        carry_over(graph, previous, wanted, model.iri)
        without_disputed_licence(graph, model.iri)
        link_editions(graph)
    return Metadata(files=render(graph, "catalog"))
