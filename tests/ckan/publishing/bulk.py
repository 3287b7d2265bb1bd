"""Edits of wanted datasets without documents: quick enough for many publications."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from pipelines import line
from pipelines.catalogs.publishing import Prepared, apply
from pipelines.catalogs.session import Session
from pipelines.catalogs.wanting import wanted_of
from pipelines.publish.applying.running import Applied
from pipelines.publish.applying.verifying import Difference
from pipelines.publish.applying.whole import verify_all
from pipelines.publish.planning.catalog import Asked, plan_catalog
from pipelines.publish.planning.fields import Policy
from pipelines.publish.planning.reading import Setting
from pipelines.publish.planning.wanted import Wanted, WantedFile
from tests.ckan.publishing.desk import BASE, ONE, Desk

SMALL = ("initiative", "observation")
"""Two tables are enough for most: one with texts, one with numbers."""


def first(desk: Desk, session: Session, *keys: str) -> Wanted:
    """The package as it would be published, with these tables only."""
    package = line.described(line.build_package(desk.root / "datapackages" / ONE), BASE)
    wanted = wanted_of(session, [package], BASE)[0]
    kept = tuple(one for one in wanted.files if one.key in (keys or SMALL))
    return replace(wanted, files=kept)


def planned(session: Session, wanted: Sequence[Wanted], policy: Policy = "ask") -> Prepared:
    """The plan for wanted datasets, as `publishing.prepare` makes it for packages."""
    catalog = session.catalog
    site = session.status.site_url.rstrip("/") or catalog.url
    setting = Setting(session.ckan, site, session.status.has_datastore, policy)
    records = session.records()
    what = Asked(catalog.name, catalog.url, BASE)
    plan, found = plan_catalog(what, setting, session.status, wanted, records)
    blobs = {one.package: {f.sha256: f.data for f in one.files if f.data} for one in wanted}
    return Prepared(plan, found, records, blobs)


def publish(session: Session, wanted: Wanted, policy: Policy = "ask") -> tuple[Prepared, Applied]:
    """Plan and apply; nothing may go wrong."""
    prepared = planned(session, [wanted], policy)
    applied = apply(session, prepared)
    errors = [one.error for one in applied.outcomes if one.error]
    if errors:
        raise errors[0]
    return prepared, applied


def differences(
    session: Session, wanted: Wanted, prepared: Prepared | None = None
) -> list[Difference]:
    """What `machidata verify` would say; with the plan that was made just now, if there is one."""
    prepared = prepared or planned(session, [wanted])
    return verify_all(session.site, prepared.planned, prepared.blobs)


def rows_of(file: WantedFile) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a table."""
    text = (file.data or b"").decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return header, rows


def with_rows(file: WantedFile, header: list[str], rows: list[list[str]]) -> WantedFile:
    """The file with other rows."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([header, *rows])
    data = out.getvalue().encode("utf-8-sig")
    sha256 = hashlib.sha256(data).hexdigest()
    fields = {**file.fields, "hash": sha256, "size": len(data)}
    return replace(file, data=data, sha256=sha256, fields=fields)


def with_value(wanted: Wanted, key: str, value: str, column: str = "名称", row: int = 0) -> Wanted:
    """The dataset with one other value in a table."""
    file = next((one for one in wanted.files if one.key == key), None)
    assert file
    header, rows = rows_of(file)
    rows[row][header.index(column)] = value
    return with_file(wanted, with_rows(file, header, rows))


def with_file(wanted: Wanted, file: WantedFile) -> Wanted:
    """The dataset with that file in place of the one with its key, or behind all."""
    have = [one.key for one in wanted.files]
    files = tuple(file if one.key == file.key else one for one in wanted.files)
    return replace(wanted, files=files if file.key in have else (*files, file))


class Editor:
    """Random edits of a wanted dataset, the same for the same seed."""

    def __init__(self, wanted: Wanted, seed: int) -> None:
        self.wanted = wanted
        self.random = random.Random(seed)  # noqa: S311 - a repeatable test, no secret
        self.away: list[WantedFile] = []
        self.number = 0

    def edit(self) -> str:
        """One edit; says which."""
        self.number += 1
        edits: list[Callable[[], None]] = [
            *[self.value] * 4,
            *[self.title, self.extra, self.new_row, self.lost_row, self.new_column],
            *[self.goes, self.comes, self.reorder, self.new_file, self.file_title],
        ]
        chosen = self.random.choice(edits)
        chosen()
        return chosen.__name__

    def _any(self) -> WantedFile:
        return self.random.choice(self.wanted.files)

    def _put(self, file: WantedFile) -> None:
        self.wanted = with_file(self.wanted, file)

    def value(self) -> None:
        """One cell is another."""
        file = self._any()
        header, rows = rows_of(file)
        if rows:
            place = header.index("地方公共団体名")
            self.random.choice(rows)[place] = f"<b>町</b> {self.number}"
        self._put(with_rows(file, header, rows))

    def title(self) -> None:
        """The dataset has another title."""
        title = f"計画 {self.number}"
        self.wanted = replace(
            self.wanted, title=title, fields={**self.wanted.fields, "title": title}
        )

    def extra(self) -> None:
        """A field of our own comes, changes or goes."""
        fields = dict(self.wanted.fields)
        if fields.pop("extras.試験", None) is None or self.random.random() < 0.5:
            fields["extras.試験"] = f"値 {self.number}"
        self.wanted = replace(self.wanted, fields=fields)

    def new_row(self) -> None:
        """A row more."""
        file = self._any()
        header, rows = rows_of(file)
        row = list(rows[0]) if rows else [""] * len(header)
        row[header.index("ID")] = f"new-{self.number}"
        rows.insert(self.random.randint(0, len(rows)), row)
        self._put(with_rows(file, header, rows))

    def lost_row(self) -> None:
        """A row less."""
        file = self._any()
        header, rows = rows_of(file)
        if len(rows) > 1:
            del rows[self.random.randrange(len(rows))]
        self._put(with_rows(file, header, rows))

    def new_column(self) -> None:
        """A column more, at the end."""
        file = self._any()
        header, rows = rows_of(file)
        name = f"列{self.number}"
        schema: dict[str, Any] = dict(file.schema or {})
        schema["fields"] = [*schema["fields"], {"name": name, "type": "integer", "title": "new"}]
        rows = [[*row, str(place)] for place, row in enumerate(rows)]
        made = with_rows(file, [*header, name], rows)
        self._put(replace(made, schema=schema, fields={**made.fields, "schema": schema}))

    def goes(self) -> None:
        """A table is no longer there."""
        if len(self.wanted.files) > 1:
            file = self._any()
            self.away.append(file)
            left = tuple(one for one in self.wanted.files if one.key != file.key)
            self.wanted = replace(self.wanted, files=left)

    def comes(self) -> None:
        """A table that went is back."""
        if self.away:
            self._put(self.away.pop(0))

    def reorder(self) -> None:
        """The tables in another order."""
        files = list(self.wanted.files)
        self.random.shuffle(files)
        self.wanted = replace(self.wanted, files=tuple(files))

    def new_file(self) -> None:
        """A table that was never there."""
        if len(self.wanted.files) + len(self.away) > 4:
            return
        file = self._any()
        key = f"more-{self.number}"
        iri = f"{self.wanted.iri}/{key}"
        fields = {**file.fields, "uri": iri, "identifier": key}
        self._put(replace(file, key=key, iri=iri, name=f"{key}.csv", fields=fields))

    def file_title(self) -> None:
        """A table has another title."""
        file = self._any()
        self._put(replace(file, fields={**file.fields, "name": f"表 {self.number}"}))
