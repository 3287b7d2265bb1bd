"""schema.org for search engines: a dataset for its page, the catalog for the list of packages.

Google's guidance for datasets wants texts, not language maps, and shows one `name`; its validator
takes an array or an object with a language for a fault. So the texts of the page's own language,
Japanese, are `name`, and the others `alternateName`; a `description` (50 to 5,000 characters) has
both languages, one paragraph each, and the names of the tables when it would be too short. What
nobody stated is absent: no licence is assumed. The IRIs are those of the DCAT catalog.
"""

from __future__ import annotations

from collections.abc import Collection

from pipelines.describe.forms.json_file import Json, in_one, json_file, others, stated
from pipelines.describe.forms.schema_things import (
    agent,
    interval,
    place,
    source,
    variable,
)
from pipelines.describe.model import Catalog, Concept, Dataset, Distribution, Series, Text

_CONTEXT = "https://schema.org/"
_SHORTEST, _LONGEST = 50, 5000


def schema_org(dataset: Dataset, catalog: Catalog) -> bytes:
    """The dataset of a package page."""
    numbers = {
        (column.name, column.meaning): column
        for file in dataset.distributions
        for column in file.shape.columns
        if column.kind in {"number", "integer"}
    }
    content = {
        "@context": _CONTEXT,
        **_summary(dataset),
        "alternateName": [*others(dataset.title), *dataset.subtitle.values()],
        "identifier": dataset.identifier,
        "version": dataset.version,
        "dateModified": dataset.modified.isoformat(),
        "inLanguage": "ja",
        "keywords": list(dataset.keywords),
        "about": [_theme(theme) for theme in dataset.themes],
        "isAccessibleForFree": True,
        "creator": agent(dataset.publisher, dataset.contact),
        "publisher": agent(dataset.publisher),
        "spatialCoverage": place(dataset.place),
        "temporalCoverage": interval(dataset.period),
        "variableMeasured": [variable(column) for column in numbers.values()],
        "isBasedOn": [source(one) for one in dataset.sources],
        "isPartOf": _series(dataset, catalog),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "@id": catalog.iri,
            "name": in_one(catalog.title),
            "url": catalog.homepage,
        },
        "distribution": [_download(file) for file in dataset.distributions],
    }
    return json_file(stated(content))


def data_catalog(catalog: Catalog) -> bytes:
    """The catalog of the index page, its datasets in short."""
    content = {
        "@context": _CONTEXT,
        "@type": "DataCatalog",
        "@id": catalog.iri,
        "name": in_one(catalog.title),
        "alternateName": others(catalog.title),
        "description": "\n\n".join(catalog.description.values()),
        "url": catalog.homepage,
        "inLanguage": ["ja", "en"],
        "publisher": agent(catalog.publisher),
        "license": catalog.licence.url if catalog.licence else "",
        "datePublished": catalog.issued.isoformat() if catalog.issued else "",
        "dateModified": catalog.modified.isoformat() if catalog.modified else "",
        "spatialCoverage": [place(one) for one in catalog.places],
        "dataset": [_entry(dataset) for dataset in catalog.datasets],
    }
    return json_file(stated(content))


def _summary(dataset: Dataset) -> Json:
    return {
        "@type": "Dataset",
        "@id": dataset.iri,
        "name": in_one(dataset.title),
        "description": description(dataset),
        "url": dataset.landing_page,
        "license": dataset.licence.url if dataset.licence else "",
        "datePublished": dataset.issued.isoformat(),
    }


def _entry(dataset: Dataset) -> Json:
    entry = {
        **_summary(dataset),
        "alternateName": others(dataset.title),
        "identifier": dataset.identifier,
        "dateModified": dataset.modified.isoformat(),
        "creator": agent(dataset.publisher),
    }
    return stated(entry)


def description(dataset: Dataset) -> str:
    """Both languages, and the tables when that is fewer than 50 characters; at most 5,000."""
    paragraphs = list(dataset.description.values())
    if len("\n\n".join(paragraphs)) < _SHORTEST:
        paragraphs += [_tables(dataset.title, dataset.distributions)]
    return "\n\n".join(paragraphs)[:_LONGEST]


def _tables(title: Text, files: Collection[Distribution]) -> str:
    whole = in_one(title)
    names = [in_one(file.title).removeprefix(f"{whole} – ") for file in files]
    return f"{whole}。収録した表: {'、'.join(names)}。CSV（UTF-8、BOM付き）で公開。"


def _theme(theme: Concept) -> Json:
    return stated(
        {
            "@type": "DefinedTerm",
            "@id": theme.iri,
            "name": in_one(theme.label),
            "inDefinedTermSet": theme.scheme,
        }
    )


def _series(dataset: Dataset, catalog: Catalog) -> Json:
    """The series that the dataset is an edition of."""
    if dataset.edition is None:
        return {}
    known: dict[str, Series] = {series.iri: series for series in catalog.series}
    series = known.get(dataset.edition.series)
    about = {
        "@type": "CreativeWorkSeries",
        "@id": dataset.edition.series,
        "name": in_one(series.title) if series else "",
        "alternateName": others(series.title) if series else [],
        "description": "\n\n".join(series.description.values()) if series else "",
    }
    return stated(about)


def _download(file: Distribution) -> Json:
    return stated(
        {
            "@type": "DataDownload",
            "@id": file.iri,
            "name": in_one(file.title),
            "alternateName": others(file.title),
            "description": in_one(file.description),
            "url": file.access_url,
            "contentUrl": file.download_url,
            "encodingFormat": file.format.media_type,
            "contentSize": f"{file.size} B",
            "sha256": file.sha256,
            "dateModified": file.modified.isoformat(),
        }
    )
