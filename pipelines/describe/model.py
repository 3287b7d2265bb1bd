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
    """Whom a reader asks; `email` without `mailto:`."""

    iri: str
    name: Text
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The time that the data speak of, first and last day inclusive; an open end is None."""

    iri: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """The area that the data speak of. `bbox` and `centroid` are WKT, empty when not known."""

    iri: str
    identifier: str
    label: Text
    bbox: str = ""
    centroid: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """A stated licence. `url` is its text, `spdx` its SPDX identifier ('' when it has none)."""

    iri: str
    key: str
    title: Text
    url: str
    spdx: str = ""
    kind: Concept | None = None


@dataclass(frozen=True, slots=True)
class Standard:
    """A specification that data or metadata keep to."""

    iri: str
    title: Text


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document that the data were taken from; `sha256` (hexadecimal) is empty when not known."""

    iri: str
    title: Text
    sha256: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with an IRI: a rights or a provenance statement."""

    iri: str
    label: Text


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a dataset. `size` in bytes, `sha256` hexadecimal, `rows` without the header."""

    iri: str
    slug: str
    title: Text
    description: Text
    access_url: str
    download_url: str
    size: int
    sha256: str
    rows: int
    issued: date
    modified: date
    conforms_to: Standard
    rights: Statement
    licence: Licence | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """One package."""

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
    licence: Licence | None = None


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
    datasets: tuple[Dataset, ...] = field(default_factory=tuple)
