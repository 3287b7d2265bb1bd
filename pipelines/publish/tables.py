"""A written CSV → the pieces of an HTML table.

The page shows the bytes that are published, not the tables in memory: what a reader sees is what
he downloads, but for the apostrophe that defuses a formula (`pipelines.neutral`). The rows are
joined here, not in the template, because a table may have some hundred thousand cells; every cell
goes through `html.escape`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias
from urllib.parse import quote

from markupsafe import Markup

from pipelines.model import Package, Resource
from pipelines.neutral import restore

PAGE_ROWS = 2000
_ANCHOR = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:-]*")
_REPEATED = frozenset({"全国地方公共団体コード", "地方公共団体名", "計画ID"})
_LONG = 10  # characters from which a cell gets a wider column
_NUMERIC = frozenset({"integer", "number"})
Whence: TypeAlias = Callable[[str, Mapping[str, str]], Mapping[str, str]]
"""Table and row as text → column → the address of the cell that a value was read from."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a shown table. `links` is true where its cells may be IDs of other rows.

    `same` is the one value of a column that says the same in every row: the page says it once above
    the table and hides the column. `empty` columns, without a value in any row, are hidden too.
    """

    name: str
    title: str
    description: str
    numeric: bool
    links: bool
    same: str = ""
    empty: bool = False

    @property
    def hidden(self) -> bool:
        """Whether the page leaves the column out of sight; the CSV always has it."""
        return self.empty or bool(self.same)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in its file: columns, and rows of cells as text."""

    slug: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def pages(self) -> int:
        """How many pages it takes; an empty table takes one."""
        return max(1, -(-len(self.rows) // PAGE_ROWS))


def page_name(slug: str, number: int) -> str:
    """The file name of a table's page; pages count from 1."""
    return f"{slug}.html" if number == 1 else f"{slug}-{number}.html"


def read_sheet(resource: Resource, descriptor: Mapping[str, object]) -> Sheet:
    """A resource's CSV with what the descriptor says of its columns."""
    text = resource.data.decode("utf-8-sig", "replace")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    header = lines[0] if lines else []
    fields = _fields(descriptor, resource.slug)
    rows = tuple(tuple(map(restore, line)) for line in lines[1:] if line)
    columns = tuple(
        _column(name, fields.get(name, {}), {row[n] for row in rows if n < len(row)})
        for n, name in enumerate(header)
    )
    return Sheet(resource.slug, columns, rows)


def _column(name: str, field: Mapping[str, object], values: set[str]) -> Column:
    return Column(
        name=name,
        title=str(field.get("title") or ""),
        description=str(field.get("description") or ""),
        numeric=field.get("type") in _NUMERIC,
        links=name.endswith("ID") and name != "ID",
        same=next(iter(values)) if name in _REPEATED and len(values) == 1 else "",
        empty=values == {""},
    )


def _fields(descriptor: Mapping[str, object], slug: str) -> dict[str, Mapping[str, object]]:
    """Field name → field of a resource's Table Schema; empty where the descriptor has none."""
    resources = descriptor.get("resources")
    for resource in resources if isinstance(resources, (list, tuple)) else ():
        if resource.get("name") == slug:
            schema = resource.get("schema") or {}
            return {str(field.get("name")): field for field in schema.get("fields", ())}
    return {}


def read_sheets(package: Package) -> list[Sheet]:
    """All tables of a package, in the order of its descriptor."""
    return [read_sheet(resource, package.descriptor) for resource in package.resources]


def row_addresses(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Row ID → `page.html#id`, relative to the package's folder. The first table wins an ID."""
    found: dict[str, str] = {}
    for sheet in sheets:
        key = _id_column(sheet)
        for index, row in enumerate(sheet.rows):
            row_id = row[key] if key is not None and key < len(row) else ""
            if row_id not in found and _ANCHOR.fullmatch(row_id):
                page = page_name(sheet.slug, index // PAGE_ROWS + 1)
                found[row_id] = f"{page}#{quote(row_id)}"
    return found


def _id_column(sheet: Sheet) -> int | None:
    names = [column.name for column in sheet.columns]
    return names.index("ID") if "ID" in names else None


def _nowhere(slug: str, row: Mapping[str, str]) -> Mapping[str, str]:
    return {}


def page_rows(
    sheet: Sheet,
    number: int,
    addresses: Mapping[str, str],
    prefix: str = "",
    whence: Whence = _nowhere,
) -> Markup:
    """The `<tr>` elements of one page, escaped. A row's `id` is its ID.

    IDs are shown without the package's name (`prefix`), which all of them share; the whole ID is
    in the cell's title. `whence` says where the values of a row lead to.
    """
    start = (number - 1) * PAGE_ROWS
    key = _id_column(sheet)
    seen: set[str] = set()
    names = [column.name for column in sheet.columns]
    lines = []
    for row in sheet.rows[start : start + PAGE_ROWS]:
        row_id = row[key] if key is not None and key < len(row) else ""
        usable = bool(_ANCHOR.fullmatch(row_id)) and row_id not in seen
        seen.add(row_id)
        leads = whence(sheet.slug, dict(zip(names, row, strict=False)))
        cells = "".join(
            _cell(text, _at(sheet.columns, n), n == key, addresses, prefix, leads)
            for n, text in enumerate(row)
        )
        lines.append(f'<tr id="{escape(row_id)}">{cells}</tr>' if usable else f"<tr>{cells}</tr>")
    return Markup("\n".join(lines))  # noqa: S704 – every cell went through html.escape


def _at(columns: Sequence[Column], index: int) -> Column | None:
    return columns[index] if index < len(columns) else None


def _cell(
    text: str,
    column: Column | None,
    is_id: bool,
    addresses: Mapping[str, str],
    prefix: str,
    leads: Mapping[str, str],
) -> str:
    shown = escape(text)
    link = column is not None and column.links and text in addresses
    if prefix and (is_id or link) and text.startswith(f"{prefix}-"):
        shown = f'<span title="{shown}">{escape(text.removeprefix(f"{prefix}-"))}</span>'
    place = leads.get(column.name, "") if column is not None and text else ""
    if link:
        shown = f'<a href="{escape(addresses[text])}">{shown}</a>'
        if place:  # a second link, drawn by the style sheet: the cell's text stays the value alone
            shown += f'<a class="o" href="{escape(place)}" aria-label="原文のセル"></a>'
    elif place:
        shown = f'<a class="p" href="{escape(place)}">{shown}</a>'
    if is_id:
        return f'<th scope="row">{shown}</th>'
    kind = _cell_class(text, column)
    return f'<td class="{kind}">{shown}</td>' if kind else f"<td>{shown}</td>"


def _cell_class(text: str, column: Column | None) -> str:
    if column is None:
        return ""
    if column.hidden:
        return "same"
    if column.numeric:
        return "n"
    if column.links:
        return "k"
    return "w" if len(text) > _LONG else ""
