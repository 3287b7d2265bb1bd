"""What an importer of the list would lose, told before the list is published.

Pure functions of rows, so that they speak of any list: the one that was just made, and the one
that it replaces.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from pipelines.describe.listed import withdrawn_name
from pipelines.findings import FindingKind
from pipelines.findings import opendata_list as kinds
from pipelines.model import Finding
from pipelines.opendata_rows import (
    ADDRESS,
    DATASET,
    FILE,
    FILE_MODIFIED,
    FORMAT,
    HEAD,
    LICENCE,
    MODIFIED,
    STATUS,
    STOPPED,
    TITLE,
    ListRow,
    bare,
)

TABLE = "opendata-list"
"""What a finding of the list names as its table."""


def list_findings(
    rows: Sequence[ListRow], before: Sequence[ListRow], licences: Collection[str]
) -> tuple[Finding, ...]:
    """The traps in a list that is to replace `before`. `licences` are the words for
    ファイル_ライセンス that SHIRASAGI is known to know (`shirasagiId` of `vocab/licences.ttl`).
    """
    return (
        *_withdrawn(rows, before),
        *_moved(rows, before),
        *_same_dates(rows, before),
        *_within(rows),
        *_files(rows, licences),
    )


def _at(
    kind: type[FindingKind], row: ListRow, found: str, expected: str = "", **words: str
) -> Finding:
    return kind.at(
        table=TABLE,
        row_id=row[DATASET],
        place=row[FILE],
        found=found,
        expected=expected,
        file=row[FILE],
        **words,
    )


def _withdrawn(rows: Sequence[ListRow], before: Sequence[ListRow]) -> Iterator[Finding]:
    """Each withdrawn dataset once, each withdrawn table of a living dataset once."""
    was = _stopped(before)
    for name, row in _stopped(rows).items():
        kind = kinds.ListStaysWithdrawn if name in was else kinds.ListWithdrawn
        yield _at(kind, row, name)


def _stopped(rows: Sequence[ListRow]) -> dict[str, ListRow]:
    """What `--forget` calls each stopped dataset or table → its first row."""
    live = {bare(row[DATASET]) for row in rows if row[STATUS] != STOPPED}
    found: dict[str, ListRow] = {}
    for row in rows:
        if row[STATUS] == STOPPED:
            found.setdefault(withdrawn_name(row, live), row)
    return found


def _moved(rows: Sequence[ListRow], before: Sequence[ListRow]) -> Iterator[Finding]:
    stood = {_file(row): row[ADDRESS] for row in before}
    for row in rows:
        expected = stood.get(_file(row), row[ADDRESS])
        if expected != row[ADDRESS]:
            yield _at(kinds.ListAddress, row, row[ADDRESS], expected)


def _file(row: ListRow) -> tuple[str, str]:
    return bare(row[DATASET]), row[FILE]


def _same_dates(rows: Sequence[ListRow], before: Sequence[ListRow]) -> Iterator[Finding]:
    """Datasets that differ from the list before under the date that they had there.

    The first finding of a dataset names the columns; rows of stopped files are no news of its own.
    """
    stood = {_file(row): row for row in before if row[STATUS] != STOPPED}
    changed: dict[str, set[str]] = {}
    first: dict[str, ListRow] = {}
    for row in rows:
        old = stood.get(_file(row))
        columns = _differing(old, row) if old and row[STATUS] != STOPPED else set()
        if columns:
            first.setdefault(bare(row[DATASET]), row)
            changed.setdefault(bare(row[DATASET]), set()).update(columns)
    for key, row in first.items():
        named = "、".join(sorted(changed[key], key=list(row).index))
        yield _at(kinds.ListDateSame, row, row[MODIFIED], columns=named)


def _differing(old: ListRow, row: ListRow) -> set[str]:
    """The columns that an unchanged date hides: the dataset's by its date, the file's by its own.

    A changed address is a finding of its own; to the importer that file is new in all its columns.
    """
    dates = dict.fromkeys(HEAD, MODIFIED)
    if old[ADDRESS] == row[ADDRESS]:
        dates |= {name: FILE_MODIFIED for name in row if name not in HEAD}
    return {name for name, day in dates.items() if old[name] != row[name] and old[day] == row[day]}


def _within(rows: Sequence[ListRow]) -> Iterator[Finding]:
    """What must be one in a list: ids and titles without white space, addresses, dates."""
    heads = {row[DATASET]: row for row in reversed(rows)}
    ids: dict[str, str] = {}
    titles: dict[str, str] = {}
    for name, row in sorted(heads.items()):
        if not bare(name) or ids.setdefault(bare(name), name) != name:
            yield _at(kinds.ListIdSame, row, name)
        other = titles.setdefault(bare(row[TITLE]), name)
        if bare(other) != bare(name):
            yield _at(kinds.ListTitleSame, row, row[TITLE], other)
        if not row[MODIFIED]:
            yield _at(kinds.ListDateMissing, row, "")
    seen: set[str] = set()
    for row in rows:
        if row[ADDRESS] in seen:
            yield _at(kinds.ListAddressSame, row, row[ADDRESS])
        seen.add(row[ADDRESS])


def _files(rows: Sequence[ListRow], licences: Collection[str]) -> Iterator[Finding]:
    """Licences once for each dataset, formats once for each file."""
    told: set[tuple[str, str]] = set()
    for row in rows:
        licence = (row[DATASET], row[LICENCE])
        if row[LICENCE] not in licences and licence not in told:
            told.add(licence)
            yield _at(kinds.ListLicence, row, row[LICENCE])
        extension = _extension(row)
        if row[FORMAT].lower() != extension:
            yield _at(kinds.ListFormat, row, row[FORMAT], extension)


def _extension(row: Mapping[str, str]) -> str:
    """What the importer takes for the format when it does not read the column: html if nothing."""
    try:
        path = urlsplit(row[ADDRESS]).path
    except ValueError:
        path = ""
    return PurePosixPath(path).suffix.removeprefix(".").lower() or "html"
