"""What is said of a row and its values; terminal and JSON are renderings of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleSaid:
    """A rule of `vocab/rules.ttl` in both languages; an undeclared one has its name alone."""

    name: str
    ja: str = ""
    en: str = ""
    meaning: str = ""
    meaning_en: str = ""


@dataclass(frozen=True, slots=True)
class SourceSaid:
    """The source that is shown.

    `name` cites what was opened (an extract says so), `sha256` is its hash and `stated` the one in
    the data. `kind` says how the two relate: `same`; `extract` where the data were read from the
    committed extract of this document, or this is the extract of the document that they were read
    from; `changed` where it is another text than the data were read from.
    """

    key: str
    title: str
    title_en: str
    name: str
    sha256: str
    stated: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A printed line: its number, and the texts of shown cells by column (0: a line of text)."""

    line: int
    cells: tuple[tuple[int, str], ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """A printed cell among its neighbours; `line` and `column` are the marked cell (column 0: the
    whole line). `text` is the whole cell as printed.
    """

    line: int
    column: int
    text: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A value: where it stands, what is printed there, and the rules that made the value of it.

    `around` is None where the place is not in the source that is shown; `there` says whether the
    text that the data quote stands at the place.
    """

    column: str
    title: str
    value: str
    place: str = ""
    printed: str = ""
    rules: tuple[RuleSaid, ...] = ()
    source: SourceSaid | None = None
    around: Around | None = None
    there: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """A row, or one column of it (`column`, '' for all); `built` is false where no data were
    committed yet and the sources were read for this.
    """

    package: str
    table: str
    label: str
    label_en: str
    row_id: str
    column: str
    values: tuple[Explained, ...]
    built: bool
