"""Where a concept of `vocab/` is used, and which words the data and the schemas use."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pyoxigraph import NamedNode, RdfFormat, parse

from pipelines.vocabulary import Concept, fold, scheme, table_schemas

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Words:
    """Which concepts a column holds. `by`: 'ja' the preferred label, 'label' any label as printed,
    'notation' the notation. Several words in a cell stand between `;`.
    """

    scheme: str
    by: str = "ja"


# (table, column) → its words. A column with an enum must be here.
COLUMNS = {
    ("initiative", "継続区分"): Words("continuation"),
    ("indicator", "単位"): Words("units"),
    ("indicator", "値の種別"): Words("measures"),
    ("indicator", "望ましい方向"): Words("directions"),
    ("observation", "種別"): Words("kinds"),
    ("observation", "単位"): Words("units"),
    ("observation", "状態"): Words("words", "label"),
    ("observation", "限定"): Words("qualifiers"),
    ("observation", "欠測理由"): Words("missing"),
    ("status", "記号"): Words("marks", "label"),
    ("status", "進捗"): Words("progress"),
    ("measurement", "単位"): Words("units"),
    ("measurement", "限定"): Words("qualifiers"),
    ("goal", "単位"): Words("units"),
    ("provenance", "表"): Words("tables", "notation"),
    ("provenance", "適用規則"): Words("rules", "notation"),
    ("finding", "重大度"): Words("severity"),
    ("finding", "対象表"): Words("tables", "notation"),
}
# The room whose code names the notations of a scheme in so many words.
_TIDY = ("continuation", "cues", "kinds", "missing", "organisations", "roles", "rules")
ROOMS = {
    **dict.fromkeys(_TIDY, "pipelines/tidy"),
    "persons": "pipelines/private",
    "severity": "pipelines",
    "tables": "pipelines",
}
# How a label stands in a document: `\t` is the edge of a cell, and all is folded. Only the schemes
# by which documents are read are here; what a declaration or the code names is found otherwise.
PRINTED = {
    "continuation": "【{}】",
    "cues": "{}",
    "eras": "{}[0-9元]",
    "marks": "\t{}\t",
    "missing": "\t{}\t",
    "organisations": "{}(?=[\t、・,)(])",
    "plan_kinds": "{}",
    "policy_words": "{}[0-9]",
    "qualifiers": "{0}[0-9]|[0-9][^0-9\t、。]{{0,3}}{0}",
    "roles": "\t{}(?=[\t(0-9])",
    "units": "[0-9]{}",
    "words": "\t{}\t",
}
# Columns of the answers written by hand that have another name than those of the tables.
ANSWERS = {
    column: words
    for (_, column), words in COLUMNS.items()
    if column not in {"表", "対象表", "重大度"}
}


def concept_of(word: str, words: Words) -> Concept | None:
    """The concept that a word of a column stands for, None when it is none."""
    for concept in scheme(words.scheme):
        if words.by == "ja" and concept.ja == word:
            return concept
        if words.by == "notation" and concept.notation == word:
            return concept
    return scheme(words.scheme).match(word) if words.by == "label" else None


def cells(path: Path) -> Iterator[tuple[dict[str, str], str, str]]:
    """(row, column, one word of the cell) for every cell of a CSV file that is not empty."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for column, cell in row.items():
                for word in re.split("[;|]", cell or ""):
                    if word:
                        yield row, column, word


def data_words() -> Iterator[tuple[Path, dict[str, str], Words, str, str]]:
    """(file, row, words, column, word) for each word of an enumerated column of the packages."""
    for path in sorted(ROOT.glob("datapackages/*/data/*.csv")):
        slug = path.stem.split("_", 1)[1]
        for row, column, word in cells(path):
            words = COLUMNS.get((slug, column))
            if words:
                yield path, row, words, column, word


def enum_words() -> Iterator[tuple[str, str, str]]:
    """(table, column, word) for every word of an enum of the table schemas."""
    for slug, schema in table_schemas().items():
        for field in schema["fields"]:
            for value in field.get("constraints", {}).get("enum", ()):
                yield from ((slug, field["name"], word) for word in str(value).split(";"))


@cache
def _constants(room: str, but: str = "") -> frozenset[str]:
    """Every string that the code of a room writes down, but for docstrings and one module."""
    found: set[str] = set()
    for path in sorted((ROOT / room).rglob("*.py")):
        if path.name == but:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in prose:
                found.add(str(node.value))
    return frozenset(found)


def _cells_of(text: str) -> str:
    """A text, folded, with a tab around every cell."""
    lines = (map(fold, line.split("\t")) for line in text.splitlines())
    return "\n".join("\t" + "\t".join(line) + "\t" for line in lines)


@cache
def _documents() -> tuple[str, str]:
    """The source documents of the packages, and what the tests of the reading write down."""
    sources = [p.read_text("utf-8") for p in sorted(ROOT.glob("datapackages/*/source/*"))]
    # test_vocabulary.py runs through the vocabulary itself and is no witness.
    literals = sorted(_constants("tests/tidy", "test_vocabulary.py"))
    return _cells_of("\n".join(sources)), _cells_of("\n".join(literals))


def _stated() -> Iterator[tuple[Words, str]]:
    """(words, word) for every word of the data, the enums, the answers and the declarations."""
    yield from ((words, word) for _, _, words, _, word in data_words())
    yield from ((COLUMNS[slug, column], word) for slug, column, word in enum_words())
    for path in sorted(ROOT.glob("tests/golden/answers/*/*.csv")):
        for _, column, word in cells(path):
            if column in ANSWERS:
                yield Words(ANSWERS[column].scheme, "label"), word
    for path in sorted(ROOT.glob("datapackages/*/package.yaml")):
        declared = yaml.safe_load(path.read_text("utf-8"))
        yield Words("frequencies", "notation"), declared["frequency"]
        yield Words("licences", "notation"), declared["licence"]
        yield from ((Words("themes", "notation"), theme) for theme in declared["themes"])
    for field in scheme("themes"):
        themes = field.extra.get("dataTheme", ())
        yield from ((Words("data_themes", "notation"), theme) for theme in themes)
    yield from ((Words("progress"), mark.first("status")) for mark in scheme("marks"))


@cache
def _named() -> frozenset[str]:
    """The IRI of every concept that `_stated` names."""
    found = [concept_of(word, words) for words, word in set(_stated())]
    return frozenset(concept.iri for concept in found if concept)


@cache
def shape_terms() -> frozenset[str]:
    """Every IRI that a shape of `vocab/shapes` speaks of: what a finding may have to name."""
    found = set()
    for path in (ROOT / "vocab" / "shapes").rglob("*.ttl"):
        for triple in parse(path.read_bytes(), format=RdfFormat.TURTLE):
            both = triple.subject, triple.object
            found |= {one.value for one in both if isinstance(one, NamedNode)}
    return frozenset(found)


def evidence(concept: Concept) -> list[str]:
    """Where a concept is used: any of 'named', 'code', 'source', 'tests'; [] where nowhere."""
    found = ["named"] if concept.iri in _named() else []
    if concept.scheme == "dcat_words" and set(concept.matches) & shape_terms():
        found.append("code")
    if concept.scheme in ROOMS and concept.notation in _constants(ROOMS[concept.scheme]):
        found.append("code")
    labels = [fold(word) for word in (concept.ja, *concept.alt)]
    if concept.scheme in PRINTED:
        wanted = "|".join(PRINTED[concept.scheme].format(re.escape(label)) for label in labels)
        for name, text in zip(("source", "tests"), _documents(), strict=True):
            if re.search(wanted, text):
                found.append(name)
    return found
