"""Every concept scheme of `vocab/`: labels, notations, the rules of SKOS, mappings, licences."""

from __future__ import annotations

import re

import pytest
from rdflib import Graph

from pipelines.vocabulary import Concept, Scheme, scheme, scheme_names, scheme_source
from tests.vocab.integrity import EU, QUDT, faults

# The units of QUDT that we match, each looked up in QUDT's own list.
QUDT_UNITS = {
    "PERCENT", "SEC", "MIN", "HR", "DAY", "WK", "MO", "YR", "M", "KiloM", "M2", "HA", "KiloGM",
    "TONNE", "KiloW-HR", "MegaBYTE", "GigaBYTE", "TeraBYTE", "CCY_JPY",
}  # fmt: skip
# What UCUM writes for the units that are no counts; {…} is an annotation to the unity.
UCUM = {
    "%", "s", "min", "h", "d", "wk", "mo", "a", "m", "km", "m2", "har", "kg", "t", "kW.h",
    "MBy", "GBy", "TBy", "1", "10*-1", "{person}.d",
}  # fmt: skip


def graph_of(name: str) -> Graph:
    return Graph().parse(data=scheme_source(name).decode("utf-8"), format="turtle")


@pytest.mark.parametrize("name", scheme_names())
def test_every_scheme_is_whole(name: str) -> None:
    assert faults(graph_of(name), name) == []


@pytest.mark.parametrize("name", scheme_names())
def test_what_is_loaded_is_what_the_file_says(name: str) -> None:
    found = scheme(name)
    assert set(found.titles) == set(found.descriptions) == {"ja", "en"}
    assert found.iri == f"https://machidata.example/vocab/{name}"
    assert all(concept.iri == f"{found.iri}#{concept.notation}" for concept in found)


GOOD = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix md: <https://machidata.example/vocab/terms#> .
@prefix : <https://machidata.example/vocab/x#> .
<https://machidata.example/vocab/x> a skos:ConceptScheme ; dct:title "題"@ja, "Title"@en ;
    skos:prefLabel "題"@ja, "Title"@en ; dct:description "説明"@ja, "Text"@en .
:a a skos:Concept ; skos:inScheme <https://machidata.example/vocab/x> ; skos:notation "a" ;
    skos:prefLabel "甲"@ja, "A"@en ; skos:altLabel "一"@ja ;
    skos:exactMatch <http://qudt.org/vocab/unit/HR> .
:b a skos:Concept ; skos:inScheme <https://machidata.example/vocab/x> ; skos:notation "b" ;
    skos:prefLabel "乙"@ja, "B"@en ; skos:broader :a .
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ('"題"@ja, "Title"@en ;\n    skos', '"題"@ja ;\n    skos'),
        (' ; dct:description "説明"@ja, "Text"@en', ""),
        ('dct:description "説明"@ja', 'dct:description "説明"@ja, "説"@ja'),
        ('skos:prefLabel "甲"@ja, "A"@en', 'skos:prefLabel "甲"@ja'),
        ('skos:prefLabel "甲"@ja, "A"@en', 'skos:prefLabel "甲"@ja, "丙"@ja, "A"@en'),
        ('skos:altLabel "一"@ja', 'skos:altLabel "甲"@ja'),
        ('skos:altLabel "一"@ja', 'skos:altLabel "一"'),
        ('skos:altLabel "一"@ja', 'skos:altLabel " 一"@ja'),
        ('skos:prefLabel "乙"@ja', 'skos:prefLabel "甲"@ja'),
        ('skos:notation "b"', 'skos:notation "a"'),
        ('skos:notation "b"', 'skos:notation "b", "c"'),
        ("skos:broader :a", "skos:broader :c"),
        ("skos:broader :a", "skos:broader :b"),
        (
            'skos:inScheme <https://machidata.example/vocab/x> ; skos:notation "b"',
            'skos:notation "b"',
        ),
        ("skos:broader :a", "skos:exactMatch <http://qudt.org/vocab/unit/HR>"),
        ("skos:broader :a", "skos:exactMatch <http://example.org/made-up>"),
        ("unit/HR>", "unit/HR> ; skos:relatedMatch <http://qudt.org/vocab/unit/HR>"),
        ("skos:broader :a", 'md:dimnesion "x"'),
        ("skos:broader :a", 'skos:prefLable "x"'),
        (":b a skos:Concept", ":b a skos:Concpet"),
        ("<https://machidata.example/vocab/x> a", "<https://machidata.example/vocab/y> a"),
    ],
)
def test_the_check_finds_each_fault(old: str, new: str) -> None:
    text = GOOD.replace(old, new, 1) if old else GOOD
    assert (text == GOOD) is (not old)
    assert bool(faults(Graph().parse(data=text, format="turtle"), "x")) is bool(old)


@pytest.mark.parametrize("concept", list(scheme("units")), ids=lambda concept: concept.notation)
def test_units_have_codes_that_exist(concept: Concept) -> None:
    code = concept.first("ucum")
    assert code in UCUM or re.fullmatch(r"\{[a-z-]+\}", code) or concept.ja in {"円", "ポイント"}
    assert all(iri.removeprefix(QUDT) in QUDT_UNITS for _, iri in concept.mappings)
    assert len(concept.mappings) <= 1
    # What is no count and is known to QUDT has a code of UCUM, and the other way round.
    measured = bool(code) and not code.startswith("{") and code not in {"1", "10*-1"}
    assert measured is bool(concept.mappings) or concept.ja == "円"


def test_units_of_one_kind_agree() -> None:
    found = {c.notation: (c.first("ucum"), dict(c.mappings)) for c in scheme("units")}
    assert found["percent"] == ("%", {"exactMatch": QUDT + "PERCENT"})
    assert found["month-span"] == ("mo", {"closeMatch": QUDT + "MO"})
    assert found["person"] == found["person-formal"] == ("{person}", {})
    assert {iri.removeprefix(QUDT) for _, m in found.values() for iri in m.values()} == QUDT_UNITS


def test_exact_matches_alone_are_matches() -> None:
    one = scheme("themes").get("11")
    assert one.mappings == (("closeMatch", EU + "data-theme/TECH"),)
    assert one.matches == ()
    assert scheme("licences").get("CC0-1.0").matches == (EU + "licence/CC0",)


@pytest.mark.parametrize(
    ("notation", "ids"),
    [
        ("CC-BY-4.0", ("cc-by", "CC-BY-4.0", "cc-by-40-intl", "CC BY 4.0", "CC BY 4.0")),
        ("CC0-1.0", ("cc-zero", "", "", "", "")),
        ("PDL1.0", ("other-at", "", "", "", "")),
        ("GJSTU-2.0", ("other-at", "", "", "", "")),
    ],
)
def test_licences_have_the_ids_that_are_known_and_no_others(
    notation: str, ids: tuple[str, ...]
) -> None:
    licence = scheme("licences").get(notation)
    terms = ("ckanId", "tokyoId", "bodikId", "shirasagiId", "openDataListId")
    assert tuple(licence.first(term) for term in terms) == ids
    assert licence.extra["open"] == ("true",)


def test_a_label_of_two_concepts_is_refused() -> None:
    one = Concept("i#a", "x", "a", {"ja": "甲", "en": "A"})
    two = Concept("i#b", "x", "b", {"ja": "乙", "en": "ａ"})
    with pytest.raises(ValueError, match="names two concepts"):
        Scheme("x", [one, two])
