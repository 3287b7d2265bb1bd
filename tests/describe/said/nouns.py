"""What a form of metadata says of a package, whatever the form: the nouns of the readers.

A reader parses the bytes of a form and nothing else: no renderer, no model of ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from rdflib import RDF, Graph, Namespace
from rdflib.namespace import SKOS

ROOT = Path(__file__).resolve().parents[3]
MD = Namespace("https://machidata.example/vocab/terms#")
NOTHING = (None, "", ())


@dataclass(frozen=True)
class FileSaid:
    """What is said of one file; what is not said is '' , None or ()."""

    address: str = ""
    bytes: int | None = None
    sha256: str = ""
    rows: int | None = None
    columns: tuple[str, ...] = ()
    primary_key: tuple[str, ...] = ()
    media_type: str = ""
    licence: str = ""
    issued: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Said:
    """What is said of a package; `files` by their slugs, `licence` as the vocabulary's notation.

    `sources` are the SHA-256 of the documents that the data were taken from.
    """

    identifier: str = ""
    title_ja: str = ""
    title_en: str = ""
    description_ja: str = ""
    description_en: str = ""
    licence: str = ""
    publisher_name: str = ""
    publisher_code: str = ""
    issued: str = ""
    modified: str = ""
    version: str = ""
    keywords: tuple[str, ...] = ()
    page: str = ""
    sources: tuple[str, ...] = ()
    files: Mapping[str, FileSaid] = field(default_factory=dict)


Reader: TypeAlias = Callable[[bytes, str, str], Said | None]
"""(bytes, name of the package, address of the form) → what it says; None for nothing of it."""

FACTS = tuple(one.name for one in fields(Said) if one.name != "files")
FILE_FACTS = tuple(f"file.{one.name}" for one in fields(FileSaid))


def same(*values: Any) -> Any:
    """The one value that all are; where they differ, a text that is no value of any fact.

    A form that says a thing in two places contradicts itself in this way.
    """
    distinct = list(dict.fromkeys("" if value in NOTHING else value for value in values))
    if len(distinct) < 2:
        return distinct[0] if distinct else ""
    return " ≠ ".join(str(value) or "nothing" for value in distinct)


def rows_in(description: str) -> int | None:
    """The number of rows that a file's description speaks of."""
    found = re.search(r"([0-9][0-9,]*) 行。UTF-8", description)
    return int(found[1].replace(",", "")) if found else None


def last(iri: str) -> str:
    """The last part of an IRI's path."""
    return iri.rstrip("/").rpartition("/")[2]


def size(written: str) -> int | None:
    """`12 B` and `12` → 12; anything else is no size."""
    found = re.fullmatch(r"([0-9]+)(?: B)?", written)
    return int(found[1]) if found else None


def sha256(written: str) -> str:
    """`sha256:12ab…` → 12ab…; a sum of another kind stays as it is."""
    return written.removeprefix("sha256:")


@cache
def licence_names() -> Mapping[str, Mapping[str, str]]:
    """Notation → what the licence is called, by the name of the property (vocab/licences.ttl)."""
    graph = Graph().parse(ROOT / "vocab" / "licences.ttl")
    found = {}
    for iri in graph.subjects(RDF.type, SKOS.Concept):
        names = {key: graph.value(iri, MD[key]) for key in ("url", "spdx", "ckanId", "shirasagiId")}
        names |= {"iri": graph.value(iri, SKOS.exactMatch)}
        names |= {"notation": graph.value(iri, SKOS.notation)}
        names |= {"ja": next(w for w in graph.objects(iri, SKOS.prefLabel) if w.language == "ja")}
        found[str(names["notation"])] = {k: str(name) for k, name in names.items() if name}
    return found


def licence(*written: object) -> str:
    """The notation of a licence that is called by all these names; '' for no name at all.

    The address of a rights statement of ours counts as a name; `undetermined` is no licence. CKAN's
    own ids are left out, because two licences share one.
    """
    known = {
        name: notation
        for notation, names in licence_names().items()
        for kind, name in names.items()
        if kind != "ckanId"
    }

    def notation(name: str) -> str:
        word = last(name) if "/rights/" in name else name
        return "" if word == "undetermined" else known.get(word, word)

    return str(same(*(notation(str(name or "")) for name in written)))


def sorted_words(words: Iterable[object]) -> tuple[str, ...]:
    """Keywords, whose order says nothing."""
    return tuple(sorted(str(word) for word in words))
