"""The metadata of a whole catalog, with what stays of the one in place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pipelines.describe.build import build_catalog
from pipelines.describe.forms.opendata_list import opendata_list
from pipelines.describe.forms.schema_org import data_catalog
from pipelines.describe.forms.sitemap import robots, sitemap
from pipelines.describe.iris import Names
from pipelines.describe.keep import carry_over, link_editions, without_disputed_licence
from pipelines.describe.model import CatalogInfo
from pipelines.describe.own import own_metadata
from pipelines.describe.rdf.dcat import catalog_graph
from pipelines.describe.rdf.render import render
from pipelines.describe.score.quality import quality
from pipelines.model import Metadata, Package, PackageMetadata


def whole_catalog(
    packages: Sequence[Package],
    names: Names,
    info: CatalogInfo,
    previous: Mapping[str, bytes],
    keep: Collection[str],
) -> Metadata:
    """See `pipelines.describe.describe`."""
    candidates = [package for package in packages if not package.has_errors]
    own = {one.declaration.name: own_metadata(one, names, info) for one in candidates}
    good = [one for one in candidates if not own[one.declaration.name].has_errors]
    model = build_catalog(good, names, info)
    present = {package.declaration.name for package in good}
    stay = ({package.declaration.name for package in packages} | set(keep)) - present
    graph = catalog_graph(model)
    if stay and "catalog.ttl" in previous:
        carry_over(graph, previous["catalog.ttl"], stay, model.iri)
        without_disputed_licence(graph, model.iri)
        link_editions(graph)
    rdf = render(graph, "catalog")
    licensed = [dataset for dataset in model.datasets if dataset.licence]
    files = {
        **rdf,
        "opendata-list.csv": opendata_list(licensed, previous.get("opendata-list.csv"), stay),
        "schema.jsonld": data_catalog(model, previous.get("schema.jsonld"), stay),
        "score.json": quality(rdf["catalog.ttl"], (), _cubes(own))[0],
    }
    root = {
        "robots.txt": robots(model),
        "sitemap.xml": sitemap(model, previous.get("sitemap.xml"), stay),
    }
    return Metadata(files=files, packages=own, root=root)


def _cubes(own: Mapping[str, PackageMetadata]) -> dict[str, bytes | None]:
    return {name: one.files.get("metadata/cube.ttl") for name, one in own.items()}
