"""Provenance: for every value of a tidy table the place, the printed text and the rules.

The rules are words of `vocab/rules.ttl`. A value that is printed has its own cell; what is not
printed (IDs, relations, what package.yaml states) has the cell that stands for it, which is what
the rule's meaning says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipelines.model import Block, Document, Municipality, Place, Row, Tables
from pipelines.tidy.draft import Draft, Entry, Origin
from pipelines.tidy.text import narrow
from pipelines.vocabulary import table_schemas

_DEFINING = {
    "plan": ("名称",),
    "policy": ("番号", "名称"),
    "initiative": ("番号", "名称"),
    "indicator": ("枝番", "名称"),
    "observation": ("原文", "種別"),
    "activity": ("内容",),
    "status": ("記号",),
    "measurement": ("原文",),
    "goal": ("内容", "番号", "値"),
    "term": ("用語",),
}
"""The columns whose cell defines a row: the first of them that is printed somewhere."""
_SAID = frozenset({"figure", "mark", "derived"})
"""Rules that say all of what happened to a text."""
_RULES = {
    "ID": "id",
    "全国地方公共団体コード": "declared",
    "地方公共団体名": "declared",
    "出典": "source",
    "出典ハッシュ": "source",
}
"""The rule of a column whose values are printed nowhere."""
_BLANKS = re.compile(r"\s")


@dataclass(slots=True)
class Tracer:
    """Makes the provenance rows of a package.

    `plan` is the row of the plan; `named` has, for each document by its hash, where the
    municipality's name is printed; `first` is the first printed thing of the package, for a row
    without any printed value.
    """

    tables: Tables
    plan: Entry
    named: dict[str, Origin]
    first: Origin
    _homes: dict[int, Origin] = field(default_factory=dict)

    def rows(self, entry: Entry, row: Row) -> Iterator[Row]:
        """The provenance rows of a finished row: one for each value, in the schema's order."""
        row_id = str(row["ID"])
        code, name, slug = self.tables.code, self.tables.municipality, entry.slug
        home = self._home(entry)
        for column, suffix in _columns(slug):
            value = row[column]
            if value is None or value == "":
                continue
            origin = entry.origins.get(column)
            if origin is not None:
                rules: Sequence[str] = _rules(value, origin)
            else:
                origin, rules = self._unprinted(entry, column, value, home)
            yield {
                "全国地方公共団体コード": code,
                "ID": row_id + suffix,
                "地方公共団体名": name,
                "表": slug,
                "行ID": row_id,
                "列": column,
                "出典ハッシュ": origin.place.source,
                "位置": str(origin.place),
                "原文": origin.text,
                "適用規則": ";".join(rules),
            }

    def _unprinted(
        self, entry: Entry, column: str, value: object, home: Origin
    ) -> tuple[Origin, Sequence[str]]:
        """The cell that stands for a value that is printed nowhere, and the rule."""
        if column in entry.refs:
            other = entry.refs[column]
            return (home if other is None else self._nearest(other, home.place)), ("reference",)
        if column == "指標名":
            named = entry.refs.get("指標ID")
            origin = None if named is None else named.origins.get("名称")
            found = origin or home
            return found, ("reference", *_rules(value, found))
        if column == "計画ID":
            return self._nearest(self.plan, home.place), ("reference",)
        rule = _RULES.get(column, "derived")
        if rule == "declared":
            return self.named.get(home.place.source, home), ("declared",)
        return home, ("declared" if entry.slug == "plan" and rule == "id" else rule,)

    def _home(self, entry: Entry) -> Origin:
        """The cell that defines a row."""
        known = self._homes.get(id(entry))
        if known is None:
            origins = entry.origins
            told = (origins[column] for column in _DEFINING[entry.slug] if column in origins)
            known = next(told, None) or next(iter(origins.values()), self.first)
            self._homes[id(entry)] = known
        return known

    def _nearest(self, entry: Entry, place: Place) -> Origin:
        """Where an entry is named at or above a place of the same document, else its own cell."""
        found: Origin | None = None
        for origin in entry.met:
            here = origin.place
            if here.source == place.source and here.line <= place.line:
                found = origin if found is None or found.place.line <= here.line else found
        return found or self._home(entry)


def tracer(
    draft: Draft, tables: Tables, documents: Sequence[Document], town: Municipality
) -> Tracer:
    """The tracer of a package that was read from these documents."""
    named = {one.sha256: _naming(one, town.name) for one in documents}
    known = {source: origin for source, origin in named.items() if origin is not None}
    if known:
        elsewhere = next(iter(known.values()))
        known = {source: known.get(source, elsewhere) for source in named}
    first = draft.plan.origins.get("名称") or _first(documents)
    return Tracer(tables, draft.plan, known, first)


def _printed(document: Document) -> Iterator[Origin]:
    for part in document.parts:
        if isinstance(part, Block):
            yield Origin(part.place, part.text)
        else:
            yield from (Origin.of(cell) for row in part.rows for cell in row)


def _naming(document: Document, name: str) -> Origin | None:
    return next((one for one in _printed(document) if name in _BLANKS.sub("", one.text)), None)


def _first(documents: Sequence[Document]) -> Origin:
    found = (one for document in documents for one in _printed(document))
    nowhere = Origin(Place(documents[0].sha256 if documents else "", 1), "")
    return next(found, nowhere)


@cache
def _columns(slug: str) -> tuple[tuple[str, str], ...]:
    """(column, end of the ID of its provenance rows) in the schema's order."""
    fields = table_schemas()[slug]["fields"]
    return tuple((field["name"], f".{slug}.{field['physicalName']}") for field in fields)


def _rules(value: object, origin: Origin) -> Sequence[str]:
    """The rules that made a value of the printed text, those that show in the text included."""
    rules = origin.rules
    if not isinstance(value, str) or value == origin.text or not _SAID.isdisjoint(rules):
        return rules
    bare, printed = _BLANKS.sub("", value), _BLANKS.sub("", origin.text)
    if bare == printed:
        return (*rules, "close-blanks")
    if narrow(bare) in narrow(printed):
        return (*rules, "part")
    return rules or ("normalised",)
