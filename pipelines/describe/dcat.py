"""The catalog model as DCAT-AP 3.0.1 triples.

Properties and classes follow SEMICeu/DCAT-AP releases/3.0.1 (shapes.ttl, range.ttl): every node has
an IRI, and each resource that a range check looks at states its class. `dct:source` is not written,
because its range is dcat:Dataset and a source document is none: prov:wasDerivedFrom says it.
"""

from __future__ import annotations

import re

from pipelines.describe import terms
from pipelines.describe.graph import Graph
from pipelines.describe.model import (
    Agent,
    Catalog,
    ContactPoint,
    Dataset,
    Distribution,
    Licence,
    Period,
    Place,
    SourceDocument,
    Standard,
    Statement,
)


def catalog_graph(catalog: Catalog) -> Graph:
    """All triples of a catalog."""
    graph = Graph()
    iri = catalog.iri
    graph.type(iri, "dcat:Catalog")
    graph.text(iri, "dct:title", catalog.title)
    graph.text(iri, "dct:description", catalog.description)
    _agent(graph, iri, catalog.publisher)
    graph.concept(iri, "dct:language", terms.JAPANESE, "dct:LinguisticSystem")
    graph.date(iri, "dct:issued", catalog.issued)
    graph.date(iri, "dct:modified", catalog.modified)
    _licence(graph, iri, catalog.licence)
    for place in catalog.places:
        _place(graph, iri, place)
    for scheme, title in catalog.theme_schemes:
        graph.link(iri, "dcat:themeTaxonomy", scheme)
        graph.scheme(scheme, title)
    graph.document(iri, "foaf:homepage", catalog.homepage)
    for dataset in catalog.datasets:
        graph.link(iri, "dcat:dataset", dataset.iri)
        add_dataset(graph, dataset)
    return graph


def add_dataset(graph: Graph, dataset: Dataset) -> None:
    """Adds a dataset with all that hangs on it."""
    iri = dataset.iri
    graph.type(iri, "dcat:Dataset")
    graph.text(iri, "dct:title", dataset.title)
    graph.text(iri, "dct:description", dataset.description)
    graph.value(iri, "dct:identifier", dataset.identifier)
    _agent(graph, iri, dataset.publisher)
    _contact(graph, iri, dataset.contact)
    for keyword in dataset.keywords:
        graph.text(iri, "dcat:keyword", {"ja": keyword} if keyword.strip() else {})
    for theme in dataset.themes:
        graph.concept(iri, "dcat:theme", theme)
    graph.concept(iri, "dct:accrualPeriodicity", dataset.frequency, "dct:Frequency")
    graph.concept(iri, "dct:language", terms.JAPANESE, "dct:LinguisticSystem")
    graph.concept(iri, "dct:accessRights", terms.PUBLIC, "dct:RightsStatement")
    _place(graph, iri, dataset.place)
    _period(graph, iri, dataset.period)
    for standard in dataset.conforms_to:
        _standard(graph, iri, standard)
    graph.document(iri, "dcat:landingPage", dataset.landing_page)
    graph.value(iri, "dcat:version", dataset.version)
    graph.date(iri, "dct:issued", dataset.issued)
    graph.date(iri, "dct:modified", dataset.modified)
    _statement(graph, iri, "dct:provenance", dataset.provenance, "dct:ProvenanceStatement")
    for source in dataset.sources:
        _source(graph, iri, source)
    for distribution in dataset.distributions:
        graph.link(iri, "dcat:distribution", distribution.iri)
        _distribution(graph, distribution)


def _distribution(graph: Graph, file: Distribution) -> None:
    iri = file.iri
    graph.type(iri, "dcat:Distribution")
    graph.text(iri, "dct:title", file.title)
    graph.text(iri, "dct:description", file.description)
    graph.value(iri, "dct:identifier", file.slug)
    graph.link(iri, "dcat:accessURL", file.access_url)
    graph.link(iri, "dcat:downloadURL", file.download_url)
    graph.concept(iri, "dct:format", terms.CSV, "dct:MediaTypeOrExtent")
    graph.link(iri, "dcat:mediaType", terms.CSV_MEDIA_TYPE)
    graph.type(terms.CSV_MEDIA_TYPE, "dct:MediaType")
    graph.value(iri, "dcat:byteSize", str(file.size), "xsd:nonNegativeInteger")
    _checksum(graph, iri, file.sha256)
    _licence(graph, iri, file.licence)
    graph.concept(iri, "dcatap:availability", terms.STABLE)
    graph.concept(iri, "dct:language", terms.JAPANESE, "dct:LinguisticSystem")
    _standard(graph, iri, file.conforms_to)
    graph.date(iri, "dct:issued", file.issued)
    graph.date(iri, "dct:modified", file.modified)
    _statement(graph, iri, "dct:rights", file.rights, "dct:RightsStatement")


def _agent(graph: Graph, subject: str, agent: Agent) -> None:
    graph.link(subject, "dct:publisher", agent.iri)
    graph.type(agent.iri, "foaf:Agent", "foaf:Organization")
    graph.text(agent.iri, "foaf:name", agent.name)
    graph.value(agent.iri, "dct:identifier", agent.identifier)
    graph.concept(agent.iri, "dct:type", agent.kind)
    graph.document(agent.iri, "foaf:homepage", agent.homepage)


def _contact(graph: Graph, subject: str, contact: ContactPoint | None) -> None:
    if contact is None:
        return
    graph.link(subject, "dcat:contactPoint", contact.iri)
    graph.type(contact.iri, "vcard:Kind", "vcard:Organization")
    graph.text(contact.iri, "vcard:fn", contact.name)
    graph.link(contact.iri, "vcard:hasEmail", contact.email)
    graph.link(contact.iri, "vcard:hasURL", contact.url)


def _place(graph: Graph, subject: str, place: Place) -> None:
    graph.link(subject, "dct:spatial", place.iri)
    graph.type(place.iri, "dct:Location")
    graph.value(place.iri, "dct:identifier", place.identifier)
    graph.text(place.iri, "skos:prefLabel", place.label)
    for name, written in (("dcat:bbox", place.bbox), ("dcat:centroid", place.centroid)):
        graph.value(place.iri, name, written)


def _period(graph: Graph, subject: str, period: Period | None) -> None:
    if period is None:
        return
    graph.link(subject, "dct:temporal", period.iri)
    graph.type(period.iri, "dct:PeriodOfTime")
    graph.date(period.iri, "dcat:startDate", period.start)
    graph.date(period.iri, "dcat:endDate", period.end)


def _licence(graph: Graph, subject: str, licence: Licence | None) -> None:
    if licence is None:
        return
    graph.link(subject, "dct:license", licence.iri)
    graph.type(licence.iri, "dct:LicenseDocument")
    graph.text(licence.iri, "dct:title", licence.title)
    graph.value(licence.iri, "dct:identifier", licence.spdx or licence.key)
    graph.concept(licence.iri, "dct:type", licence.kind)
    graph.document(licence.iri, "foaf:page", licence.url)


def _standard(graph: Graph, subject: str, standard: Standard) -> None:
    graph.link(subject, "dct:conformsTo", standard.iri)
    graph.type(standard.iri, "dct:Standard")
    graph.text(standard.iri, "dct:title", standard.title)


def _statement(graph: Graph, subject: str, name: str, said: Statement, kind: str) -> None:
    graph.link(subject, name, said.iri)
    graph.type(said.iri, kind)
    graph.text(said.iri, "rdfs:label", said.label)


def _source(graph: Graph, subject: str, source: SourceDocument) -> None:
    graph.link(subject, "prov:wasDerivedFrom", source.iri)
    graph.type(source.iri, "prov:Entity", "foaf:Document")
    graph.text(source.iri, "dct:title", source.title)
    graph.value(source.iri, "dct:identifier", f"sha256:{source.sha256}" if source.sha256 else "")
    _checksum(graph, source.iri, source.sha256)
    graph.document(source.iri, "foaf:page", source.url)


def _checksum(graph: Graph, subject: str, sha256: str) -> None:
    """SPDX 2.3 section 8.4; the value is its own resource, named after the thing it is of."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        return
    iri = f"{subject}-sha256" if "#" in subject else f"{subject}#sha256"
    graph.link(subject, "spdx:checksum", iri)
    graph.type(iri, "spdx:Checksum")
    graph.link(iri, "spdx:algorithm", terms.SHA256)
    graph.type(terms.SHA256, "spdx:ChecksumAlgorithm")
    graph.value(iri, "spdx:checksumValue", sha256, "xsd:hexBinary")
