"""The pages of a package's sources: the committed extracts as printed, each cell with an anchor.

`sources/{key}.html#L12C6` is cell 6 of line 12, `#L12` the line. Only what is committed is shown:
the prose of a document is never published by accident, whatever was read (design.md section 3).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from pipelines.model import Block, Cell, Document, Grid, Package, Place
from pipelines.publish.tables import Sheet

_PLACE = re.compile(r"L([0-9]+)(?::C([0-9]+))?")
_FOUND_AT = re.compile(r"(?:(\S+) )?(L[0-9]+(?::C[0-9]+)?)")
_CUT = re.compile("〔略〕")


def source_page(key: str) -> str:
    """The path of a source's page below the package's folder."""
    return f"sources/{key}.html"


def anchor(place: Place) -> str:
    """The anchor of a cell or of a line."""
    return f"L{place.line}C{place.column}" if place.column else f"L{place.line}"


@dataclass(frozen=True, slots=True)
class Whence:
    """Where the values of a package lead to.

    `cells` maps (table, row ID, column) to an address relative to the package's folder; `keys` the
    hash of a document that was read to the key of the source that shows it; `anchors` has the
    anchors of each page by source key.
    """

    cells: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def address(self, key: str, place: str) -> str:
        """The address of a place (`L12:C6`) of a source: its cell, else its line, else ''."""
        match = _PLACE.fullmatch(place)
        if match is None:
            return ""
        known = self.anchors.get(key, frozenset())
        tried = [f"L{match[1]}C{match[2]}"] if match[2] else []
        found = next((one for one in (*tried, f"L{match[1]}") if one in known), "")
        return f"{source_page(key)}#{found}" if found else ""

    def of(self, slug: str, row: Mapping[str, str]) -> dict[str, str]:
        """Column → address, for a row of a table as text."""
        if slug == "provenance":
            found = self.address(self.keys.get(row.get("出典ハッシュ", ""), ""), row["位置"])
            return {"位置": found}
        if slug == "finding":
            match = _FOUND_AT.fullmatch(row.get("位置", ""))
            only = next(iter(self.anchors)) if len(self.anchors) == 1 else ""
            return {"位置": self.address(match[1] or only, match[2])} if match else {}
        row_id = row.get("ID", "")
        return {column: self.cells.get((slug, row_id, column), "") for column in row}


def whence(package: Package, sheets: Sequence[Sheet]) -> Whence:
    """What the provenance of a package says, as addresses of the pages of its sources."""
    anchors = {key: frozenset(_anchors(document)) for key, document in package.printed}
    if not anchors:
        return Whence()
    keys = {document.sha256: key for key, document in package.printed}
    sources = package.descriptor.get("sources")
    for entry in sources if isinstance(sources, (list, tuple)) else ():
        key, digest = str(entry.get("machidata:key", "")), str(entry.get("machidata:hash", ""))
        if key in anchors and digest:
            keys.setdefault(digest.removeprefix("sha256:"), key)
    leads = Whence(keys=keys, anchors=anchors)
    cells = {}
    for sheet in sheets:
        if sheet.slug != "provenance":
            continue
        names = [column.name for column in sheet.columns]
        wanted = [names.index(name) for name in ("表", "行ID", "列", "出典ハッシュ", "位置")]
        for row in sheet.rows:
            slug, row_id, column, digest, place = (row[n] for n in wanted)
            cells[slug, row_id, column] = leads.address(keys.get(digest, ""), place)
    return Whence(cells, keys, anchors)


def _anchors(document: Document) -> set[str]:
    found = set()
    for part in document.parts:
        if isinstance(part, Block):
            found.add(anchor(part.place))
            continue
        for row in part.rows:
            found.update(anchor(cell.place) for cell in row)
            found.update(f"L{cell.place.line}" for cell in row[:1])
    return found


def source_parts(document: Document) -> Markup:
    """The tables and lines of a document as HTML, in printed order; every text is escaped."""
    parts = [_block(part) if isinstance(part, Block) else _grid(part) for part in document.parts]
    return Markup("\n".join(parts))  # noqa: S704 – every text went through html.escape


def _text(text: str) -> str:
    return _CUT.sub('<span class="cut">〔略〕</span>', escape(text))


def _number(line: int) -> str:
    return f'<a href="#L{line}">{line}</a>'


def _block(block: Block) -> str:
    line = block.place.line
    name = ("h2" if block.level < 2 else "h3") if block.kind == "heading" else "p"
    mark = f"{_text(block.marker)} " if block.marker else ""
    inner = f'<span class="ln">{_number(line)}</span> {mark}<span>{_text(block.as_printed)}</span>'
    return f'<{name} class="line" id="L{line}">{inner}</{name}>'


def _grid(grid: Grid) -> str:
    rows = [row for row in grid.rows if row]
    if not rows:
        return ""
    heads = grid.header_rows or (1 if len(rows) > 1 else 0)
    first, last = rows[0][0].place.line, rows[-1][0].place.line
    name = f"表 {first}–{last} 行"
    head = "".join(_row(row, "th") for row in rows[:heads])
    body = "\n".join(_row(row, "td") for row in rows[heads:])
    return (
        f'<div class="scroll sheet" tabindex="0" role="region" aria-label="{name}">\n'
        f'<table class="printed"><caption>{name} <span class="en" lang="en">lines {first}–{last}'
        f"</span></caption>\n<thead>{head}</thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _row(row: Sequence[Cell], kind: str) -> str:
    line = row[0].place.line
    scope = ' scope="col"' if kind == "th" else ""
    cells = "".join(
        f'<{kind} id="{anchor(cell.place)}"{scope}>{_text(cell.as_printed)}</{kind}>'
        for cell in row
    )
    return f'<tr id="L{line}"><th class="ln" scope="row">{_number(line)}</th>{cells}</tr>'
