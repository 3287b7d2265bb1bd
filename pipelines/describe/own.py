"""What a package carries of its own metadata: each form is one small renderer of the same model."""

from __future__ import annotations

from pipelines.describe.build import build_catalog
from pipelines.describe.cube.render import cube_files
from pipelines.describe.forms.ckan_dict import ckan_file
from pipelines.describe.forms.croissant import croissant
from pipelines.describe.forms.csvw import FILE as CSVW_FILE
from pipelines.describe.forms.csvw import csvw
from pipelines.describe.forms.opendata_list import opendata_list
from pipelines.describe.forms.schema_org import schema_org
from pipelines.describe.gate.gate import gate
from pipelines.describe.iris import Names
from pipelines.describe.model import CatalogInfo
from pipelines.describe.rdf.dcat import catalog_graph
from pipelines.describe.rdf.render import render
from pipelines.describe.remember import FILE as DESCRIPTION_FILE
from pipelines.describe.remember import description_file
from pipelines.describe.score.quality import quality
from pipelines.findings.accepting import accept
from pipelines.model import Package, PackageMetadata


def own_metadata(package: Package, names: Names, info: CatalogInfo) -> PackageMetadata:
    """A package's files and findings.

    The RDF is a catalog with this one dataset. Which edition of a series is the first or the last
    is for the whole catalog to say, so it is not said here. What is found of the catalog around it
    is not this package's to mend, and left out. Raises as `build_catalog` does.
    """
    cube = cube_files(package, names)
    catalog = build_catalog(
        [package], names, info, cubes=[package.declaration.name] if cube else []
    )
    (dataset,) = catalog.datasets
    graph = catalog_graph(catalog)
    for series in catalog.series:
        for name in ("dcat:first", "dcat:last"):
            graph.node(series.iri).statements.pop(name, None)
    rdf = render(graph, "catalog")
    broken = tuple(one for one in gate(rdf["catalog.ttl"]) if one.row_id)
    score, lost = quality(rdf["catalog.ttl"], broken, {dataset.identifier: cube.get("cube.ttl")})
    below = {
        **rdf,
        **cube,
        "ckan.json": ckan_file(dataset),
        "croissant.json": croissant(dataset),
        "opendata-list.csv": opendata_list([dataset]),
        "schema.jsonld": schema_org(dataset, catalog),
        "score.json": score,
    }
    files = {f"metadata/{name}": data for name, data in below.items()}
    files |= {CSVW_FILE: csvw(dataset), DESCRIPTION_FILE: description_file(dataset)}
    found = accept((*broken, *lost), package.declaration.accept, metadata=True)
    return PackageMetadata(files, tuple(found))
