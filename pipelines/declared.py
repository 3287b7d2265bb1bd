"""The nouns of `package.yaml`, what a package declares of itself; known as `pipelines.model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A finding that a person has looked at and lets stand (`accept` of package.yaml).

    It is told by its code and its place, or by the table and ID of the row that it is about; with
    `found` only as long as the finding still says that.
    """

    code: str
    reason: str
    place: str = ""
    table: str = ""
    row_id: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A source document of a package.

    `path` is the committed extract below the package folder, `document` the file name of the
    whole document (looked up in `--documents`), `title` and `url` how the document is cited.
    """

    key: str
    path: str
    document: str = ""
    title: str = ""
    title_en: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a reader of the data asks. At least one of `email` and `url` is needed by catalogs."""

    name: str
    name_en: str = ""
    email: str = ""
    url: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """The series that a package is an edition of (`series` of package.yaml).

    Packages with the same `name` are editions of one series, in the order of `edition` (a year or
    a date, compared as text); titles and descriptions are the series' own.
    """

    name: str
    edition: str
    title: str
    title_en: str = ""
    description: str = ""
    description_en: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A misprint mended on the way into the data (`corrections` of package.yaml).

    In the cell or line at `place` (`L12:C6`, `L12`) of the source, `write` replaces every `expect`,
    which must stand there; `reason` and `evidence` say why, and where the right text is seen.
    """

    source: str
    place: str
    expect: str
    write: str
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """`package.yaml` as read: what a package is. Paths are relative to `folder`.

    `name` is the folder's name (`022055-dx-plan`); it is the plan's ID too. `licence` is the SPDX
    identifier or other key of the vocabulary's licence scheme, empty when none is stated (no
    licence is ever assumed). `frequency` and `theme` are notations of their schemes. `issued` and
    `modified` are stated, never taken from a clock. `hints` are the reading hints of a source.
    """

    name: str
    folder: Path
    municipality: str
    title: str
    title_en: str
    description: str
    description_en: str
    licence: str
    frequency: str
    themes: tuple[str, ...]
    keywords: tuple[str, ...]
    contact: Contact
    sources: tuple[Source, ...]
    issued: date
    modified: date
    version: str
    publisher_url: str = ""
    spatial: str = ""
    period: tuple[str, str] = ("", "")
    subtitle: str = ""
    subtitle_en: str = ""
    version_notes: str = ""
    version_notes_en: str = ""
    series: SeriesPart | None = None
    accept: tuple[Acceptance, ...] = ()
    hints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
