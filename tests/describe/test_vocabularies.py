"""The concept schemes that the describing stage writes out."""

from __future__ import annotations

from importlib.resources import files

import pytest
from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF, SKOS

from pipelines.describe import terms
from pipelines.vocabulary import VOCAB_BASE, scheme, table_schemas

SCHEMES = {"themes": 17, "data_themes": 13, "frequencies": 13, "licences": 4, "tables": 12}


@pytest.mark.parametrize("name", SCHEMES)
def test_every_concept_is_labelled_in_both_languages_and_in_its_scheme(name: str) -> None:
    concepts = scheme(name).concepts
    assert len(concepts) == SCHEMES[name]
    for concept in concepts:
        assert set(concept.labels) == {"ja", "en"}
        assert concept.iri == f"{VOCAB_BASE}{name}#{concept.notation}"


@pytest.mark.parametrize("name", SCHEMES)
def test_the_scheme_itself_has_a_title_in_both_languages(name: str) -> None:
    text = files("vocab").joinpath(f"{name}.ttl").read_text(encoding="utf-8")
    graph = Graph().parse(data=text, format="turtle")
    (found,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert str(found) == VOCAB_BASE + name
    assert {title.language for title in graph.objects(found, DCTERMS.title)} == {"ja", "en"}
    members = set(graph.subjects(RDF.type, SKOS.Concept))
    assert set(graph.subjects(SKOS.inScheme, found)) == members


def test_frequencies_and_data_themes_are_entries_of_the_eu_tables() -> None:
    for name, table in (("frequencies", "frequency"), ("data_themes", "data-theme")):
        for concept in scheme(name):
            assert concept.matches == (f"{terms.EU}{table}/{concept.notation}",)


def test_every_field_but_others_leads_to_an_eu_theme() -> None:
    for concept in scheme("themes"):
        found = {theme.iri for theme in terms.themes((concept.notation,), "p")} - {concept.iri}
        assert found or concept.ja == "その他"
        assert all(iri.startswith(terms.EU + "data-theme/") for iri in found)


def test_an_eu_theme_may_be_stated_directly() -> None:
    (theme,) = terms.themes(("GOVE",), "p")
    assert theme.iri == terms.EU + "data-theme/GOVE"


@pytest.mark.parametrize(
    ("written", "notation"),
    [
        ("毎年", "ANNUAL"),
        ("年１回", "ANNUAL"),
        ("1回/年", "ANNUAL"),
        ("年次", "ANNUAL"),
        ("四半期", "QUARTERLY"),
        ("随時", "IRREG"),
        ("QUINQUENNIAL", "QUINQUENNIAL"),
    ],
)
def test_spellings_of_frequencies(written: str, notation: str) -> None:
    found = terms.frequency(written, "p")
    assert found is not None
    assert found.iri == f"{terms.EU}frequency/{notation}"


def test_licences_have_a_text_and_a_kind() -> None:
    for concept in scheme("licences"):
        licence = terms.licence(concept.notation, "p")
        assert licence is not None
        assert licence.url.startswith("https://")
        assert licence.kind is not None
        assert licence.spdx == (concept.notation if concept.notation.startswith("CC") else "")


def test_every_tidy_table_has_its_words() -> None:
    assert {concept.notation for concept in scheme("tables")} == set(table_schemas())
    for concept in scheme("tables"):
        assert concept.first("rowMeaning")
        assert concept.first("rowMeaningEn")
