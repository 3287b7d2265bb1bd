"""Loads `vocab/`: SKOS concept schemes, Table Schemas and the list of municipalities.

The reader matches printed words against these labels and the describing stage writes the same
concepts out, so a new word is taught by an `altLabel`, never by code (design.md §2).
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from pipelines.model import MachidataError, Municipality

VOCAB_BASE = "https://machidata.example/vocab/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TERMS = VOCAB_BASE + "terms#"
DCT = "http://purl.org/dc/terms/"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
MAPPINGS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")

_BLANKS = re.compile(r"\s+")


def fold(text: str) -> str:
    """The form in which labels are compared: NFKC, no white space, case folded."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


@dataclass(frozen=True, slots=True)
class Concept:
    """A SKOS concept. `labels` by language, `alt` the other words for it, `extra` our own terms
    (local name of `terms#` → values), `matches` the skos:exactMatch IRIs, `broader` an IRI or ''.
    `mappings` are all of SKOS' mappings, closest first: (local name of the property, IRI).
    """

    iri: str
    scheme: str
    notation: str
    labels: Mapping[str, str]
    alt: tuple[str, ...] = ()
    broader: str = ""
    matches: tuple[str, ...] = ()
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mappings: tuple[tuple[str, str], ...] = ()

    @property
    def ja(self) -> str:
        """The Japanese preferred label."""
        return self.labels.get("ja", self.notation)

    @property
    def en(self) -> str:
        """The English preferred label."""
        return self.labels.get("en", self.notation)

    def first(self, term: str, default: str = "") -> str:
        """The first value of one of our own terms."""
        values = self.extra.get(term, ())
        return values[0] if values else default


class Scheme:
    """A concept scheme: `vocab/{name}.ttl`, concepts in the order of their notations.

    `titles` and `descriptions` of the scheme itself are by language.
    """

    def __init__(
        self,
        name: str,
        concepts: list[Concept],
        titles: Mapping[str, str] | None = None,
        descriptions: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.iri = VOCAB_BASE + name
        self.titles = dict(titles or {})
        self.descriptions = dict(descriptions or {})
        self.concepts = tuple(sorted(concepts, key=lambda c: (c.notation, c.iri)))
        self._by_label: dict[str, Concept] = {}
        for concept in self.concepts:
            for label in (*concept.labels.values(), *concept.alt):
                other = self._by_label.setdefault(fold(label), concept)
                if other is not concept:
                    raise ValueError(f"vocab/{name}.ttl: '{label}' names two concepts")
        self._by_notation = {c.notation: c for c in self.concepts}
        self._by_iri = {c.iri: c for c in self.concepts}

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def match(self, text: str) -> Concept | None:
        """The concept that has `text` as a label (compared by `fold`), or None."""
        return self._by_label.get(fold(text))

    def get(self, notation: str) -> Concept:
        """The concept with a notation. Raises KeyError when there is none."""
        return self._by_notation[notation]

    def by_iri(self, iri: str) -> Concept:
        """The concept with an IRI. Raises KeyError when there is none."""
        return self._by_iri[iri]

    def labels(self) -> list[tuple[str, Concept]]:
        """(printed label, concept) for every label, longest first: for matching inside text."""
        pairs = [(lb, c) for c in self.concepts for lb in (*c.labels.values(), *c.alt)]
        return sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))


def _concept(store: Store, node: NamedNode, scheme: str) -> Concept:
    labels: dict[str, str] = {}
    alt: list[str] = []
    extra: dict[str, list[str]] = {}
    single = {"notation": "", "broader": ""}
    mappings: list[tuple[str, str]] = []
    for quad in store.quads_for_pattern(node, None, None):
        predicate, value = quad.predicate.value, quad.object
        text = value.value if isinstance(value, (Literal, NamedNode)) else ""
        if predicate == SKOS + "prefLabel" and isinstance(value, Literal):
            labels[value.language or "ja"] = text
        elif predicate == SKOS + "altLabel":
            alt.append(text)
        elif predicate.removeprefix(SKOS) in MAPPINGS:
            mappings.append((predicate.removeprefix(SKOS), text))
        elif predicate.startswith(TERMS):
            extra.setdefault(predicate.removeprefix(TERMS), []).append(text)
        elif predicate.removeprefix(SKOS) in single:
            single[predicate.removeprefix(SKOS)] = text
    return Concept(
        iri=node.value,
        scheme=scheme,
        notation=single["notation"] or node.value.rsplit("#", 1)[-1],
        labels=labels,
        alt=tuple(sorted(alt)),
        broader=single["broader"],
        matches=tuple(sorted(iri for kind, iri in mappings if kind == "exactMatch")),
        extra={key: tuple(sorted(values)) for key, values in extra.items()},
        mappings=tuple(sorted(mappings, key=lambda one: (MAPPINGS.index(one[0]), one[1]))),
    )


def _by_language(store: Store, subject: str, predicate: str) -> dict[str, str]:
    found = store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None)
    texts = [quad.object for quad in found if isinstance(quad.object, Literal)]
    return {one.language or "ja": one.value for one in texts}


@cache
def scheme(name: str) -> Scheme:
    """The concept scheme `vocab/{name}.ttl`. Raises MachidataError `vocab-missing` without it."""
    resource = files("vocab").joinpath(f"{name}.ttl")
    if not resource.is_file():
        raise MachidataError(
            "vocab-missing",
            ja=f"語彙 vocab/{name}.ttl がありません。",
            en=f"The vocabulary vocab/{name}.ttl is missing.",
            fix_ja="インストールし直してください。",
            fix_en="Install the project again.",
        )
    store = Store()
    store.extend(parse(resource.read_bytes(), format=RdfFormat.TURTLE))
    found = store.quads_for_pattern(None, TYPE, NamedNode(SKOS + "Concept"))
    nodes = {quad.subject for quad in found}
    named = [node for node in nodes if isinstance(node, NamedNode)]
    return Scheme(
        name,
        [_concept(store, node, name) for node in named],
        _by_language(store, VOCAB_BASE + name, DCT + "title"),
        _by_language(store, VOCAB_BASE + name, DCT + "description"),
    )


def scheme_source(name: str) -> bytes:
    """The bytes of `vocab/{name}.ttl`, as they are published."""
    return files("vocab").joinpath(f"{name}.ttl").read_bytes()


def scheme_names() -> list[str]:
    """The names of all concept schemes, sorted."""
    found = (item.name for item in files("vocab").iterdir())
    return sorted(name.removesuffix(".ttl") for name in found if name.endswith(".ttl"))


@cache
def table_schemas() -> Mapping[str, dict[str, Any]]:
    """Slug → Table Schema of the tidy tables (`vocab/schemas/*.json`), in design.md's order."""
    first = ("plan", "policy", "initiative", "indicator", "observation", "activity", "status")
    order = (*first, "measurement", "goal", "term", "provenance", "finding")
    folder = files("vocab").joinpath("schemas")
    return {
        slug: json.loads(folder.joinpath(f"{slug}.json").read_text(encoding="utf-8"))
        for slug in order
    }


def schema_source(slug: str) -> bytes:
    """The bytes of `vocab/schemas/{slug}.json`, as they are published."""
    return files("vocab").joinpath(f"schemas/{slug}.json").read_bytes()


@cache
def municipalities() -> Mapping[str, Municipality]:
    """Code → municipality for every code of 全国地方公共団体コード but the prefectures."""
    text = files("vocab").joinpath("codes/local_government_codes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["code"]: Municipality(row["code"], row["prefecture"], row["name"], row["kana"])
        for row in rows
        if row["kind"] != "prefecture"
    }


@cache
def eu_codes(table: str) -> Mapping[str, bool]:
    """Codes of an EU authority table (`access-right`, `file-type`, `licence`) → whether it is an
    open licence by opendefinition.org; a copy, which may lack the newest codes.
    """
    text = files("vocab").joinpath("codes/eu_authority_codes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: row["open"] == "true" for row in rows if row["table"] == table}


@cache
def old_kanji() -> Mapping[str, str]:
    """Kyūjitai → shinjitai of the kanji of 常用漢字表 (内閣告示第2号, 2010)."""
    text = files("vocab").joinpath("codes/kyujitai.csv").read_text(encoding="utf-8")
    return {row["old"]: row["new"] for row in csv.DictReader(text.splitlines())}


@cache
def spellings() -> frozenset[str]:
    """Words of public administration in katakana and Latin letters that are spelled like this."""
    text = files("vocab").joinpath("codes/spellings.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(text.splitlines()))


def check_digit(first_five: str) -> str:
    """The check digit of a five-digit 全国地方公共団体コード (weights 6 5 4 3 2, modulo 11)."""
    total = sum(w * int(d) for w, d in zip((6, 5, 4, 3, 2), first_five, strict=True))
    return str((11 - total % 11) % 10)
