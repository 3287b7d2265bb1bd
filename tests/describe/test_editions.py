"""Series: yearly editions of one thing hang together, also over an edition that was kept."""

from __future__ import annotations

from datetime import date

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, XSD

from pipelines.describe import describe
from pipelines.model import MachidataError, Package, SeriesPart
from tests.factory import ERROR, in_place, make_package

BASE = "https://data.example.jp/machi/"
SERIES = URIRef(BASE + "series/022055-kpi")
NAMES = {"2024": "022055-kpi-2024", "2025": "022055-kpi-2025", "2026": "022055-kpi-2026"}


def edition(year: str, title: str = "毎年の指標", **changes: object) -> Package:
    part = SeriesPart("022055-kpi", year, title, "Yearly indicators")
    day = date(int(year), 6, 1)
    stated = {"issued": day, "modified": day, "series": part, **changes}
    findings = stated.pop("findings", ())
    return make_package(NAMES[year], findings=findings, **stated)  # type: ignore[arg-type]


def iri(year: str) -> URIRef:
    return URIRef(f"{BASE}dataset/{NAMES[year]}")


def catalog(*packages: Package, **more: object) -> Graph:
    files = describe(packages, BASE, **more).files  # type: ignore[arg-type]
    return Graph().parse(data=files["catalog.ttl"], format="turtle")


def chain(found: Graph) -> dict[str, object]:
    assert (SERIES, RDF.type, DCAT.DatasetSeries) in found
    return {
        "first": found.value(SERIES, DCAT.first),
        "last": found.value(SERIES, DCAT.last),
        "members": set(found.subjects(DCAT.inSeries, SERIES)),
        "prev": dict(found.subject_objects(DCAT.prev)),
        "issued": found.value(SERIES, DCTERMS.issued),
        "modified": found.value(SERIES, DCTERMS.modified),
        "titles": {str(t) for t in found.objects(SERIES, DCTERMS.title)},
    }


def day(year: str) -> Literal:
    return Literal(f"{year}-06-01", datatype=XSD.date)


WHOLE = {
    "first": iri("2024"),
    "last": iri("2026"),
    "members": {iri("2024"), iri("2025"), iri("2026")},
    "prev": {iri("2025"): iri("2024"), iri("2026"): iri("2025")},
    "issued": day("2024"),
    "modified": day("2026"),
    "titles": {"毎年の指標", "Yearly indicators"},
}


def test_editions_are_chained_whatever_their_order() -> None:
    packages = [edition("2026"), edition("2024"), edition("2025")]
    assert chain(catalog(*packages)) == WHOLE


def test_the_words_of_a_series_are_those_of_its_last_edition() -> None:
    found = catalog(edition("2024", "古い名"), edition("2025", "新しい名"))
    assert chain(found)["titles"] == {"新しい名", "Yearly indicators"}


def test_an_edition_that_was_kept_stays_in_the_chain() -> None:
    before = in_place(describe([edition("2024"), edition("2025", "古い名")], BASE))
    found = catalog(edition("2026"), previous=before, keep=[NAMES["2024"], NAMES["2025"]])
    assert chain(found) == WHOLE


def test_an_edition_with_errors_keeps_its_place() -> None:
    every = [edition("2024"), edition("2025"), edition("2026")]
    before = in_place(describe(every, BASE))
    broken = edition("2025", findings=[ERROR])
    found = catalog(edition("2024"), broken, edition("2026"), previous=before)
    assert chain(found) == WHOLE


def test_an_edition_that_left_is_in_no_chain() -> None:
    before = in_place(describe([edition("2024"), edition("2025")], BASE))
    found = catalog(edition("2026"), previous=before, keep=[NAMES["2024"]])
    assert chain(found)["members"] == {iri("2024"), iri("2026")}
    assert chain(found)["prev"] == {iri("2026"): iri("2024")}
    assert (iri("2025"), None, None) not in found


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("022055-other", "2024", "edition-repeated"),
        ("152064-ict-plan", "2025", "series-of-another"),
    ],
)
def test_what_another_package_has_cannot_be_claimed(name: str, year: str, code: str) -> None:
    other = make_package(name, series=SeriesPart("022055-kpi", year, "別の題"))
    with pytest.raises(MachidataError) as caught:
        describe([edition("2024"), other], BASE)
    assert caught.value.code == code
    before = in_place(describe([edition("2024")], BASE))
    with pytest.raises(MachidataError) as kept:
        describe([other], BASE, previous=before, keep=[NAMES["2024"]])
    assert kept.value.code == code


def test_an_earlier_edition_anew_leaves_the_series_its_last_words() -> None:
    every = [edition("2024", "古い名"), edition("2025", "新しい名")]
    whole = describe(every, BASE)
    anew = describe(every[:1], BASE, previous=in_place(whole), keep=[NAMES["2025"]])
    assert dict(anew.files) == dict(whole.files)


def test_a_package_without_a_series_is_in_none() -> None:
    found = catalog(make_package())
    assert list(found.subjects(RDF.type, DCAT.DatasetSeries)) == []
    assert list(found.subject_objects(DCAT.inSeries)) == []
