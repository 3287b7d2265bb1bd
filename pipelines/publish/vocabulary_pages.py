"""The vocabulary in the folder catalog: `vocab/` as its own files, and pages that show them.

`vocab/{name}.ttl` and `vocab/schemas/{slug}.json` are the bytes of the project's files. A page of a
scheme has an anchor for every concept, named like the end of its IRI; so has the page of our own
terms, `vocab/terms.ttl`, for every term.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.own_terms import own_terms, own_terms_source
from pipelines.publish.pages import Pages, table_words
from pipelines.publish.paths import check_path
from pipelines.publish.terms_page import terms_page
from pipelines.publish.vocabulary_words import KINDS, Link, defined, short
from pipelines.vocabulary import (
    TERMS,
    VOCAB_BASE,
    Concept,
    Scheme,
    schema_source,
    scheme,
    scheme_names,
    scheme_source,
    table_schemas,
)

_BOUNDS = {
    "minimum": ("以上", "at least"),
    "maximum": ("以下", "at most"),
    "minLength": ("文字以上", "characters at least"),
    "maxLength": ("文字以下", "characters at most"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A concept in the table of its scheme."""

    concept: Concept
    broader: Link | None
    mappings: tuple[Link, ...]
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column in the page of its table schema. `rules` are (Japanese, English) words."""

    field: Mapping[str, Any]
    rules: tuple[tuple[str, str], ...]
    enum: tuple[str, ...]
    pattern: str
    key_of: str
    scheme: str
    term: str


def vocabulary_files(pages: Pages) -> dict[str, bytes]:
    """Path below the catalog → bytes, for the files and the pages of the vocabulary."""
    schemes = [scheme(name) for name in scheme_names()]
    schemas = table_schemas()
    files = {"vocab/index.html": _index(pages, schemes, schemas)}
    for one in schemes:
        files[f"vocab/{one.name}.ttl"] = scheme_source(one.name)
        files[f"vocab/{one.name}/index.html"] = _scheme_page(pages, one, schemas)
    for slug, schema in schemas.items():
        files[f"vocab/schemas/{slug}.json"] = schema_source(slug)
        files[f"vocab/schemas/{slug}/index.html"] = _schema_page(pages, slug, schema)
    files["vocab/terms.ttl"] = own_terms_source()
    files["vocab/terms/index.html"] = terms_page(pages, schemas)
    return {check_path(path, "vocab"): data for path, data in files.items()}


def _index(
    pages: Pages, schemes: Sequence[Scheme], schemas: Mapping[str, Mapping[str, Any]]
) -> bytes:
    tables = [(slug, *table_words(slug), len(schema["fields"])) for slug, schema in schemas.items()]
    return pages.render(
        "vocabulary.html",
        schemes=schemes,
        tables=tables,
        own=own_terms(),
        base=VOCAB_BASE,
        root="../",
    )


def _scheme_page(pages: Pages, one: Scheme, schemas: Mapping[str, Mapping[str, Any]]) -> bytes:
    holders = [
        (slug, table_words(slug)[0], field)
        for slug, schema in schemas.items()
        for field in schema["fields"]
        if field.get("machidata:scheme") == one.name
    ]
    return pages.render(
        "scheme.html",
        scheme=one,
        lines=[concept_line(concept, one) for concept in one],
        holders=holders,
        root="../../",
    )


def _schema_page(pages: Pages, slug: str, schema: Mapping[str, Any]) -> bytes:
    return pages.render(
        "schema.html",
        slug=slug,
        schema=schema,
        label=table_words(slug),
        columns=[schema_column(field, schema) for field in schema["fields"]],
        own=VOCAB_BASE,
        root="../../../",
    )


def concept_line(concept: Concept, one: Scheme) -> Line:
    """What the page of a scheme says of a concept beside its labels."""
    broader = None
    if concept.broader:
        above = next((c for c in one if c.iri == concept.broader), None)
        broader = (
            Link(above.ja, f"#{above.notation}")
            if above
            else Link(concept.broader, concept.broader)
        )
    return Line(
        concept=concept,
        broader=broader,
        mappings=tuple(Link(short(iri), iri, *KINDS[kind]) for kind, iri in concept.mappings),
        values=tuple(
            Link(short(value), value, before_en=term, term=defined(TERMS + term))
            for term, values in sorted(concept.extra.items())
            for value in values
        ),
    )


def schema_column(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Column:
    """What the page of a table schema says of a column."""
    constraints = field.get("constraints", {})
    rules = [("必須", "required")] if constraints.get("required") else []
    if constraints.get("unique") or schema.get("primaryKey") == [field["name"]]:
        rules.append(("重複しない", "unique"))
    for name, (words, words_en) in _BOUNDS.items():
        if name in constraints:
            bound = constraints[name]
            rules.append((f"{bound}{words}", f"{words_en} {bound}"))
    keys = [key for key in schema.get("foreignKeys", ()) if key["fields"] == [field["name"]]]
    return Column(
        field=field,
        rules=tuple(rules),
        enum=tuple(map(str, constraints.get("enum", ()))),
        pattern=str(constraints.get("pattern", "")),
        key_of=keys[0]["reference"].get("resource", "") if keys else "",
        scheme=str(field.get("machidata:scheme", "")),
        term=defined(str(field.get("rdfType", ""))),
    )
