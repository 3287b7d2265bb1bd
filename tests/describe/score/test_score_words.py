"""Which values count as entries of a vocabulary; what the formats are like."""

from __future__ import annotations

import pytest

from pipelines.describe.score.words import (
    file_format,
    in_eu_table,
    is_media_type,
    is_open_licence,
)
from pipelines.vocabulary import eu_codes, scheme

EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
# What data.europa.eu counts (edp-machine-readable-format.rdf, edp-non-proprietary-format.rdf).
EU_READABLE = (
    "CSV GEOJSON ICS JSON JSON_LD KML KMZ NETCDF ODS RDFA RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG "
    "RDF_TURTLE RDF_XML RSS SHP XLS XLSX XML"
)
EU_FREE = (
    "BMP CSV DBF GEOJSON GZIP HTML ICS JPEG2000 JSON JSON_LD KML KMZ NETCDF ODS PNG RDF_N_QUADS "
    "RDF_N_TRIPLES RDF_TRIG RDF_TURTLE RDF_XML RSS RTF TAR TIFF TSV TXT WMS_SRVC XML ZIP"
)


def with_term(term: str) -> set[str]:
    return {one.notation for one in scheme("file_formats") if one.first(term) == "true"}


def test_the_formats_are_entries_of_the_eu_table() -> None:
    for one in scheme("file_formats"):
        assert one.notation in eu_codes("file-type")
        assert one.matches == (f"{EU}file-type/{one.notation}",)
        assert set(one.extra) <= {"mediaType", "machineReadable", "nonProprietary", "linkedData"}


def test_what_data_europa_eu_counts_is_counted() -> None:
    assert with_term("machineReadable") >= set(EU_READABLE.split())
    assert with_term("nonProprietary") >= set(EU_FREE.split())
    assert with_term("linkedData") <= with_term("machineReadable") & with_term("nonProprietary")


@pytest.mark.parametrize(
    "notation", ["PDF", "PDFA1A", "DOCX", "PPTX", "JPEG", "PNG", "HTML", "ZIP"]
)
def test_documents_and_pictures_are_no_data(notation: str) -> None:
    assert notation not in with_term("machineReadable")


@pytest.mark.parametrize("notation", ["XLSX", "XLS", "XLSM", "SHP", "DWG", "PDF", "PDFA3", "DOCX"])
def test_what_one_maker_owns_is_proprietary(notation: str) -> None:
    assert notation not in with_term("nonProprietary")


@pytest.mark.parametrize(
    ("written", "notation"),
    [
        (EU + "file-type/CSV", "CSV"),
        (EU.replace("http:", "https:") + "file-type/CSV/", "CSV"),
        ("CSV", "CSV"),
        (".csv", "CSV"),
        ("ＣＳＶ", "CSV"),
        ("text/csv", "CSV"),
        ("Excel（xlsx）", "XLSX"),
        ("GeoJSON", "GEOJSON"),
    ],
)
def test_spellings_of_formats(written: str, notation: str) -> None:
    found = file_format(written)
    assert found is not None
    assert found.notation == notation


@pytest.mark.parametrize("written", ["", ".", "CSV2", EU + "file-type/", "csv;", "_:b0", "\ud800"])
def test_unknown_formats(written: str) -> None:
    assert file_format(written) is None


@pytest.mark.parametrize(
    "iri", [IANA + "text/csv", IANA.replace("https", "http") + "application/json"]
)
def test_media_types_of_iana(iri: str) -> None:
    assert is_media_type(iri)


@pytest.mark.parametrize(
    "iri", ["text/csv", IANA, IANA + "text/nonsense", "http://[", "urn:text/csv"]
)
def test_other_media_types(iri: str) -> None:
    assert not is_media_type(iri)


def test_the_tables_of_the_eu() -> None:
    assert in_eu_table("access-right", EU + "access-right/PUBLIC")
    assert in_eu_table("licence", EU.replace("http", "https") + "licence/CC_BY_4_0")
    assert not in_eu_table("licence", EU + "access-right/PUBLIC")
    assert not in_eu_table("licence", EU + "licence/PDL1.0")
    assert not in_eu_table("file-type", "CSV")
    assert len(eu_codes("access-right")) == 7
    assert eu_codes("no-such-table") == {}


@pytest.mark.parametrize(
    "iri",
    [
        "https://machidata.example/vocab/licences#PDL1.0",
        "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
        EU + "licence/CC_BY_4_0",
        EU + "licence/CC_BYSA_3_0_NL",
        EU + "licence/ODC_BL",
        "http://creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by/4.0/deed.ja",
        "https://creativecommons.org/licenses/by-sa/2.1/jp/",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ],
)
def test_open_licences(iri: str) -> None:
    assert is_open_licence(iri)


@pytest.mark.parametrize(
    "iri",
    [
        "",
        EU + "licence/CC_BYNC_4_0",
        EU + "licence/CC_BYND_4_0",
        EU + "licence/COM_REUSE",
        EU + "licence/NO_SUCH",
        "https://creativecommons.org/licenses/by-nc/4.0/",
        "https://creativecommons.org/licenses/by-nd/4.0/",
        "https://creativecommons.org.evil.example/licenses/by/4.0/",
        "https://example.jp/?https://creativecommons.org/licenses/by/4.0/",
        "https://example.jp/our-terms",
        "CC-BY-4.0",
    ],
)
def test_a_licence_that_is_not_known_to_be_open_is_not_open(iri: str) -> None:
    assert not is_open_licence(iri)
