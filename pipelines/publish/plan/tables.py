"""How the data of a table change: two tables in, one `TableDiff` out.

Rows are told apart by the primary key. Nothing is guessed: a renamed column is one that went and
one that came, and rows whose key is missing or stands twice are compared whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.publish.plan.model import CellChange, RowChange, Severity, TableDiff
from pipelines.publish.plan.rows import Pair, Places, pairs, projection
from pipelines.publish.plan.text import cut_pair

SHOWN_ROWS = 200
SHOWN_CHARACTERS = 500_000
LONGEST_CELL = 2_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and its type by the Table Schema ('' where nobody says it)."""

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as the text of its CSV: '' is a missing value, every row has a cell per column.

    `key` are the names of the primary key's columns, () where there is none.
    """

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def diff_tables(
    before: TableText | None, after: TableText | None, *, budget: int = SHOWN_ROWS
) -> TableDiff:
    """How `before` (None: there was no table) became `after` (None: there is none any more).

    Counts are of all rows. At most `budget` rows are shown: those removed, changed and added share
    it evenly; rows that differ in new columns alone (they count as changed) get what is left. They
    stop after `SHOWN_CHARACTERS`, and of a cell longer than `LONGEST_CELL` the part around the
    first difference is shown. The order of the rows is no difference. A column that went does not
    make its rows changed.
    """
    if before is None and after is None:
        return TableDiff()
    old = before or TableText((), (), ())
    new = after or TableText((), (), ())
    came = tuple(name for name in new.names if name not in set(old.names))
    gone = tuple(name for name in old.names if name not in set(new.names))
    key = _key(old, new)
    counts: Counter[str] = Counter()
    shown = _shown(_changes(old, new, key, counts, budget), budget)
    return TableDiff(
        columns_added=came,
        columns_removed=gone,
        columns_retyped=_retyped(old, new),
        columns_moved=_moved(old.names, new.names, frozenset(came)),
        key_changed=bool(old.key) and after is not None and set(old.key) != set(new.key),
        added=counts["added"],
        removed=counts["removed"],
        changed=counts["changed"] + counts["filled"],
        unchanged=counts["unchanged"],
        rows=shown,
        keyed=bool(key) or before is None or after is None,
    )


def severity(diff: TableDiff) -> Severity:
    """What the change means for programs that read the table.

    Breaking: a column went, has another type or another position (or one came before it, for
    readers by position), the key has other columns, or a row went: its ID was a promise. Additive:
    columns or rows came. Revision: values changed. Without a key no row can be promised; there rows
    went only if fewer are left, and as many others as before are corrected ones.
    """
    columns = diff.columns_removed or diff.columns_retyped or diff.columns_moved
    gone = diff.removed if diff.keyed else max(0, diff.removed - diff.added)
    came = diff.added if diff.keyed else max(0, diff.added - diff.removed)
    if columns or diff.key_changed or gone:
        return "breaking"
    if diff.columns_added or came:
        return "additive"
    return "revision" if diff.changed or diff.added else "none"


def _key(old: TableText, new: TableText) -> tuple[str, ...]:
    """The columns by which rows are told apart: a key that both tables have the columns of."""
    shared = set(old.names) & set(new.names)
    return next((key for key in (new.key, old.key) if key and shared.issuperset(key)), ())


def _retyped(old: TableText, new: TableText) -> tuple[tuple[str, str, str], ...]:
    kinds = {column.name: column.kind for column in old.columns}
    return tuple(
        (column.name, kinds[column.name], column.kind)
        for column in new.columns
        if column.kind and kinds.get(column.name) and kinds[column.name] != column.kind
    )


def _moved(old: Sequence[str], new: Sequence[str], came: frozenset[str]) -> bool:
    """Whether columns that stay stand in another order, or behind one that came."""
    left = set(new)
    stay = [name for name in old if name in left]
    return list(new[: len(stay)]) != stay if stay else False


def _changes(
    old: TableText, new: TableText, key: tuple[str, ...], counts: Counter[str], budget: int
) -> Iterator[tuple[str, int, RowChange]]:
    """(kind, place in the table, change) of the first `budget` rows of each kind; all are counted.

    The kind `filled` is of changed rows that differ in new columns alone.
    """
    before, after = _index(old.names), _index(new.names)
    whole = tuple(name for name in old.names if name in after)
    describe = _Describer(before, after, key or new.key or old.key)
    same = old.names == new.names
    shared = _places(before, after, whole)
    matching = _places(before, after, key) if key else shared
    for pair in pairs(old.rows, new.rows, matching, shared):
        if pair.before is not None and pair.after is not None:
            if same and pair.before == pair.after:
                counts["unchanged"] += 1
                continue
            kind = describe.kind(pair.before, pair.after)
        else:
            kind = "removed" if pair.after is None else "added"
        counts[kind] += 1
        if kind != "unchanged" and counts[kind] <= budget:
            yield kind, pair.place, describe.change(pair)


def _index(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _places(before: dict[str, int], after: dict[str, int], names: Sequence[str]) -> Places:
    return tuple(before[name] for name in names), tuple(after[name] for name in names)


class _Describer:
    """Says what is different between two rows, in the columns of the new table."""

    def __init__(self, before: dict[str, int], after: dict[str, int], key: Sequence[str]) -> None:
        self._before, self._after = before, after
        self._key = key
        shared = [name for name in after if name in before]
        self._old = projection([before[name] for name in shared])
        self._new = projection([after[name] for name in shared])
        self._came = projection([place for name, place in after.items() if name not in before])

    def kind(self, before: tuple[str, ...], after: tuple[str, ...]) -> str:
        """`changed`, `filled` (in new columns alone) or `unchanged`."""
        if self._old(before) != self._new(after):
            return "changed"
        return "filled" if any(self._came(after)) else "unchanged"

    def change(self, pair: Pair) -> RowChange:
        """The change as it is shown; cells are in the order of the columns."""
        if pair.after is None:
            row, places = pair.before or (), self._before
            cells = [_cell(n, row[place], "") for n, place in places.items() if row[place]]
            return RowChange("removed", self._name(row, places), tuple(cells))
        row, places = pair.after, self._after
        if pair.before is None:
            cells = [_cell(n, "", row[place]) for n, place in places.items() if row[place]]
            return RowChange("added", self._name(row, places), tuple(cells))
        cells = []
        for name, place in places.items():
            was = pair.before[self._before[name]] if name in self._before else ""
            if was != row[place]:
                cells.append(_cell(name, was, row[place]))
        return RowChange("changed", self._name(row, places), tuple(cells))

    def _name(self, row: tuple[str, ...], places: dict[str, int]) -> str:
        return "/".join(row[places[name]] for name in self._key if name in places)


def _cell(name: str, before: str, after: str) -> CellChange:
    return CellChange(name, *cut_pair(before, after, LONGEST_CELL))


def _shown(changes: Iterable[tuple[str, int, RowChange]], budget: int) -> tuple[RowChange, ...]:
    """The rows that are shown, in the order of the table, removed ones last."""
    found: dict[str, list[tuple[int, RowChange]]] = {}
    for kind, place, change in changes:
        found.setdefault(kind, []).append((place, change))
    kept: list[tuple[bool, int, RowChange]] = []
    left = budget
    waiting = sorted(set(found) - {"filled"}, key=lambda kind: (len(found[kind]), kind))
    for number, kind in enumerate([*waiting, "filled"]):
        share = left // max(1, len(waiting) - number)
        taken = found.get(kind, [])[:share]
        left -= len(taken)
        kept += [(kind == "removed", place, change) for place, change in taken]
    kept.sort(key=lambda one: one[:2])
    return tuple(_until([change for _, _, change in kept], SHOWN_CHARACTERS))


def _until(changes: Iterable[RowChange], characters: int) -> Iterator[RowChange]:
    for change in changes:
        size = sum(len(c.column) + len(c.before) + len(c.after) for c in change.cells)
        characters -= size + len(change.key)
        if characters < 0:
            return
        yield change
