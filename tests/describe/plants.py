"""Disagreements planted in the forms of the package `licensed`, to see that each is found.

`planted` changes a fact wherever a form states it; `ONE_PLACE` changes one place of several, or one
byte, so that the form contradicts itself or a single file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from tests.describe.said import FACTS, FILE_FACTS, READERS, Said
from tests.describe.said.nouns import licence_names
from tests.describe.truth import CANNOT

FILE = "observation"
_OTHER = {
    "title_ja": ("まちのデジタル計画の表", "まちのデジタル計画の図"),
    "title_en": ("Tables of the digital plan", "Tables of the digital plans"),
    "description_ja": ("計画と、その進みぐあい。", "計画と、その進み具合。"),
    "description_en": ("The plan and how far it has come.", "The plan."),
    "publisher_name": ("青森県五所川原市", "青森県弘前市"),
    "publisher_code": ("022055", "022021"),
    "issued": ("2024-04-01", "2024-04-02"),
    "modified": ("2025-06-30", "2025-07-01"),
    "version": ("1.2.3", "1.2.4"),
    "keywords": ("電子申請", "電子届出"),
    "page": ("licensed/index.html", "licensed/other.html"),
    "file.address": ("022055_observation.csv", "022055_other.csv"),
    "file.columns": ("年度_和暦", "和暦"),
    "file.media_type": ("text/csv", "text/tab-separated-values"),
    "file.issued": ("2024-04-01", "2024-04-02"),
    "file.modified": ("2025-06-30", "2025-07-01"),
}
_KEYS = {
    "datapackage.json": (r'("primaryKey": \[\s*)"ID"', r'\1"年度"'),
    "metadata/ckan.json": (r'("primaryKey": \[\s*)"ID"', r'\1"年度"'),
    "data/csv-metadata.json": (r'("primaryKey": \[\s*)"id"', r'\1"fiscal_year"'),
    "metadata/croissant.json": (r'("key": \[\s*\{\s*"@id": "[a-z]+)/id"', r'\1/fiscal_year"'),
}

_SUM_TTL = r'(licensed/plan#sha256>\n.*?checksumValue ")'
_SUM_JSON = r'(licensed/plan#sha256",\s+"@type.*?checksumValue.*?@value": ")'
_SUM_XML = r'(about="[^"]+licensed/plan#sha256">.*?checksumValue[^>]+>)'
_DAY_XML = r'(about="[^"]+licensed/plan">.*?dct:modified[^>]+>)2025'
_TABLE = r'("@type": "Table",.*?licence/)CC_BY_4_0'
_TOWN = r'("code": "022055",\s+"name": ")[^"]+'
_URL = r'("licence_url",\s+"value": ")[^"]+'
_SUM_FILE = r'("contentSize": "[^"]+",\s+"sha256": ")'
_NAME = r'"name": "青森県五所川原市"'
# Form, what is changed at one place, by what, and the fact that then is not what it should be.
ONE_PLACE = (
    ("datapackage.json", r"licenses/by/4.0/", "licenses/by-nc/4.0/", "licence"),
    ("datapackage.json", r'"created": "2024-04-01', '"created": "2024-04-02', "issued"),
    ("datapackage.json", _TOWN, r"\1五所川原市", "publisher_name"),
    ("datapackage.json", r'"machidata:title_en": "Tables[^"]+"', '"x": ""', "title_en"),
    ("datapackage.json", r'"hash": "sha256:.', '"hash": "sha256:x', "file.sha256"),
    ("datapackage.json", r'"hash": "sha256:', '"hash": "md5:', "file.sha256"),
    ("datapackage.json", r'"bytes": ', '"bytes": 1', "file.bytes"),
    ("data/csv-metadata.json", r'"dc:license"', '"dc:licence"', "licence"),
    ("data/csv-metadata.json", _TABLE, r"\1CC0", "file.licence"),
    ("data/csv-metadata.json", r'"titles": "名称"', '"titles": "題名"', "file.columns"),
    ("metadata/catalog.ttl", _SUM_TTL, r"\1f", "file.sha256"),
    ("metadata/catalog.ttl", r'(byteSize ")', r"\1 1", "file.bytes"),
    ("metadata/catalog.ttl", r"dct:rights <[^>]+", "dct:rights <https://x.example/rights/CC0-1.0",
     "file.licence"),
    ("metadata/catalog.ttl", r'(dct:identifier ")CC-BY-4.0', r"\1CC0-1.0", "file.licence"),
    ("metadata/catalog.jsonld", _SUM_JSON, r"\1f", "file.sha256"),
    ("metadata/catalog.rdf", _SUM_XML, r"\1f", "file.sha256"),
    ("metadata/catalog.rdf", _DAY_XML, r"\g<1>2026", "file.modified"),
    ("metadata/opendata-list.csv", r"(\r\nlicensed,022055,青森県)", r"\1 ", "publisher_name"),
    ("metadata/opendata-list.csv", r",CC BY 4.0,", ",CC0,", "file.licence"),
    ("metadata/opendata-list.csv", r"licensed_plan,", "licensed_plans,", "files"),
    ("metadata/ckan.json", r'"license_id": "cc-by"', '"license_id": "cc-zero"', "licence"),
    ("metadata/ckan.json", _URL, r"\1https://x.example/", "licence"),
    ("metadata/ckan.json", r'"license": "[^"]+"', '"license": ""', "file.licence"),
    ("metadata/ckan.json", r"rights/CC-BY-4.0", "rights/undetermined", "file.licence"),
    ("metadata/ckan.json", r'"download_url": "', '"download_url": "https:', "file.address"),
    ("metadata/ckan.json", r'"owner_org": "022055"', '"owner_org": "022021"', "publisher_code"),
    ("metadata/ckan.json", r"checksumAlgorithm_sha256", "checksumAlgorithm_md5", "file.sha256"),
    ("metadata/schema.jsonld", _SUM_FILE, r"\1f", "file.sha256"),
    ("metadata/schema.jsonld", r"([0-9]) B", r"\1 KB", "file.bytes"),
    ("metadata/schema.jsonld", _NAME, '"name": "五所川原"', "publisher_name"),
    ("metadata/croissant.json", _SUM_FILE, r"\1f", "file.sha256"),
    ("metadata/croissant.json", r"organization/022055", "organization/022021", "publisher_code"),
    ("metadata/cube.ttl", r'(dct:modified ")2025', r"\g<1>2026", "modified"),
    ("metadata/cube.ttl", r'(dct:title [^\n]*")まち', r"\1むら", "title_ja"),
    ("metadata/cube.ttl", r"wasDerivedFrom <[^>]+>", "wasDerivedFrom <x:/gone>", "files"),
    ("../sitemap.xml", r"(licensed/index.html</loc><lastmod>)2025", r"\g<1>2026", "modified"),
    ("../sitemap.xml", r"(licensed/plan.html</loc><lastmod>)2025", r"\g<1>2026", "file.modified"),
    ("../metadata/schema.jsonld", r'"license": "[^"]+by/4.0/",', "", "licence"),
)  # fmt: skip


def planted(form: str, fact: str, data: bytes, true: Said) -> bytes:
    """The form with a fact changed wherever it stands; AssertionError where it stands nowhere."""
    text = data.decode("utf-8")
    changed = text
    for old, new in _changes(form, fact, true):
        changed = re.sub(old, new, changed)
    assert changed != text, f"{form} says nothing of {fact} in the words that are changed here"
    return changed.encode("utf-8")


def _changes(form: str, fact: str, true: Said) -> list[tuple[str, str]]:
    """Patterns and what takes their place."""
    file = true.files[FILE]
    if fact.endswith("licence"):
        return _licence_changes()
    if fact in {"sources", "file.sha256"}:
        digest = file.sha256 if fact == "file.sha256" else "".join(true.sources)
        return [(f"(?i:{digest})", digest[::-1])]
    if fact == "file.media_type" and form.endswith(".csv"):
        return [(",CSV,", ",TSV,")]
    special = {
        "file.bytes": [(rf"(?<![0-9A-Za-z]){file.bytes}(?![0-9A-Za-z])", "7")],
        "file.rows": [(f"{file.rows} 行", "7 行"), (f'rows": {file.rows}', 'rows": 7')],
        "file.primary_key": [_KEYS[form]] if form in _KEYS else [],
        "identifier": [("(?<![a-z])licensed", "licenced")],
    }
    return special[fact] if fact in special else [(re.escape(_OTHER[fact][0]), _OTHER[fact][1])]


def _licence_changes() -> list[tuple[str, str]]:
    """Every name of the licence becomes that of another one."""
    names, others = (licence_names()[key] for key in ("CC-BY-4.0", "CC0-1.0"))
    ordered = sorted(names, key=lambda key: len(names[key]), reverse=True)
    return [
        (re.escape(names[key]), others.get(key, others["notation"]))
        for key in ordered
        if key != "ckanId"
    ]


def changed_truth(fact: str, folder: Mapping[str, bytes]) -> dict[str, bytes]:
    """The folder with another declaration or another CSV, and its forms as they were."""
    path = f"data/022055_{FILE}.csv"
    data = folder[path]
    if fact in ("file.bytes", "file.rows"):
        return {**folder, path: data + data.splitlines(keepends=True)[-1]}
    if fact == "file.sha256":
        return {**folder, path: data.replace("手続".encode(), "手順".encode())}
    if fact == "file.columns":
        return {**folder, path: data.replace("年度_和暦".encode(), "和暦".encode(), 1)}
    declared = yaml.safe_load(folder["package.yaml"])
    keys = {"title_ja": "title", "description_ja": "description", "publisher_code": "municipality"}
    keys |= {"publisher_name": "municipality"}
    key = keys.get(fact, fact.removeprefix("file."))
    other = {
        "licence": "CC0-1.0", "keywords": ["KPI"], "municipality": "022021",
        "issued": "2024-04-02", "modified": "2025-07-01",
    }  # fmt: skip
    declared[key] = other.get(key, "something else")
    return {**folder, "package.yaml": yaml.safe_dump(declared, allow_unicode=True).encode()}


CHANGED_TRUTHS = (
    *("title_ja", "title_en", "description_ja", "description_en", "licence", "publisher_name"),
    *("publisher_code", "issued", "modified", "version", "keywords", "file.bytes", "file.sha256"),
    *("file.rows", "file.columns", "file.licence", "file.issued", "file.modified"),
)
STATED = [
    (form, fact)
    for form in READERS
    for fact in (*FACTS, *FILE_FACTS)
    if fact not in CANNOT[form] and not (fact in FILE_FACTS and "files" in CANNOT[form])
]
"""Every form with every fact that it must state."""
