"""What is true of a package without any model of ours, and where a form says otherwise.

True is what `package.yaml` declares, what the bytes of the CSV files are, what the vocabulary's
table schemas and the national list of codes say. A form must state every fact that `CANNOT` does
not excuse, in the way that `AS_HELD` says where it cannot hold it as it is.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias
from urllib.parse import urljoin

import yaml

from tests.describe.said import FACTS, FILE_FACTS, READERS, FileSaid, Said
from tests.describe.said.nouns import NOTHING, ROOT, licence, sorted_words

Folder: TypeAlias = Mapping[str, bytes]
"""Path below the package's folder → bytes; `package.yaml`, the CSVs and the forms are in it."""

_DCAT = {
    "licence": "DCAT-AP states it of each distribution",
    "file.columns": "DCAT-AP 3.0.1 has none; dct:conformsTo names the table's schema",
    "file.primary_key": "as for the columns",
}
_NO_SOURCES = {"sources": "no field for it; the DCAT of the dataset states it"}
_LIST = {
    "title_en": "the sheet is in one language",
    "description_en": "the sheet is in one language",
    "licence": "the sheet states it of each file",
    **_NO_SOURCES,
    "file.sha256": "the sheet has no column for it",
    "file.columns": "the sheet has no column for it",
    "file.primary_key": "the sheet has no column for it",
}
_DATASET_LEVEL = "the licence and the days of the dataset hold for all its files"
_IN_SHORT = "the list has datasets in short; the page of each says it"
_CUBE = {"identifier", "title_ja", "title_en", "licence", "modified"}
_CUBE |= {"publisher_name", "publisher_code"}
_CUBE_ONLY = "a cube is linked to its dataset (dct:isPartOf), where this is stated"
CANNOT: Mapping[str, Mapping[str, str]] = {
    "datapackage.json": {
        "page": "a package does not know in which catalog it will stand",
        "file.licence": _DATASET_LEVEL,
        "file.issued": _DATASET_LEVEL,
        "file.modified": _DATASET_LEVEL,
    },
    "data/csv-metadata.json": {
        "sources": "it links to the sources (prov:wasDerivedFrom), where this is stated",
        "file.bytes": "CSVW speaks of the content; the file stands beside it",
        "file.sha256": "CSVW speaks of the content; the file stands beside it",
        "file.media_type": "a table of CSVW is text/csv by definition",
        "file.issued": _DATASET_LEVEL,
    },
    **{f"{place}/catalog.{form}": _DCAT
       for place in ("metadata", "../metadata") for form in ("ttl", "jsonld", "rdf")},
    "metadata/opendata-list.csv": _LIST,
    "../metadata/opendata-list.csv": _LIST,
    "metadata/ckan.json": _NO_SOURCES,
    "metadata/schema.jsonld": {
        "file.columns": "variableMeasured holds numbers of all tables; schema.org knows no columns",
        "file.primary_key": "as for the columns",
        "file.licence": _DATASET_LEVEL,
        "file.issued": _DATASET_LEVEL,
    },
    "metadata/croissant.json": {
        **_NO_SOURCES,
        "description_en": "one text in the language of @context",
        "file.licence": _DATASET_LEVEL,
        "file.issued": _DATASET_LEVEL,
        "file.modified": _DATASET_LEVEL,
    },
    "metadata/cube.ttl": {
        **dict.fromkeys(set(FACTS) - _CUBE, _CUBE_ONLY),
        **dict.fromkeys(FILE_FACTS, "a cube names the distribution that it was made from"),
    },
    "../metadata/schema.jsonld": {
        **dict.fromkeys(("version", "keywords", "sources", "files"), _IN_SHORT),
    },
    "../sitemap.xml": {
        **dict.fromkeys(
            set(FACTS) - {"identifier", "modified", "page"}, "a sitemap has addresses and days"
        ),
        **dict.fromkeys(set(FILE_FACTS) - {"file.modified"}, "a sitemap has addresses and days"),
    },
}  # fmt: skip
"""Form → fact → why the form does not hold it. Everything else it must state."""


def _one_line(value: str, true: Said) -> str:
    return " ".join(value.split())


def _described(value: str, true: Said) -> str:
    """DCAT-AP wants a description of every dataset: where none is declared, it is the title."""
    return value or ("" if true.description_en else true.title_ja)


def _described_en(value: str, true: Said) -> str:
    return value or ("" if true.description_ja else true.title_en)


def _other_name(value: str, true: Said) -> str:
    """A name that is the same in both languages is one name."""
    return "" if value == true.title_ja else value


def _list_keywords(words: tuple[str, ...], true: Said) -> tuple[str, ...]:
    return sorted_words(_one_line(word.replace(";", "；"), true) for word in words)


def _three_numbers(version: str, true: Said) -> str:
    numeric = re.fullmatch(r"[0-9]+(\.[0-9]+){0,2}", version)
    return ".".join([*version.split("."), "0", "0"][:3]) if numeric else ""


_LISTS = ("metadata/opendata-list.csv", "../metadata/opendata-list.csv")
AS_HELD: Mapping[tuple[str, str], Callable[[Any, Said], Any]] = {
    **{(form, "description_ja"): _described for form in CANNOT if form != "datapackage.json"},
    **{(form, "description_en"): _described_en for form in CANNOT if form != "datapackage.json"},
    **{(form, "title_en"): _other_name
       for form in CANNOT if form.endswith(("schema.jsonld", "croissant.json"))},
    # a cell of the list is one line, and ; parts its words
    **{(form, fact): _one_line for form in _LISTS for fact in ("title_ja", "version")},
    **{(form, "description_ja"): lambda value, true: _one_line(_described(value, true), true)
       for form in _LISTS},
    **{(form, "keywords"): _list_keywords for form in _LISTS},
    # Croissant knows semantic versions only
    ("metadata/croissant.json", "version"): _three_numbers,
}  # fmt: skip
"""How a form holds a fact that it cannot hold as it is: (form, fact) → what it must say."""


def truth(folder: Folder, name: str, base: str) -> Said:
    """What is true of the package, in a catalog at `base`."""
    declared: dict[str, Any] = yaml.load(folder["package.yaml"], yaml.BaseLoader)  # noqa: S506
    said = {key: value.strip() for key, value in declared.items() if isinstance(value, str)}
    code = said["municipality"]
    stated = licence(said.get("licence"))
    issued, modified = said["issued"], said.get("modified") or said["issued"]
    files = {
        path.removesuffix(".csv").partition("_")[2]: (path, data)
        for path, data in folder.items()
        if path.startswith("data/") and path.endswith(".csv")
    }
    return Said(
        identifier=name,
        title_ja=said["title"],
        title_en=said.get("title_en", ""),
        description_ja=said.get("description", ""),
        description_en=said.get("description_en", ""),
        licence=stated,
        publisher_name=town_names()[code],
        publisher_code=code,
        issued=issued,
        modified=modified,
        version=said.get("version", ""),
        keywords=sorted_words(word.strip() for word in declared.get("keywords", ())),
        page=f"{base}{name}/index.html",
        sources=sorted_words(_sha256(folder[one["path"]]) for one in declared["sources"]),
        files={
            slug: _file(data, slug, f"{base}{name}/{path}", stated, issued, modified)
            for slug, (path, data) in files.items()
        },
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _file(data: bytes, slug: str, address: str, terms: str, issued: str, modified: str) -> FileSaid:
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    schema = json.loads((ROOT / "vocab" / "schemas" / f"{slug}.json").read_bytes())
    return FileSaid(
        address=address,
        bytes=len(data),
        sha256=_sha256(data),
        rows=len(rows),
        columns=tuple(header),
        primary_key=tuple(schema["primaryKey"]),
        media_type="text/csv",
        licence=terms,
        issued=issued,
        modified=modified,
    )


@cache
def town_names() -> Mapping[str, str]:
    """全国地方公共団体コード → prefecture and municipality."""
    path = ROOT / "vocab" / "codes" / "local_government_codes.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["code"]: row["prefecture"] + row["name"] for row in csv.DictReader(lines)}


@dataclass(frozen=True)
class Disagreement:
    """A form says of a fact what is not so (of a file's fact: which file)."""

    form: str
    fact: str
    said: object
    true: object
    file: str = ""


def disagreements(form: str, data: bytes, true: Said, base: str) -> list[Disagreement]:
    """Everything in which a form differs from the truth; it must say what it can hold."""
    at = urljoin(f"{base}{true.identifier}/", form)
    said = READERS[form](data, true.identifier, at)
    if said is None:
        return [Disagreement(form, "identifier", None, true.identifier)]
    return list(compare(form, said, true))


def compare(form: str, said: Said, true: Said) -> Iterator[Disagreement]:
    """As `disagreements`, of a form that has been read."""
    for fact in FACTS:
        yield from _fact(form, fact, getattr(said, fact), getattr(true, fact), true)
    named, must, may = set(said.files), *_files(form, true)
    if not must <= named <= may:
        yield Disagreement(form, "files", sorted(named), sorted(must))
    for slug in sorted(named & may):
        for fact in FILE_FACTS:
            field = fact.partition(".")[2]
            values = [getattr(one.files[slug], field) for one in (said, true)]
            yield from _fact(form, fact, values[0], values[1], true, slug)


def _fact(
    form: str, fact: str, said: Any, true: Any, whole: Said, file: str = ""
) -> Iterator[Disagreement]:
    if fact in CANNOT[form]:
        wanted: Any = ""
    elif (form, fact) in AS_HELD:
        wanted = AS_HELD[form, fact](true, whole)
    else:
        wanted = true
    if _plain(said) != _plain(wanted):
        yield Disagreement(form, fact, said, wanted, file)


def _plain(value: Any) -> Any:
    return "" if value in NOTHING else value


def _files(form: str, true: Said) -> tuple[set[str], set[str]]:
    """The files that a form must name, and those that it may."""
    if "files" in CANNOT[form]:
        return set(), set()
    every = set(true.files)
    if form == "metadata/cube.ttl":
        return every & {"observation", "status"}, every & {"observation", "status", "measurement"}
    return every, every


def expected_forms(true: Said) -> set[str]:
    """The forms that must speak of the package: without observations there is no cube, and the
    list of the whole catalog has packages with a licence only.
    """
    without = set()
    if not {"observation", "status"} & set(true.files):
        without.add("metadata/cube.ttl")
    if not true.licence:
        without.add("../metadata/opendata-list.csv")
    return set(READERS) - without
