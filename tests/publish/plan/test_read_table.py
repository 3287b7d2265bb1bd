"""CSV files of ours and of strangers."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import MachidataError
from pipelines.publish.plan.read_table import MOST_COLUMNS, published_table, read_table
from pipelines.publish.plan.tables import Column

SCHEMA = {
    "fields": [{"name": "ID", "type": "string"}, {"name": "値", "type": "integer"}],
    "primaryKey": ["ID"],
    "missingValues": ["", "-"],
}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_table_with_its_schema(mark: str, end: str) -> None:
    text = mark + end.join(["ID,値", '"a,""b""",1', "", "c,-", ""])
    table = read_table(text.encode(), SCHEMA)
    assert table.columns == (Column("ID", "string"), Column("値", "integer"))
    assert table.key == ("ID",)
    assert table.rows == [('a,"b"', "1"), ("c", "")]


def test_a_line_break_within_a_cell_stays() -> None:
    assert read_table(b'ID\n"a\r\nb"\n', None).rows == [("a\r\nb",)]


@pytest.mark.parametrize(
    "schema",
    [
        None,
        {},
        {"fields": None, "primaryKey": 3, "missingValues": "x"},
        {"fields": [1, {"type": 2}]},
        ["fields"],
    ],
)
def test_a_schema_that_says_nothing(schema: object) -> None:
    table = read_table(b"ID\na\n", schema)  # type: ignore[arg-type]
    assert (table.columns, table.key) == ((Column("ID"),), ())


def test_a_key_as_one_name_and_marks_as_objects() -> None:
    table = read_table(b"ID\nn/a\n", {"primaryKey": "ID", "missingValues": [{"value": "n/a"}]})
    assert (table.key, table.rows) == (("ID",), [("",)])


@pytest.mark.parametrize(
    ("data", "where", "found"),
    [
        (b"", "line 1", "no header"),
        ("名称\n".encode("cp932"), "byte 0", ""),
        (b"ID\na\0\n", "", "NUL"),
        (b"ID,ID\n", "line 1", "2 × 'ID'"),
        (b"ID,A\na\n", "line 2", "1 cells"),
        (b"ID,A\na,b\n\na,b,c\n", "line 4", "3 cells"),
        (b'ID\n"a"b\n', "line 2", "expected"),
        (b'ID\n"a\n', "line 2", "end"),
        (b"PK\x03\x04\xff\xfe", "byte 4", "fffe"),
        (",".join(map(str, range(MOST_COLUMNS + 1))).encode(), "line 1", "1601 columns"),
        (b"ID\n" + b"x" * 200_000, "line 2", "limit"),
    ],
)
def test_rubbish_is_refused_by_us_and_noted_of_the_portal(
    data: bytes, where: str, found: str
) -> None:
    with pytest.raises(MachidataError) as caught:
        read_table(data, SCHEMA)
    assert caught.value.code == "table-unreadable"
    assert caught.value.where == where
    assert found in caught.value.found
    table, note = published_table(data, SCHEMA)
    assert table is None
    assert note is not None and caught.value.found in note[0] and caught.value.found in note[1]


@given(st.binary(max_size=60))
def test_no_upload_stops_a_plan(data: bytes) -> None:
    table, note = published_table(data, SCHEMA)
    assert (table is None) == (note is not None)
    if table is not None:
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_limit_of_a_cell_is_ours_whatever_the_process_allows() -> None:
    before = csv.field_size_limit(10**9)
    try:
        with pytest.raises(MachidataError) as caught:
            read_table(b"ID\n" + b"x" * 200_000, SCHEMA)
        assert "limit" in caught.value.found
    finally:
        csv.field_size_limit(before)
