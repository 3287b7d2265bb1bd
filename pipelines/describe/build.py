"""Packages → the catalog model. Says only what a package states or contains."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from pipelines.describe import terms
from pipelines.describe.columns import standards, table_shape
from pipelines.describe.editions import series_of
from pipelines.describe.iris import (
    Names,
    mail_address,
    phone_address,
    segment,
    web_address,
)
from pipelines.describe.model import (
    Agent,
    Catalog,
    CatalogInfo,
    ContactPoint,
    Dataset,
    Distribution,
    Edition,
    Licence,
    Period,
    Standard,
    Statement,
    Text,
    text,
)
from pipelines.describe.places import place_of
from pipelines.describe.sources import provenance, run, source_documents
from pipelines.model import Declaration, Package, Resource
from pipelines.vocabulary import VOCAB_BASE, scheme

CUBE = "metadata/cube.ttl"
"""Where a package's data cube stands in it."""


def build_catalog(
    packages: Sequence[Package],
    names: Names,
    info: CatalogInfo,
    kept: Sequence[Dataset] = (),
    cubes: Collection[str] = (),
) -> Catalog:
    """The catalog over `packages` and the datasets that stay, in the order of their names.

    `cubes` are the names of the packages whose observations are there as RDF too.

    Raises MachidataError `frequency-unknown`, `theme-unknown` or `licence-unknown` when a package
    states what the vocabulary does not know; `edition-repeated`, `series-of-another`.
    """
    every = [*(build_dataset(package, names, cubes) for package in packages), *kept]
    series, datasets = series_of(sorted(every, key=lambda one: one.identifier), names)
    licence = datasets[0].licence if datasets else None
    agreed = all(dataset.licence == licence for dataset in datasets)
    places = {dataset.place.iri: dataset.place for dataset in datasets}
    return Catalog(
        iri=names.at("catalog"),
        title=text(info.title, info.title_en),
        description=text(info.description, info.description_en),
        publisher=Agent(
            iri=names.at("publisher"),
            name=text(info.publisher, info.publisher_en),
            kind=terms.publisher_type(info.publisher_type),
            homepage=names.base,
        ),
        homepage=names.base,
        issued=min((dataset.issued for dataset in datasets), default=None),
        modified=max((dataset.modified for dataset in datasets), default=None),
        licence=licence if agreed else None,
        places=tuple(places[iri] for iri in sorted(places)),
        theme_schemes=(terms.DATA_THEMES, terms.FIELDS),
        datasets=datasets,
        series=series,
    )


def build_dataset(package: Package, names: Names, cubes: Collection[str] = ()) -> Dataset:
    """One package as a dataset. Raises as `build_catalog` does."""
    declared = package.declaration
    iri = names.at("dataset", declared.name)
    licence = terms.licence(declared.licence, declared.name)
    rights = _rights(names, licence)
    sources = source_documents(package, iri, names)
    return Dataset(
        iri=iri,
        identifier=declared.name,
        title=text(declared.title, declared.title_en),
        subtitle=text(declared.subtitle, declared.subtitle_en),
        description=_description(package),
        publisher=_publisher(package, names),
        contact=_contact(declared, names.fragment(iri, "contact")),
        keywords=tuple(sorted(set(declared.keywords))),
        themes=terms.themes(declared.themes, declared.name),
        frequency=terms.frequency(declared.frequency, declared.name),
        place=place_of(package, names),
        period=_period(package, names.fragment(iri, "period")),
        conforms_to=(terms.DATA_PACKAGE,),
        landing_page=names.file(declared.name, "index.html"),
        version=declared.version,
        version_notes=text(declared.version_notes, declared.version_notes_en),
        issued=declared.issued,
        modified=declared.modified,
        provenance=provenance(names.fragment(iri, "provenance"), sources),
        sources=sources,
        run=run(names.fragment(iri, "run"), sources),
        distributions=_distributions(package, names, licence, rights),
        rights=rights,
        licence=licence,
        edition=_edition(declared, names),
        cube=names.file(declared.name, CUBE) if declared.name in cubes else "",
    )


def _description(package: Package) -> Text:
    """The stated description; where none is stated, the title (DCAT-AP needs one)."""
    declared = package.declaration
    stated = text(declared.description, declared.description_en)
    return stated or text(declared.title, declared.title_en)


def _publisher(package: Package, names: Names) -> Agent:
    town = package.municipality
    return Agent(
        iri=names.at("organization", town.code),
        name=text(town.full_name),
        identifier=town.code,
        kind=terms.publisher_type("LocalAuthority"),
        homepage=web_address(package.declaration.publisher_url),
    )


def _contact(declared: Declaration, iri: str) -> ContactPoint | None:
    stated = declared.contact
    name = text(stated.name, stated.name_en)
    if not name:
        return None
    ways = mail_address(stated.email), web_address(stated.url), phone_address(stated.phone)
    return ContactPoint(iri, name, *ways)


def _edition(declared: Declaration, names: Names) -> Edition | None:
    part = declared.series
    if part is None:
        return None
    return Edition(
        series=names.at("series", part.name),
        name=part.name,
        label=part.edition,
        title=text(part.title, part.title_en),
        description=text(part.description, part.description_en),
    )


def _period(package: Package, iri: str) -> Period | None:
    """From the first to the last fiscal year of the plans: 1 April to 31 March.

    A fiscal year of a municipality is that of 地方自治法 第208条. The stated period of the
    declaration (ISO dates) goes before the plans' years; where no plan states one, the years that
    the rows are about are the period.
    """
    start, end = (_day(stated) for stated in package.declaration.period)
    first, last = _years(package, "plan", "開始年度"), _years(package, "plan", "終了年度")
    if not (first or last):
        first = last = [
            year
            for slug in ("observation", "status", "activity", "measurement")
            for year in _years(package, slug, "年度")
        ]
    start = start or (date(min(first), 4, 1) if first else None)
    end = end or (date(max(last) + 1, 3, 31) if last else None)
    return Period(iri, start, end) if start or end else None


def _years(package: Package, slug: str, column: str) -> list[int]:
    stated = (row.get(column) for row in package.tables.rows(slug))
    return [year for year in stated if isinstance(year, int)]


def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated) if stated else None
    except ValueError:
        return None


def _rights(names: Names, licence: Licence | None) -> Statement:
    if licence is None:
        return Statement(
            names.at("rights", "undetermined"),
            text(
                "ライセンス未定。利用の条件は発行者に確かめてください。",
                "No licence has been stated; ask the publisher about the conditions of use.",
            ),
        )
    ja, en = licence.title.get("ja", licence.key), licence.title.get("en", licence.key)
    return Statement(
        names.at("rights", licence.key),
        text(f"利用の条件: {ja}", f"Conditions of use: {en}"),
    )


def _distributions(
    package: Package, names: Names, licence: Licence | None, rights: Statement
) -> tuple[Distribution, ...]:
    schemas = _schemas(package.descriptor)
    return tuple(
        _distribution(package, resource, names, schemas.get(resource.slug, {}), (licence, rights))
        for resource in package.resources
    )


def _schemas(descriptor: Mapping[str, object]) -> dict[str, Mapping[str, Any]]:
    """Slug → the Table Schema that the descriptor holds."""
    written = descriptor.get("resources")
    entries = written if isinstance(written, (list, tuple)) else ()
    return {str(entry["name"]): entry.get("schema", {}) for entry in entries}


def _distribution(
    package: Package,
    resource: Resource,
    names: Names,
    schema: Mapping[str, Any],
    terms_of_use: tuple[Licence | None, Statement],
) -> Distribution:
    declared = package.declaration
    kind, meaning = table_words(resource.slug)
    titles = {
        tag: f"{declared_title} – {kind.get(tag, resource.slug)}"
        for tag, declared_title in text(declared.title, declared.title_en).items()
    }
    return Distribution(
        iri=names.at("dataset", declared.name, resource.slug),
        slug=resource.slug,
        path=resource.path,
        title=titles,
        description=text(
            f"{meaning.get('ja', '')}{resource.rows:,} 行。UTF-8（BOM付き）のCSV。",
            f"{meaning.get('en', '')} Rows: {resource.rows:,}. CSV in UTF-8 with BOM.".strip(),
        ),
        access_url=names.file(declared.name, f"{resource.slug}.html"),
        download_url=names.file(declared.name, resource.path),
        format=terms.CSV,
        size=len(resource.data),
        sha256=resource.sha256,
        rows=resource.rows,
        issued=declared.issued,
        modified=declared.modified,
        conforms_to=(_schema_standard(resource.slug, kind), terms.CSV_RULES, *standards(schema)),
        rights=terms_of_use[1],
        licence=terms_of_use[0],
        shape=table_shape(schema),
    )


def _schema_standard(slug: str, kind: Text) -> Standard:
    return Standard(
        f"{VOCAB_BASE}schemas/{segment(slug)}.json",
        text(f"表スキーマ: {kind.get('ja', slug)}", f"Table Schema: {kind.get('en', slug)}"),
    )


def table_words(slug: str) -> tuple[Text, Text]:
    """(name, meaning of a row) of a tidy table by `vocab/tables.ttl`; empty for another table."""
    try:
        concept = scheme("tables").get(slug)
    except KeyError:
        return {}, {}
    meaning = text(concept.first("rowMeaning"), concept.first("rowMeaningEn"))
    return text(concept.ja, concept.en), meaning
