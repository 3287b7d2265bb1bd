"""The comparison itself, without a catalog: it sees every triple that changes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from tests.ckan.agreement import difference, said, served

HEAD = """
@base <https://example.jp/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DATASET = "https://example.jp/d"
OURS = """
<d> a dcat:Dataset ; dct:title "題"@ja, "Title"@en ; dcat:keyword "A/B"@ja, "水"@ja ;
  dct:publisher <p> ; dct:temporal <t> ; dcat:distribution <f> ; dcat:inSeries <s> .
<p> a foaf:Agent, foaf:Organization ; foaf:name "市"@ja ; foaf:homepage <h?a=(1)> .
<t> a dct:PeriodOfTime ; dcat:startDate "2022-04-01"^^xsd:date .
<f> a dcat:Distribution ; dct:title "表"@ja, "Table"@en ; dct:license <l> ; dcat:accessURL <a> ;
  spdx:checksum <c> ; dcat:byteSize "0"^^xsd:nonNegativeInteger .
<l> a dct:LicenseDocument ; dct:title "許諾"@ja ; dct:type <Attribution> .
<c> a spdx:Checksum ; spdx:checksumValue "00ff"^^xsd:hexBinary .
"""
THEIRS = """
<d> a dcat:Dataset ; dct:title "題" ; dcat:keyword "A B" ; dct:publisher <p> ;
  dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2022-04-01"^^xsd:date ] ;
  dcat:distribution <f> .
<p> a foaf:Agent ; foaf:name "市" ; foaf:homepage <h?a=%281%29> .
<f> a dcat:Distribution ; dct:title "表"@ja, "Table"@en ; dct:license <l> ; dcat:accessURL <a> ;
  spdx:checksum [ a spdx:Checksum ; spdx:checksumValue "00ff"^^xsd:hexBinary ] .
<l> a dct:LicenseDocument ; dct:type <http://purl.org/adms/licencetype/UnknownIPR> .
<a> a rdfs:Resource .
"""
TOO_MUCH = {  # of THEIRS, and tolerated
    "http://www.w3.org/2000/01/rdf-schema#Resource",
    "http://purl.org/adms/licencetype/UnknownIPR",
}


def turtle(text: str) -> bytes:
    return (HEAD + text).encode()


def agree(theirs: bytes) -> bool:
    return difference(turtle(OURS), theirs, DATASET, "scheming") == (set(), set())


def test_what_is_tolerated_may_differ() -> None:
    assert agree(turtle(THEIRS))
    assert said(turtle(OURS), DATASET, "scheming") == served(turtle(THEIRS))


def test_each_missing_triple_is_seen() -> None:
    quads = list(ox.parse(turtle(THEIRS), format=ox.RdfFormat.TURTLE))
    assert len(quads) == 22
    for number, quad in enumerate(quads):
        rest = ox.serialize(quads[:number] + quads[number + 1 :], format=ox.RdfFormat.N_TRIPLES)
        tolerated = isinstance(quad.object, ox.NamedNode) and quad.object.value in TOO_MUCH
        assert rest is not None
        assert agree(rest) == tolerated, quad


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"題"', '"題"@ja'),
        ('"題"', '"題", "Title"'),
        ('"表"@ja', '"表"'),
        ('"A B"', '"A/B"'),
        ('"00ff"^^xsd:hexBinary', '"00ff"'),
        ("dct:license <l>", "dct:license <m>"),
        ("<p> a foaf:Agent", "<p> a foaf:Agent, foaf:Person"),
        ("<a> a rdfs:Resource", "<d> a rdfs:Resource"),
        ("dcat:startDate", "dcat:endDate"),
    ],
)
def test_each_change_is_seen(old: str, new: str) -> None:
    assert old in THEIRS
    assert not agree(turtle(THEIRS.replace(old, new)))
