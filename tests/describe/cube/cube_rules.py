"""The integrity constraints of the W3C RDF Data Cube vocabulary (section 11), in our own words.

Each query answers true when a graph breaks the constraint. The graph is normalized first, as far as
our cubes and the planted faults need it (section 10).
"""

from __future__ import annotations

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store, parse

from pipelines.describe.cube.render import PREFIXES

OWL = {"owl": "http://www.w3.org/2002/07/owl#"}
HEAD = "".join(f"PREFIX {key}: <{iri}>\n" for key, iri in {**PREFIXES, **OWL}.items())

NORMALIZE = """
INSERT { ?o a qb:Observation } WHERE { ?o qb:dataSet ?d } ;
INSERT { ?s a qb:Slice } WHERE { ?d qb:slice ?s } ;
INSERT { ?c a qb:ComponentSpecification } WHERE { ?s qb:component ?c } ;
INSERT { ?c qb:componentProperty ?p . ?p a qb:DimensionProperty } WHERE { ?c qb:dimension ?p } ;
INSERT { ?c qb:componentProperty ?p . ?p a qb:MeasureProperty } WHERE { ?c qb:measure ?p } ;
INSERT { ?c qb:componentProperty ?p . ?p a qb:AttributeProperty } WHERE { ?c qb:attribute ?p } ;
INSERT { ?o ?p ?v } WHERE {
  ?c qb:componentAttachment qb:DataSet ; qb:componentProperty ?p .
  ?d qb:structure/qb:component ?c ; ?p ?v . ?o qb:dataSet ?d }
"""

HAS = "qb:component/qb:componentProperty"
OF = f"qb:dataSet/qb:structure/{HAS}"

RULES = {
    "IC-1": """?x a qb:Observation FILTER (NOT EXISTS { ?x qb:dataSet ?d }
        || EXISTS { ?x qb:dataSet ?a . ?x qb:dataSet ?b FILTER (?a != ?b) })""",
    "IC-2": """?x a qb:DataSet FILTER (NOT EXISTS { ?x qb:structure ?s }
        || EXISTS { ?x qb:structure ?a . ?x qb:structure ?b FILTER (?a != ?b) })""",
    "IC-3": f"""?x a qb:DataStructureDefinition
        FILTER NOT EXISTS {{ ?x {HAS} ?m . ?m a qb:MeasureProperty }}""",
    "IC-4": "?x a qb:DimensionProperty FILTER NOT EXISTS { ?x rdfs:range ?r }",
    "IC-5": """?x a qb:DimensionProperty ; rdfs:range skos:Concept
        FILTER NOT EXISTS { ?x qb:codeList ?l }""",
    "IC-6": """?x qb:componentRequired false ; qb:componentProperty ?p
        FILTER NOT EXISTS { ?p a qb:AttributeProperty }""",
    "IC-7": """?x a qb:SliceKey
        FILTER NOT EXISTS { ?s a qb:DataStructureDefinition ; qb:sliceKey ?x }""",
    "IC-8": f"""?s a qb:DataStructureDefinition ; qb:sliceKey/qb:componentProperty ?p
        FILTER NOT EXISTS {{ ?s {HAS} ?p }}""",
    "IC-9": """?x a qb:Slice FILTER (NOT EXISTS { ?x qb:sliceStructure ?k }
        || EXISTS { ?x qb:sliceStructure ?a . ?x qb:sliceStructure ?b FILTER (?a != ?b) })""",
    "IC-10": """?x qb:sliceStructure/qb:componentProperty ?p
        FILTER NOT EXISTS { ?x ?p ?v }""",
    "IC-11": f"?x {OF} ?p . ?p a qb:DimensionProperty FILTER NOT EXISTS {{ ?x ?p ?v }}",
    "IC-12": f"""?d a qb:DataSet . ?a qb:dataSet ?d . ?b qb:dataSet ?d FILTER (str(?a) < str(?b))
        FILTER NOT EXISTS {{ ?d qb:structure/{HAS} ?p . ?p a qb:DimensionProperty .
          ?a ?p ?v . ?b ?p ?w FILTER (?v != ?w) }}""",
    "IC-13": """?x qb:dataSet/qb:structure/qb:component ?c .
        ?c qb:componentRequired true ; qb:componentProperty ?p . ?p a qb:AttributeProperty
        FILTER NOT EXISTS { ?x ?p ?v }""",
    "IC-14": f"""?x {OF} ?m . ?m a qb:MeasureProperty
        FILTER NOT EXISTS {{ ?x {OF} qb:measureType }} FILTER NOT EXISTS {{ ?x ?m ?v }}""",
    "IC-15": f"?x {OF} qb:measureType ; qb:measureType ?m FILTER NOT EXISTS {{ ?x ?m ?v }}",
    "IC-16": f"""?x {OF} qb:measureType ; qb:measureType ?m ; {OF} ?p .
        ?p a qb:MeasureProperty . ?x ?p ?v FILTER (?p != ?m)""",
    "IC-17": f"""?x qb:dataSet ?d . ?d qb:structure ?s . ?s {HAS} qb:measureType ; {HAS} ?m .
        ?m a qb:MeasureProperty FILTER NOT EXISTS {{ ?y qb:dataSet ?d ; qb:measureType ?m
          FILTER NOT EXISTS {{ ?s {HAS} ?p . ?p a qb:DimensionProperty
            FILTER (?p != qb:measureType) ?x ?p ?v . ?y ?p ?w FILTER (?v != ?w) }} }}""",
    "IC-18": "?d qb:slice/qb:observation ?x FILTER NOT EXISTS { ?x qb:dataSet ?d }",
    "IC-19": f"""?x {OF} ?p . ?p a qb:DimensionProperty ; qb:codeList ?l . ?x ?p ?v
        FILTER ((EXISTS {{ ?l a skos:ConceptScheme }}
            && NOT EXISTS {{ ?v a skos:Concept ; skos:inScheme ?l }})
          || (EXISTS {{ ?l a skos:Collection }}
            && NOT EXISTS {{ ?v a skos:Concept . ?l skos:member+ ?v }}))""",
}  # fmt: skip


def normalized(*files: bytes, fault: str = "") -> Store:
    """The graphs of Turtle files together, changed by a SPARQL update, in normal form."""
    store = Store()
    for data in files:
        store.extend(parse(data, format=RdfFormat.TURTLE))
    if fault:
        store.update(HEAD + fault)
    store.update(HEAD + NORMALIZE)
    return store


def broken(store: Store) -> list[str]:
    """The constraints that a normalized graph breaks."""
    rules = {**RULES, **_of_hierarchies(store)}
    return [name for name, pattern in rules.items() if ask(store, pattern)]


def ask(store: Store, pattern: str) -> bool:
    answer = store.query(f"{HEAD}ASK {{ {pattern} }}")
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def select(store: Store, rest: str) -> list[tuple[str, ...]]:
    """The rows of a query without its prefixes; an unbound variable is ''."""
    answer = store.query(HEAD + rest)
    assert isinstance(answer, QuerySolutions)
    return [tuple(getattr(value, "value", "") for value in row) for row in answer]


def _of_hierarchies(store: Store) -> dict[str, str]:
    """IC-20 and IC-21 hold for each property that leads down a hierarchical code list."""
    found = {}
    for number, path in (("IC-20", "?h"), ("IC-21", "?i . ?i owl:inverseOf ?h")):
        pattern = f"?l a qb:HierarchicalCodeList ; qb:parentChildProperty {path}"
        for (step,) in select(store, f"SELECT DISTINCT ?h {{ {pattern} FILTER (isIRI(?h)) }}"):
            down = f"<{step}>*" if number == "IC-20" else f"(^<{step}>)*"
            found[number] = f"""?x {OF} ?p . ?p a qb:DimensionProperty ; qb:codeList ?l .
              ?l a qb:HierarchicalCodeList . ?x ?p ?v
              FILTER NOT EXISTS {{ ?l qb:hierarchyRoot/{down} ?v }}"""
    return found


def node(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)
