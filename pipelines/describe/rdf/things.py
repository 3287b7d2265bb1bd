"""What hangs on datasets and files: agents, contacts, places, periods, licences, sources, runs.

Each function states a link from a node and describes what it leads to, once for a graph.
"""

from __future__ import annotations

import re

from pipelines.describe import terms
from pipelines.describe.model import (
    Agent,
    ContactPoint,
    Licence,
    Period,
    Place,
    Run,
    SourceDocument,
    Standard,
    Statement,
)
from pipelines.describe.rdf.graph import Graph, Node

_SHA256 = re.compile(r"[0-9a-f]{64}")


def add_agent(graph: Graph, node: Node, name: str, agent: Agent) -> None:
    """A publisher or creator (foaf:Agent)."""
    node.link(name, agent.iri)
    if graph.is_told(agent.iri, agent):
        return
    entry = graph.node(agent.iri)
    entry.type("foaf:Agent", "foaf:Organization")
    entry.text("foaf:name", agent.name)
    entry.value("dct:identifier", agent.identifier)
    graph.concept(entry, "dct:type", agent.kind)
    graph.document(entry, "foaf:homepage", agent.homepage)


def add_contact(graph: Graph, node: Node, contact: ContactPoint | None) -> None:
    """Whom to ask (vCard)."""
    if contact is None:
        return
    node.link("dcat:contactPoint", contact.iri)
    entry = graph.node(contact.iri)
    entry.type("vcard:Kind", "vcard:Organization")
    entry.text("vcard:fn", contact.name)
    entry.link("vcard:hasEmail", contact.email)
    entry.link("vcard:hasURL", contact.url)
    entry.link("vcard:hasTelephone", contact.phone)


def add_place(graph: Graph, node: Node, place: Place) -> None:
    """The area: its code of 全国地方公共団体コード, its name, and the country it is in."""
    node.link("dct:spatial", place.iri)
    if graph.is_told(place.iri, place):
        return
    entry = graph.node(place.iri)
    entry.type("dct:Location")
    entry.value("dct:identifier", place.identifier)
    entry.text("skos:prefLabel", place.label)
    for name, written in (("dcat:bbox", place.bbox), ("dcat:centroid", place.centroid)):
        entry.value(name, written, "geo:wktLiteral")
    graph.concept(entry, "dct:isPartOf", terms.JAPAN)


def add_period(graph: Graph, node: Node, period: Period | None) -> None:
    """First and last day."""
    if period is None:
        return
    node.link("dct:temporal", period.iri)
    entry = graph.node(period.iri)
    entry.type("dct:PeriodOfTime")
    entry.date("dcat:startDate", period.start)
    entry.date("dcat:endDate", period.end)


def add_licence(graph: Graph, node: Node, licence: Licence | None) -> None:
    """A stated licence; none is a missing statement, never an assumption."""
    if licence is None:
        return
    node.link("dct:license", licence.iri)
    if graph.is_told(licence.iri, licence):
        return
    entry = graph.node(licence.iri)
    entry.type("dct:LicenseDocument")
    entry.text("dct:title", licence.title)
    entry.value("dct:identifier", licence.spdx or licence.key)
    graph.concept(entry, "dct:type", licence.kind)
    graph.document(entry, "foaf:page", licence.url)


def add_standard(graph: Graph, node: Node, standard: Standard) -> None:
    """A specification that is kept to."""
    node.link("dct:conformsTo", standard.iri)
    if graph.is_told(standard.iri, standard):
        return
    entry = graph.node(standard.iri)
    entry.type("dct:Standard")
    entry.text("dct:title", standard.title)


def add_statement(graph: Graph, node: Node, name: str, said: Statement, kind: str) -> None:
    """A sentence: rights, provenance."""
    node.link(name, said.iri)
    if graph.is_told(said.iri, said):
        return
    entry = graph.node(said.iri)
    entry.type(kind)
    entry.text("rdfs:label", said.label)


def add_source(graph: Graph, node: Node, source: SourceDocument) -> None:
    """A document that the data come from (PROV-O), by way of its extract where that was read; the
    hash is of what was read.
    """
    if source.extract:
        add_source(graph, node, source.extract)
        node = graph.node(source.extract.iri)
    node.link("prov:wasDerivedFrom", source.iri)
    entry = graph.node(source.iri)
    entry.type("prov:Entity", "foaf:Document")
    entry.text("dct:title", source.title)
    entry.value("dct:identifier", f"sha256:{source.sha256}" if source.sha256 else "")
    add_checksum(graph, entry, source.sha256)
    graph.document(entry, "foaf:page", source.url)


def add_run(graph: Graph, node: Node, run: Run | None, sources: tuple[str, ...]) -> None:
    """The work that made the data and the software that did it; no clock is asked (PROV-O)."""
    if run is None:
        return
    node.link("prov:wasGeneratedBy", run.iri)
    entry = graph.node(run.iri)
    entry.type("prov:Activity")
    entry.text("rdfs:label", run.label)
    for source in sources:
        entry.link("prov:used", source)
    entry.link("prov:wasAssociatedWith", run.software)
    if not graph.is_told(run.software, run.software_name):
        software = graph.node(run.software)
        software.type("prov:SoftwareAgent")
        software.value("rdfs:label", run.software_name)


def add_checksum(graph: Graph, node: Node, sha256: str) -> None:
    """SPDX 2.3 section 8.4; the value is its own resource, named after the thing it is of.

    The algorithm has the https form of its IRI, which mdr-vocabularies.shape.ttl of DCAT-AP 3.0.1
    asks for, and says that it is the same as the http form of the SPDX ontology.
    """
    if not _SHA256.fullmatch(sha256):
        return
    iri = f"{node.iri}-sha256" if "#" in node.iri else f"{node.iri}#sha256"
    node.link("spdx:checksum", iri)
    entry = graph.node(iri)
    entry.type("spdx:Checksum")
    entry.link("spdx:algorithm", terms.SHA256)
    entry.value("spdx:checksumValue", sha256, "xsd:hexBinary")
    if not graph.is_told(terms.SHA256, terms.SHA256_SPDX):
        algorithm = graph.node(terms.SHA256)
        algorithm.type("spdx:ChecksumAlgorithm")
        algorithm.link("owl:sameAs", terms.SHA256_SPDX)
