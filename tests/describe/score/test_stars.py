"""The five stars of open data, with their evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.describe import describe
from pipelines.describe.cube.render import cube_files
from pipelines.describe.iris import Names
from pipelines.describe.score.links import host, read_links
from pipelines.describe.score.stars import KINDS, Stars, star_findings, stars
from pipelines.findings import every
from pipelines.model import MachidataError
from tests.factory import make_package

ROOT = Path(__file__).parents[3]
BASE = "https://data.example.jp/machi/"
DATASET = BASE + "dataset/022055-dx-plan"
PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ft: <http://publications.europa.eu/resource/authority/file-type/> .
@prefix cc: <http://creativecommons.org/licenses/> .
@prefix : <https://other.example/> . """


def of(*files: str, more: str = "") -> Stars:
    parts = " ".join(f"dcat:distribution [ {file} ] ;" for file in files)
    (found,) = stars(f'{PREFIXES} :d a dcat:Dataset ; {parts} {more} dct:identifier "d" .'.encode())
    return found


def own(licence: str, linked: bool = False) -> Stars:
    package = make_package(licence=licence)
    turtle = describe([package], BASE).files["catalog.ttl"]
    cube = cube_files(package, Names(BASE))["cube.ttl"]
    (found,) = stars(turtle, {"022055-dx-plan": cube} if linked else {})
    return found


def test_csv_with_a_licence_has_three_stars() -> None:
    found = own("CC-BY-4.0")
    assert (found.earned, found.level) == (3, 3)
    assert [star.met for star in found.stars] == [True, True, True, False, False]
    assert found.stars[0].evidence.endswith("/licence/CC_BY_4_0")
    assert found.stars[1].evidence == "CSV"
    assert {one.code for one in star_findings([found])} == {"star-iris", "star-links"}


@pytest.mark.parametrize("licence", ["PDL1.0", "GJSTU-2.0", "CC0-1.0"])
def test_every_open_licence_of_the_vocabulary_earns_the_first_star(licence: str) -> None:
    assert own(licence).earned == 3


def test_without_a_licence_there_is_no_star_but_the_level_is_told() -> None:
    found = own("")
    assert (found.earned, found.level) == (0, 3)
    one = star_findings([found])[0]
    assert (one.code, one.severity, one.row_id) == ("star-licence", "警告", "022055-dx-plan")
    assert "星3" in one.message
    assert "would have 3" in one.message_en
    assert "licence" in one.fix


def test_the_data_cube_earns_the_fourth_star_and_its_units_the_fifth() -> None:
    found = own("CC-BY-4.0", linked=True)
    assert (found.earned, found.level) == (5, 5)
    assert found.stars[3].evidence.endswith(" IRI")
    assert int(found.stars[3].evidence.split()[0]) > 20
    assert found.stars[4].evidence == "qudt.org"
    assert star_findings([found]) == ()


def test_a_cube_without_a_licence_is_no_star_either() -> None:
    found = own("", linked=True)
    assert (found.earned, found.level) == (0, 5)


@pytest.mark.parametrize(
    ("format", "level"),
    [
        ("", 1),
        ("dct:format ft:PDF ;", 1),
        ('dct:format "scan" ;', 1),
        ("dct:format ft:PNG ;", 1),
        ("dct:format ft:XLSX ;", 2),
        ("dct:format ft:CSV ;", 3),
        ('dct:format "JSON" ;', 3),
        ("dct:format ft:RDF_TURTLE ;", 4),
        ("dct:format ft:PDF, ft:CSV ;", 3),
    ],
)
def test_the_format_decides_the_level(format: str, level: int) -> None:
    where = "dcat:downloadURL <https://other.example/f> ;"
    found = of(f"{format} {where} dct:license <http://creativecommons.org/licenses/by/4.0/>")
    assert (found.earned, found.level) == (level, level)
    closed = of(f"{format} {where} dct:license :ours")
    assert (closed.earned, closed.level) == (0, level)
    assert len(star_findings([found])) == 5 - level


def test_pdf_alone_loses_every_star_but_the_first() -> None:
    found = of(
        "dct:format ft:PDF ; dcat:accessURL :f ; "
        "dct:license <http://creativecommons.org/licenses/by/4.0/>"
    )
    told = star_findings([found])
    assert [one.code for one in told] == [
        "star-structured",
        "star-format",
        "star-iris",
        "star-links",
    ]
    assert "PDF" in told[0].message
    assert all(one.fix and one.fix_en for one in told)


def test_the_stars_are_those_of_the_files_with_an_open_licence() -> None:
    found = of(
        "dct:format ft:CSV ; dcat:accessURL :f ; dct:license :ours",
        "dct:format ft:PDF ; dcat:accessURL :g ; "
        "dct:license <http://creativecommons.org/licenses/by/4.0/>",
    )
    assert (found.earned, found.level) == (1, 1)


def test_a_file_without_a_licence_has_that_of_its_dataset() -> None:
    licence = "dct:license <http://creativecommons.org/licenses/by/4.0/> ;"
    assert of("dct:format ft:CSV ; dcat:accessURL :f", more=licence).earned == 3
    assert of("dct:format ft:CSV ; dcat:accessURL :f ; dct:license :x", more=licence).earned == 0


@pytest.mark.parametrize(
    "where", ["", "dcat:accessURL <file:///etc/passwd> ;", 'dcat:accessURL "x" ;']
)
def test_what_is_not_on_the_web_has_no_star(where: str) -> None:
    found = of(
        f"dct:format ft:CSV ; {where} dct:license <http://creativecommons.org/licenses/by/4.0/>"
    )
    assert (found.earned, found.level) == (0, 0)


def test_a_dataset_without_files_has_no_star() -> None:
    found = of()
    assert (found.earned, found.level) == (0, 0)
    assert len(star_findings([found])) == 5


def test_every_star_has_its_finding() -> None:
    assert [every()[kind.code] for kind in KINDS] == list(KINDS)
    assert all(kind.code.startswith("star-") for kind in KINDS)


SELF = f"<{DATASET}#a>"


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("<http://purl.org/dc/terms/spatial> <https://sws.geonames.org/1/>", ("sws.geonames.org",)),
        ("<http://purl.org/dc/terms/license> <https://creativecommons.org/licenses/by/4.0/>", ()),
        ("a <https://other.example/Class>", ()),
        ("<urn:p> <https://data.example.jp/b>", ()),
        ("<urn:p> <http://www.w3.org/2004/02/skos/core#Concept>", ()),
        ("<urn:p> <urn:other>", ()),
        ("<urn:p> <mailto:a@other.example>", ()),
        ("<urn:p> 'https://other.example/'", ()),
        ("<urn:p> <https://machidata.example/vocab/units#percent>", ()),
        ("<http://www.w3.org/2004/02/skos/core#exactMatch> <http://qudt.org/a>", ("qudt.org",)),
        ("<http://www.w3.org/2004/02/skos/core#closeMatch> <http://qudt.org/a>", ()),
        ("<urn:p> <https://machidata.example/vocab/kinds#target>", ()),
        ("<urn:p> <https://machidata.example/vocab/no-such#percent>", ()),
        ("<urn:p> <https://machidata.example/vocab/units#no-such>", ()),
        ("<urn:p> <https://machidata.example/vocab/../licences#CC-BY-4.0>", ()),
    ],
)
def test_what_is_a_link_to_data_of_others(text: str, hosts: tuple[str, ...]) -> None:
    found = read_links(f"{SELF} {text} .".encode(), DATASET)
    assert (found.things, found.hosts) == (1, hosts)


def test_blank_nodes_are_no_things_with_an_iri() -> None:
    assert read_links(b"[] a <urn:c> . <urn:a> a <urn:c> .", DATASET).things == 0
    turtle = describe([make_package()], BASE).files["catalog.ttl"]
    (found,) = stars(turtle, {DATASET: b"[] a <urn:c> ."})
    assert found.level == 3


def test_hosts_of_odd_iris() -> None:
    assert host("http://[") == host("urn:x") == host("") == ""


def test_rdf_that_cannot_be_read_is_an_error_that_says_whose_it_is() -> None:
    turtle = describe([make_package()], BASE).files["catalog.ttl"]
    with pytest.raises(MachidataError) as caught:
        stars(turtle, {"022055-dx-plan": b"\xff"})
    assert (caught.value.code, caught.value.where) == ("metadata-unreadable", DATASET)


# One plan has neither indicator values nor progress, so there is no cube of it.
REAL = {"022055-dx-plan": 5, "024465-dx-plan": 3, "082163-dx-plan": 5, "152064-ict-plan": 5}


def test_the_packages_of_the_repository_wait_for_their_licence_alone() -> None:
    for name, level in REAL.items():
        folder = ROOT / "datapackages" / name / "metadata"
        cube = folder / "cube.ttl"
        linked = {name: cube.read_bytes()} if cube.is_file() else {}
        (found,) = stars((folder / "catalog.ttl").read_bytes(), linked)
        assert (found.name, found.earned, found.level) == (name, 0, level)
        assert star_findings([found])[0].expected == str(level)
