"""From our CSV and its schema to the table that the DataStore shall have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.model import MachidataError
from pipelines.publish.ckan.store_names import LONGEST, store_names
from pipelines.publish.ckan.store_table import store_table

PACKAGES = sorted((Path(__file__).parents[3] / "datapackages").glob("*/datapackage.json"))


def column(kind: str, texts: list[str], **more: Any) -> tuple[str, list[Any]]:
    """The type and values of one column with these texts."""
    fields = [{"name": "番号", "type": "string"}, {"name": "値", "type": kind, **more}]
    lines = ["番号,値", *(f'{n},"{text}"' for n, text in enumerate(texts))]
    schema = {"name": "t", "fields": fields, "missingValues": [""], "primaryKey": "番号"}
    table = store_table("\r\n".join(lines).encode("utf-8-sig"), schema)
    return table.fields[1].type, [row[1] for row in table.rows]


def refused(code: str, data: str, schema: dict[str, Any]) -> MachidataError:
    with pytest.raises(MachidataError) as error:
        store_table(data.encode(), schema)
    assert error.value.code == code
    return error.value


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.parent.name)
def test_every_package_fits(path: Path) -> None:
    for resource in json.loads(path.read_text("utf-8"))["resources"]:
        data = (path.parent / resource["path"]).read_bytes()
        table = store_table(data, resource["schema"])
        assert len(table.rows) == resource["machidata:rows"]
        assert table.columns[0] == "全国地方公共団体コード"  # no mark at its start
        assert table.key == ("ID",)
        assert {one.type for one in table.fields} <= {"text", "int8", "numeric"}
        assert all(one.info["label"] == one.id for one in table.fields)
        assert all(one.info["notes"].isascii() for one in table.fields)
        assert not any(cell == "" for row in table.rows for cell in row)


@pytest.mark.parametrize(
    ("kind", "texts", "wanted", "values"),
    [
        ("string", ["022055", "", " x "], "text", ["022055", None, " x "]),
        ("string", ["'=1", "''=1", "'x", "-"], "text", ["=1", "'=1", "'x", "-"]),
        ("integer", ["2024", "", "-007"], "int8", [2024, None, -7]),
        ("integer", ["1", "12345678901234567890"], "numeric", ["1", "12345678901234567890"]),
        ("year", ["2024"], "int8", [2024]),
        ("number", ["0.1", "97.40", "1e22", "-3.2", "12345678901234567890"], "numeric",
         ["0.1", "97.40", "10000000000000000000000", "-3.2", "12345678901234567890"]),
        ("number", ["", "-0.00", "0e5", "+5", ".5", "5.", "007.50", "1.50e1", "1e-10"], "numeric",
         [None, "0.00", "0", "5", "0.5", "5", "7.50", "15.0", "0.0000000001"]),
        ("boolean", ["true", "0", ""], "bool", [True, False, None]),
        ("date", ["2024-02-29", ""], "date", ["2024-02-29", None]),
        ("datetime", ["2024-04-01T09:00:00", ""], "timestamp", ["2024-04-01T09:00:00", None]),
        ("datetime", ["2024-04-01T09:00:00+09:00", ""], "text",
         ["2024-04-01T09:00:00+09:00", None]),
        ("time", ["09:30:00"], "time", ["09:30:00"]),
        ("time", ["24:00:00"], "text", ["24:00:00"]),
        ("yearmonth", ["2024-04"], "text", ["2024-04"]),
        ("list", ["a,b"], "text", ["a,b"]),
        ("array", ["[1]"], "text", ["[1]"]),
    ],
)  # fmt: skip
def test_types_and_values(kind: str, texts: list[str], wanted: str, values: list[Any]) -> None:
    assert column(kind, texts) == (wanted, values)


def test_spellings_of_their_own() -> None:
    assert column("number", ["1,234.5"], groupChar=",") == ("numeric", ["1234.5"])
    assert column("number", ["1,5"], decimalChar=",") == ("numeric", ["1.5"])
    assert column("boolean", ["有", "無"], trueValues=["有"], falseValues=["無"]) == (
        "bool",
        [True, False],
    )
    assert column("date", ["1/4/2024"], format="%d/%m/%Y") == ("text", ["1/4/2024"])
    assert column("string", ["-", "x"], missingValues=["-"]) == ("text", [None, "x"])
    labelled = [{"value": "無", "label": "なし"}]
    assert column("integer", ["無", "1"], missingValues=labelled) == ("int8", [None, 1])
    assert column("string", ["", "x"], missingValues=[]) == ("text", ["", "x"])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "1.5"),
        ("integer", "１"),
        ("integer", "1" * 5000),
        ("number", "NaN"),
        ("number", "INF"),
        ("number", "1_0"),
        ("number", "1e200000"),
        ("number", "1e-20000"),
        ("number", "--1"),
        ("boolean", "yes"),
        ("date", "2024-02-30"),
        ("date", "20240401"),
    ],
)
def test_what_a_column_cannot_hold(kind: str, text: str) -> None:
    with pytest.raises(MachidataError) as error:
        column(kind, ["", text])
    assert error.value.code == "store-cell"
    assert error.value.where == "t row 2 値"
    assert error.value.found == text[:100]
    assert error.value.exit_code == 2


def test_the_key_must_tell_the_rows_apart() -> None:
    fields = [{"name": name, "type": "string"} for name in ("a", "b")]
    schema = {"name": "t", "fields": fields, "primaryKey": ["a", "b"]}
    assert "row 2" in refused("store-key", "a,b\n1,1\n1,1\n", schema).where
    assert "row 1" in refused("store-key", "a,b\n1,\n", schema).where
    refused("store-key", "a,b\n", {**schema, "primaryKey": ["c"]})
    refused("store-key", "a,b\n", {**schema, "primaryKey": ["a", "a"]})
    assert store_table(b"a,b\n1,1\n1,1\n", {**schema, "primaryKey": []}).key == ()


def test_what_is_no_table() -> None:
    fields = [{"name": name, "type": "string"} for name in ("a", "b")]
    schema = {"name": "t", "fields": fields}
    assert refused("store-header", "a,c\n", schema).found == "a, c"
    assert refused("store-csv", "a,b\n1,2\n3\n", schema).where == "t row 2"
    refused("store-csv", 'a,b\n1,"2\n', schema)
    refused("store-cell", "a,b\n1,\0\n", schema)
    with pytest.raises(MachidataError, match="store-csv"):
        store_table(b"a,b\n\xff,1\n", schema)
    assert store_table(b"a,b\n", schema).rows == ()


def test_one_column_may_be_empty() -> None:
    schema = {"name": "t", "fields": [{"name": "a", "type": "string"}]}
    assert store_table(b'a\n1\n""\n', schema).rows == (("1",), (None,))


def test_names_stay_as_they_are() -> None:
    names = ["全国地方公共団体コード", "100%", "x(人)", "a, b", "時刻:分", "あ" * 21, "a'b", "$x"]
    assert store_names("t", names) == tuple(names)


@pytest.mark.parametrize(
    "name", ["", " a", "_a", 'a"b', "a\tb", "a\u200bb", "a :b", "ctid", "a\x00"]
)
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(MachidataError) as error:
        store_names("t", ["ID", name])
    assert error.value.code == "store-column-name"
    assert error.value.found.isprintable()


def test_long_names_are_shortened_and_told_apart() -> None:
    first, second = (
        "感染症対策として実施している取組の内容及び効果",
        "感染症対策として実施している取組の内容及び費用",
    )
    long = [first, second, "ID"]
    short = store_names("t", long)
    assert short[2] == "ID"
    assert short[0] == "感染症対策として実施している取組の内容及…"
    assert len(set(short)) == 3
    assert all(len(name.encode()) <= LONGEST for name in short)
    schema = {"name": "t", "fields": [{"name": n, "type": "string"} for n in long],
              "primaryKey": [first]}  # fmt: skip
    table = store_table((",".join(long) + "\n1,2,3\n").encode(), schema)
    assert table.fields[0].info["label"] == first
    assert table.key == (short[0],)


def test_how_many_columns() -> None:
    with pytest.raises(MachidataError, match="store-columns"):
        store_names("t", [f"c{n}" for n in range(1599)])
    with pytest.raises(MachidataError, match="store-columns"):
        store_names("t", [])
    with pytest.raises(MachidataError, match="store-column-name"):
        store_names("t", ["a", "a"])
