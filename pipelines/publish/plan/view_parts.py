"""The sentences on fields, files, tables and drift."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipelines.publish.plan.model import (
    Action,
    CellChange,
    Drift,
    FieldChange,
    FileChange,
    RowChange,
    StoreChange,
    TableDiff,
)
from pipelines.publish.plan.words import (
    Language,
    Words,
    as_text,
    joined,
    names,
    say,
    value,
    value_pair,
)

SIGNS: dict[str, str] = {
    "create": "+",
    "update": "~",
    "keep": "=",
    "withdraw": "−",
    "revive": "↺",
    "drift": "!",
    "conflict": "‼",
    "warning": "⚠",
    "plain": "·",
}
ROW_SIGNS: dict[str, str] = {"added": "+", "removed": "−", "changed": "~"}
_NAMES = 20  # columns that a line lists
_HASH = 12  # characters of a hash that tell files apart for a reader


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence; `kind` is a key of `SIGNS`."""

    words: Words
    kind: str = "plain"

    @property
    def sign(self) -> str:
        """The sign before it, so that no meaning hangs on a colour alone."""
        return SIGNS[self.kind]


def field_lines(fields: Iterable[FieldChange], language: Language) -> list[Line]:
    """A line per metadata field, old → new shortened around their difference."""
    found = []
    for one in fields:
        before, after = value_pair(one.before, one.after, language)
        key, kind = "field-change", "update"
        if one.before in (None, "", [], {}):
            key, kind = "field-set", "create"
        elif one.after in (None, "", [], {}):
            key, kind = "field-clear", "withdraw"
        words = say(language, key, name=one.name, before=before, after=after)
        found.append(Line(words, kind))
    return found


def file_lines(file: FileChange | None, language: Language) -> list[Line]:
    """What happens to the bytes."""
    if file is None:
        return []
    key, kind = "file-change", "update"
    if not file.upload:
        key, kind = "file-keep", "keep"
    elif not file.before:
        key, kind = "file-new", "create"
    sizes = {"before": file.before_size, "after": file.after_size}
    return [Line(say(language, key, name=file.name, **sizes), kind)]


def store_lines(store: StoreChange | None, language: Language) -> list[Line]:
    """What happens to the table in the DataStore."""
    if store is None:
        return []
    found = []
    if store.how in {"create", "replace", "rows"}:
        counts = {"written": store.written, "deleted": store.deleted}
        kind = "create" if store.how == "create" else "update"
        found.append(Line(say(language, f"store-{store.how}", **counts), kind))
    if store.dictionary or store.how == "fields":
        found.append(Line(say(language, "store-dictionary"), "update"))
    return found


def diff_lines(diff: TableDiff | None, action: Action, language: Language) -> list[Line]:
    """How many rows change, and what happens to the columns and the key (of a table that was there
    before).
    """
    if diff is None:
        return []
    counts = {kind: getattr(diff, kind) for kind in ("added", "removed", "changed", "unchanged")}
    moved = any(counts[kind] for kind in ROW_SIGNS)
    found = [Line(say(language, "rows", **counts), "update" if moved else "keep")]
    if action == "create":
        return found
    for key, kind, columns in (
        ("columns-added", "create", diff.columns_added),
        ("columns-removed", "withdraw", diff.columns_removed),
    ):
        if columns:
            listed = names(columns, len(columns), _NAMES, language)
            found.append(Line(say(language, key, names=listed), kind))
    found += [
        Line(say(language, "column-retyped", name=name, before=before, after=after), "warning")
        for name, before, after in diff.columns_retyped
    ]
    if diff.columns_moved:
        found.append(Line(say(language, "columns-moved"), "warning"))
    if diff.key_changed:
        found.append(Line(say(language, "key-changed"), "warning"))
    if not diff.keyed and moved:
        found.append(Line(say(language, "not-keyed")))
    return found


def row_words(row: RowChange, language: Language, cells: int, width: int) -> Words:
    """The first `cells` cells of a row: `column: value`, of a changed one `column: old → new`. One
    that repeats the key is left out.
    """
    told = []
    worth = [cell for cell in row.cells if not repeats_key(row, cell)]
    for cell in worth[:cells]:
        before, after = value_pair(cell.before, cell.after, language, width)
        key = "cell-change" if row.kind == "changed" else "cell"
        shown = before if row.kind == "removed" else after
        told.append(say(language, key, column=cell.column, before=before, after=after, value=shown))
    if len(worth) > cells:
        told.append(say(language, "more", n=len(worth) - cells))
    return joined(told, language)


def repeats_key(row: RowChange, cell: CellChange) -> bool:
    """Whether a cell of an added or removed row only says its key again."""
    return row.kind != "changed" and row.key == (cell.after or cell.before)


def rows_shown(diff: TableDiff, shown: int, language: Language) -> Words:
    """That only some of the changed rows are shown; () when all are."""
    total = diff.added + diff.removed + diff.changed
    return say(language, "rows-shown", shown=shown, all=total) if shown < total else ()


_WHOLE = {"added", "removed", "deleted", "dataset"}  # of these only that they are so is told
_KNOWN = {*_WHOLE, "field", "file", "rows", "dictionary", "order"}


def drift_line(drift: Drift, language: Language) -> Line:
    """What somebody changed on the portal, and what will happen with it."""
    place = "of-resource" if drift.resource else "of-dataset"
    where = say(language, place, name=drift.resource)
    kind, _, name = drift.what.partition(":")
    known = kind in _KNOWN
    what = say(language, f"drift-{kind if known else 'other'}", where=where, name=name or kind)
    told = [drift.recorded, drift.found, drift.wanted]
    short = kind in _WHOLE or all(one is None for one in told)
    ending = "-short" if short and drift.decision != "keep" else ""
    adopt = kind == "dataset" and drift.decision == "conflict"
    decision = say(
        language,
        "decision-adopt" if adopt else f"decision-{drift.decision}{ending}",
        wanted=value(as_text(_short(drift.wanted, kind)), language),
    )
    left, now = _short(drift.recorded, kind), _short(drift.found, kind)
    recorded, found = value_pair(left, now, language)
    words = say(
        language,
        "drift-short" if short else "drift",
        what=what,
        recorded=recorded,
        found=found,
        decision=decision,
    )
    return Line(words, "conflict" if drift.decision == "conflict" else "drift")


def _short(found: Any, kind: str) -> Any:
    return found[:_HASH] if kind == "file" and isinstance(found, str) else found
