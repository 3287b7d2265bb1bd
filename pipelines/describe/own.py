"""What a package carries of its own metadata: each form is one small renderer of the same model."""

from __future__ import annotations

from pipelines.describe.build import build_catalog
from pipelines.describe.ckan_dict import ckan_file
from pipelines.describe.cube import cube_files
from pipelines.describe.dcat import catalog_graph
from pipelines.describe.gate import gate
from pipelines.describe.iris import Names
from pipelines.describe.model import CatalogInfo
from pipelines.describe.opendata_list import opendata_list
from pipelines.describe.render import render
from pipelines.model import Package, PackageMetadata


def own_metadata(package: Package, names: Names, info: CatalogInfo) -> PackageMetadata:
    """A package's files and findings.

    The RDF is a catalog with this one dataset. Which edition of a series is the first or the last
    is for the whole catalog to say, so it is not said here. Raises as `build_catalog` does.
    """
    catalog = build_catalog([package], names, info)
    (dataset,) = catalog.datasets
    graph = catalog_graph(catalog)
    for series in catalog.series:
        for name in ("dcat:first", "dcat:last"):
            graph.node(series.iri).statements.pop(name, None)
    rdf = render(graph, "catalog")
    below = {
        **rdf,
        **cube_files(package, names),
        "ckan.json": ckan_file(dataset),
        "opendata-list.csv": opendata_list([dataset]),
    }
    files = {f"metadata/{name}": data for name, data in below.items()}
    # what is found of the catalog around it is not this package's to mend
    found = gate(rdf["catalog.ttl"])
    return PackageMetadata(files, tuple(one for one in found if one.row_id))
