"""`datapackage.json`: the descriptor of a package (Data Package v2, 26 June 2024)."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.model import Declaration, MachidataError, Municipality, Resource, Source
from pipelines.vocabulary import Concept, scheme, table_schemas

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
_DIALECT_PROFILE = "https://datapackage.org/profiles/2.0/tabledialect.json"

_DIALECT = {
    "$schema": _DIALECT_PROFILE,
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}


def descriptor(
    declaration: Declaration,
    municipality: Municipality,
    resources: Iterable[Resource],
    sources: Mapping[str, str],
) -> dict[str, Any]:
    """Return the descriptor; what the declaration leaves empty is left out.

    `sources` maps source keys to the SHA-256 of the document that was read. `created` is the day
    stated as `issued` (Japanese time), never a clock's. Names with `machidata:` are our own.
    Raises MachidataError `licence-unknown`.
    """
    written = list(resources)
    slugs = {resource.slug for resource in written}
    entries: dict[str, Any] = {
        "$schema": PROFILE,
        "name": declaration.name,
        "title": declaration.title,
        "machidata:title_en": declaration.title_en,
        "description": declaration.description,
        "machidata:description_en": declaration.description_en,
        "version": declaration.version,
        "created": f"{declaration.issued.isoformat()}T00:00:00+09:00",
        "machidata:issued": declaration.issued.isoformat(),
        "machidata:modified": declaration.modified.isoformat(),
        "machidata:spatial": declaration.spatial,
        "machidata:period": _period(declaration),
        "homepage": declaration.publisher_url,
        "keywords": list(declaration.keywords),
        "licenses": _licenses(declaration),
        "contributors": _contributors(declaration, municipality),
        "sources": [_source(source, sources) for source in declaration.sources],
        "machidata:municipality": {"code": municipality.code, "name": municipality.full_name},
        "resources": [_resource(resource, slugs) for resource in written],
    }
    return {key: value for key, value in entries.items() if value not in ("", [], {})}


def to_json(content: Mapping[str, Any]) -> bytes:
    """Return JSON in UTF-8 with LF, indented by two, keys in the order given."""
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    return text.encode("utf-8", errors="replace")


def _resource(resource: Resource, slugs: set[str]) -> dict[str, Any]:
    schema = table_schemas()[resource.slug]
    return {
        "$schema": _RESOURCE_PROFILE,
        "name": resource.slug,
        "path": resource.path,
        "type": "table",
        "title": schema["title"],
        "machidata:title_en": schema["machidata:title_en"],
        "description": f"{schema['description']}文字コードはBOM付きのUTF-8。",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "machidata:bom": True,
        "bytes": len(resource.data),
        "hash": f"sha256:{resource.sha256}",
        "machidata:rows": resource.rows,
        "dialect": dict(_DIALECT),
        "schema": _schema(schema, slugs),
    }


def _schema(schema: Mapping[str, Any], slugs: set[str]) -> dict[str, Any]:
    """A copy of the Table Schema without references to tables that the package does not have."""
    inline = copy.deepcopy(dict(schema))
    keys = [
        key
        for key in inline.pop("foreignKeys", [])
        if key["reference"].get("resource", schema["name"]) in slugs
    ]
    return {**inline, "foreignKeys": keys} if keys else inline


def _period(declaration: Declaration) -> dict[str, str]:
    pairs = zip(("start", "end"), declaration.period, strict=True)
    return {key: day for key, day in pairs if day}


def _licenses(declaration: Declaration) -> list[dict[str, str]]:
    if not declaration.licence:
        return []
    concept = _licence(declaration)
    entry = {
        "name": concept.first("spdx", concept.notation),
        "path": concept.first("url"),
        "title": concept.ja,
    }
    return [{key: value for key, value in entry.items() if value}]


def _licence(declaration: Declaration) -> Concept:
    licences = scheme("licences")
    found = {concept.notation: concept for concept in licences}.get(declaration.licence)
    concept = found or licences.match(declaration.licence)
    if concept:
        return concept
    raise MachidataError(
        "licence-unknown",
        ja="利用条件（licence）が語彙にありません。",
        en="The licence is not in the vocabulary.",
        where=f"{declaration.name}/package.yaml: licence",
        found=declaration.licence,
        expected=" / ".join(concept.notation for concept in licences),
        fix_ja="語彙にある利用条件を書くか、決まっていなければ空にしてください。",
        fix_en="Write one of those, or leave it empty when none has been decided.",
    )


def _contributors(declaration: Declaration, municipality: Municipality) -> list[dict[str, Any]]:
    publisher: dict[str, Any] = {
        "title": municipality.full_name,
        "path": declaration.publisher_url,
        "roles": ["creator", "publisher"],
    }
    contact = declaration.contact
    person: dict[str, Any] = {
        "title": contact.name,
        "path": contact.url,
        "email": contact.email,
        "organization": municipality.full_name,
        "roles": ["contact"],
    }
    both = [publisher, person] if contact.name else [publisher]
    return [{key: value for key, value in one.items() if value} for one in both]


def _source(source: Source, hashes: Mapping[str, str]) -> dict[str, str]:
    """A source; its `path` is where the public finds it. The committed extract, which a catalog
    does not hold, is named by a property of our own (Data Package v2 needs a title or a path).
    """
    digest = hashes.get(source.key, "")
    entry = {
        "title": source.title or source.document or source.path,
        "machidata:title_en": source.title_en,
        "path": source.url,
        "machidata:key": source.key,
        "machidata:document": source.document,
        "machidata:extract": source.path,
        "machidata:hash": f"sha256:{digest}" if digest else "",
    }
    return {key: value for key, value in entry.items() if value}
