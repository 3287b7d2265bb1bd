"""Each form of metadata read back, as what it says: the path of the form → its reader.

Paths are those below the folder of a package; `../` is the catalog around it.
"""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import RdfFormat

from tests.describe.said.in_json_ld import croissant, csvw, schema_org, schema_org_catalog
from tests.describe.said.in_rdf import cube, dcat
from tests.describe.said.in_tables import ckan, data_package, opendata_list, sitemap
from tests.describe.said.nouns import FACTS, FILE_FACTS, FileSaid, Reader, Said

__all__ = ["CATALOG", "FACTS", "FILE_FACTS", "OWN", "READERS", "FileSaid", "Said"]

OWN: Mapping[str, Reader] = {
    "datapackage.json": data_package,
    "data/csv-metadata.json": csvw,
    "metadata/catalog.ttl": dcat(RdfFormat.TURTLE),
    "metadata/catalog.jsonld": dcat(RdfFormat.JSON_LD),
    "metadata/catalog.rdf": dcat(RdfFormat.RDF_XML),
    "metadata/opendata-list.csv": opendata_list,
    "metadata/ckan.json": ckan,
    "metadata/schema.jsonld": schema_org,
    "metadata/croissant.json": croissant,
    "metadata/cube.ttl": cube,
}
CATALOG: Mapping[str, Reader] = {
    "../metadata/catalog.ttl": dcat(RdfFormat.TURTLE),
    "../metadata/catalog.jsonld": dcat(RdfFormat.JSON_LD),
    "../metadata/catalog.rdf": dcat(RdfFormat.RDF_XML),
    "../metadata/opendata-list.csv": opendata_list,
    "../metadata/schema.jsonld": schema_org_catalog,
    "../sitemap.xml": sitemap,
}
READERS: Mapping[str, Reader] = {**OWN, **CATALOG}
