"""What a catalog says, without a format: the one model that every renderer of metadata reads.

`pipelines.describe.build` fills it from packages; DCAT is one rendering of it. Every node has an
IRI of its own, so no renderer ever needs a blank node. A text is a mapping language → words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

Text: TypeAlias = Mapping[str, str]
"""Language tag (`ja`, `en`) → words; a language that nobody wrote is absent."""


def text(ja: str = "", en: str = "") -> Text:
    """A text of the languages that are given; blank words count as absent."""
    return {tag: words for tag, words in (("ja", ja), ("en", en)) if words.strip()}


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a controlled vocabulary: its IRI, its labels and the scheme that it is in."""

    iri: str
    label: Text
    scheme: str


@dataclass(frozen=True, slots=True)
class Agent:
    """Who publishes. `identifier` is the 全国地方公共団体コード of a municipality, else empty."""

    iri: str
    name: Text
    identifier: str = ""
    kind: Concept | None = None
    homepage: str = ""


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """Whom a reader asks; `email` is a `mailto:` and `phone` a `tel:` IRI, '' when not stated."""

    iri: str
    name: Text
    email: str = ""
    url: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The time that the data speak of, first and last day inclusive; an open end is None."""

    iri: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """The area that the data speak of; `identifier` is its 全国地方公共団体コード.

    `bbox` and `centroid` are WKT, empty when not known.
    """

    iri: str
    identifier: str
    label: Text
    bbox: str = ""
    centroid: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """A stated licence. `url` is its text, `spdx` its SPDX identifier ('' when it has none),
    `ids` its name in each catalog (`ckanId` …, `vocab/licences.ttl`).
    """

    iri: str
    key: str
    title: Text
    url: str
    spdx: str = ""
    kind: Concept | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Standard:
    """A specification that data or metadata keep to."""

    iri: str
    title: Text


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document that the data were taken from; `sha256` (hexadecimal) is empty when not known.

    `extract` is there when not the whole document but this part of it was read; it has the hash.
    """

    iri: str
    title: Text
    sha256: str
    url: str = ""
    extract: SourceDocument | None = None

    @property
    def as_read(self) -> SourceDocument:
        """What was read: the extract, or the document itself."""
        return self.extract or self


@dataclass(frozen=True, slots=True)
class Run:
    """The work that made a dataset from its sources, and the software that did it (PROV-O)."""

    iri: str
    label: Text
    software: str
    software_name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with an IRI: a rights or a provenance statement."""

    iri: str
    label: Text


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A file format: the EU concept, the IANA media type and its IRI, the name people use."""

    name: str
    concept: Concept
    media_type: str
    media_iri: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `kind` is a Table Schema type, `meaning` its rdfType; `words` are the
    only values allowed, `least` and `most` its bounds as written; all of them '' or () if unstated.
    """

    name: str
    title: Text
    description: Text
    kind: str
    physical_name: str = ""
    meaning: str = ""
    required: bool = False
    unique: bool = False
    pattern: str = ""
    words: tuple[str, ...] = ()
    least: str = ""
    most: str = ""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values stand in other columns; `table` is a slug (its own for a tree)."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableShape:
    """What a table file holds: its columns in order, its keys, the words for nothing."""

    columns: tuple[Column, ...] = ()
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    missing: tuple[str, ...] = ("",)
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a dataset. `size` in bytes, `sha256` hexadecimal, `rows` without the header;
    `path` is relative to the package, `access_url` the page that shows the file.
    """

    iri: str
    slug: str
    path: str
    title: Text
    description: Text
    access_url: str
    download_url: str
    format: FileFormat
    size: int
    sha256: str
    rows: int
    issued: date
    modified: date
    conforms_to: tuple[Standard, ...]
    rights: Statement
    licence: Licence | None = None
    shape: TableShape = TableShape()


@dataclass(frozen=True, slots=True)
class Series:
    """Editions of one thing, such as the yearly tables of a plan (dcat:DatasetSeries).

    `first` and `last` are IRIs of datasets of this catalog, by the order of their editions.
    """

    iri: str
    identifier: str
    title: Text
    description: Text
    publisher: Agent
    contact: ContactPoint | None
    frequency: Concept | None
    themes: tuple[Concept, ...]
    places: tuple[Place, ...]
    period: Period | None
    issued: date
    modified: date
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A dataset's place in its series: the series' IRI and name, which edition this is, what the
    series is called there, and the IRI of the edition before it ('' for the first).
    """

    series: str
    name: str
    label: str
    title: Text
    description: Text = field(default_factory=dict)
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One package. `cube` is the address of its observations as RDF, '' when there are none."""

    iri: str
    identifier: str
    title: Text
    description: Text
    publisher: Agent
    contact: ContactPoint | None
    keywords: tuple[str, ...]
    themes: tuple[Concept, ...]
    frequency: Concept | None
    place: Place
    period: Period | None
    conforms_to: tuple[Standard, ...]
    landing_page: str
    version: str
    issued: date
    modified: date
    provenance: Statement
    sources: tuple[SourceDocument, ...]
    distributions: tuple[Distribution, ...]
    rights: Statement
    licence: Licence | None = None
    subtitle: Text = field(default_factory=dict)
    version_notes: Text = field(default_factory=dict)
    run: Run | None = None
    edition: Edition | None = None
    cube: str = ""


@dataclass(frozen=True, slots=True)
class CatalogInfo:
    """What the operator says of the catalog.

    `publisher_type` is a local name of ADMS publisher types 1.0 (`LocalAuthority`,
    `RegionalAuthority` …), empty when none is stated.
    """

    title: str = "まちデータ カタログ"
    title_en: str = "Machidata catalog"
    description: str = "自治体の計画・指標・進捗を、出どころの分かる表にして公開するカタログです。"
    description_en: str = (
        "Plans, indicators and progress of municipalities, as tables traceable to the print."
    )
    publisher: str = "まちデータ"
    publisher_en: str = "Machidata"
    publisher_type: str = ""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All datasets.

    `issued` and `modified` come from the packages' stated dates, never a clock; `licence` is there
    only when all datasets state the same one.
    """

    iri: str
    title: Text
    description: Text
    publisher: Agent
    homepage: str
    issued: date | None
    modified: date | None
    licence: Licence | None
    places: tuple[Place, ...] = ()
    theme_schemes: tuple[tuple[str, Text], ...] = ()
    datasets: tuple[Dataset, ...] = ()
    series: tuple[Series, ...] = ()
