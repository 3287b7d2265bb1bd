"""Renders the observations of a package as a W3C RDF Data Cube in Turtle.

Targets of several towns side by side, in percent, from the merged `cube.ttl` of their packages:

    SELECT ?town ?indicator ?year ?target WHERE {
      ?o qb:dataSet [] ; sdmx-measure:obsValue ?target ; sdmx-attribute:unitMeasure units:percent ;
         md:kind kinds:target ; md:indicator/skos:prefLabel ?indicator ;
         sdmx-dimension:refArea/skos:prefLabel ?town ; sdmx-dimension:refPeriod/rdfs:label ?year .
      FILTER (lang(?year) = "ja")
    } ORDER BY ?year ?town
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from pipelines.describe.cube.build import build_cubes
from pipelines.describe.cube.model import Component, Cube, Link, Named, PackageCubes
from pipelines.describe.cube.terms import SDMX
from pipelines.describe.iris import Names
from pipelines.describe.model import Text
from pipelines.describe.rdf.graph import clean
from pipelines.model import Package
from pipelines.vocabulary import SKOS, TERMS, VOCAB_BASE

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kinds": VOCAB_BASE + "kinds#",
    "md": TERMS,
    "missing": VOCAB_BASE + "missing#",
    "progress": VOCAB_BASE + "progress#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "qualifiers": VOCAB_BASE + "qualifiers#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sdmx-attribute": SDMX + "attribute#",
    "sdmx-concept": SDMX + "concept#",
    "sdmx-dimension": SDMX + "dimension#",
    "sdmx-measure": SDMX + "measure#",
    "skos": SKOS,
    "time": "http://www.w3.org/2006/time#",
    "units": VOCAB_BASE + "units#",
    "words": VOCAB_BASE + "words#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def cube_files(package: Package, names: Names) -> dict[str, bytes]:
    """`cube.ttl` with all cubes of a package; nothing when no row of it fits into one.

    Raises MachidataError `licence-unknown`.
    """
    said = build_cubes(package, names)
    if not said.cubes:
        return {}
    graph = _Graph()
    _describe(graph, said)
    prefixes = {**PREFIXES, **_local_prefixes(said, names)}
    written = serialize(graph.ordered(), format=RdfFormat.TURTLE, prefixes=prefixes)
    if written is None:  # only when an output file is given
        raise RuntimeError("nothing was serialized")
    return {"cube.ttl": written.rstrip(b"\n") + b"\n"}


def _local_prefixes(said: PackageCubes, names: Names) -> dict[str, str]:
    """Short names for what a file repeats; they keep its lines readable."""
    folders = {"fiscal-year": "fy", "indicator": "indicator", "initiative": "initiative"}
    found = {prefix: names.at(folder) + "/" for folder, prefix in folders.items()}
    for cube in said.cubes:
        found[f"cube-{cube.iri.rsplit('/', 1)[-1]}"] = cube.iri + "#"
    return found


def _describe(graph: _Graph, said: PackageCubes) -> None:
    for cube in said.cubes:
        _dataset(graph, cube, said)
        _structure(graph, cube)
        for component in cube.components:
            _property(graph, component)
        _observations(graph, cube)
    _named(graph, said.place, "dct:Location", "skos:prefLabel")
    _named(graph, said.publisher, "foaf:Agent", "foaf:name")
    if said.licence:
        _named(graph, said.licence, "dct:LicenseDocument", "dct:title")
    for initiative in said.initiatives:
        _named(graph, initiative, "", "rdfs:label")
    for listed in said.code_lists:
        graph.link(listed.iri, "rdf:type", full("skos:ConceptScheme"))
        graph.text(listed.iri, "dct:title", listed.title)
    for code in said.codes:
        graph.link(code.iri, "rdf:type", full("skos:Concept"))
        graph.text(code.iri, "skos:prefLabel", code.label)
        graph.value(code.iri, "skos:notation", code.notation)
        graph.value(code.iri, "md:department", code.department)
        graph.link(code.iri, "md:initiative", code.initiative)
        for same in code.matches:
            graph.link(code.iri, "skos:exactMatch", same)
        for listed_in in code.schemes:
            graph.link(code.iri, "skos:inScheme", listed_in)
    for year in said.years:
        graph.link(year.iri, "rdf:type", full("dct:PeriodOfTime"))
        graph.link(year.iri, "rdf:type", full("time:Interval"))
        graph.text(year.iri, "rdfs:label", year.label)
        graph.date(year.iri, "dcat:startDate", year.start)
        graph.date(year.iri, "dcat:endDate", year.end)


def _dataset(graph: _Graph, cube: Cube, said: PackageCubes) -> None:
    graph.link(cube.iri, "rdf:type", full("qb:DataSet"))
    graph.text(cube.iri, "dct:title", cube.title)
    graph.text(cube.iri, "rdfs:label", cube.title)
    graph.text(cube.iri, "dct:description", cube.description)
    graph.link(cube.iri, "dct:publisher", said.publisher.iri)
    graph.link(cube.iri, "dct:license", said.licence.iri if said.licence else "")
    graph.link(cube.iri, "dct:spatial", said.place.iri)
    graph.date(cube.iri, "dct:modified", said.modified)
    graph.link(cube.iri, "dct:isPartOf", said.dataset.iri)
    graph.text(said.dataset.iri, "dct:title", said.dataset.label)
    graph.link(cube.iri, "prov:wasDerivedFrom", cube.table)
    graph.link(cube.iri, "qb:structure", cube.structure)


def _structure(graph: _Graph, cube: Cube) -> None:
    graph.link(cube.structure, "rdf:type", full("qb:DataStructureDefinition"))
    graph.text(cube.structure, "rdfs:label", cube.title)
    for order, component in enumerate(cube.components, 1):
        iri = f"{cube.structure}#{component.key}"
        graph.link(cube.structure, "qb:component", iri)
        graph.link(iri, "rdf:type", full("qb:ComponentSpecification"))
        graph.link(iri, f"qb:{component.role}", component.iri)
        graph.value(iri, "qb:order", str(order), "xsd:integer")
        if component.role == "attribute":
            graph.value(iri, "qb:componentRequired", "false", "xsd:boolean")


def _property(graph: _Graph, component: Component) -> None:
    graph.link(component.iri, "rdf:type", full("rdf:Property"))
    graph.link(component.iri, "rdf:type", full(f"qb:{component.role.capitalize()}Property"))
    graph.text(component.iri, "rdfs:label", component.label)
    graph.link(component.iri, "rdfs:range", component.range)
    graph.link(component.iri, "qb:concept", component.concept)
    if component.code_list:
        graph.link(component.iri, "rdf:type", full("qb:CodedProperty"))
        graph.link(component.iri, "qb:codeList", component.code_list)


def _observations(graph: _Graph, cube: Cube) -> None:
    for one in cube.observations:
        graph.link(one.iri, "rdf:type", full("qb:Observation"))
        graph.link(one.iri, "qb:dataSet", cube.iri)
        graph.value(one.iri, "dct:identifier", one.identifier)
        for said in one.statements:
            if isinstance(said.value, Link):
                graph.link(one.iri, said.component.iri, said.value.iri)
            else:
                datatype = f"xsd:{said.value.datatype}"
                graph.value(one.iri, said.component.iri, said.value.lexical, datatype)


def _named(graph: _Graph, thing: Named, kind: str, label: str) -> None:
    if kind:
        graph.link(thing.iri, "rdf:type", full(kind))
    graph.text(thing.iri, label, thing.label)
    graph.value(thing.iri, "dct:identifier", thing.identifier)


def full(name: str) -> str:
    """The IRI of a prefixed name (`qb:DataSet`); an IRI stays as it is."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


class _Graph:
    """Triples with IRIs and literals only; the same one twice is one."""

    def __init__(self) -> None:
        self._triples: set[Triple] = set()

    def link(self, subject: str, name: str, target: str) -> None:
        if target:
            self._add(subject, name, NamedNode(target))

    def text(self, subject: str, name: str, words: Text) -> None:
        for tag, written in words.items():
            self._add(subject, name, Literal(clean(written), language=tag))

    def value(self, subject: str, name: str, written: str, datatype: str = "xsd:string") -> None:
        if written:
            kind = NamedNode(full(datatype))
            self._add(subject, name, Literal(clean(written), datatype=kind))

    def date(self, subject: str, name: str, day: date) -> None:
        self.value(subject, name, day.isoformat(), "xsd:date")

    def _add(self, subject: str, name: str, value: NamedNode | Literal) -> None:
        self._triples.add(Triple(NamedNode(subject), NamedNode(full(name)), value))

    def ordered(self) -> Iterator[Triple]:
        """By subject, class first, then by property and value: the same bytes every time."""
        return iter(sorted(self._triples, key=_key))


def _key(triple: Triple) -> tuple[str, bool, str, str]:
    predicate = triple.predicate.value
    subject, value = str(triple.subject), str(triple.object)
    return subject, predicate != full("rdf:type"), predicate, value
