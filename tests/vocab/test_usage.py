"""Every concept is used, and every word that the data and the schemas use is a concept."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pipelines.vocabulary import Concept, fold, scheme, scheme_names, table_schemas
from tests.vocab.usage import (
    COLUMNS,
    ROOT,
    Words,
    concept_of,
    data_words,
    enum_words,
    evidence,
)

# Concepts that nothing uses yet, and why they are there. One that comes into use leaves this list.
PROSPECT = {
    "a list of others, kept whole: a package may state any entry of it": {
        "frequencies": "DAILY WEEKLY MONTHLY QUARTERLY ANNUAL_2 BIENNIAL TRIENNIAL QUADRENNIAL "
        "QUINQUENNIAL IRREG NEVER",
        "themes": "01 02 03 04 05 06 07 08 09 10 12 14 15 16 99",
    },
    "files of other people's catalogs, which are scored too": {
        "file_formats": "ATOM BMP CSV DBF DOC DOCX DWG DXF EPUB GEOJSON GEOTIFF GIF GML GPKG "
        "GTFS GZIP HTML ICS JPEG JPEG2000 JSON JSON_LD KML KMZ LAS MP3 MPEG4 "
        "N3 NETCDF ODP ODS ODT PDF PDFA1A PDFA1B PDFA2A PDFA2B PDFA3 PNG PPT "
        "PPTX RDF RDFA RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG RDF_TURTLE RDF_XML "
        "RSS RTF SDMX SHP SQL SVG TAR TIFF TSV TXT WFS_SRVC WMS_SRVC XHTML "
        "XLS XLSM XLSX XML YAML ZIP",
    },
    "a package may state it; the sources of the first four state no licence": {
        "licences": "CC-BY-4.0 CC0-1.0 PDL1.0 GJSTU-2.0",
    },
    "flags that are taken off the name of an initiative and told in a finding": {
        "continuation": "improved extended",
    },
    "a state beside 開始 and 完了, in tables of other municipalities": {
        "words": "introduced",
    },
    "measures of other municipalities' indicators (energy, waste, data, duration)": {
        "units": "kilogram tonne kilowatt-hour megabyte gigabyte byte-tera time-second week",
    },
    "counters that hold a shorter one, which would be read without them (回, 名, 人, 店, 品)": {
        "units": "dose entry-person person-share shop product-item",
    },
    "differences of percentages, which must not be read as %": {"units": "point-percent"},
    "what other municipalities' indicators count: people and their homes": {
        "units": "user follower household house house-small",
    },
    "what other municipalities' indicators count: offices, places and buildings": {
        "units": "district district-town town prefecture-unit country facility institution "
        "organisation station building room class garden bed",
    },
    "what other municipalities' indicators count: things and runs": {
        "units": "unit-machine long-thing copy letter pair product volume-kind group-unit step "
        "route service-run vote animal animal-small bird",
    },
    "what other municipalities' indicators count: what happens online": {
        "units": "access download view post dataset character language",
    },
}
LISTED = [
    (name, notation)
    for schemes in PROSPECT.values()
    for name, notations in schemes.items()
    for notation in notations.split()
]
CONCEPTS = [(name, concept) for name in scheme_names() for concept in scheme(name)]
IDS = [f"{name}-{concept.notation}" for name, concept in CONCEPTS]


@pytest.mark.parametrize(("name", "concept"), CONCEPTS, ids=IDS)
def test_every_concept_is_used_or_its_prospect_is_stated(name: str, concept: Concept) -> None:
    listed = (name, concept.notation) in LISTED
    assert bool(evidence(concept)) is not listed, evidence(concept) or "used nowhere"


def test_the_list_of_prospects_holds_each_once_and_nothing_else() -> None:
    assert len(LISTED) == len(set(LISTED))
    assert set(LISTED) <= {(name, concept.notation) for name, concept in CONCEPTS}


NOBODY = {"units": "把", "roles": "備え", "words": "凍結", "themes": "宇宙", "directions": "横ばい"}


@pytest.mark.parametrize(("name", "label"), NOBODY.items())
def test_a_concept_that_nobody_uses_is_found(name: str, label: str) -> None:
    concept = Concept(
        f"https://machidata.example/vocab/{name}#new", name, "brand-new", {"ja": label}
    )
    assert evidence(concept) == []


def test_every_word_of_the_data_is_a_concept() -> None:
    unknown = []
    seen: set[Words] = set()
    for path, row, words, column, word in data_words():
        seen.add(words)
        concept = concept_of(word, words)
        # A state may be printed with what it is the state of (外部監査の実施).
        ends = [c for c in scheme("words") if fold(word).endswith(tuple(map(fold, (c.ja, *c.alt))))]
        if concept is None and not (column == "状態" and ends):
            unknown.append((path.name, row["ID"], column, word))
    assert unknown == []
    assert seen >= {Words("units"), Words("missing"), Words("kinds"), Words("marks", "label")}


def test_every_word_of_an_enum_is_a_concept_and_every_other_way_round() -> None:
    by_column: dict[tuple[str, str], set[str]] = {}
    for slug, column, word in enum_words():
        concept = concept_of(word, COLUMNS[slug, column])
        assert concept, (slug, column, word)
        by_column.setdefault((slug, column), set()).add(concept.notation)
    for (slug, column), notations in by_column.items():
        all_of = {concept.notation for concept in scheme(COLUMNS[slug, column].scheme)}
        # Findings and provenance say nothing of themselves; two flags are no continuation.
        left = {"表": {"finding", "provenance"}, "継続区分": {"improved", "extended"}}
        assert all_of - notations == left.get(column, set()), (slug, column)


def test_the_schemas_name_the_schemes_that_their_columns_hold() -> None:
    named = {
        (slug, field["name"]): field["machidata:scheme"]
        for slug, schema in table_schemas().items()
        for field in schema["fields"]
        if "machidata:scheme" in field
    }
    # 表 and 対象表 hold notations: names of tables, which the column's other rules already say.
    assert named == {key: words.scheme for key, words in COLUMNS.items() if words.by != "notation"}
    columns = {(slug, f["name"]) for slug, s in table_schemas().items() for f in s["fields"]}
    assert set(COLUMNS) <= columns


@pytest.mark.parametrize("word", ["枚組", "％", "人 ", "Person", "person"])
def test_a_word_that_is_no_preferred_label_is_found(word: str) -> None:
    assert concept_of(word, Words("units")) is None
    assert concept_of("人", Words("units")) is not None


def calls(path: Path) -> list[tuple[str, str]]:
    """(name, text) for every call of a plain name with texts as arguments, such as cue("plan")."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found += [
                (node.func.id, argument.value)
                for argument in node.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
    return found


def test_what_the_code_asks_for_is_there() -> None:
    asked = [call for path in sorted((ROOT / "pipelines").rglob("*.py")) for call in calls(path)]
    cues = {text for name, text in asked if name == "cue"}
    schemes = {text for name, text in asked if name == "scheme"}
    assert len(cues) > 5
    assert cues <= {concept.notation for concept in scheme("cues")}
    assert schemes <= set(scheme_names())
