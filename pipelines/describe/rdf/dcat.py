"""The catalog model as DCAT-AP 3.0.1.

Properties and classes follow SEMICeu/DCAT-AP releases/3.0.1 (shapes.ttl, range.ttl): every node has
an IRI, and each resource that a range check looks at states its class. `dct:source` is not written,
because its range is dcat:Dataset and a source document is none: prov:wasDerivedFrom says it.
"""

from __future__ import annotations

from pipelines.describe import terms
from pipelines.describe.model import Catalog, Dataset, Distribution, Series
from pipelines.describe.rdf.graph import Graph, Node
from pipelines.describe.rdf.pause import uncollected
from pipelines.describe.rdf.things import (
    add_agent,
    add_checksum,
    add_contact,
    add_licence,
    add_period,
    add_place,
    add_run,
    add_source,
    add_standard,
    add_statement,
)


@uncollected
def catalog_graph(catalog: Catalog) -> Graph:
    """All that is stated of a catalog."""
    graph = Graph()
    node = graph.node(catalog.iri)
    node.type("dcat:Catalog")
    node.text("dct:title", catalog.title)
    node.text("dct:description", catalog.description)
    add_agent(graph, node, "dct:publisher", catalog.publisher)
    for language in (terms.JAPANESE, terms.ENGLISH):
        graph.concept(node, "dct:language", language, "dct:LinguisticSystem")
    node.date("dct:issued", catalog.issued)
    node.date("dct:modified", catalog.modified)
    add_licence(graph, node, catalog.licence)
    for place in catalog.places:
        add_place(graph, node, place)
    for scheme, title in catalog.theme_schemes:
        node.link("dcat:themeTaxonomy", scheme)
        graph.scheme(scheme, title)
    graph.document(node, "foaf:homepage", catalog.homepage)
    for series in catalog.series:
        add_series(graph, series)
    for dataset in catalog.datasets:
        node.link("dcat:dataset", dataset.iri)
        add_dataset(graph, dataset)
    return graph


def add_dataset(graph: Graph, dataset: Dataset) -> None:
    """Adds a dataset with all that hangs on it."""
    node = graph.node(dataset.iri)
    node.type("dcat:Dataset")
    node.text("dct:title", dataset.title)
    node.text("dct:alternative", dataset.subtitle)
    node.text("dct:description", dataset.description)
    node.value("dct:identifier", dataset.identifier)
    add_agent(graph, node, "dct:publisher", dataset.publisher)
    add_agent(graph, node, "dct:creator", dataset.publisher)
    add_contact(graph, node, dataset.contact)
    for keyword in dataset.keywords:
        node.text("dcat:keyword", {"ja": keyword} if keyword.strip() else {})
    for theme in dataset.themes:
        graph.concept(node, "dcat:theme", theme)
    graph.concept(node, "dct:accrualPeriodicity", dataset.frequency, "dct:Frequency")
    graph.concept(node, "dct:language", terms.JAPANESE, "dct:LinguisticSystem")
    graph.concept(node, "dct:accessRights", terms.PUBLIC, "dct:RightsStatement")
    add_place(graph, node, dataset.place)
    add_period(graph, node, dataset.period)
    for standard in dataset.conforms_to:
        add_standard(graph, node, standard)
    graph.document(node, "dcat:landingPage", dataset.landing_page)
    node.date("dct:issued", dataset.issued)
    node.date("dct:modified", dataset.modified)
    _history(graph, node, dataset)
    for file in dataset.distributions:
        node.link("dcat:distribution", file.iri)
        _distribution(graph, file)


def _history(graph: Graph, node: Node, dataset: Dataset) -> None:
    """Version, edition, and what the dataset was made from."""
    node.value("dcat:version", dataset.version)
    node.text("adms:versionNotes", dataset.version_notes)
    if dataset.edition:
        node.link("dcat:inSeries", dataset.edition.series)
        node.link("dcat:prev", dataset.edition.previous)
        node.value("md:edition", dataset.edition.label)
    add_statement(graph, node, "dct:provenance", dataset.provenance, "dct:ProvenanceStatement")
    for source in dataset.sources:
        add_source(graph, node, source)
    graph.document(node, "rdfs:seeAlso", dataset.cube)
    add_run(graph, node, dataset.run, tuple(source.as_read.iri for source in dataset.sources))


def add_series(graph: Graph, series: Series) -> None:
    """Adds a series; its editions point at it."""
    node = graph.node(series.iri)
    node.type("dcat:DatasetSeries")
    node.text("dct:title", series.title)
    node.text("dct:description", series.description)
    node.value("dct:identifier", series.identifier)
    add_agent(graph, node, "dct:publisher", series.publisher)
    add_contact(graph, node, series.contact)
    graph.concept(node, "dct:accrualPeriodicity", series.frequency, "dct:Frequency")
    for theme in series.themes:
        graph.concept(node, "dcat:theme", theme)
    for place in series.places:
        add_place(graph, node, place)
    add_period(graph, node, series.period)
    node.date("dct:issued", series.issued)
    node.date("dct:modified", series.modified)
    node.link("dcat:first", series.first)
    node.link("dcat:last", series.last)


def _distribution(graph: Graph, file: Distribution) -> None:
    node = graph.node(file.iri)
    node.type("dcat:Distribution")
    node.text("dct:title", file.title)
    node.text("dct:description", file.description)
    node.value("dct:identifier", file.slug)
    node.link("dcat:accessURL", file.access_url)
    node.link("dcat:downloadURL", file.download_url)
    graph.concept(node, "dct:format", file.format.concept, "dct:MediaTypeOrExtent")
    node.link("dcat:mediaType", file.format.media_iri)
    if not graph.is_told(file.format.media_iri, file.format.media_iri):
        graph.node(file.format.media_iri).type("dct:MediaType")
    node.value("dcat:byteSize", str(file.size), "xsd:nonNegativeInteger")
    add_checksum(graph, node, file.sha256)
    add_licence(graph, node, file.licence)
    graph.concept(node, "dcatap:availability", terms.STABLE)
    graph.concept(node, "dct:language", terms.JAPANESE, "dct:LinguisticSystem")
    for standard in file.conforms_to:
        add_standard(graph, node, standard)
    node.date("dct:issued", file.issued)
    node.date("dct:modified", file.modified)
    add_statement(graph, node, "dct:rights", file.rights, "dct:RightsStatement")
