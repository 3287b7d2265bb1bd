"""No value without its provenance row."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from pipelines.check import check
from pipelines.check.case import Case
from pipelines.check.traced import untraced
from tests.tidy.making import TITLE, document, tab, tidied_documents

TEXT = TITLE + tab("番号|取組名|担当課|指標|令和5年度", "1|朝市|観光課|客|(10人) 20人")


def case() -> Case:
    one = document(TEXT)
    return Case(tidied_documents([one]), (("d0", one),))


def test_what_the_reading_gives_is_traced_whole() -> None:
    whole = case()
    assert check(whole.tables, whole.sources) == []
    assert len(whole.tables.rows("provenance")) > 40


@pytest.mark.parametrize(("table", "column"), [("observation", "値"), ("plan", "ID")])
def test_a_value_without_a_row_is_found(table: str, column: str) -> None:
    whole = case()
    rows = whole.tables.rows("provenance")
    lost = next(row for row in rows if (row["表"], row["列"]) == (table, column))
    rows.remove(lost)
    (found,) = untraced(whole)
    assert (found.code, found.severity) == ("value-untraced", "誤り")
    assert (found.table, found.row_id) == (table, lost["行ID"])
    assert found.place.endswith(column)


def test_a_row_of_another_table_is_no_provenance() -> None:
    whole = case()
    rows = whole.tables.rows("provenance")
    rows[:] = [{**row, "表": "policy"} if row["表"] == "plan" else row for row in rows]
    values = sum(value not in (None, "") for value in whole.tables.rows("plan")[0].values())
    assert len(list(untraced(whole))) == values


def test_tables_alone_need_no_provenance_and_empty_values_have_none() -> None:
    whole = case()
    whole.tables.rows("plan")[0].update({"備考": "", "版": None})
    assert list(untraced(whole)) == []
    whole.tables.tables.pop("provenance")
    assert list(untraced(whole))
    assert list(untraced(replace(whole, sources=()))) == []


def test_many_rows_are_seen_through_in_no_time() -> None:
    whole = case()
    rows = whole.tables.rows("plan") * 20_000
    whole.tables.tables["plan"].rows[:] = rows
    start = time.perf_counter()
    assert list(untraced(whole)) == []
    assert time.perf_counter() - start < 2
