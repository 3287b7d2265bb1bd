"""The three serialisations, read back by two libraries."""

from __future__ import annotations

import gc
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from rdflib import Graph as RdflibGraph
from rdflib import Literal, URIRef

from pipelines.describe.rdf.graph import PREFIXES, Graph, full
from pipelines.describe.rdf.json_ld import json_ld
from pipelines.describe.rdf.pause import uncollected
from pipelines.describe.rdf.rdf_xml import rdf_xml
from pipelines.describe.rdf.render import render
from pipelines.describe.rdf.turtle import turtle

FORMATS = {"turtle": turtle, "json-ld": json_ld, "xml": rdf_xml}
OXIGRAPH = {
    "turtle": RdfFormat.TURTLE,
    "json-ld": RdfFormat.JSON_LD,
    "xml": RdfFormat.RDF_XML,
}
THINGS = [f"https://x.example/{name}" for name in ("a", "b?q=1&r=2", "c#f", "%E3%81%82", "あ")]
NAMES = ["rdf:type", "dct:title", "dcat:keyword", "xsd:date", "http://other.example/ns#word"]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    graph = Graph()
    for _ in range(draw(st.integers(0, 12))):
        node = graph.node(draw(st.sampled_from(THINGS)))
        name = draw(st.sampled_from(NAMES))
        kind = draw(st.sampled_from(["link", "text", "value", "number"]))
        words = draw(st.text(min_size=1, max_size=12))
        if kind == "link" or name == "rdf:type":
            node.link(name, draw(st.sampled_from(THINGS)))
        elif kind == "text":
            node.text(name, {draw(st.sampled_from(["ja", "en", "zh-hant"])): words})
        elif kind == "value":
            node.value(name, words)
        else:
            node.value(name, str(len(words)), "xsd:integer")
    return graph


def stated(graph: Graph) -> set[tuple[str, str, tuple[str, str, str]]]:
    return {(iri, full(name), _plain(value)) for iri, name, value in graph}


def _plain(value: object) -> tuple[str, str, str]:
    if isinstance(value, str):
        return value, "", "iri"
    words, language, datatype = value
    return words, language, full(datatype) if datatype else ""


def by_oxigraph(data: bytes, form: str) -> set[tuple[str, str, tuple[str, str, str]]]:
    found = set()
    for quad in parse(io.BytesIO(data), format=OXIGRAPH[form]):
        value = quad.object
        if not hasattr(value, "datatype"):
            plain = (value.value, "", "iri")
        else:
            datatype = "" if value.language else value.datatype.value
            plain = (value.value, value.language or "", datatype)
        found.add((quad.subject.value, quad.predicate.value, plain))
    return found


def by_rdflib(data: bytes, form: str) -> set[tuple[str, str, tuple[str, str, str]]]:
    found = set()
    for subject, name, value in RdflibGraph().parse(data=data, format=form):
        if isinstance(value, URIRef):
            plain = (str(value), "", "iri")
        else:
            assert isinstance(value, Literal)
            kind = "" if value.language else str(value.datatype or full("xsd:string"))
            plain = (str(value), value.language or "", kind)
        found.add((str(subject), str(name), plain))
    return found


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_what_is_written_is_what_is_stated(form: str, graph: Graph) -> None:
    data = FORMATS[form](graph)
    assert by_oxigraph(data, form) == stated(graph)


@pytest.mark.parametrize("form", FORMATS)
def test_a_second_library_reads_the_same(form: str) -> None:
    graph = Graph()
    node = graph.node(THINGS[0])
    node.type("dcat:Dataset")
    node.text("dct:title", {"ja": '引"用\\と\n改行\t&<b>]]>', "en": "a"})
    node.value("http://other.example/ns#word", "1", "xsd:nonNegativeInteger")
    node.link("dct:relation", THINGS[1])
    data = FORMATS[form](graph)
    assert by_rdflib(data, form) == by_oxigraph(data, form) == stated(graph)


@settings(max_examples=30, deadline=None)
@given(graph=graphs(), data=st.data())
def test_bytes_do_not_depend_on_the_order_of_statements(graph: Graph, data: st.DataObject) -> None:
    other = Graph()
    for iri, name, value in data.draw(st.permutations(list(graph))):
        other.node(iri).add(name, value)
        other.node(iri).add(name, value)
    assert render(other, "x") == render(graph, "x")
    assert len(other) == len(graph)


@pytest.mark.parametrize("iri", ["https://x.example/a b", "https://x.example/<", "a\\u0020", "x\n"])
def test_an_iri_that_is_none_is_refused(iri: str) -> None:
    graph = Graph()
    graph.node("https://x.example/").link("dct:relation", iri)
    with pytest.raises(ValueError, match="not an IRI"):
        turtle(graph)


def test_a_property_without_an_xml_name_is_refused() -> None:
    graph = Graph()
    graph.node("https://x.example/").value("https://x.example/1", "a")
    with pytest.raises(ValueError, match="no XML name"):
        rdf_xml(graph)


def test_every_line_feeds_and_every_prefix_is_declared() -> None:
    files = render(Graph(), "catalog")
    assert all(data.endswith(b"\n") for data in files.values())
    for prefix, iri in PREFIXES.items():
        assert f"@prefix {prefix}: <{iri}> .".encode() in files["catalog.ttl"]


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was_found(was_on: bool) -> None:
    seen = []

    @uncollected
    def look(fail: bool) -> None:
        seen.append(gc.isenabled())
        if fail:
            raise ValueError("planted")

    try:
        (gc.enable if was_on else gc.disable)()
        look(False)
        with pytest.raises(ValueError, match="planted"):
            look(True)
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
    assert seen == [False, False]
