"""What the head of a page tells machines: links to descriptions and files, and embedded data.

Relations are those of the IANA registry, used as Signposting does: `describedby` a description,
`item` a file of the package, `collection` the package of a file, `license` the terms of use. Files
are known by their names alone; what stands in them is the describing stage's affair.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

EMBEDDED = "metadata/schema.jsonld"
"""The file whose text a page carries as a data block."""

CSV_METADATA = "data/csv-metadata.json"
SCORE = "metadata/score.json"
DESCRIPTOR = "datapackage.json"
_TYPES = {
    "jsonld": "application/ld+json",
    "json": "application/json",
    "rdf": "application/rdf+xml",
    "ttl": "text/turtle",
    "trig": "application/trig",
    "nt": "application/n-triples",
}
# The first part of a file's name → the format that people know it by.
_FORMATS = {
    "catalog": "DCAT-AP 3.0.1",
    "schema": "schema.org",
    "croissant": "Croissant 1.0",
    "cube": "RDF Data Cube",
    "opendata": "オープンデータ一覧",
}
# In a script element `</script>` and `<!--` would be read as HTML; some readers split lines at
# U+2028 and U+2029. In JSON such characters stand in texts alone, where an escape is the same.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page's head; `type` is a media type or ''."""

    rel: str
    href: str
    type: str = ""


def data_block(files: Mapping[str, bytes]) -> Markup:
    """The text of `EMBEDDED` for a script element of a data type; '' when there is no such file."""
    text = files.get(EMBEDDED, b"").decode("utf-8", "replace")
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - nothing can leave the element


def described_by(files: Mapping[str, bytes]) -> list[Link]:
    """The descriptions below `metadata/`."""
    found = [name for name in sorted(files) if name.startswith("metadata/")]
    return [Link("describedby", name, _type(name)) for name in found if _type(name)]


def package_links(files: Mapping[str, bytes], tables: Sequence[str], licence: str) -> list[Link]:
    """Of a package page: its descriptions, tables and terms of use ('' when none are stated)."""
    terms = [Link("license", licence)] if licence else []
    items = [Link("item", path, "text/csv") for path in tables]
    return [
        *_known(files, DESCRIPTOR, "application/json"),
        *_known(files, CSV_METADATA, "application/csvm+json"),
        *described_by(files),
        *items,
        *terms,
    ]


def metadata_files(files: Mapping[str, bytes]) -> list[str]:
    """The files in which a package tells machines of itself, as its page lists them."""
    found = [name for name in sorted(files) if name.startswith("metadata/")]
    return [*found, CSV_METADATA] if CSV_METADATA in files else found


def quality(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    """The points and stars of a package by its `SCORE`; {} when the file does not tell them."""
    try:
        told: Any = json.loads(files.get(SCORE, b"{}"))
        one = next(entry for entry in told["datasets"] if entry["name"] == name)
        keys = ("points", "measuredOf")
        stars = one.get("stars", {})
        return {**{key: one[key] for key in keys}, "stars": stars.get("earned")}
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration):
        return {}


def table_links(files: Mapping[str, bytes], path: str) -> list[Link]:
    """Of a table's page: the same as CSV, what its columns mean, the package it belongs to."""
    return [
        Link("alternate", path, "text/csv"),
        *_known(files, CSV_METADATA, "application/csvm+json"),
        Link("collection", "index.html", "text/html"),
    ]


def _known(files: Mapping[str, bytes], name: str, media_type: str) -> list[Link]:
    return [Link("describedby", name, media_type)] if name in files else []


def formats(names: Mapping[str, bytes]) -> list[tuple[str, list[str]]]:
    """The files of a folder by the formats that they are in, as a page lists them."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        stem = name.split(".")[0].split("-")[0]
        found.setdefault(_FORMATS.get(stem, stem), []).append(name)
    return list(found.items())


def _type(name: str) -> str:
    return _TYPES.get(name.rpartition(".")[2], "")
