"""Personal data in a CSV file, whatever its columns are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipelines.check.privacy.reporting import columns, finding, heading_of, parts
from pipelines.model import Finding
from pipelines.neutral import restore

# Columns of a prescribed form that a file may have beside those of its schema.
_FORMAL = re.compile(r"ID|コード|ハッシュ|法人番号", re.IGNORECASE)


def file_privacy(
    header: Sequence[str], body: Sequence[Sequence[str]], schema: Mapping[str, Any]
) -> Iterator[Finding]:
    """The findings of a file's cells, row by row; the header is line 1.

    Of the columns that the schema knows, those with running text are looked at, of others all but
    IDs and codes. A column of names is told once, with its first name.
    """
    known = {str(field["name"]) for field in schema["fields"]}
    texts = set(columns(schema))
    wanted = [
        (number, name, heading_of(name))
        for number, name in enumerate(header)
        if name in texts or (name not in known and not _FORMAL.search(name))
    ]
    key = header.index("ID") if "ID" in header else None
    listed: set[str] = set()
    for line, cells in enumerate(body, 2):
        row_id = cells[key] if key is not None and key < len(cells) else ""
        for number, name, heading in wanted:
            for part in parts(restore(cells[number]), heading) if number < len(cells) else ():
                if part.kind == "name-field" and name in listed:
                    continue
                if part.kind == "name-field":
                    listed.add(name)
                place = f"行{line} {name}"
                yield finding(part, table=schema["name"], row_id=row_id, place=place)
