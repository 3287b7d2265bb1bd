"""What the forms with an `@context` say: CSV on the Web, schema.org, Croissant."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin

from tests.describe.said.nouns import (
    FileSaid,
    Said,
    last,
    licence,
    rows_in,
    same,
    size,
    sorted_words,
)

_TABLES = re.compile(r".*。収録した表: .*")


def csvw(data: bytes, name: str, at: str) -> Said | None:
    """A table group."""
    said: dict[str, Any] = json.loads(data)
    publisher = said["dc:publisher"]
    return Said(
        identifier=str(same(said["dc:identifier"], last(said["@id"]))),
        title_ja=_words(said["dc:title"], "ja"),
        title_en=_words(said["dc:title"], "en"),
        description_ja=_words(said["dc:description"], "ja"),
        description_en=_words(said["dc:description"], "en"),
        licence=_terms(said),
        publisher_name=_words(publisher["foaf:name"], "ja"),
        publisher_code=str(same(publisher["dc:identifier"], last(publisher["@id"]))),
        issued=said["dc:issued"]["@value"],
        modified=said["dc:modified"]["@value"],
        version=said.get("dcat:version", ""),
        keywords=sorted_words(said.get("dcat:keyword", ())),
        page=said["dcat:landingPage"]["@id"],
        files={last(one["@id"]): _csvw_table(one, at) for one in said["tables"]},
    )


def _csvw_table(one: dict[str, Any], at: str) -> FileSaid:
    schema = one["tableSchema"]
    headers = {column["name"]: column["titles"] for column in schema["columns"]}
    return FileSaid(
        address=urljoin(at, one["url"]),
        rows=rows_in(_words(one["dc:description"], "ja")),
        columns=tuple(headers.values()),
        primary_key=tuple(headers.get(key, key) for key in schema.get("primaryKey", ())),
        licence=_terms(one),
        modified=one["dc:modified"]["@value"],
    )


def _terms(one: dict[str, Any]) -> str:
    """The licence; a thing without one must say that none is determined."""
    stated = [one[key]["@id"] for key in ("dc:license", "dc:rights") if key in one]
    return licence(*stated) if stated else "neither a licence nor rights"


def _words(said: Any, tag: str) -> str:
    listed = said if isinstance(said, list) else [said]
    return str(same(*(one["@value"] for one in listed if one["@language"] == tag)))


def schema_org(data: bytes, name: str, at: str) -> Said | None:
    """The dataset of a package page."""
    return _schema_dataset(json.loads(data))


def schema_org_catalog(data: bytes, name: str, at: str) -> Said | None:
    """A dataset of the index page."""
    known = [one for one in json.loads(data)["dataset"] if one["identifier"] == name]
    return _schema_dataset(known[0]) if len(known) == 1 else None


def _schema_dataset(said: dict[str, Any]) -> Said:
    agents = [said[key] for key in ("creator", "publisher") if key in said]
    ja, en = _paragraphs(said["description"])
    return Said(
        identifier=str(same(said["identifier"], last(said["@id"]))),
        title_ja=said["name"],
        title_en=next(iter(said.get("alternateName", ())), ""),
        description_ja=ja,
        description_en=en,
        licence=licence(said.get("license")),
        publisher_name=str(same(*(one["name"] for one in agents))),
        publisher_code=str(same(*(one["identifier"]["value"] for one in agents))),
        issued=said["datePublished"],
        modified=said["dateModified"],
        version=said.get("version", ""),
        keywords=sorted_words(said.get("keywords", ())),
        page=said["url"],
        sources=sorted_words(one["sha256"] for one in said.get("isBasedOn", ())),
        files={last(one["@id"]): _download(one) for one in said.get("distribution", ())},
    )


def _paragraphs(description: str) -> tuple[str, str]:
    """The Japanese and the English paragraph; that of the tables is neither."""
    found = [one for one in description.split("\n\n") if not _TABLES.fullmatch(one)]
    return found[0] if found else "", "\n\n".join(found[1:])


def _download(one: dict[str, Any]) -> FileSaid:
    return FileSaid(
        address=one["contentUrl"],
        bytes=size(one["contentSize"]),
        sha256=one["sha256"],
        rows=rows_in(one["description"]),
        media_type=one["encodingFormat"],
        modified=one["dateModified"],
    )


def croissant(data: bytes, name: str, at: str) -> Said | None:
    """Files and their record sets; the publisher's code is the end of its IRI."""
    said: dict[str, Any] = json.loads(data)
    agents = [said["creator"], said["publisher"]]
    files = {one["@id"]: one for one in said["distribution"]}
    return Said(
        identifier=str(same(said["identifier"], last(said["@id"]))),
        title_ja=said["name"],
        title_en=next(iter(said.get("alternateName", ())), ""),
        description_ja=said["description"],
        licence=licence(said.get("license")),
        publisher_name=str(same(*(one["name"] for one in agents))),
        publisher_code=str(same(*(last(one["@id"]) for one in agents))),
        issued=said["datePublished"],
        modified=said["dateModified"],
        version=said.get("version", ""),
        keywords=sorted_words(said.get("keywords", ())),
        page=said["url"],
        files={one["@id"]: _record_set(one, files) for one in said["recordSet"]},
    )


def _record_set(one: dict[str, Any], files: dict[str, dict[str, Any]]) -> FileSaid:
    """A record set with the one file that all its fields are taken from."""
    headers = {field["@id"]: field["source"]["extract"]["column"] for field in one["field"]}
    source = same(*(field["source"]["fileObject"]["@id"] for field in one["field"]))
    file = files[source]
    return FileSaid(
        address=file["contentUrl"],
        bytes=size(file["contentSize"]),
        sha256=file["sha256"],
        rows=rows_in(file["description"]),
        columns=tuple(headers.values()),
        primary_key=tuple(headers.get(key["@id"], key["@id"]) for key in one.get("key", ())),
        media_type=file["encodingFormat"],
    )
