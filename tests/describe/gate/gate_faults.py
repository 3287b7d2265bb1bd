# ruff: noqa: E501 - the table of faults reads best with one fault a line
"""A small catalog that passes every shape, and the faults that tests plant in it, one at a time."""

from __future__ import annotations

from typing import NamedTuple

PREFIXES = """
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix eu: <http://publications.europa.eu/resource/authority/> .
@prefix field: <https://machidata.example/vocab/themes#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_TERMS = {
    "language/JPN": "dct:LinguisticSystem",
    "frequency/ANNUAL": "dct:Frequency",
    "access-right/PUBLIC": "dct:RightsStatement",
    "planned-availability/STABLE": "skos:Concept",
    "file-type/CSV": "dct:MediaTypeOrExtent",
    "data-theme/GOVE": "skos:Concept",
    "distribution-status/COMPLETED": "skos:Concept",
}
_EU = "http://publications.europa.eu/resource/authority/"


def _term(iri: str, scheme: str, kind: str = "skos:Concept") -> str:
    return (
        f'<{iri}> a skos:Concept , {kind} ; skos:prefLabel "語"@ja ; skos:inScheme <{scheme}> .\n'
        f'<{scheme}> a skos:ConceptScheme ; dct:title "語彙"@ja .\n'
    )


TERMS = (
    "".join(_term(_EU + name, _EU + name.split("/")[0], kind) for name, kind in _TERMS.items())
    + _term("https://machidata.example/vocab/themes#11", "https://machidata.example/vocab/themes")
    + _term("http://purl.org/adms/licencetype/Attribution", "http://purl.org/adms/licencetype/1.0")
    + _term(
        "http://purl.org/adms/publishertype/LocalAuthority",
        "http://purl.org/adms/publishertype/1.0",
    )
    + """
<https://www.iana.org/assignments/media-types/text/csv> a dct:MediaType .
<https://sws.geonames.org/1/> a dct:Location ; skos:prefLabel "日本"@ja .
<https://spdx.org/rdf/terms#checksumAlgorithm_sha256> a spdx:ChecksumAlgorithm .
"""
)

BASE = "https://c.example/"
CATALOG = """
@base <https://c.example/> .
<catalog> a dcat:Catalog ; dct:title "カタログ"@ja ; dct:description "表のカタログです。"@ja ;
    dct:publisher <town> ; dct:language <EU/language/JPN> ;
    dct:issued "2024-04-01"^^xsd:date ; dct:modified "2025-06-30"^^xsd:date ;
    dct:license <licence> ; dct:spatial <https://sws.geonames.org/1/> ;
    dcat:themeTaxonomy <EU/data-theme> ;
    foaf:homepage <home> ; dcat:dataset <d1> , <d2> .
<home> a foaf:Document .
<licence> a dct:LicenseDocument ; dct:type <http://purl.org/adms/licencetype/Attribution> .
<schema> a dct:Standard .
<town> a foaf:Agent ; foaf:name "五所川原市"@ja ; dct:identifier "022055" ;
    dct:type <http://purl.org/adms/publishertype/LocalAuthority> .
<place/022055> a dct:Location ; dct:identifier "022055" ; skos:prefLabel "青森県五所川原市"@ja .
<series> a dcat:DatasetSeries ; dct:title "計画の各年版"@ja ; dct:description "各年の版です。"@ja ;
    dct:publisher <town> ; dcat:contactPoint <contact> ; dcat:first <d1> ; dcat:last <d2> .
<contact> a vcard:Kind ; vcard:fn "総務課"@ja ; vcard:hasEmail <mailto:soumu@example.lg.jp> .
<d1> a dcat:Dataset ; dct:title "計画"@ja ; dct:description "計画の表です。"@ja ;
    dct:identifier "plan-2022" ; dct:publisher <town> ; dcat:contactPoint <contact> ;
    dcat:keyword "指標"@ja ; dcat:theme field:11 , <EU/data-theme/GOVE> ;
    dct:accrualPeriodicity <EU/frequency/ANNUAL> ; dct:language <EU/language/JPN> ;
    dct:spatial <place/022055> ; dct:temporal <t1> ; dct:accessRights <EU/access-right/PUBLIC> ;
    dct:issued "2024-04-01"^^xsd:date ; dct:modified "2025-06-30"^^xsd:date ;
    dcat:landingPage <home> ; dcat:inSeries <series> ; dcat:distribution <d1/plan> .
<t1> a dct:PeriodOfTime ; dcat:startDate "2022-04-01"^^xsd:date ;
    dcat:endDate "2023-03-31"^^xsd:date .
<d2> a dcat:Dataset ; dct:title "次の計画"@ja ; dct:description "次の計画の表です。"@ja ;
    dct:identifier "plan-2023" ; dct:publisher <town> ; dcat:contactPoint <contact> ;
    dcat:keyword "指標"@ja ; dcat:theme field:11 , <EU/data-theme/GOVE> ;
    dct:accrualPeriodicity <EU/frequency/ANNUAL> ; dct:language <EU/language/JPN> ;
    dct:spatial <place/022055> ; dct:temporal <t2> ; dct:accessRights <EU/access-right/PUBLIC> ;
    dct:issued "2024-04-01"^^xsd:date ; dct:modified "2025-06-30"^^xsd:date ;
    dcat:landingPage <home> ; dcat:inSeries <series> ; dcat:prev <d1> ;
    dcat:distribution <d1/plan> .
<t2> a dct:PeriodOfTime ; dcat:startDate "2023-04-01"^^xsd:date ;
    dcat:endDate "2024-03-31"^^xsd:date .
<d1/plan> a dcat:Distribution ; dct:identifier "plan" ; dct:title "計画"@ja ;
    dct:description "一行が一つの計画です。"@ja ; dcat:accessURL <d1/plan.html> ;
    dcat:downloadURL <d1/022055_plan.csv> ; dct:format <EU/file-type/CSV> ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
    dcat:byteSize "1024"^^xsd:nonNegativeInteger ; dct:license <licence> ;
    dcatap:availability <EU/planned-availability/STABLE> ; dct:conformsTo <schema> ;
    dct:language <EU/language/JPN> ; spdx:checksum <d1/plan#sha256> ;
    dct:issued "2024-04-01"^^xsd:date ; dct:modified "2025-06-30"^^xsd:date .
<d1/plan#sha256> a spdx:Checksum ;
    spdx:algorithm <https://spdx.org/rdf/terms#checksumAlgorithm_sha256> ;
    spdx:checksumValue "HASH"^^xsd:hexBinary .
""".replace("<EU/", f"<{_EU}").replace("HASH", "0123456789abcdef" * 4)


class Fault(NamedTuple):
    """`old` of the catalog becomes `new`; the gate must find `code` about it."""

    name: str
    old: str
    new: str
    code: str


_D1 = 'dct:identifier "plan-2022" ; '
_FILE = 'dct:identifier "plan" ; dct:title "計画"@ja'
_DATES = "dcat:landingPage <home> ; dcat:inSeries <series> ; dcat:distribution <d1/plan> ."

FAULTS = [
    # the official shapes: what is mandatory
    Fault("catalog without title", 'dct:title "カタログ"@ja ; ', "", "metadata-catalog-title"),
    Fault("title that is a resource", 'dct:title "カタログ"@ja', "dct:title <home>", "dcat-ap-value"),
    Fault("dataset without title", 'dct:title "計画"@ja ; dct:description "計画の', 'dct:description "計画の', "metadata-title-missing"),
    Fault("two publishers", "dct:publisher <town> ; dcat:contactPoint <contact> ;\n    dcat:keyword", "dct:publisher <town> , <town2> ; dcat:contactPoint <contact> ;\n    dcat:keyword", "dcat-ap-too-many"),
    Fault("file without address", "dcat:accessURL <d1/plan.html> ;", "", "dcat-ap-missing"),
    Fault("address that is text", "dcat:accessURL <d1/plan.html>", 'dcat:accessURL "https://x.example/"', "dcat-ap-value"),
    Fault("theme that is text", "field:11 , ", '"DX" , field:11 , ', "dcat-ap-vocabulary"),
    Fault("date that is a word", '"2024-04-01"^^xsd:date ; dct:modified "2025-06-30"^^xsd:date ;\n    dct:license', '"spring" ; dct:modified "2025-06-30"^^xsd:date ;\n    dct:license', "dcat-ap-value"),
    Fault("catalog issued on no day", 'dct:language <http://publications.europa.eu/resource/authority/language/JPN> ;\n    dct:issued "2024-04-01"', 'dct:language <http://publications.europa.eu/resource/authority/language/JPN> ;\n    dct:issued "2024-13-01"', "dcat-ap-value"),
    Fault("size that is a word", '"1024"^^xsd:nonNegativeInteger', '"much"', "metadata-file-empty"),
    Fault("two sizes", '"1024"^^xsd:nonNegativeInteger', '"1024"^^xsd:nonNegativeInteger , "5"^^xsd:nonNegativeInteger', "dcat-ap-too-many"),
    Fault("two licences", "dct:license <licence> ;\n    dcatap", "dct:license <licence> , <licence2> ;\n    dcatap", "dcat-ap-too-many"),
    Fault("checksum without digits", " ;\n    spdx:checksumValue", " .\n<unused> spdx:checksumValue", "dcat-ap-missing"),
    Fault("checksum not hexadecimal", "0123456789abcdef0123", "xyz3456789abcdef0123", "dcat-ap-value"),
    Fault("checksum of another datatype", "^^xsd:hexBinary", "", "dcat-ap-value"),
    Fault("checksum with odd digits", '"0123456789abcdef0123', '"123456789abcdef0123', "metadata-file-hash"),
    Fault("organisation without name", 'foaf:name "五所川原市"@ja ; ', "", "metadata-publisher-name"),
    Fault("two kinds of an organisation", "publishertype/LocalAuthority> .", "publishertype/LocalAuthority> , <kind2> .", "dcat-ap-too-many"),
    Fault("period with two starts", 'dcat:startDate "2022-04-01"^^xsd:date', 'dcat:startDate "2022-04-01"^^xsd:date , "2022-05-01"^^xsd:date', "dcat-ap-too-many"),
    Fault("service without address", "<home> a foaf:Document .", '<home> a foaf:Document . <s> a dcat:DataService ; dct:title "S"@ja .', "dcat-ap-missing"),
    Fault("record without its date", "<home> a foaf:Document .", "<home> a foaf:Document . <r> a dcat:CatalogRecord ; foaf:primaryTopic <d1> .", "dcat-ap-missing"),
    Fault("record of nothing", "<home> a foaf:Document .", '<home> a foaf:Document . <r> a dcat:CatalogRecord ; foaf:primaryTopic <home> ; dct:modified "2025-01-01"^^xsd:date .', "dcat-ap-class"),
    Fault("series without datasets", "<home> a foaf:Document .", '<home> a foaf:Document . <s2> a dcat:DatasetSeries ; dct:title "空"@ja ; dct:description "空"@ja ; dct:publisher <town> ; dcat:contactPoint <contact> .', "dcat-ap-missing"),
    # the official shapes: classes and vocabularies
    Fault("contact of the wrong class", "<contact> a vcard:Kind", "<contact> a foaf:Document", "dcat-ap-class"),
    Fault("licence of the wrong class", "<licence> a dct:LicenseDocument", "<licence> a foaf:Document", "dcat-ap-class"),
    Fault("place of the wrong class", "<place/022055> a dct:Location", "<place/022055> a foaf:Document", "dcat-ap-class"),
    Fault("file of the wrong class", "<d1/plan> a dcat:Distribution", "<d1/plan> a foaf:Document", "dcat-ap-class"),
    Fault("frequency of no list", "frequency/ANNUAL> ; dct:language", "frequency/OFTEN> ; dct:language", "dcat-ap-vocabulary"),
    Fault("language of no list", "dct:language <http://publications.europa.eu/resource/authority/language/JPN> ; spdx", "dct:language <ja> ; spdx", "dcat-ap-vocabulary"),
    Fault("media type of no list", "<https://www.iana.org/assignments/media-types/text/csv> ;", "<csv> ;", "dcat-ap-vocabulary"),
    Fault("format of no list", "authority/file-type/CSV>", "authority/file-type/PAPER>", "dcat-ap-vocabulary"),
    Fault("algorithm with the IRI of SPDX", "<https://spdx.org/rdf/terms#", "<http://spdx.org/rdf/terms#", "dcat-ap-vocabulary"),
    Fault("no EU taxonomy", "dcat:themeTaxonomy <http://publications.europa.eu/resource/authority/data-theme>", "dcat:themeTaxonomy <https://machidata.example/vocab/themes>", "dcat-ap-vocabulary"),
    Fault("theme of nobody's list", "dcat:theme field:11 , ", "dcat:theme <topic> , field:11 , ", "dcat-ap-vocabulary"),
    Fault("status of no list", "dcatap:availability", "adms:status <done> ; dcatap:availability", "dcat-ap-vocabulary"),
    Fault("status of the EU list", "dcatap:availability", "adms:status <http://publications.europa.eu/resource/authority/distribution-status/COMPLETED> ; dcatap:availability", ""),
    # the official shapes: what is recommended
    Fault("file without availability", "dcatap:availability <http://publications.europa.eu/resource/authority/planned-availability/STABLE> ; ", "", "dcat-ap-missing"),
    Fault("catalog of nothing", " ; dcat:dataset <d1> , <d2> .", " .", "dcat-ap-missing"),
    Fault("no licence", "dct:license <licence> ;\n    dcatap", "dcatap", "metadata-file-terms"),
    Fault("open period", ' ;\n    dcat:endDate "2023-03-31"^^xsd:date', "", "dcat-ap-missing"),
    # our shapes
    Fault("no ID", _D1, "", "metadata-id-missing"),
    Fault("two IDs", _D1, 'dct:identifier "a" , "b" ; ', "metadata-id-many"),
    Fault("ID with a space", _D1, 'dct:identifier "plan 2022" ; ', "metadata-id-space"),
    Fault("English title only", 'dct:title "計画"@ja ; dct:description "計画の', 'dct:title "Plan"@en ; dct:description "計画の', "metadata-title-missing"),
    Fault("two Japanese titles", 'dct:title "計画"@ja ; dct:description "計画の', 'dct:title "計画"@ja , "別名"@ja ; dct:description "計画の', "metadata-title-many"),
    Fault("English description only", '"計画の表です。"@ja', '"Plan."@en', "metadata-description-missing"),
    Fault("code without check digit", '"022055" ;\n    dct:type', '"02205" ;\n    dct:type', "metadata-publisher-code"),
    Fault("publisher's type unknown", "<http://purl.org/adms/publishertype/LocalAuthority> .", "<city> .", "metadata-publisher-type"),
    Fault("no contact", _D1 + "dct:publisher <town> ; dcat:contactPoint <contact> ;", _D1 + "dct:publisher <town> ;", "metadata-contact-missing"),
    Fault("contact without a way", " ; vcard:hasEmail <mailto:soumu@example.lg.jp> .", " .", "metadata-contact-way"),
    Fault("mail address of no shape", "<mailto:soumu@example.lg.jp>", "<mailto:soumu>", "metadata-contact-email"),
    Fault("telephone in words", "vcard:hasEmail <mailto:soumu@example.lg.jp>", "vcard:hasTelephone <tel:soumu>", "metadata-contact-telephone"),
    Fault("no Japanese field", 'dcat:keyword "指標"@ja ; dcat:theme field:11 , ', 'dcat:keyword "指標"@ja ; dcat:theme ', "metadata-theme-field"),
    Fault("no EU theme", "field:11 , <http://publications.europa.eu/resource/authority/data-theme/GOVE>", "field:11", "metadata-theme-eu"),
    Fault("no frequency", "dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ; ", "", "metadata-frequency-missing"),
    Fault("frequency in words", "dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL>", "dct:accrualPeriodicity <often>", "metadata-frequency-unknown"),
    Fault("area of an unknown list", "dct:spatial <place/022055> ; dct:temporal <t1>", "dct:spatial <https://example.jp/aomori> ; dct:temporal <t1>", "dcat-ap-vocabulary"),
    Fault("no area", "dct:spatial <place/022055> ; ", "", "metadata-place-missing"),
    Fault("area without a code", '<place/022055> a dct:Location ; dct:identifier "022055"', '<place/022055> a dct:Location ; dct:identifier "五所川原"', "metadata-place-code"),
    Fault("no period", "dct:temporal <t1> ; ", "", "metadata-period-missing"),
    Fault("period that ends first", 'dcat:endDate "2023-03-31"', 'dcat:endDate "2021-03-31"', "metadata-period-order"),
    Fault("changed before published", 'dct:modified "2025-06-30"^^xsd:date ;\n    dcat:landingPage', 'dct:modified "2023-06-30"^^xsd:date ;\n    dcat:landingPage', "metadata-dates-order"),
    Fault("no date of change", 'dct:modified "2025-06-30"^^xsd:date ;\n    dcat:landingPage', "dcat:landingPage", "metadata-modified-missing"),
    Fault("English keyword only", '"指標"@ja', '"KPI"@en', "metadata-keyword-missing"),
    Fault("keywords in one", '"指標"@ja', '"指標;計画"@ja', "metadata-keyword-joined"),
    Fault("no page", "dcat:landingPage <home> ; ", "", "metadata-page-missing"),
    Fault("no file", " ; dcat:distribution <d1/plan> .\n<t1>", " .\n<t1>", "metadata-file-missing"),
    Fault("file without title", _FILE, 'dct:identifier "plan"', "metadata-file-title"),
    Fault("file over plain HTTP", "dcat:downloadURL <d1/", "dcat:downloadURL <http://c.example/d1/", "metadata-file-https"),
    Fault("file name without code", "<d1/022055_plan.csv>", "<d1/plan.CSV>", "metadata-file-name"),
    Fault("file without format", "dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;", "", "metadata-file-format"),
    Fault("empty file", '"1024"', '"0"', "metadata-file-empty"),
    Fault("no schema", "dct:conformsTo <schema> ;", "", "metadata-file-schema"),
    Fault("no checksum", "spdx:checksum <d1/plan#sha256> ;", "", "metadata-file-hash-missing"),
    Fault("editions out of order", 'dcat:startDate "2023-04-01"', 'dcat:startDate "2021-04-01"', "metadata-edition-order"),
    Fault("two previous editions", "dcat:prev <d1> ;", "dcat:prev <d1> , <d2> ;", "metadata-edition-previous"),
    Fault("edition of no series", "dcat:inSeries <series> ; dcat:prev", "dcat:prev", "metadata-edition-series"),
    Fault("two last editions", "dcat:last <d2>", "dcat:last <d1> , <d2>", "metadata-series-last"),
    Fault("English title of a series", '"計画の各年版"@ja', '"Editions"@en', "metadata-series-title"),
    Fault("a blank node at fault", "<home> a foaf:Document .", "<home> a foaf:Document . [] a foaf:Agent .", "dcat-ap-missing"),
]  # fmt: skip


def with_fault(fault: Fault, base: str = BASE) -> str:
    """The catalog (without the shared terms) with one fault, its own nodes below `base`."""
    assert fault.old in CATALOG, fault.name
    broken = CATALOG.replace(fault.old, fault.new, 1)
    return broken.replace(BASE, base)
