"""Our own terms: each that is used is defined, each that is defined is used, as it says."""

from __future__ import annotations

from functools import cache

import pytest

from pipelines.describe import describe
from pipelines.describe.cube.render import cube_files
from pipelines.describe.cube.terms import COMPONENTS, OPEN_LISTS, SEQUENCE
from pipelines.describe.iris import Names
from pipelines.own_terms import own_term, own_terms, own_terms_source, read_terms
from pipelines.vocabulary import TERMS, scheme_names
from tests.factory import make_package
from tests.vocab.own_terms import (
    ROOT,
    faults,
    misused,
    of_code,
    of_files,
    of_text,
    of_turtle,
    triples,
)

BASE = "https://data.example.jp/"
DEFINED = dict(own_terms().terms)


@cache
def built() -> dict[str, bytes]:
    """Everything in RDF that a made-up package gives."""
    package = make_package()
    files = {**describe([package], BASE).files, **cube_files(package, Names(BASE))}
    return {name: data for name, data in files.items() if name.endswith(".ttl")}


@cache
def used() -> dict[str, set[str]]:
    """Where terms are used → their local names."""
    return {**dict(of_files()), **{name: of_turtle(data) for name, data in built().items()}}


def test_the_document_is_whole() -> None:
    assert faults(own_terms_source()) == []
    assert len(DEFINED) > 60


def test_it_is_no_concept_scheme() -> None:
    assert "terms" not in scheme_names()


def test_every_term_that_is_used_is_defined() -> None:
    undefined = {where: names - set(DEFINED) for where, names in used().items()}
    assert {where: names for where, names in undefined.items() if names} == {}


def test_every_term_that_is_defined_is_used() -> None:
    assert set(DEFINED) - set().union(*used().values()) == set()


def test_every_kind_of_file_is_looked_at() -> None:
    found = used()
    assert {"ucum", "dimension", "notBefore"} <= found["vocab/units.ttl"]
    assert {"rowMeaning", "rowMeaningEn"} <= found["vocab/tables.ttl"]
    assert {"kind", "state", "indicatorName"} <= found["vocab/schemas/observation.json"]
    assert {"code", "fix", "expected"} <= found["vocab/shapes/japan.ttl"]
    assert {"Tolerated", "reason"} <= found["vocab/shapes/tolerated.ttl"]
    assert "edition" in found["pipelines/describe/rdf/dcat.py"]
    assert {"kind", "sequence", "pointInTime"} <= found["pipelines/describe/cube/terms.py"]
    assert {"indicator", "indicators", "missingReason", "department"} <= found["cube.ttl"]
    assert "catalog.ttl" in found
    assert "edition" in found["datapackages/082163-dx-plan/metadata/catalog.ttl"]
    assert "kind" in found["datapackages/022055-dx-plan/datapackage.json"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (of_turtle(f"@prefix md: <{TERMS}> . <i:a> md:b md:c .".encode()), {"b", "c"}),
        (of_turtle(f"@prefix terms: <{TERMS}> . terms:a a <i:x> .".encode()), {"a"}),
        (of_turtle(f'<i:a> <i:b> "{TERMS}c" .'.encode()), set()),
        (of_text(f'{{"rdfType": "{TERMS}slip"}}'), {"slip"}),
        (of_code('node.value("md:slip", "x")'), {"slip"}),
        (of_code('"""Rows with md:slip."""\nNAME = "cmd:run"'), {"slip"}),
        (of_code('KIND = TERMS + "Slip"'), {"Slip"}),
        (of_code(f'KIND = "{TERMS}slip"'), {"slip"}),
        (of_code('concept.first("slip", "no")'), {"slip"}),
        (of_code('own_term("slip"); _own("measure", "slap")'), {"slip", "slap"}),
    ],
)
def test_a_term_is_found_in_each_form(found: set[str], expected: set[str]) -> None:
    assert found == expected


GOOD = own_terms_source().decode("utf-8")
HEAD = "<https://machidata.example/vocab/terms> a owl:Ontology"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        (":edition a owl:DatatypeProperty", ":edition a owl:DatatypProperty"),
        (":edition a owl:DatatypeProperty", ":Edition a owl:DatatypeProperty"),
        (":edition a owl:DatatypeProperty", ":edition a owl:ObjectProperty"),
        (":edition a owl:DatatypeProperty", ":edition a skos:ConceptScheme"),
        (":Tolerated a rdfs:Class", ":tolerated a rdfs:Class"),
        (":part a owl:DatatypeProperty", "<https://example.org/part> a owl:DatatypeProperty"),
        (":part a owl:DatatypeProperty", ":part a owl:DatatypeProperty, rdf:Property"),
        ('"版"@ja, "Edition"@en', '"版"@ja'),
        ('"版"@ja, "Edition"@en', '"版"@ja, "Edition"'),
        ('"版"@ja, "Edition"@en', '"版"@ja, "Level"@en'),
        ('"版"@ja, "Edition"@en', '""@ja, "Edition"@en'),
        ('rdfs:label "版"@ja', 'rdfs:labell "版"@ja'),
        ("skos:closeMatch sdmx-attribute:obsStatus", "skos:closeMatch sdmx-attribute:obsState"),
        ("skos:closeMatch sdmx-attribute:obsStatus", "skos:exactMatch sdmx-attribute:obsStatus"),
        ("rdfs:isDefinedBy <https://machidata.example/vocab/terms> .", "rdfs:seeAlso <i:x> ."),
        ("rdfs:isDefinedBy <https://machidata.example/vocab/terms> .", "rdfs:isDefinedBy <i:x> ."),
        (HEAD, "<https://machidata.example/vocab/term> a owl:Ontology"),
        ('owl:versionInfo "0.1.0"', 'rdfs:comment "0.1.0"'),
        ('dct:title "まちデータの用語"@ja', 'dct:title "まちデータの用語"@fr'),
    ],
)
def test_the_check_finds_each_fault(old: str, new: str) -> None:
    assert (old in GOOD) is True
    text = GOOD.replace(old, new, 1) if old else GOOD
    assert bool(faults(text.encode())) is bool(old)


def test_every_use_keeps_kind_domain_and_range() -> None:
    graphs = [path.read_bytes() for path in sorted(ROOT.glob("vocab/*.ttl"))]
    graphs += [path.read_bytes() for path in sorted(ROOT.glob("vocab/shapes/*.ttl"))]
    graphs += [path.read_bytes() for path in sorted(ROOT.glob("datapackages/*/metadata/*.ttl"))]
    for data in (*graphs, *built().values()):
        assert misused(triples(data), DEFINED) == []


@pytest.mark.parametrize(
    "statement",
    [
        ":x a skos:Concept ; md:first 2019 .",
        ':x a skos:Concept ; md:first "2019"@ja .',
        ':x md:first "2019" .',
        ':x a skos:Concept ; md:url "https://example.jp/" .',
        ":x md:state :y . :z md:fix :y .",
        ':x a qb:Observation ; md:missingReason "空欄" .',
        ":x a qb:Observation ; md:missingReason :y .",
        ':x md:indicators "x" .',
    ],
)
def test_a_wrong_use_is_found(statement: str) -> None:
    prefixes = f"""@prefix md: <{TERMS}> . @prefix : <https://example.jp/> .
      @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
      @prefix qb: <http://purl.org/linked-data/cube#> . """
    assert len(misused(triples((prefixes + statement).encode()), DEFINED)) == 1


def test_cubes_say_of_our_terms_what_the_document_says() -> None:
    components = {c.iri: c for all_of in (*COMPONENTS.values(), (SEQUENCE,)) for c in all_of}
    own = [c for iri, c in components.items() if iri.startswith(TERMS)]
    assert len(own) == 10
    for component in own:
        term = DEFINED[component.iri.removeprefix(TERMS)]
        assert component.label == dict(term.labels)
        assert term.range in {"", component.range}
    for listed in OPEN_LISTS.values():
        assert listed.title == dict(own_term(listed.iri.removeprefix(TERMS)))


def test_a_term_is_read_as_it_stands() -> None:
    reason = DEFINED["missingReason"]
    assert dict(reason.labels) == {"ja": "欠測理由", "en": "Reason for no value"}
    assert reason.iri == f"{TERMS}missingReason"
    assert reason.kind.endswith("#ObjectProperty")
    assert (reason.domain, reason.range) == (
        "http://purl.org/linked-data/cube#Observation",
        "http://www.w3.org/2004/02/skos/core#Concept",
    )
    assert [iri.rpartition("#")[2] for _, iri in reason.mappings] == ["obsStatus"]
    assert own_terms().version == "0.1.0"
    assert list(DEFINED) == sorted(DEFINED)
    with pytest.raises(KeyError):
        own_term("nothing")


def test_an_empty_document_has_no_terms() -> None:
    found = read_terms(b"")
    assert (found.terms, found.titles, found.version) == ({}, {}, "")
