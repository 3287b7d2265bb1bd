"""Provenance: for every value of a tidy table the place, the printed text and the rules."""

from __future__ import annotations

import re

from pipelines.model import Row, Tables
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.text import narrow
from pipelines.vocabulary import table_schemas


def provenance(entry: Entry, row_id: str, tables: Tables) -> list[Row]:
    """The provenance rows of one row: one for each value that was printed somewhere."""
    rows: list[Row] = []
    for field in table_schemas()[entry.slug]["fields"]:
        column = field["name"]
        origin = entry.origins.get(column)
        if origin is None or entry.values.get(column) in (None, ""):
            continue
        rows.append(
            {
                "全国地方公共団体コード": tables.code,
                "ID": f"{row_id}.{entry.slug}.{field['physicalName']}",
                "地方公共団体名": tables.municipality,
                "表": entry.slug,
                "行ID": row_id,
                "列": column,
                "出典ハッシュ": origin.place.source,
                "位置": str(origin.place),
                "原文": origin.text,
                "適用規則": ";".join(_rules(entry.values[column], origin)),
            }
        )
    return rows


def _rules(value: object, origin: Origin) -> list[str]:
    """The rules that made a value of the printed text, those that show in the text included."""
    rules = list(origin.rules)
    if not isinstance(value, str) or value == origin.text:
        return rules
    if "figure" in rules or "mark" in rules:
        return rules
    bare, printed = re.sub(r"\s", "", value), re.sub(r"\s", "", origin.text)
    if bare == printed:
        return [*rules, "close-blanks"]
    if narrow(bare) in narrow(printed):
        return [*rules, "part"]
    return rules or ["normalised"]
