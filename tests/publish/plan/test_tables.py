"""How tables differ: values by hand, and what must hold of every two tables."""

from __future__ import annotations

from collections import Counter
from time import perf_counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.publish.plan import tables
from pipelines.publish.plan.model import CellChange, RowChange, TableDiff
from pipelines.publish.plan.tables import Column, TableText, diff_tables, severity

Rows = list[tuple[str, ...]]


def table(names: str, rows: Rows, key: str = "ID", **kinds: str) -> TableText:
    columns = tuple(Column(name, kinds.get(name, "string")) for name in names.split())
    return TableText(columns, tuple(key.split()), rows)


BEFORE = table("ID 名称 値", [("a", "庁舎", "1"), ("b", "支所", "2"), ("c", "分館", "")])


def test_values_rows_and_counts() -> None:
    after = table("ID 名称 値", [("d", "新館", ""), ("a", "庁舎", "1"), ("b", "支所", "3")])
    assert diff_tables(BEFORE, after) == TableDiff(
        added=1,
        removed=1,
        changed=1,
        unchanged=1,
        rows=(
            RowChange("added", "d", (CellChange("ID", "", "d"), CellChange("名称", "", "新館"))),
            RowChange("changed", "b", (CellChange("値", "2", "3"),)),
            RowChange("removed", "c", (CellChange("ID", "c", ""), CellChange("名称", "分館", ""))),
        ),
    )


def test_a_value_that_went_missing_is_a_change() -> None:
    after = table("ID 名称 値", [("a", "庁舎", ""), *BEFORE.rows[1:]])
    assert diff_tables(BEFORE, after).rows == (
        RowChange("changed", "a", (CellChange("値", "1", ""),)),
    )


def test_a_table_that_came_or_went() -> None:
    came = diff_tables(None, BEFORE)
    assert (came.columns_added, came.added, severity(came)) == (("ID", "名称", "値"), 3, "additive")
    gone = diff_tables(BEFORE, None)
    assert (gone.columns_removed, gone.removed, severity(gone)) == (
        came.columns_added,
        3,
        "breaking",
    )
    assert not gone.key_changed
    assert diff_tables(None, None) == TableDiff()


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, "none"),
        (table("ID 名称 値", list(reversed(BEFORE.rows))), "none"),
        (table("ID 名称 値", [("a", "本庁舎", "1"), *BEFORE.rows[1:]]), "revision"),
        (table("ID 名称 値", [*BEFORE.rows, ("d", "", "")]), "additive"),
        (table("ID 名称 値 単位", [(*row, "件") for row in BEFORE.rows]), "additive"),
        (table("ID 単位 名称 値", [(r[0], "", *r[1:]) for r in BEFORE.rows]), "breaking"),
        (table("ID 値 名称", [(a, c, b) for a, b, c in BEFORE.rows]), "breaking"),
        (table("ID 名称", [row[:2] for row in BEFORE.rows]), "breaking"),
        (table("ID 名称 値", list(BEFORE.rows[:2])), "breaking"),
        (table("ID 名称 値", list(BEFORE.rows), 値="integer"), "breaking"),
        (table("ID 名称 値", list(BEFORE.rows), "ID 名称"), "breaking"),
        (table("ID 名称 値", list(BEFORE.rows), ""), "breaking"),
        (table("ID 名称 値", [("a1", "庁舎", "1"), *BEFORE.rows[1:]]), "breaking"),
    ],
)
def test_severity(after: TableText, expected: str) -> None:
    assert severity(diff_tables(BEFORE, after)) == expected


def test_a_type_nobody_stated_is_no_change_and_a_key_that_comes_breaks_nothing() -> None:
    unknown = TableText(tuple(Column(c.name) for c in BEFORE.columns), (), BEFORE.rows)
    diff = diff_tables(unknown, BEFORE)
    assert diff == TableDiff(unchanged=3)


def test_a_renamed_column_went_and_came() -> None:
    after = table("ID 名前 値", list(BEFORE.rows))
    diff = diff_tables(BEFORE, after)
    assert (diff.columns_removed, diff.columns_added) == (("名称",), ("名前",))
    assert diff.changed == 3


def test_a_column_that_went_makes_no_row_changed() -> None:
    diff = diff_tables(BEFORE, table("ID 名称", [row[:2] for row in BEFORE.rows]))
    assert (diff.unchanged, diff.changed, diff.rows) == (3, 0, ())


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        ("aa ab", "ab aa", (0, 0, 0, 2)),
        ("aa ab", "aa ac", (0, 0, 1, 1)),
        ("aa ab", "ac ad", (2, 2, 0, 0)),
        ("aa", "aa ab", (1, 0, 0, 1)),
        ("aa aa ba", "aa ba bb", (1, 1, 0, 2)),
    ],
)
def test_a_key_that_stands_twice(before: str, after: str, counts: tuple[int, ...]) -> None:
    """(added, removed, changed, unchanged) of rows of two letters, the first being the key."""
    one, other = (table("ID 値", [tuple(row) for row in t.split()]) for t in (before, after))
    diff = diff_tables(one, other)
    assert (diff.added, diff.removed, diff.changed, diff.unchanged) == counts


def test_rows_with_an_incomplete_key_are_compared_whole() -> None:
    one = table("ID 枝番 値", [("", "1", "x"), ("a", "", "y")], "ID 枝番")
    other = table("ID 枝番 値", [("", "1", "z"), ("a", "", "y")], "ID 枝番")
    diff = diff_tables(one, other)
    assert (diff.added, diff.removed, diff.changed, diff.unchanged) == (1, 1, 0, 1)
    assert [row.key for row in diff.rows] == ["/1", "/1"]


@pytest.mark.parametrize(
    ("after", "counts", "expected"),
    [
        ("x y", (0, 0, 2), "none"),
        ("x z", (1, 1, 1), "revision"),
        ("x y z", (1, 0, 2), "additive"),
        ("z", (1, 2, 0), "breaking"),
        ("x x y", (1, 0, 2), "additive"),
    ],
)
def test_without_a_key_rows_are_a_multiset(
    after: str, counts: tuple[int, int, int], expected: str
) -> None:
    """(added, removed, unchanged)."""
    rows = {"x": ("x", "1"), "y": ("y", "2"), "z": ("z", "3")}
    one = table("値 注", [rows["x"], rows["y"]], "")
    diff = diff_tables(one, table("値 注", [rows[name] for name in after.split()], ""))
    assert not diff.keyed
    assert (diff.added, diff.removed, diff.unchanged) == counts
    assert severity(diff) == expected


def test_tables_without_a_column_in_common() -> None:
    diff = diff_tables(table("甲", [("1",)], ""), table("乙", [("1",)], ""))
    assert (diff.added, diff.removed, severity(diff)) == (1, 1, "breaking")


def test_the_budget_is_shared_by_the_kinds_and_new_columns_come_last() -> None:
    before = table(
        "ID 値", [(f"r{n}", "1") for n in range(100)] + [(f"x{n}", "") for n in range(9)]
    )
    rows = [(f"r{n}", "2" if n >= 90 else "1", "新") for n in range(100)]
    after = table("ID 値 列", [*rows, ("n1", "", "")])
    diff = diff_tables(before, after, budget=9)
    assert (diff.added, diff.removed, diff.changed) == (1, 9, 100)
    assert Counter(row.kind for row in diff.rows) == {"added": 1, "removed": 4, "changed": 4}
    assert [row.key for row in diff.rows if row.kind == "changed"] == ["r90", "r91", "r92", "r93"]
    assert [row.kind for row in diff.rows][-4:] == ["removed"] * 4
    assert diff_tables(before, after, budget=0).rows == ()


def test_long_cells_are_cut_around_the_difference_and_the_whole_is_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = table("ID 値", [("a", "あ" * 9_000 + "前" + "い" * 900)])
    other = table("ID 値", [("a", "あ" * 9_000 + "後" + "い" * 900)])
    (cell,) = diff_tables(one, other).rows[0].cells
    assert len(cell.before) == len(cell.after) <= tables.LONGEST_CELL
    assert "前" in cell.before and "後" in cell.after and cell.before.startswith("…")
    monkeypatch.setattr(tables, "SHOWN_CHARACTERS", 3_000)
    many = table("ID 値", [(f"r{n}", "x" * 1_000) for n in range(5)])
    diff = diff_tables(None, many)
    assert (diff.added, len(diff.rows)) == (5, 2)


WORDS = st.text("あ1-/=<", max_size=3)


@st.composite
def any_table(draw: st.DrawFn, key: tuple[str, ...] | None = None) -> TableText:
    names = draw(st.permutations(["K", "A", "B", "C"]))[: draw(st.integers(1, 4))]
    kinds = draw(st.lists(st.sampled_from(["", "string", "integer"]), min_size=4, max_size=4))
    rows = draw(st.lists(st.tuples(*[WORDS] * len(names)), max_size=6))
    columns = tuple(Column(name, kind) for name, kind in zip(names, kinds, strict=False))
    own = draw(st.sampled_from([(), ("K",), ("K", "A")])) if key is None else key
    return TableText(columns, own, rows)


@given(any_table())
def test_a_table_does_not_differ_from_itself(one: TableText) -> None:
    diff = diff_tables(one, one)
    assert severity(diff) == "none"
    assert diff == TableDiff(unchanged=len(one.rows), keyed=diff.keyed)


@given(any_table(), any_table(), st.integers(0, 5))
def test_counts_add_up(one: TableText, other: TableText, budget: int) -> None:
    diff = diff_tables(one, other, budget=budget)
    assert diff.unchanged + diff.changed + diff.removed == len(one.rows)
    assert diff.unchanged + diff.changed + diff.added == len(other.rows)
    assert len(diff.rows) <= budget
    assert len(diff.rows) == min(budget, diff.added + diff.removed + diff.changed)
    back = diff_tables(other, one, budget=budget)
    if set(one.key) == set(other.key):
        assert (back.added, back.removed) == (diff.removed, diff.added)


def applied(before: TableText, after: TableText, diff: TableDiff) -> Counter[tuple[str, ...]]:
    """The rows of `before` after all changes of the diff, in the columns of `after`."""
    rows = Counter(
        tuple(dict(zip(before.names, row, strict=True)).get(name, "") for name in after.names)
        for row in before.rows
    )
    for change in diff.rows:
        cells = {cell.column: cell for cell in change.cells}
        if change.kind == "added":
            rows[tuple(cells[n].after if n in cells else "" for n in after.names)] += 1
        elif change.kind == "removed":
            rows[tuple(cells[n].before if n in cells else "" for n in after.names)] -= 1
        else:
            place = after.names.index("K")
            old = next(r for r in rows if r[place] == change.key and rows[r] > 0)
            for name, value in zip(after.names, old, strict=True):
                assert name not in cells or cells[name].before == value
            rows[old] -= 1
            old = tuple(
                cells[name].after if name in cells else value
                for name, value in zip(after.names, old, strict=True)
            )
            rows[old] += 1
    return +rows


def one_row_per_key(table: TableText) -> TableText:
    """The last row of each key; a table without the key's column has none."""
    if "K" not in table.names:
        return TableText(table.columns, (), table.rows)
    place = table.names.index("K")
    rows = {row[place]: row for row in table.rows if row[place]}
    return TableText(table.columns, table.key, list(rows.values()))


@settings(max_examples=300, deadline=None)
@given(any_table(("K",)), any_table(("K",)))
def test_the_whole_diff_applied_gives_the_new_table(one: TableText, other: TableText) -> None:
    before, after = one_row_per_key(one), one_row_per_key(other)
    diff = diff_tables(before, after, budget=10**6)
    # A changed row without a key cannot be pointed at.
    assume(diff.keyed or not diff.changed)
    assert applied(before, after, diff) == Counter(after.rows)


@pytest.mark.slow
def test_a_hundred_thousand_rows_take_seconds() -> None:
    rows = [(f"022055-dx-{n}", *(f"値{n % 97}-{c}" for c in range(19))) for n in range(100_000)]
    names = "ID " + " ".join(f"列{n}" for n in range(19))
    changed = [(*row[:-1], "別") if n % 10 == 0 else row for n, row in enumerate(rows)]
    start = perf_counter()
    diff = diff_tables(table(names, rows), table(names, changed))
    assert (diff.changed, diff.unchanged, len(diff.rows)) == (10_000, 90_000, tables.SHOWN_ROWS)
    assert perf_counter() - start < 5
