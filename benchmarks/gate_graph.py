"""A catalog of any size as Turtle, with a few faults planted in it: what the gate is timed on."""

from __future__ import annotations

from collections.abc import Iterator

PREFIXES = """\
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix eu: <http://publications.europa.eu/resource/authority/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BASE = "https://data.example.jp/machi/"
_TOWNS = ("022055", "152064", "082163", "024465", "011002")
_TERMS = (
    ("language/JPN", "language", "dct:LinguisticSystem"),
    ("frequency/ANNUAL", "frequency", "dct:Frequency"),
    ("access-right/PUBLIC", "access-right", "dct:RightsStatement"),
    ("planned-availability/STABLE", "planned-availability", ""),
    ("file-type/CSV", "file-type", "dct:MediaTypeOrExtent"),
    ("data-theme/GOVE", "data-theme", ""),
)
MEDIA_TYPE = "<https://www.iana.org/assignments/media-types/text/csv>"
ALGORITHM = "<https://spdx.org/rdf/terms#checksumAlgorithm_sha256>"


def catalog(datasets: int, faults: bool = True) -> str:
    """A catalog of `datasets` datasets with two files each, about 52 triples a dataset.

    With `faults`, every 97th dataset has one of eight faults.
    """
    parts = [PREFIXES, *_shared()]
    for n in range(datasets):
        parts.append(_dataset(n, n // 97 % 8 if faults and n % 97 == 0 else -1))
    names = " ,\n    ".join(f"<{BASE}dataset/{n}>" for n in range(datasets))
    parts.append(f"<{BASE}catalog> dcat:dataset {names} .\n")
    return "".join(parts)


def _shared() -> Iterator[str]:
    """The catalog itself, the towns and the entries of vocabularies that the datasets use."""
    yield f"""
<{BASE}catalog> a dcat:Catalog ; dct:title "カタログ"@ja ; dct:description "表のカタログです。"@ja ;
    dct:publisher <{BASE}organization/{_TOWNS[0]}> ; dct:language <{_eu("language/JPN")}> ;
    dct:issued "2024-04-01"^^xsd:date ; dct:modified "2025-06-30"^^xsd:date ;
    dct:license <{BASE}licence> ; dct:spatial <{BASE}place/{_TOWNS[0]}> ;
    dcat:themeTaxonomy <{_eu("data-theme")}> ; foaf:homepage <{BASE}> .
<{BASE}> a foaf:Document .
<{BASE}licence> a dct:LicenseDocument ; dct:type <http://purl.org/adms/licencetype/Attribution> .
<{BASE}rights> a dct:RightsStatement ; rdfs:label "利用の条件"@ja .
<{BASE}schema> a dct:Standard .
{MEDIA_TYPE} a dct:MediaType .
{ALGORITHM} a spdx:ChecksumAlgorithm .
"""
    yield from _terms()
    for code in _TOWNS:
        yield f"""
<{BASE}organization/{code}> a foaf:Agent ; foaf:name "市役所{code}"@ja ; dct:identifier "{code}" ;
    dct:type <http://purl.org/adms/publishertype/LocalAuthority> .
<{BASE}place/{code}> a dct:Location ; dct:identifier "{code}" ; skos:prefLabel "市{code}"@ja .
<{BASE}contact/{code}> a vcard:Kind ; vcard:fn "総務課"@ja ;
    vcard:hasEmail <mailto:soumu@example.jp> .
<{BASE}period/{code}> a dct:PeriodOfTime ; dcat:startDate "2022-04-01"^^xsd:date ;
    dcat:endDate "2026-03-31"^^xsd:date .
"""


def _terms() -> Iterator[str]:
    for term, home, kind in _TERMS:
        classes = f"skos:Concept , {kind}" if kind else "skos:Concept"
        yield _term(_eu(term), _eu(home), classes)
    themes = "https://machidata.example/vocab/themes"
    yield _term(f"{themes}#11", themes, "skos:Concept")
    for name in ("licencetype/Attribution", "publishertype/LocalAuthority"):
        iri = f"http://purl.org/adms/{name}"
        yield _term(iri, iri.rsplit("/", 1)[0] + "/1.0", "skos:Concept")


def _term(iri: str, home: str, classes: str) -> str:
    return f"""
<{iri}> a {classes} ; skos:prefLabel "語"@ja ; skos:inScheme <{home}> .
<{home}> a skos:ConceptScheme ; dct:title "語彙"@ja .
"""


def _eu(name: str) -> str:
    return f"http://publications.europa.eu/resource/authority/{name}"


def _dataset(n: int, fault: int) -> str:
    iri, code = f"{BASE}dataset/{n}", _TOWNS[n % len(_TOWNS)]
    title = "" if fault == 0 else f'dct:title "データセット{n}"@ja ; '
    issued = "2026-04-01" if fault == 1 else "2024-04-01"
    twice = f"dct:publisher <{BASE}organization/none> ; " if fault == 2 else ""
    keyword = '"KPI"@en' if fault == 3 else '"指標"@ja'
    frequency = f"<{BASE}often>" if fault == 4 else f"<{_eu('frequency/ANNUAL')}>"
    return f"""
<{iri}> a dcat:Dataset ; {title}{twice}dct:description "計画の表です。"@ja ;
    dct:identifier "{code}-plan-{n}" ; dct:publisher <{BASE}organization/{code}> ;
    dcat:contactPoint <{BASE}contact/{code}> ; dcat:keyword {keyword} ;
    dcat:theme <https://machidata.example/vocab/themes#11> , <{_eu("data-theme/GOVE")}> ;
    dct:accrualPeriodicity {frequency} ; dct:language <{_eu("language/JPN")}> ;
    dct:spatial <{BASE}place/{code}> ; dct:temporal <{BASE}period/{code}> ;
    dct:issued "{issued}"^^xsd:date ; dct:modified "2025-06-30"^^xsd:date ;
    dct:accessRights <{_eu("access-right/PUBLIC")}> ; dcat:landingPage <{BASE}> ;
    dcat:distribution <{iri}/plan> , <{iri}/indicator> .
{_file(iri, code, "plan", fault)}{_file(iri, code, "indicator", -1)}"""


def _file(dataset: str, code: str, slug: str, fault: int) -> str:
    iri = f"{dataset}/{slug}"
    size = '"many"' if fault == 5 else '"1024"^^xsd:nonNegativeInteger'
    digits = "xyz" if fault == 6 else "0123456789abcdef" * 4
    access = "" if fault == 7 else f"dcat:accessURL <{iri}.html> ; "
    return f"""\
<{iri}> a dcat:Distribution ; {access}dcat:downloadURL <{iri}/{code}_{slug}.csv> ;
    dct:title "表"@ja ; dct:description "計画の表です。"@ja ; dct:language <{_eu("language/JPN")}> ;
    dct:format <{_eu("file-type/CSV")}> ; dcat:mediaType {MEDIA_TYPE} ;
    dct:license <{BASE}licence> ; dcat:byteSize {size} ; dct:conformsTo <{BASE}schema> ;
    dcatap:availability <{_eu("planned-availability/STABLE")}> ; spdx:checksum <{iri}#sha256> .
<{iri}#sha256> a spdx:Checksum ; spdx:algorithm {ALGORITHM} ;
    spdx:checksumValue "{digits}"^^xsd:hexBinary .
"""
