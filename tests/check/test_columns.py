"""Tables by column: each value once, but only where equal values are the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipelines.check.columns import Columns
from pipelines.check.fault import text_of
from pipelines.check.strict import strict_faults


def column(*cells: Any) -> Any:
    return Columns([{"a": cell} for cell in cells])["a"]


def test_a_cell_that_is_not_there_is_empty() -> None:
    table = Columns([{"a": "1"}, {}])
    assert table["a"].values == ["1", None]
    assert table["b"].values == [None, None]
    assert table["a"] is table["a"]


def test_repeated_text_stands_once() -> None:
    found = column("x", "y", "x", None, None, 2022, 2022)
    assert sorted(map(str, found.distinct)) == ["2022", "None", "x", "y"]
    assert found.plain


@pytest.mark.parametrize("cells", [(1, True), (1, 1.0), ("x", ["x"]), (Decimal(1), Decimal("1.0"))])
def test_values_that_only_seem_equal_all_stay(cells: tuple[object, ...]) -> None:
    found = column(*cells)
    assert list(map(repr, found.distinct)) == list(map(repr, cells))
    assert found.plain is isinstance(cells[1], Decimal)


def test_a_faulty_value_behind_an_equal_one_is_found() -> None:
    fields = [{"name": "a", "type": "number"}, {"name": "b", "type": "integer"}]
    rows: list[Any] = [
        {"a": Decimal(1), "b": 1},
        {"a": Decimal("1." + "0" * 40), "b": True},
    ]
    found = strict_faults("t", Columns(rows), {"name": "t", "fields": fields})
    assert [(f.line, f.column, f.rule) for f in found] == [(3, "a", "range"), (3, "b", "type")]


def test_strict_faults_come_line_by_line_and_unknown_columns_first() -> None:
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]
    rows: list[Any] = [{"b": 1}, {"z": 1, "y": 2, "a": "1", "b": 2}, {"a": "x"}]
    found = strict_faults("t", Columns(rows), {"name": "t", "fields": fields})
    assert [(f.line, f.column, f.rule) for f in found] == [
        (2, "b", "type"),
        (3, "", "column"),
        (3, "a", "type"),
        (3, "b", "type"),
        (4, "a", "type"),
    ]
    assert found[1].found == "y、z"


def test_what_python_cannot_print_is_told_by_its_kind() -> None:
    assert text_of([10**5000]) == "list"
    assert text_of(10**5000) == "16610 bit"
