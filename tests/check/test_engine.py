"""Our own reading of Table Schema, with frictionless as the judge: fault by fault the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.check import engine
from pipelines.check.columns import by_column
from pipelines.check.engine import Key, seen_faults, validate
from pipelines.check.fault import Fault
from pipelines.check.judge import judged
from pipelines.check.reading import understood
from pipelines.model import Row
from pipelines.vocabulary import table_schemas
from tests.check.samples import sample_tables

SCHEMAS = table_schemas()
SIGNALLING = Decimal("sNaN")


def ours(tables: Mapping[str, list[Row]], schemas: Any, slug: str) -> set[Key] | None:
    return seen_faults(slug, by_column(tables), schemas)


def theirs(tables: Mapping[str, list[Row]], schemas: Any, slug: str) -> set[Key]:
    return {fault.key for fault in judged(tables, schemas, {slug: None})}


def rows_of_samples() -> dict[str, list[Row]]:
    tables = {slug: table.rows for slug, table in sample_tables(rows=4).tables.items()}
    return {**tables, "finding": []}


words = st.sampled_from(
    ["", " ", "-", "2022", " 2023 ", "２０２２", "2_022", "1.5", "NaN", "a|b", "axxx", "ab\n", "0"]
)
numbers = st.one_of(
    st.integers(-3, 3),
    st.sampled_from([1867, 1868, 2200, 2201, 2**63, 2**63 + 1, -(10**5000)]),
    st.sampled_from(["0", "-0.0", "2.00", "1E+2", "1E+30", "1E-30", "NaN", "-Infinity"]).map(
        Decimal
    ),
    st.decimals(allow_nan=False, places=2, min_value=-5, max_value=5),
)
texts = st.one_of(words, st.text(max_size=4), st.text(st.characters(codec=None), max_size=2))
plain: st.SearchStrategy[Any] = st.one_of(st.none(), texts, numbers)


@st.composite
def broken_rows(draw: st.DrawFn, slug: str) -> dict[str, list[Row]]:
    """The made-up tables with up to eight cells of one table overwritten, by what stands elsewhere
    in its column or by anything, and perhaps an ID less in the tables that it points to.
    """
    tables = deepcopy(rows_of_samples())
    tables[slug] = tables[slug] or [
        {field["name"]: None for field in SCHEMAS[slug]["fields"]} for _ in range(3)
    ]
    rows = tables[slug]
    names = [field["name"] for field in SCHEMAS[slug]["fields"]]
    cell = st.tuples(st.integers(0, len(rows) - 1), st.sampled_from(names))
    for row, name in draw(st.lists(cell, max_size=8)):
        enum = next(f for f in SCHEMAS[slug]["fields"] if f["name"] == name)
        likely = [one[name] for one in rows] + enum.get("constraints", {}).get("enum", [])
        rows[row][name] = draw(st.one_of(st.sampled_from(likely), plain))
    if draw(st.booleans()):
        rows[draw(st.integers(0, len(rows) - 1))].clear()
    if draw(st.booleans()):
        tables["plan"][0]["ID"] = draw(plain)
    return tables


@pytest.mark.parametrize("slug", SCHEMAS)
def test_every_schema_of_the_vocabulary_is_understood(slug: str) -> None:
    assert understood(SCHEMAS[slug]), "its tables would all go to frictionless, which is slow"


@pytest.mark.parametrize("slug", SCHEMAS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_every_schema_is_read_as_frictionless_reads_it(slug: str, data: st.DataObject) -> None:
    tables = data.draw(broken_rows(slug))
    assert ours(tables, SCHEMAS, slug) == theirs(tables, SCHEMAS, slug)
    assert validate(by_column(tables), SCHEMAS) == judged(tables, SCHEMAS)


CONSTRAINTS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "string": {
        "required": st.booleans(),
        "unique": st.booleans(),
        "minLength": st.integers(0, 3),
        "maxLength": st.integers(0, 3),
        "pattern": st.sampled_from(["a|b", "^[0-9]+$", "[a-z]*", "(-|0)"]),
        "enum": st.lists(words, min_size=1, max_size=3),
    },
    "integer": {
        "required": st.booleans(),
        "unique": st.booleans(),
        "minimum": st.integers(-2, 2),
        "maximum": st.integers(-2, 2),
        "enum": st.lists(st.sampled_from([-1, 0, 1, "2", "2022"]), min_size=1, max_size=3),
    },
}
CONSTRAINTS["number"] = CONSTRAINTS["integer"]
NAMES = ["甲", "乙", "丙"]


@st.composite
def fields(draw: st.DrawFn, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(CONSTRAINTS)))
    wanted = st.fixed_dictionaries({}, optional=CONSTRAINTS[kind])
    return {"name": name, "title": "any", "type": kind, "constraints": draw(wanted)}


@st.composite
def schemas(draw: st.DrawFn, slug: str, others: list[str]) -> dict[str, Any]:
    names = NAMES[: draw(st.integers(1, 3))]
    some = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
    schema: dict[str, Any] = {"name": slug, "fields": [draw(fields(name)) for name in names]}
    if draw(st.booleans()):
        schema["missingValues"] = draw(
            st.lists(st.sampled_from(["", "-", "0", "None"]), unique=True)
        )
    if draw(st.booleans()):
        schema["primaryKey"] = draw(some)
    if draw(st.booleans()):
        own = draw(some)
        reference: dict[str, Any] = {"fields": own[::-1]}
        target = draw(st.sampled_from(["", *others]))
        if target:
            asked = st.lists(st.sampled_from(NAMES[:1]), min_size=1, max_size=1)
            own, reference = own[:1], {"resource": target, "fields": draw(asked)}
        schema["foreignKeys"] = [{"fields": own, "reference": reference}]
    return schema


def rows_of(schema: Mapping[str, Any]) -> st.SearchStrategy[list[Row]]:
    few: st.SearchStrategy[Any] = st.sampled_from([None, "", "-", "0", "a", "b", 0, 1, 2, "2"])
    cells: dict[str, Any] = {f["name"]: st.one_of(few, few, plain) for f in schema["fields"]}
    return st.lists(st.fixed_dictionaries({}, optional=cells), max_size=5)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_schema_that_is_understood_is_read_as_frictionless_reads_it(
    data: st.DataObject,
) -> None:
    known = {"other": data.draw(schemas("other", []))}
    known["own"] = data.draw(schemas("own", ["other", "absent"]))
    tables = {slug: data.draw(rows_of(schema)) for slug, schema in known.items()}
    assert ours(tables, known, "own") == theirs(tables, known, "own")


def decimals(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


RARE: list[tuple[dict[str, Any], list[Any], list[int]]] = [
    # a field, its cells, the lines that are at fault: what chance alone would seldom meet
    ({"type": "string", "constraints": {"pattern": "a|b"}}, ["axxx", "b", "xa", "xb"], [4, 5]),
    ({"type": "string", "constraints": {"pattern": "[ab]"}}, ["a\n", "b"], []),
    ({"type": "number", "constraints": {"required": True}}, [*decimals("0.0", "0"), 0], [3, 4]),
    (
        {"type": "number", "constraints": {"unique": True}},
        [*decimals("1.0", "1"), 1, "1.00"],
        [3, 4, 5],
    ),
    ({"type": "integer", "constraints": {"unique": True}}, [2**64, 2**65], [3]),
    ({"type": "string", "constraints": {"unique": True}}, ["1", "0", "0", "１"], []),
]


@pytest.mark.parametrize(("field", "cells", "lines"), RARE)
def test_rare_cells_are_read_as_frictionless_reads_them(
    field: dict[str, Any], cells: list[Any], lines: list[int]
) -> None:
    more = {"name": "n", "type": "integer"}  # so that no row is blank
    schema = {"name": "t", "fields": [{"name": "a", **field}, more], "missingValues": ["0"]}
    tables = {"t": [{"a": cell, "n": 1} for cell in cells]}
    seen = ours(tables, {"t": schema}, "t")
    assert seen == theirs(tables, {"t": schema}, "t")
    assert sorted(line for _, line, _, _ in seen) == lines


def test_a_key_of_several_columns_may_lack_one_of_them() -> None:
    fields = [{"name": name, "type": "string"} for name in ("a", "b")]
    schema = {"name": "t", "fields": fields, "primaryKey": ["a", "b"]}
    pairs = [("x", "1"), (None, "1"), ("x", None), (None, "1"), ("x", "1")]
    tables: dict[str, list[Row]] = {"t": [{"a": a, "b": b} for a, b in pairs]}
    assert ours(tables, {"t": schema}, "t") == {("t", 5, "a", "key"), ("t", 6, "a", "key")}
    assert [f.expected for f in judged(tables, {"t": schema})] == ["行3", "行2"]
    assert validate(by_column(tables), {"t": schema}) == judged(tables, {"t": schema})


def one_field(kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": "t", "fields": [{"name": "a", "type": kind, **more}]}


UNKNOWN: list[tuple[dict[str, Any], object, list[str]]] = [
    # schema, cell, the rules that frictionless finds broken
    (one_field("date"), "2024-13-01", ["type"]),
    (one_field("date"), "2024-12-01", []),
    (one_field("boolean"), "はい", ["type"]),
    (one_field(format="email"), "nobody", ["type"]),
    (one_field("number", groupChar=","), "1,000", []),
    (one_field("number", bareNumber=False), "12件", []),
    (one_field("number", decimalChar=","), "1.5", ["type"]),
    (one_field(missingValues=["x"], constraints={"pattern": "y"}), "x", []),
    (one_field("number", constraints={"minimum": "2.5"}), Decimal(2), ["range"]),
    (one_field("number", constraints={"enum": [1.5]}), Decimal("1.5"), []),
    ({**one_field(), "fieldsMatch": "subset"}, "a", []),
    ({**one_field(), "somethingNew": True}, "a", []),
]


@pytest.mark.parametrize(("schema", "value", "rules"), UNKNOWN)
def test_what_is_not_known_here_is_asked(
    schema: dict[str, Any], value: Any, rules: list[str]
) -> None:
    tables = {"t": [{"a": value}]}
    assert ours(tables, {"t": schema}, "t") is None
    faults = validate(by_column(tables), {"t": schema})
    assert [fault.rule for fault in faults if fault.note != "blank-row"] == rules


REFUSED = [
    one_field(constraints={"minimum": 3}),
    one_field(constraints={"somethingNew": 3}),
    one_field("integer", constraints={"exclusiveMinimum": 3}),
    one_field("integer", constraints={"minimum": "three"}),
    one_field(constraints={"pattern": "("}),
    one_field(constraints={"required": "yes"}),
    {"name": "t", "fields": [{"name": "a", "type": "string"}] * 2},
    {**one_field(), "primaryKey": ["b"]},
    {**one_field(), "missingValues": ""},
]


@pytest.mark.parametrize("schema", REFUSED)
def test_a_schema_that_frictionless_refuses_makes_no_table_right(schema: dict[str, Any]) -> None:
    tables: dict[str, list[Row]] = {"t": [{"a": "2"}]}
    assert ours(tables, {"t": schema}, "t") is None
    faults = validate(by_column(tables), {"t": schema})
    assert [(fault.table, fault.rule) for fault in faults] == [("t", "other")]


def endless() -> list[Any]:
    nest: list[Any] = []
    for _ in range(100_000):
        nest = [nest]
    return nest


HOSTILE: list[tuple[str, object]] = [
    ("integer", True),
    ("integer", 2022.0),
    ("integer", 10**5000),
    ("integer", Decimal("1E+999999999")),
    ("integer", "9" * 10_000_000),
    ("number", Decimal("Infinity")),
    ("number", Decimal("NaN")),
    ("number", SIGNALLING),
    ("number", "sNaN"),
    ("number", float("nan")),
    ("string", "x" * 10_000_000),
    ("string", "\ud83d"),
    ("string", ["a"]),
    ("string", {"a": {1}}),
    ("string", [10**5000]),
    ("string", endless()),
]


@pytest.mark.parametrize("kind_value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("key", [False, True])
def test_no_value_is_too_strange(kind_value: tuple[str, Any], key: bool) -> None:
    kind, value = kind_value
    limits = {"string": {"enum": ["b"]}}.get(kind, {"minimum": 0, "maximum": 3})
    schema = one_field(kind, constraints=limits)
    if key:
        schema["primaryKey"] = ["a"]
        schema["foreignKeys"] = [{"fields": ["a"], "reference": {"resource": "", "fields": ["a"]}}]
    tables = {"t": [{"a": "b" if kind == "string" else 1}, {"a": value}, {"a": value}]}
    seen = ours(tables, {"t": schema}, "t")
    faults = validate(by_column(tables), {"t": schema})
    assert faults
    assert seen is None or seen == {fault.key for fault in faults}


def test_only_the_tables_in_doubt_are_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    def judge(tables: Any, schemas: Any, slugs: Any) -> list[Fault]:
        asked.update(slugs)
        return judged(tables, schemas, slugs)

    monkeypatch.setattr(engine, "judged", judge)
    tables = rows_of_samples()
    assert validate(by_column(tables), SCHEMAS) == []
    assert asked == {}
    tables["goal"][1]["施策ID"] = "nowhere"
    tables["status"][1]["年度"] = True  # type: ignore[assignment]
    found = validate(by_column(tables), SCHEMAS)
    assert asked == {"status": None, "goal": [3]}
    assert {(f.table, f.line, f.rule) for f in found} == {
        ("goal", 3, "reference"),
        ("status", 3, "type"),
    }
    assert found == judged(tables, SCHEMAS)


def test_the_word_of_frictionless_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "judged", lambda *asked: [])
    tables = rows_of_samples()
    tables["goal"][1]["施策ID"] = "nowhere"
    assert ours(tables, SCHEMAS, "goal") == {("goal", 3, "施策ID", "reference")}
    assert validate(by_column(tables), SCHEMAS) == []


def test_clean_tables_do_not_even_load_frictionless() -> None:
    program = (
        "import sys; from tests.check.samples import sample_tables; from pipelines.check import "
        "check; assert check(sample_tables()) == []; print('frictionless' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"False"]
