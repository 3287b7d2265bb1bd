"""The data cube of a package: well-formed, complete, and readable alone."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

from pipelines.declaration import load_declaration
from pipelines.describe.cube.render import cube_files
from pipelines.describe.iris import Names
from pipelines.eras import japanese_year
from pipelines.model import MachidataError, Package, Row, Table, Tables
from pipelines.vocabulary import VOCAB_BASE, municipalities, scheme, scheme_names
from tests.describe.cube.cube_rules import broken, node, normalized, select
from tests.factory import TOWNS, make_package, make_tables

ROOT = Path(__file__).parents[3]
BASE = "https://data.example.jp/machi/"
NAMES = Names(BASE)
REAL = sorted(path.parent.name for path in ROOT.glob("datapackages/*/package.yaml"))


def rows(name: str, slug: str) -> list[dict[str, str]]:
    path = ROOT / "datapackages" / name / "data" / f"{name[:6]}_{slug}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def typed(row: dict[str, str]) -> Row:
    found: Row = {column: cell or None for column, cell in row.items()}
    if row.get("年度"):
        found["年度"] = int(row["年度"])
    if row.get("値"):
        found["値"] = Decimal(row["値"])
    return found


@cache
def real(name: str) -> Package:
    """A package as committed, as far as a cube needs it."""
    declaration = load_declaration(ROOT / "datapackages" / name)
    town = municipalities()[declaration.municipality]
    tables = Tables(town.code, town.full_name, name)
    for slug in ("initiative", "indicator", "observation", "status", "measurement"):
        tables.tables[slug] = Table(slug, [typed(row) for row in rows(name, slug)])
    return Package(declaration, town, tables, {}, (), {}, ())


@cache
def turtle(name: str) -> bytes:
    return cube_files(make_package() if name == "factory" else real(name), NAMES)["cube.ttl"]


FULL = [name for name in REAL if cube_files(real(name), NAMES)]
ALL = ["factory", *FULL]


def altered(slug: str, changed: list[Row], name: str = "022055-dx-plan") -> bytes:
    """The cube of the factory's package with other rows in a table."""
    tables = make_tables(name, TOWNS[name[:6]])
    tables.tables[slug] = Table(slug, changed)
    return cube_files(make_package(name, tables=tables), NAMES)["cube.ttl"]


def observation(**changes: object) -> Row:
    return {**make_tables("022055-dx-plan", TOWNS["022055"]).rows("observation")[0], **changes}  # type: ignore[dict-item]


# --- well-formed


def test_a_package_without_a_row_that_fits_has_no_cube() -> None:
    assert set(REAL) - set(FULL) == {"024465-dx-plan"}  # its figures have no year
    empty = Tables("022055", "青森県五所川原市", "022055-dx-plan")
    assert cube_files(make_package(tables=empty), NAMES) == {}


@pytest.mark.parametrize("name", ALL)
def test_no_constraint_is_broken(name: str) -> None:
    assert broken(normalized(turtle(name))) == []


def test_no_constraint_is_broken_by_all_cubes_together() -> None:
    assert broken(normalized(*(turtle(name) for name in FULL))) == []


@pytest.mark.parametrize("name", ALL)
def test_there_is_no_blank_node(name: str) -> None:
    for quad in parse(turtle(name), format=RdfFormat.TURTLE):
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


V = f"<{BASE}cube/022055-dx-plan/value>"
VS = f"<{BASE}cube/022055-dx-plan/value-structure>"
ONE = f"<{BASE}cube/022055-dx-plan/value#022055-dx-plan-01-1-2022-actual>"
TYPED = f"INSERT DATA {{ {VS} qb:component md:t . md:t qb:dimension qb:measureType . \
    qb:measureType rdfs:range rdf:Property }} ;"
MEASURED = f"{TYPED} INSERT {{ ?o qb:measureType sdmx-measure:obsValue }} \
    WHERE {{ ?o qb:dataSet {V} }} ;"
TREE = "DELETE WHERE { md:kind qb:codeList ?l } ; INSERT DATA { md:kind qb:codeList md:tree . \
    md:tree a qb:HierarchicalCodeList ; qb:hierarchyRoot kinds:target ;"
FAULTS = [
    ("IC-1", f"DELETE WHERE {{ {ONE} qb:dataSet ?d }}"),
    ("IC-1", f"INSERT DATA {{ {ONE} qb:dataSet md:x }}"),
    ("IC-2", f"DELETE WHERE {{ {V} qb:structure ?s }}"),
    ("IC-2", f"INSERT DATA {{ {V} qb:structure md:x }}"),
    ("IC-3", "DELETE WHERE { ?c qb:measure sdmx-measure:obsValue }"),
    ("IC-4", "DELETE WHERE { sdmx-dimension:refArea rdfs:range ?r }"),
    ("IC-5", "DELETE WHERE { md:kind qb:codeList ?l }"),
    ("IC-6", f"INSERT DATA {{ <{VS[1:-1]}#kind> qb:componentRequired false }}"),
    ("IC-7", "INSERT DATA { md:k a qb:SliceKey }"),
    ("IC-8", f"INSERT DATA {{ {VS} qb:sliceKey md:k . md:k qb:componentProperty md:item }}"),
    ("IC-9", f"INSERT DATA {{ {V} qb:slice md:s }}"),
    ("IC-10", f"INSERT DATA {{ {V} qb:slice md:s . md:s qb:sliceStructure md:k . \
        md:k qb:componentProperty md:kind . {VS} qb:sliceKey md:k }}"),
    ("IC-11", f"DELETE WHERE {{ {ONE} md:kind ?k }}"),
    ("IC-12", f"INSERT {{ md:copy ?p ?v }} WHERE {{ {ONE} ?p ?v }}"),
    ("IC-13", f"DELETE DATA {{ <{VS[1:-1]}#status> qb:componentRequired false }} ; \
        INSERT DATA {{ <{VS[1:-1]}#status> qb:componentRequired true }}"),
    ("IC-14", f"DELETE WHERE {{ {ONE} sdmx-measure:obsValue ?v }}"),
    ("IC-15", f"{MEASURED} DELETE WHERE {{ {ONE} sdmx-measure:obsValue ?v }}"),
    ("IC-16", f"{MEASURED} INSERT DATA {{ {VS} qb:component md:m . md:m qb:measure md:state . \
        {ONE} md:state words:done }}"),
    ("IC-17", f"{MEASURED} INSERT DATA {{ {VS} qb:component md:m . md:m qb:measure md:state }}"),
    ("IC-18", f"INSERT DATA {{ md:d qb:slice md:s . md:s qb:observation {ONE} ; \
        qb:sliceStructure md:k }}"),
    ("IC-19", f"DELETE WHERE {{ {ONE} md:kind ?k }} ; INSERT DATA {{ {ONE} md:kind words:done }}"),
    ("IC-19", "DELETE WHERE { kinds:actual skos:inScheme ?s }"),
    ("IC-20", f"{TREE} qb:parentChildProperty skos:narrower }}"),
    ("IC-21", f"{TREE} qb:parentChildProperty md:up . md:up owl:inverseOf skos:broader }}"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "fault"), FAULTS)
def test_a_planted_fault_is_found(rule: str, fault: str) -> None:
    assert rule in broken(normalized(turtle("factory"), fault=fault))


# --- equal to the tables


def plain(number: str) -> str:
    """A number as a query gives it: 38.0 and 38 are one number."""
    return number.rstrip("0").rstrip(".") if "." in number else number


@pytest.mark.parametrize("name", FULL)
def test_numbers_keep_their_digits(name: str) -> None:
    wanted = [row["値"] for row in rows(name, "observation") if row["値"]]
    wanted += [row["値"] for row in rows(name, "measurement") if row["年度"]]
    value = node("sdmx-measure:obsValue")
    triples = parse(turtle(name), format=RdfFormat.TURTLE)
    found = [triple.object for triple in triples if triple.predicate == value]
    assert Counter(number.value for number in found) == Counter(wanted)
    assert {number.datatype.value.rsplit("#", 1)[1] for number in found} == {"decimal"}


OBSERVED = """SELECT ?id ?cube ?indicator ?year ?kind ?value ?state ?reason ?unit ?moment {
  ?o qb:dataSet ?cube ; dct:identifier ?id ; md:indicator ?indicator ;
     sdmx-dimension:refPeriod ?year ; md:kind/skos:prefLabel ?kind FILTER (lang(?kind) = "ja")
  OPTIONAL { ?o sdmx-measure:obsValue ?value }
  OPTIONAL { ?o md:state/skos:prefLabel ?state FILTER (lang(?state) = "ja") }
  OPTIONAL { ?o sdmx-attribute:obsStatus/skos:prefLabel ?reason FILTER (lang(?reason) = "ja") }
  OPTIONAL { ?o sdmx-attribute:unitMeasure/skos:prefLabel ?unit FILTER (lang(?unit) = "ja") }
  OPTIONAL { ?o md:pointInTime ?moment } }"""


@pytest.mark.parametrize("name", FULL)
def test_every_observation_says_what_its_row_says(name: str) -> None:
    expected = [
        (
            row["ID"],
            f"{BASE}cube/{name}/{'value' if row['値'] else 'state' if row['状態'] else 'gap'}",
            f"{BASE}indicator/{row['指標ID']}",
            f"{BASE}fiscal-year/{row['年度']}",
            row["種別"],
            plain(row["値"]),
            *(row[column] for column in ("状態", "欠測理由", "単位", "時点")),
        )
        for row in rows(name, "observation")
    ]
    assert sorted(select(normalized(turtle(name)), OBSERVED)) == sorted(expected)


@pytest.mark.parametrize("name", FULL)
def test_qualifiers_are_those_of_the_rows(name: str) -> None:
    wanted = Counter(
        (row["ID"], word)
        for slug in ("observation", "measurement")
        for row in rows(name, slug)
        if slug == "observation" or row["年度"]
        for word in row["限定"].split(";")
        if word
    )
    found = select(
        normalized(turtle(name)),
        "SELECT ?id ?word { ?o dct:identifier ?id ; md:qualifier/skos:prefLabel ?word"
        ' FILTER (lang(?word) = "ja") }',
    )
    assert Counter(found) == wanted


@pytest.mark.parametrize("name", FULL)
def test_every_dated_figure_says_what_its_row_says(name: str) -> None:
    expected = [
        (row["ID"], row["名称"], f"{BASE}fiscal-year/{row['年度']}", plain(row["値"]), row["単位"])
        for row in rows(name, "measurement")
        if row["年度"]
    ]
    found = select(
        normalized(turtle(name)),
        """SELECT ?id ?name ?year ?value ?unit { ?o dct:identifier ?id ;
          md:figure/skos:prefLabel ?name ; sdmx-dimension:refPeriod ?year ;
          sdmx-measure:obsValue ?value
          OPTIONAL { ?o sdmx-attribute:unitMeasure/skos:prefLabel ?unit
            FILTER (lang(?unit) = "ja") } }""",
    )
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("name", FULL)
def test_every_progress_says_what_its_row_says(name: str) -> None:
    expected = [
        (row["ID"], row["項目番号"], row["項目名"], row["年度"], row["進捗"])
        for row in rows(name, "status")
    ]
    found = select(
        normalized(turtle(name)),
        """SELECT ?id ?number ?name ?year ?progress { ?o dct:identifier ?id ; md:item ?item ;
          sdmx-dimension:refPeriod ?period ; md:progress/skos:prefLabel ?progress .
          ?item skos:notation ?number ; skos:prefLabel ?name FILTER (lang(?progress) = "ja")
          BIND (STRAFTER(str(?period), "fiscal-year/") AS ?year) }""",
    )
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("name", FULL)
def test_what_is_printed_is_not_published(name: str) -> None:
    text = turtle(name).decode()
    printed = {row["原文"] for row in rows(name, "observation") if "(" in row["原文"]}
    assert not [words for words in printed if f'"{words}"' in text]


# --- readable alone


@pytest.mark.parametrize("name", ALL)
def test_every_concept_is_one_of_the_vocabulary_or_of_the_package(name: str) -> None:
    store = normalized(turtle(name))
    known = {c.iri: c for s in scheme_names() for c in scheme(s)}
    labels: dict[str, dict[str, str]] = {}
    for iri, label, tag in select(
        store, "SELECT ?c ?l (lang(?l) AS ?t) { ?c a skos:Concept ; skos:prefLabel ?l }"
    ):
        labels.setdefault(iri, {})[tag] = label
    for iri, said in labels.items():
        if iri.startswith(VOCAB_BASE):
            assert said == dict(known[iri].labels)
            assert set(said) == {"ja", "en"}
        else:
            assert iri.startswith((f"{BASE}cube/", f"{BASE}indicator/"))
            assert set(said) == {"ja"}


@pytest.mark.parametrize("name", ALL)
def test_whatever_an_observation_links_to_is_labelled(name: str) -> None:
    nameless = """SELECT DISTINCT ?v { ?o a qb:Observation ; ?p ?v FILTER (isIRI(?v))
      FILTER (?p != rdf:type) FILTER NOT EXISTS { ?v skos:prefLabel|rdfs:label ?l } }"""
    assert select(normalized(turtle(name)), nameless) == []


@pytest.mark.parametrize("name", ALL)
def test_every_property_and_list_is_named_in_both_languages(name: str) -> None:
    one_language = """SELECT ?x { { ?x a rdf:Property } UNION { ?x a skos:ConceptScheme }
      FILTER (NOT EXISTS { ?x rdfs:label|dct:title ?l FILTER (lang(?l) = "ja") }
        || NOT EXISTS { ?x rdfs:label|dct:title ?l FILTER (lang(?l) = "en") }) }"""
    assert select(normalized(turtle(name)), one_language) == []
    undescribed = "SELECT ?l { ?p qb:codeList ?l FILTER NOT EXISTS { ?l a skos:ConceptScheme } }"
    assert select(normalized(turtle(name)), undescribed) == []


def test_a_data_set_says_whose_it_is_and_on_what_terms() -> None:
    asked = f"""SELECT ?publisher ?licence ?table ?whole {{ {V} dct:publisher/foaf:name ?publisher ;
      dct:license ?licence ; prov:wasDerivedFrom ?table ; dct:isPartOf ?whole }}"""
    ((publisher, licence, table, whole),) = select(normalized(turtle("factory")), asked)
    assert publisher == "青森県五所川原市"
    assert licence.endswith("/CC_BY_4_0")
    assert whole == f"{BASE}dataset/022055-dx-plan"
    assert table == f"{whole}/observation"
    without = cube_files(make_package(licence=""), NAMES)["cube.ttl"]
    assert b"license" not in without
    with pytest.raises(MachidataError, match="licence-unknown"):
        cube_files(make_package(licence="free for all"), NAMES)


def test_a_fiscal_year_is_a_period_with_a_name() -> None:
    asked = f"""SELECT ?start ?end ?label {{ <{BASE}fiscal-year/2024> a dct:PeriodOfTime ;
      dcat:startDate ?start ; dcat:endDate ?end ; rdfs:label ?label }} ORDER BY lang(?label)"""
    days = "2024-04-01", "2025-03-31"
    assert select(normalized(turtle("factory")), asked) == [
        (*days, "Fiscal year 2024"),
        (*days, "令和6年度"),
    ]
    assert [japanese_year(y) for y in (2019, 2018, 1867)] == ["令和元年度", "平成30年度", ""]


TARGETS = """SELECT ?year ?town ?indicator ?target {{
  ?o qb:dataSet [] ; sdmx-measure:obsValue ?target ; sdmx-attribute:unitMeasure units:{unit} ;
     md:kind kinds:target ; md:indicator/skos:prefLabel ?indicator ;
     sdmx-dimension:refArea/skos:prefLabel ?town ; sdmx-dimension:refPeriod/rdfs:label ?year .
  FILTER (lang(?year) = "ja") }} ORDER BY ?year ?town"""


def test_targets_of_two_towns_side_by_side() -> None:
    towns = []
    for name, value in (("022055-dx-plan", "40"), ("152064-ict-plan", "55.5")):
        row: Row = {
            "ID": f"{name}-02-1-2024-target", "指標ID": f"{name}-02-1", "年度": 2024,
            "種別": "目標値", "値": Decimal(value), "単位": "%",
        }  # fmt: skip
        towns.append(altered("observation", [row], name))
    assert select(normalized(*towns), TARGETS.format(unit="percent")) == [
        ("令和6年度", "新潟県新発田市", "整備率", "55.5"),
        ("令和6年度", "青森県五所川原市", "整備率", "40"),
    ]


def test_targets_of_real_towns_side_by_side() -> None:
    store = normalized(*(turtle(name) for name in FULL))
    found = select(store, TARGETS.format(unit="person"))
    wanted = [
        (row["年度_和暦"], row["地方公共団体名"], row["指標名"], plain(row["値"]))
        for name in FULL
        for row in rows(name, "observation")
        if (row["種別"], row["単位"]) == ("目標値", "人") and row["値"]
    ]
    assert sorted(found) == sorted(wanted)
    assert len({town for _, town, _, _ in found}) == 2


# --- rows that are out of the ordinary


def test_values_that_share_all_dimensions_get_a_sequence_number() -> None:
    pair = [observation(ID="b"), observation(ID="a", 値=Decimal(7)), observation(ID="c", 年度=2023)]
    store = normalized(altered("observation", pair))
    assert broken(store) == []
    asked = "SELECT ?id ?n { ?o dct:identifier ?id ; md:sequence ?n } ORDER BY ?id"
    assert select(store, asked) == [("a", "1"), ("b", "2"), ("c", "1")]
    assert b"md:sequence" not in turtle("factory")


def test_a_row_with_a_number_and_a_state_is_in_both_cubes() -> None:
    store = normalized(altered("observation", [observation(状態="実施済")]))
    assert broken(store) == []
    asked = "SELECT ?c { ?c a qb:DataSet . ?o qb:dataSet ?c ; md:kind ?k } ORDER BY ?c"
    assert [c.rsplit("/", 1)[1] for (c,) in select(store, asked)] == ["state", "value"]
    assert select(store, "SELECT ?s { ?o md:state ?s }") == [(VOCAB_BASE + "words#done",)]


def test_a_word_that_the_vocabulary_lacks_is_a_concept_of_the_package() -> None:
    row = observation(状態="外部監査の実施", 単位="パレット", 限定="ざっと;約")
    store = normalized(altered("observation", [row]))
    assert broken(store) == []
    listed = f"{BASE}cube/022055-dx-plan/words"
    asked = f"SELECT DISTINCT ?l {{ ?o ?p ?c . ?c skos:inScheme <{listed}> ; skos:prefLabel ?l }}"
    assert {label for (label,) in select(store, asked)} == {"外部監査の実施", "パレット", "ざっと"}


@pytest.mark.parametrize(
    "changes",
    [
        {"年度": None}, {"年度": 1867}, {"年度": "2022"}, {"種別": "見込み"}, {"指標ID": None},
        {"ID": None}, {"値": None}, {"値": Decimal("NaN")},
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_leaves_nothing_behind(changes: Row) -> None:
    tables = make_tables("022055-dx-plan", TOWNS["022055"])
    rest = tables.rows("observation")[1:]
    row = (
        observation(指標ID="odd", **changes) if "指標ID" not in changes else observation(**changes)
    )
    assert altered("observation", [row, *rest]) == altered("observation", rest)


def test_a_moment_is_as_exact_as_it_is_stated() -> None:
    told = ("2024", "2024-03", "2024-03-31", "2023-02-30", "spring")
    changed = [observation(ID=f"m{n}", 年度=2020 + n, 時点=when) for n, when in enumerate(told)]
    asked = "SELECT ?m (datatype(?m) AS ?t) { ?o md:pointInTime ?m } ORDER BY str(?m)"
    found = select(normalized(altered("observation", changed)), asked)
    kinds = [(when, kind.rsplit("#", 1)[1]) for when, kind in found]
    assert kinds == [("2024", "gYear"), ("2024-03", "gYearMonth"), ("2024-03-31", "date")]


def test_names_of_any_kind_make_a_graph() -> None:
    odd = '<"\\\n\x00 \ud800> 名'
    changed = [observation(ID="x y/z#", 指標ID="../a b", 指標名=odd, 状態=odd, 単位=odd)]
    store = normalized(altered("observation", changed))
    assert broken(store) == []
    assert len(select(store, "SELECT ?o { ?o md:indicator ?i }")) == 2


# --- always the same bytes


@pytest.mark.parametrize("name", FULL)
def test_the_order_of_rows_is_nothing(name: str) -> None:
    package = real(name)
    tables = replace(
        package.tables,
        tables={s: Table(s, t.rows[::-1]) for s, t in package.tables.tables.items()},
    )
    assert cube_files(replace(package, tables=tables), NAMES)["cube.ttl"] == turtle(name)


def test_another_process_writes_the_same_bytes() -> None:
    script = (
        "import sys; from tests.describe.cube.test_cube import turtle;"
        "sys.stdout.buffer.write(turtle('factory'))"
    )
    for seed in ("1", "4242"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=True,
        )
        assert done.stdout == turtle("factory")
