"""What the catalog says, and that all three formats say the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD
from rdflib.term import BNode

from pipelines.describe import describe
from pipelines.describe.iris import Names
from pipelines.describe.terms import scheme_title
from pipelines.model import Contact, MachidataError, Package, SeriesPart, Source
from tests.factory import ERROR, HASH, in_place, make_package

BASE = "https://data.example.jp/machi/"
FORMATS = {"catalog.ttl": "turtle", "catalog.jsonld": "json-ld", "catalog.rdf": "xml"}
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"
CATALOG = URIRef(BASE + "catalog")
DATASET = URIRef(BASE + "dataset/022055-dx-plan")
FILE = URIRef(BASE + "dataset/022055-dx-plan/observation")


def graph(*packages: Package, base: str = BASE) -> Graph:
    metadata = describe(packages, base)
    return Graph().parse(data=metadata.files["catalog.ttl"], format="turtle")


def test_dataset_says_what_the_package_declares() -> None:
    found = graph(make_package())
    said = {
        DCTERMS.title: {
            Literal("五所川原市 まちのデジタル計画", lang="ja"),
            Literal("Digital plan of the town", lang="en"),
        },
        DCTERMS.identifier: {Literal("022055-dx-plan", datatype=XSD.string)},
        DCTERMS.publisher: {URIRef(BASE + "organization/022055")},
        DCTERMS.accrualPeriodicity: {URIRef(EU + "frequency/ANNUAL")},
        DCTERMS.accessRights: {URIRef(EU + "access-right/PUBLIC")},
        DCTERMS.language: {URIRef(EU + "language/JPN")},
        DCTERMS.issued: {Literal("2024-04-01", datatype=XSD.date)},
        DCTERMS.modified: {Literal("2025-06-30", datatype=XSD.date)},
        DCAT.landingPage: {URIRef(BASE + "022055-dx-plan/index.html")},
        DCAT.keyword: {Literal("KPI", lang="ja"), Literal("デジタル", lang="ja")},
        DCAT.theme: {
            URIRef(EU + "data-theme/GOVE"),
            URIRef(EU + "data-theme/TECH"),
            URIRef("https://machidata.example/vocab/themes#11"),
            URIRef("https://machidata.example/vocab/themes#13"),
        },
    }
    for name, values in said.items():
        # the plain string of RDF 1.1 is xsd:string, whatever rdflib calls it
        got = {Literal(v, datatype=XSD.string) if v == Literal(str(v)) else v
               for v in found.objects(DATASET, name)}  # fmt: skip
        assert got == values, name


def test_period_is_that_of_the_fiscal_years() -> None:
    found = graph(make_package())
    period = found.value(DATASET, DCTERMS.temporal)
    assert found.value(period, DCAT.startDate) == Literal("2022-04-01", datatype=XSD.date)
    assert found.value(period, DCAT.endDate) == Literal("2026-03-31", datatype=XSD.date)


def test_stated_period_goes_before_the_plans_years() -> None:
    found = graph(make_package(period=("2023-01-01", "")))
    period = found.value(DATASET, DCTERMS.temporal)
    assert found.value(period, DCAT.startDate) == Literal("2023-01-01", datatype=XSD.date)
    assert found.value(period, DCAT.endDate) == Literal("2026-03-31", datatype=XSD.date)


def test_without_a_plans_years_the_period_is_that_of_the_rows() -> None:
    package = make_package()
    package.tables.tables.pop("plan")
    found = graph(package)
    period = found.value(DATASET, DCTERMS.temporal)
    assert found.value(period, DCAT.startDate) == Literal("2022-04-01", datatype=XSD.date)
    assert found.value(period, DCAT.endDate) == Literal("2025-03-31", datatype=XSD.date)


def test_no_years_no_period() -> None:
    package = make_package()
    for slug in ("plan", "observation", "status", "activity", "measurement"):
        package.tables.tables.pop(slug)
    assert found_nothing(graph(package), DATASET, DCTERMS.temporal)


def found_nothing(found: Graph, subject: URIRef, name: URIRef) -> bool:
    return found.value(subject, name) is None


def test_distribution_is_the_written_file() -> None:
    package = make_package()
    resource = next(r for r in package.resources if r.slug == "observation")
    found = graph(package)
    assert (DATASET, DCAT.distribution, FILE) in found
    address = BASE + "022055-dx-plan/data/022055_observation.csv"
    assert found.value(FILE, DCAT.downloadURL) == URIRef(address)
    access = URIRef(BASE + "022055-dx-plan/observation.html")
    assert found.value(FILE, DCAT.accessURL) == access
    size = found.value(FILE, DCAT.byteSize)
    assert size == Literal(str(len(resource.data)), datatype=XSD.nonNegativeInteger)
    checksum = found.value(FILE, SPDX.checksum)
    value = found.value(checksum, SPDX.checksumValue)
    assert str(value).lower() == resource.sha256
    assert value.datatype == XSD.hexBinary
    assert len(list(found.subjects(RDF.type, DCAT.Distribution))) == len(package.resources)


WHOLE = Source("plan", "", "plan.txt", "計画書", "The plan", "https://example.jp/plan.pdf")


def test_a_document_that_was_read_whole_carries_its_hash() -> None:
    found = graph(make_package(sources=(WHOLE,)))
    source = found.value(DATASET, PROV.wasDerivedFrom)
    assert source == URIRef(f"{DATASET}#source-plan")
    assert str(found.value(source, DCTERMS.identifier)) == f"sha256:{HASH}"
    assert found.value(source, FOAF.page) == URIRef("https://example.jp/plan.pdf")
    assert found_nothing(found, source, PROV.wasDerivedFrom)


def test_the_hash_of_an_extract_is_not_that_of_its_document() -> None:
    found = graph(make_package())
    extract, source = URIRef(f"{DATASET}#extract-plan"), URIRef(f"{DATASET}#source-plan")
    assert set(found.objects(DATASET, PROV.wasDerivedFrom)) == {extract}
    assert set(found.objects(extract, PROV.wasDerivedFrom)) == {source}
    assert set(found.objects(None, PROV.used)) == {extract}
    assert str(found.value(extract, DCTERMS.identifier)) == f"sha256:{HASH}"
    assert set(found.objects(extract, DCTERMS.title)) == {
        Literal("まちのデジタル計画（抄録）", lang="ja"),
        Literal("The plan (extract)", lang="en"),
    }
    assert found_nothing(found, extract, FOAF.page)
    assert found.value(source, FOAF.page) == URIRef("https://example.jp/plan.pdf")
    assert found_nothing(found, source, DCTERMS.identifier)
    assert found_nothing(found, source, SPDX.checksum)


def test_publisher_is_the_municipality() -> None:
    found = graph(make_package())
    town = URIRef(BASE + "organization/022055")
    assert found.value(town, FOAF.name) == Literal("青森県五所川原市", lang="ja")
    assert str(found.value(town, DCTERMS.identifier)) == "022055"
    kind = URIRef("http://purl.org/adms/publishertype/LocalAuthority")
    assert found.value(town, DCTERMS.type) == kind


@pytest.mark.parametrize(
    ("licence", "iri"),
    [
        ("CC-BY-4.0", EU + "licence/CC_BY_4_0"),
        ("CC BY 4.0", EU + "licence/CC_BY_4_0"),
        ("CC0-1.0", EU + "licence/CC0"),
        ("PDL1.0", "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"),
    ],
)
def test_stated_licence_is_on_every_file_and_on_the_catalog(licence: str, iri: str) -> None:
    found = graph(make_package(licence=licence), make_package("152064-ict-plan", licence=licence))
    files = list(found.subjects(RDF.type, DCAT.Distribution))
    assert {found.value(file, DCTERMS.license) for file in [*files, CATALOG]} == {URIRef(iri)}


def test_no_licence_is_assumed() -> None:
    found = graph(make_package(licence=""))
    assert list(found.subject_objects(DCTERMS.license)) == []
    rights = found.value(FILE, DCTERMS.rights)
    assert rights == URIRef(BASE + "rights/undetermined")


def test_catalog_has_a_licence_only_when_all_agree() -> None:
    found = graph(make_package(), make_package("152064-ict-plan", licence="CC0-1.0"))
    assert found_nothing(found, CATALOG, DCTERMS.license)
    found = graph(make_package(), make_package("152064-ict-plan", licence=""))
    assert found_nothing(found, CATALOG, DCTERMS.license)


def test_catalog_dates_come_from_the_packages() -> None:
    other = make_package("152064-ict-plan", issued=date(2020, 1, 2), modified=date(2026, 2, 3))
    found = graph(make_package(), other)
    assert found.value(CATALOG, DCTERMS.issued) == Literal("2020-01-02", datatype=XSD.date)
    assert found.value(CATALOG, DCTERMS.modified) == Literal("2026-02-03", datatype=XSD.date)


def test_an_empty_catalog_is_a_catalog() -> None:
    found = graph()
    assert (CATALOG, RDF.type, DCAT.Catalog) in found
    assert list(found.objects(CATALOG, DCAT.dataset)) == []


def test_geonames_place_is_used_and_keeps_the_code() -> None:
    found = graph(make_package(spatial="http://sws.geonames.org/2130658"))
    place = URIRef("https://sws.geonames.org/2130658/")
    assert found.value(DATASET, DCTERMS.spatial) == place
    assert str(found.value(place, DCTERMS.identifier)) == "022055"
    assert found.value(place, SKOS.prefLabel) == Literal("青森県五所川原市", lang="ja")


@pytest.mark.parametrize("field", ["licence", "frequency", "themes"])
def test_unknown_words_are_an_error_that_says_where(field: str) -> None:
    written = "なぞの値"
    with pytest.raises(MachidataError) as caught:
        describe([make_package(**{field: (written,) if field == "themes" else written})], BASE)
    assert caught.value.code == f"{field.removesuffix('s')}-unknown"
    assert (caught.value.found, caught.value.where) == (written, "022055-dx-plan")


UNUSABLE = (
    "|catalog/|ftp://a.jp/|https:///|https://a.jp/?q=1|https://a.jp/a?|https://a.jp/a#|"
    "https://a.jp/#b|https://me@a.jp/|https://me:pw@a.jp/|https://@a.jp/|https://a.jp/../b|"
    "https://a.jp/./|https://a.jp/%2E%2e/b|https://a..あ.jp/|https://a.jp:port/"
)


@pytest.mark.parametrize("base", UNUSABLE.split("|"))
def test_unusable_base_is_an_error(base: str) -> None:
    with pytest.raises(MachidataError) as caught:
        describe([], base)
    assert caught.value.code == "base-invalid"


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("https://a.jp", "https://a.jp/"),
        ("HTTPS://Data.Example.JP:8443/Machi", "https://data.example.jp:8443/Machi/"),
        ("https://まち.jp/データ/", "https://xn--h9jxc.jp/%E3%83%87%E3%83%BC%E3%82%BF/"),
        ("http://[::1]:8000/a%20b/", "http://[::1]:8000/a%20b/"),
    ],
)
def test_the_base_is_a_uri_of_one_spelling(written: str, base: str) -> None:
    assert Names(written).base == base


@pytest.mark.parametrize("name", ["catalog.ttl", "catalog.jsonld", "catalog.rdf"])
def test_no_blank_nodes(name: str) -> None:
    found = Graph().parse(data=describe([make_package()], BASE).files[name], format=FORMATS[name])
    assert len(found) > 100
    assert [term for triple in found for term in triple if isinstance(term, BNode)] == []


def same_in_all_formats(files: dict[str, bytes]) -> Graph:
    graphs = [Graph().parse(data=files[name], format=form) for name, form in FORMATS.items()]
    # JSON-LD and RDF/XML readers name plain strings differently; compare with one spelling.
    plain = [_plain(found) for found in graphs]
    assert isomorphic(plain[0], plain[1])
    assert isomorphic(plain[0], plain[2])
    return graphs[0]


def _plain(found: Graph) -> Graph:
    out = Graph()
    for subject, name, value in found:
        if isinstance(value, Literal) and value.datatype == XSD.string:
            out.add((subject, name, Literal(str(value))))
        else:
            out.add((subject, name, value))
    return out


HOSTILE = 'あ"<b>&amp;\'</title>\\ "@ja .\n<http://x> <script>alert(1)</script>\t\u2028]]>'


def test_hostile_words_survive_as_data() -> None:
    package = make_package(title=HOSTILE, description=HOSTILE, keywords=(HOSTILE,), version=HOSTILE)
    found = same_in_all_formats(dict(describe([package], BASE).files))
    assert Literal(HOSTILE, lang="ja") in set(found.objects(DATASET, DCTERMS.title))
    assert found.value(DATASET, DCAT.keyword) == Literal(HOSTILE, lang="ja")
    assert (URIRef("http://x"), None, None) not in found


@settings(max_examples=20, deadline=None)
@given(words=st.text(min_size=1).filter(str.strip))
def test_any_words_are_the_same_in_all_formats(words: str) -> None:
    package = make_package(title=words, keywords=(words,), tables=None)
    one = package.resources[:1]
    small = Package(package.declaration, package.municipality, package.tables, {}, one, {}, ())
    found = same_in_all_formats(dict(describe([small], BASE).files))
    assert len(list(found.objects(DATASET, DCTERMS.title))) == 2


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "http://", "http://[", "//x", "a b"]
)
def test_harmful_addresses_never_become_links(address: str) -> None:
    package = make_package(
        publisher_url=address,
        contact=Contact("窓口", email="no address", url=address),
        sources=(Source("a", "source/a.txt", title="文書", url=address),),
    )
    found = graph(package)
    contact = found.value(DATASET, DCAT.contactPoint)
    assert found_nothing(found, contact, VCARD.hasURL)
    assert found_nothing(found, contact, VCARD.hasEmail)
    allowed = ("https://", "http://")
    links = {str(value) for _, _, value in found if isinstance(value, URIRef)}
    assert [link for link in links if not link.startswith(allowed)] == []


def test_a_name_cannot_leave_its_place_in_the_address() -> None:
    package = make_package("022055-../../x y<>#?")
    found = graph(package)
    datasets = list(found.subjects(RDF.type, DCAT.Dataset))
    assert datasets == [URIRef(BASE + "dataset/022055-..%2F..%2Fx%20y%3C%3E%23%3F")]


def test_order_of_the_packages_does_not_matter() -> None:
    one, two = make_package(), make_package("152064-ict-plan")
    assert describe([one, two], BASE).files == describe([two, one], BASE).files


def test_the_context_of_json_ld_is_complete() -> None:
    document = json.loads(describe([make_package()], BASE).files["catalog.jsonld"])
    keys = {key for entry in document["@graph"] for key in entry if not key.startswith("@")}
    assert {key.split(":")[0] for key in keys} <= set(document["@context"])


def test_bytes_do_not_depend_on_hash_seed_or_locale(tmp_path: Path) -> None:
    code = (
        "import hashlib; from tests.factory import make_package; from pipelines.describe import "
        "describe; m = describe([make_package(), make_package('152064-ict-plan')], "
        f"{BASE!r}); print([hashlib.sha256(m.files[k]).hexdigest() for k in sorted(m.files)])"
    )
    root = Path(__file__).parents[2]
    outputs = set()
    for seed, zone, language in (("1", "UTC", "C"), ("77", "Asia/Tokyo", "ja_JP.UTF-8")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        env["PYTHONPATH"] = str(root)
        run = subprocess.run(
            [sys.executable, "-c", code], env=env, cwd=tmp_path, capture_output=True, check=True
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1


def test_a_package_with_errors_is_not_described() -> None:
    found = graph(make_package(findings=[ERROR]), make_package("152064-ict-plan"))
    assert set(found.objects(CATALOG, DCAT.dataset)) == {URIRef(BASE + "dataset/152064-ict-plan")}


def test_the_previous_edition_stays_described() -> None:
    before = describe([make_package(version="0.9"), make_package("152064-ict-plan")], BASE)
    after = describe(
        [make_package(findings=[ERROR])],
        BASE,
        previous=in_place(before),
        keep=["152064-ict-plan"],
    )
    found = same_in_all_formats(dict(after.files))
    assert str(found.value(DATASET, DCAT.version)) == "0.9"
    assert len(list(found.subjects(RDF.type, DCAT.Distribution))) == 24
    assert len(list(found.subjects(RDF.type, DCAT.Dataset))) == 2
    assert len(list(found.objects(CATALOG, DCTERMS.publisher))) == 1


@pytest.mark.parametrize(
    ("licence", "agreed"), [("CC-BY-4.0", True), ("CC0-1.0", False), ("", False)]
)
def test_an_edition_carried_over_may_end_the_agreement_on_a_licence(
    licence: str, agreed: bool
) -> None:
    before = describe([make_package("152064-ict-plan", licence=licence)], BASE)
    after = describe([make_package()], BASE, previous=in_place(before), keep=["152064-ict-plan"])
    found = Graph().parse(data=after.files["catalog.ttl"], format="turtle")
    assert found_nothing(found, CATALOG, DCTERMS.license) is not agreed


def test_a_new_edition_replaces_the_previous_one() -> None:
    before = in_place(describe([make_package(version="0.9")], BASE))
    after = describe([make_package()], BASE, previous=before, keep=["022055-dx-plan", "none"])
    assert after.files == describe([make_package()], BASE).files


@pytest.mark.parametrize(
    "data", [b"<html>", b"[]", b"{}", b'{"iri": 1}', b'{"identifier": "x", "issued": "no day"}']
)
def test_broken_previous_metadata_is_an_error(data: bytes) -> None:
    with pytest.raises(MachidataError) as caught:
        describe([], BASE, previous={"x/metadata/description.json": data}, keep=["x"])
    assert caught.value.code == "previous-metadata-invalid"


def test_a_catalog_at_another_address_is_not_mixed_with() -> None:
    before = in_place(describe([make_package()], "https://elsewhere.example/"))
    with pytest.raises(MachidataError) as caught:
        describe([], BASE, previous=before, keep=["022055-dx-plan"])
    assert caught.value.code == "base-changed"
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("again", ["022055-dx-plan", "152064-ict-plan", "082163-dx-plan"])
def test_one_package_anew_gives_the_whole_catalog_again(again: str) -> None:
    """Byte for byte, in every form, whatever the other packages state."""
    series = SeriesPart("022055-editions", "2024", "版", "Editions")
    packages = {
        "022055-dx-plan": make_package(licence="", series=series),
        "152064-ict-plan": make_package("152064-ict-plan", issued=date(2020, 1, 2)),
        "082163-dx-plan": make_package("082163-dx-plan", licence="CC0-1.0", publisher_url=""),
    }
    whole = describe(list(packages.values()), BASE)
    anew = describe([packages[again]], BASE, previous=in_place(whole), keep=list(packages))
    assert dict(anew.files) == dict(whole.files)
    assert dict(anew.root) == dict(whole.root)
    assert anew.packages[again] == whole.packages[again]


def test_what_only_the_whole_shows_is_found_in_the_whole() -> None:
    place = "https://sws.geonames.org/1/"
    found = describe(
        [make_package(spatial=place), make_package("152064-ict-plan", spatial=place)], BASE
    )
    assert not any(own.has_errors for own in found.packages.values())
    assert "metadata-place-shared" in [one.code for one in found.findings]


def test_values_of_the_tables_are_no_metadata() -> None:
    """Prose and figures of the tables must not leak into the catalog."""
    package = make_package()
    package.tables.rows("goal")[0]["内容"] = "ここだけの文"
    package.tables.rows("goal")[0]["値"] = Decimal("987654321")
    text = describe([package], BASE).files["catalog.ttl"].decode()
    assert "ここだけの文" not in text
    assert "987654321" not in text


def test_the_work_counts_its_documents_in_english_too() -> None:
    for sources, words in (((WHOLE,), "1 source document"), ((WHOLE,) * 2, "2 source documents")):
        found = graph(make_package(sources=sources))
        (run,) = found.subjects(RDF.type, PROV.Activity)
        told = Literal(f"Reading, tidying and checking of {words}", lang="en")
        assert told in set(found.objects(run, RDFS.label))


def test_titles_of_schemes_are_words() -> None:
    titles = {
        scheme_title(f"http://purl.org/adms/{one}/1.0")["en"]
        for one in ("publishertype", "licencetype")
    }
    assert titles == {"publisher type", "licence type"}
