"""The nouns that travel between the stages.

A stage takes some of these and gives others; no stage knows another. All of them are immutable
once built, except `Table` and `Tables`, which the tidy stage fills row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from pipelines.declared import Acceptance as Acceptance  # noqa: PLC0414 - nouns like the others
from pipelines.declared import Contact as Contact  # noqa: PLC0414
from pipelines.declared import Correction as Correction  # noqa: PLC0414
from pipelines.declared import Declaration as Declaration  # noqa: PLC0414
from pipelines.declared import SeriesPart as SeriesPart  # noqa: PLC0414
from pipelines.declared import Source as Source  # noqa: PLC0414

Value: TypeAlias = str | int | Decimal | None
"""A value of a tidy table: text, a whole number (a fiscal year), a plain decimal, or nothing."""

Row: TypeAlias = dict[str, Value]
"""One row of a tidy table; the keys are the Japanese column names of the Table Schema."""

Severity: TypeAlias = Literal["誤り", "警告", "情報"]
"""誤り stops the publishing of the package it is found in; 警告 and 情報 do not."""

BlockKind: TypeAlias = Literal["heading", "paragraph", "item", "footnote"]

OMITTED = "〔略〕"
"""Stands in an extract where prose of the document was left out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: a source (SHA-256 of its bytes, hexadecimal), a line and a cell.

    `line` and `column` count from 1; `column` is the cell's position in its line (0 for a line
    that is no table row). `sheet` and `page` serve other document formats.
    """

    source: str
    line: int
    column: int = 0
    sheet: str = ""
    page: int = 0

    def __str__(self) -> str:
        return f"L{self.line}:C{self.column}" if self.column else f"L{self.line}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell.

    `raw` is the cell exactly as the document holds it, `text` the same without mark-up and on one
    line, `lines` its paragraphs or list items (one element when the cell has no inner structure,
    none when it is empty). `printed` is the text before a correction of `package.yaml`, '' when
    there is none.
    """

    text: str
    place: Place
    raw: str
    lines: tuple[str, ...]
    printed: str = ""

    @property
    def as_printed(self) -> str:
        """The text that the document prints, whatever was corrected."""
        return self.printed or self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A printed table: its rows as printed (ragged rows stay ragged), without separator lines.

    `kind` is `tab` or `pipe` (or what another reader calls its tables); `header_rows` counts the
    rows above a Markdown separator line (0 when the document marks none).
    """

    rows: tuple[tuple[Cell, ...], ...]
    kind: str
    header_rows: int = 0

    @property
    def width(self) -> int:
        """Cells in the longest row."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or footnote; `marker` is the footnote's mark, `printed` the
    text before a correction of `package.yaml` ('' when there is none).
    """

    kind: BlockKind
    text: str
    place: Place
    level: int = 0
    marker: str = ""
    printed: str = ""

    @property
    def as_printed(self) -> str:
        """The text that the document prints, whatever was corrected."""
        return self.printed or self.text


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its parts in printed order. `name` is the file's name without folders,
    `findings` what a reader should know of its corrections.
    """

    name: str
    sha256: str
    encoding: str
    parts: tuple[Block | Grid, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables alone, in printed order."""
        return tuple(part for part in self.parts if isinstance(part, Grid))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text around the tables, in printed order."""
        return tuple(part for part in self.parts if isinstance(part, Block))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reader should know; the row of the table `finding` (design.md §4).

    `code` is one of `pipelines.findings`; `found` is what is printed, `expected` what should be
    there, `message` and `message_en` say it in a sentence, `fix` says what to do (Japanese),
    `fix_en` the same in English. `accepted` is the reason for which package.yaml accepts it.
    """

    code: str
    severity: Severity
    table: str = ""
    row_id: str = ""
    place: str = ""
    found: str = ""
    expected: str = ""
    message: str = ""
    message_en: str = ""
    fix: str = ""
    fix_en: str = ""
    accepted: str = ""

    @property
    def stops(self) -> bool:
        """True for an 誤り that nobody accepted: its package is not published."""
        return self.severity == "誤り" and not self.accepted


@dataclass(slots=True)
class Table:
    """A tidy table. `slug` names its schema (`vocab/schemas/{slug}.json`) and its file."""

    slug: str
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Tables:
    """All tidy tables of one package, with what the tidy stage found. Empty tables are absent."""

    code: str
    municipality: str
    plan_id: str
    tables: dict[str, Table] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def __iter__(self) -> Iterator[Table]:
        return iter(self.tables.values())

    def rows(self, slug: str) -> list[Row]:
        """The rows of a table; an empty list when the package has no such table."""
        table = self.tables.get(slug)
        return table.rows if table else []


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of 全国地方公共団体コード; `code` has six digits, the last a check digit."""

    code: str
    prefecture: str
    name: str
    kana: str = ""

    @property
    def full_name(self) -> str:
        """Prefecture and municipality, as the column 地方公共団体名 wants it."""
        return f"{self.prefecture}{self.name}"


@dataclass(frozen=True, slots=True)
class Resource:
    """A table file: name (slug), path below the package folder, its bytes and their hash."""

    slug: str
    path: str
    data: bytes
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Package:
    """A written package: the descriptor and its resources, not yet anywhere on a disk.

    `descriptor` is `datapackage.json` as a JSON-ready mapping; `files` maps paths below the
    package folder to bytes (the CSVs, `datapackage.json`, findings). `printed` are the committed
    extracts by source key, for pages that show where a value stands; never a whole document, whose
    prose must not be published by accident.
    """

    declaration: Declaration
    municipality: Municipality
    tables: Tables
    descriptor: Mapping[str, object]
    resources: tuple[Resource, ...]
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    printed: tuple[tuple[str, Document], ...] = ()

    @property
    def has_errors(self) -> bool:
        """True when a finding of severity 誤り stops the publishing of this package."""
        return any(finding.stops for finding in self.findings)


@dataclass(frozen=True, slots=True)
class PackageMetadata:
    """What the describing stage says of one package: `files` maps paths below the package's folder
    to bytes, `findings` is what a reader should know of its metadata.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def has_errors(self) -> bool:
        """True when a finding of severity 誤り stops the publishing of this package."""
        return any(finding.stops for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the describing stage renders.

    `files` maps names below the catalog's `metadata/` to bytes (`catalog.ttl` …), `packages` the
    name of each package that was described to its own; `root` has what goes to the catalog's root
    (`sitemap.xml`, `robots.txt`); `findings` are about the catalog as a whole.
    """

    files: Mapping[str, bytes]
    packages: Mapping[str, PackageMetadata] = field(default_factory=dict)
    root: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


class MachidataError(Exception):
    """An error for a person: code, where, found, expected, how to fix, in both languages.

    `exit_code` is 2 for wrong use or unusable input, 3 for something that could not be reached
    (design.md §5).
    """

    def __init__(  # noqa: PLR0913 - an error says all of this
        self,
        code: str,
        *,
        ja: str,
        en: str,
        where: str = "",
        found: str = "",
        expected: str = "",
        fix_ja: str = "",
        fix_en: str = "",
        exit_code: int = 2,
    ) -> None:
        super().__init__(f"{code}: {ja} / {en}")
        self.code = code
        self.ja = ja
        self.en = en
        self.where = where
        self.found = found
        self.expected = expected
        self.fix_ja = fix_ja
        self.fix_en = fix_en
        self.exit_code = exit_code
