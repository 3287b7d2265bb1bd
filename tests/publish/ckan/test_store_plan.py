"""From what is there to what shall be there, and back, with as few rows as possible."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipelines.model import MachidataError
from pipelines.publish.ckan.errors import Refused, Uncertain
from pipelines.publish.ckan.store_model import (
    Row,
    StoreField,
    StoreOperations,
    StoreSeen,
    StoreTable,
    seen_from,
)
from pipelines.publish.ckan.store_plan import plan_store, undo_store
from pipelines.publish.ckan.store_reading import count_store, read_store
from pipelines.publish.ckan.store_writing import write_store
from tests.publish.ckan.pretend_store import PretendStore, alternately

AT = "3f0c2a5e-0000-4000-8000-000000000001"
TYPES = ("text", "int8", "numeric", "bool", "date")


def table(*rows: Row, key: Sequence[str] = ("ID",), more: Sequence[StoreField] = ()) -> StoreTable:
    """A table of ID and 値, and more columns."""
    fields = (
        StoreField("ID", "text", {"label": "ID", "notes": "Identifier"}),
        StoreField("値", "numeric", {"label": "値", "notes": "Value"}),
        *more,
    )
    return StoreTable(fields, tuple(key), rows)


def put(store: PretendStore, wanted: StoreTable, **sizes: int) -> Any:
    """Plans and writes; the change."""
    change, operations = plan_store(read_store(store, AT), wanted)
    write_store(store, AT, operations, **sizes)
    return change


def stands(store: PretendStore, wanted: StoreTable) -> bool:
    """Whether the rows are those, in any order, and the next plan is nothing."""
    seen = read_store(store, AT)
    assert seen
    rows = sorted(map(repr, seen.table.rows)) == sorted(map(repr, wanted.rows))
    return rows and plan_store(seen, wanted)[0].how == "keep"


def test_a_table_is_made_with_its_rows_at_once() -> None:
    store = PretendStore()
    wanted = table(("a", "1"), ("b", None))
    change = put(store, wanted)
    assert (change.how, change.written, change.deleted) == ("create", 2, 0)
    assert [action for action, _ in store.writes] == ["datastore_create"]
    assert store.writes[0][1]["records"] == [{"ID": "a", "値": "1"}, {"ID": "b", "値": None}]
    seen = read_store(store, AT)
    assert seen and seen.table == wanted
    assert count_store(store, AT) == 2
    assert put(store, wanted).how == "keep"
    assert len(store.writes) == 1


def test_only_what_changed_is_written() -> None:
    store = PretendStore()
    put(store, table(("a", "1"), ("b", "2"), ("c", "3")))
    store.writes.clear()
    wanted = table(("d", "4"), ("c", "3"), ("b", "2.0"))
    change = put(store, wanted)
    assert (change.how, change.written, change.deleted) == ("rows", 2, 1)
    assert [(action, data.get("method")) for action, data in store.writes] == [
        ("datastore_upsert", "insert"),
        ("datastore_upsert", "update"),
        ("datastore_delete", None),
    ]
    assert store.writes[2][1]["filters"] == {"_id": [1], "ID": ["a"]}
    assert sorted(store.tables[AT].rows) == [2, 3, 4]  # c is the row that it was
    assert "2.0" in store.tables[AT].searched[2]
    assert stands(store, wanted)


def test_the_dictionary_alone() -> None:
    store = PretendStore()
    put(store, table(("a", "1")))
    store.tables[AT].fields["値"]["info"] = {"label": "ちがう", "unit": "人"}
    store.writes.clear()
    change = put(store, table(("a", "1")))
    assert (change.how, change.dictionary, change.written) == ("fields", True, 0)
    assert store.tables[AT].fields["値"]["info"] == {"label": "値", "notes": "Value", "unit": "人"}
    assert "records" not in store.writes[0][1]
    assert put(store, table(("a", "1"))).how == "keep"  # what is the portal's is no difference


def test_a_new_column_is_added_in_place() -> None:
    store = PretendStore()
    put(store, table(("a", "1"), ("b", "2")))
    new = StoreField("備考", "text", {"label": "備考"})
    wanted = table(("a", "1", None), ("b", "2", "x"), more=[new])
    change = put(store, wanted)
    assert (change.how, change.written, change.dictionary) == ("rows", 1, True)
    assert sorted(store.tables[AT].rows) == [1, 2]
    assert stands(store, wanted)


@pytest.mark.parametrize(
    "wanted",
    [
        StoreTable((StoreField("ID", "text"),), ("ID",), (("a",),)),
        StoreTable((StoreField("値", "numeric"), StoreField("ID", "text")), ("ID",), ()),
        StoreTable((StoreField("ID", "text"), StoreField("値", "text")), ("ID",), (("a", "x"),)),
        table(("a", "1"), key=("ID", "値")),
        table(("a", "1"), ("a", "1"), key=()),
    ],
    ids=["column gone", "moved", "type", "key", "no key"],
)
def test_other_columns_make_the_table_anew(wanted: StoreTable) -> None:
    store = PretendStore()
    put(store, table(("a", "1"), ("b", "2")))
    store.tables[AT].aliases = ["also"]
    before = read_store(store, AT)
    change = put(store, wanted)
    assert (change.how, change.written, change.deleted) == ("replace", len(wanted.rows), 2)
    assert store.tables[AT].aliases == ["also"]
    assert stands(store, wanted)
    write_store(store, AT, undo_store(before, read_store(store, AT)))
    after = read_store(store, AT)
    assert before and after and after.digest() == before.digest()


def test_rows_that_others_added_are_seen() -> None:
    store = PretendStore()
    wanted = table(("a", "1"))
    put(store, wanted)
    extra = [{"ID": None, "値": "5"}, {"ID": None, "値": "5"}, {"ID": "z", "値": None}]
    told = {"force": True, "calculate_record_count": False, "method": "insert"}
    store.write("datastore_upsert", resource_id=AT, records=extra, **told)
    store.writes.clear()
    change = put(store, wanted)
    assert (change.how, change.deleted) == ("rows", 3)
    assert store.writes[0][1]["filters"] == {"_id": [2, 3, 4]}
    assert stands(store, wanted)


def test_without_a_key_rows_are_a_heap() -> None:
    store = PretendStore()
    put(store, table(("a", "1"), ("a", "1"), ("b", "2"), key=()))
    wanted = table(("a", "1"), ("b", None), ("b", "2"), key=())
    change = put(store, wanted)
    assert (change.how, change.written, change.deleted) == ("rows", 1, 1)
    assert stands(store, wanted)


def test_a_key_that_ckan_does_not_tell() -> None:
    store = PretendStore(hides_key=True)
    wanted = table(("a", "1"), ("b", "2"))
    put(store, wanted)
    seen = read_store(store, AT)
    assert seen and not seen.key_known
    assert put(store, wanted).how == "keep"
    changed = table(("a", "1"), ("b", "3"))
    store.writes.clear()
    assert put(store, changed).how == "rows"
    assert store.writes[0][1]["primary_key"] == ["ID"]  # made sure of
    assert stands(store, changed)
    back = undo_store(seen, read_store(store, AT), ("ID",))
    write_store(store, AT, back)
    assert not back.drop
    assert stands(store, wanted)


def test_a_key_that_is_not_unique_after_all() -> None:
    twice = StoreSeen(table(("a", "1"), ("a", "2")), (1, 2))
    assert plan_store(twice, table(("a", "1")))[0].how == "replace"


def test_the_digest_is_of_what_is_written() -> None:
    seen = StoreSeen(table(("a", "1"), ("b", "2")), (1, 2))
    renumbered = StoreSeen(table(("b", "2"), ("a", "1")), (7, 8))
    wanted = table(("c", "3"))
    first, operations = plan_store(seen, wanted)
    assert first == plan_store(renumbered, wanted)[0]
    assert first.digest == operations.digest()
    assert first.digest != plan_store(seen, table(("c", "4")))[0].digest
    assert seen.digest() == renumbered.digest()
    assert seen.digest() != StoreSeen(table(("a", "1")), (1,)).digest()
    assert plan_store(seen, seen.table)[0].digest == ""


def test_a_journal_can_hold_what_was_seen() -> None:
    seen = StoreSeen(table(("a", "1"), (None, None)), (1, 5), False, ("x",))
    assert seen_from(json.loads(json.dumps(seen.data()))) == seen


def test_undo_of_a_creation_drops_the_table() -> None:
    store = PretendStore()
    put(store, table(("a", "1")))
    write_store(store, AT, undo_store(None, read_store(store, AT)))
    assert read_store(store, AT) is None
    assert count_store(store, AT) is None
    assert undo_store(None, None).empty


def test_nothing_is_ever_deleted_without_its_numbers() -> None:
    store = PretendStore()
    put(store, table(("a", "1")))
    # somebody made the table anew: the number is another row's now
    operations = StoreOperations(table().fields, ("ID",), gone=((1, ("zzz", "9")),))
    write_store(store, AT, operations)
    assert store.tables[AT].rows == {1: {"ID": "a", "値": "1"}}
    write_store(store, AT, StoreOperations(table().fields, ("ID",)))
    assert AT in store.tables


def test_pieces_of_rows_and_bytes() -> None:
    store = PretendStore(cap=3)
    wanted = table(*((f"{n:03}", str(n)) for n in range(25)))
    put(store, wanted, rows=10)
    assert [len(data["records"]) for _, data in store.writes] == [10, 10, 5]
    assert stands(store, wanted)
    store.writes.clear()
    put(store, table(), rows=10)
    assert [len(data["filters"]["_id"]) for _, data in store.writes] == [10, 10, 5]
    store.writes.clear()
    put(store, table(("a", "1"), ("b", "2")), size=1)
    assert [len(data["records"]) for _, data in store.writes] == [1, 1]


def test_texts_of_every_kind_come_back() -> None:
    store = PretendStore()
    texts = ["", 'say "x"', "a,b", "line\r\nbreak", "\n", "\\.", "=1+1", "🗾", " ", "NULL", "''"]
    wanted = StoreTable(
        (StoreField("ID", "int8"), StoreField("文", "text")),
        ("ID",),
        tuple(enumerate([None, *texts])),
    )
    put(store, wanted)
    seen = read_store(store, AT)
    assert seen and seen.table.rows == wanted.rows


def test_values_of_tables_that_others_made() -> None:
    store = PretendStore()
    fields = [("a", "float8"), ("b", "nested"), ("c", "_text"), ("d", "timestamp"), ("e", "bool")]
    rows = (("0.1", '{"x":1}', '["p"]', "2024-04-01T09:00:00", True),)
    made = StoreTable(tuple(StoreField(*one) for one in fields), (), rows)
    put(store, made)
    record = store.writes[0][1]["records"][0]
    assert (record["b"], record["c"]) == ({"x": 1}, ["p"])
    store.tables[AT].rows[1] |= {"b": '{"x":1}', "c": '["p"]', "d": "2024-04-01T09:00:00.000"}
    seen = read_store(store, AT)
    assert seen and seen.table.rows == rows


def test_an_answer_that_is_no_table_is_an_error() -> None:
    class Odd(PretendStore):
        said: Any = ""

        def read(self, action: str, /, **data: Any) -> Any:
            found = super().read(action, **data)
            return found | {"records": self.said} if action == "datastore_search" else found

    store = Odd()
    put(store, table(("a", "1")))
    for said in ("x,a,1\n", "1,a\n", "1,a,1,1\n", '1,a,"""\n', "1,a,1\n1,b,2\n", [{"a": 1}], []):
        store.said = said
        with pytest.raises(MachidataError, match="store-unread"):
            read_store(store, AT)


@pytest.mark.parametrize("fault", ["before", "after"])
@pytest.mark.parametrize("at", range(8))
def test_an_open_outcome_is_settled(fault: str, at: int) -> None:
    store = PretendStore(fault=alternately(*[""] * at, fault))
    before = table(*((f"{n}", "1") for n in range(4)))
    wanted = table(*((f"{n}", str(n)) for n in range(1, 7)))
    put(store, before, rows=2)
    put(store, wanted, rows=2)
    assert stands(store, wanted)


def test_an_outcome_that_stays_open_is_told() -> None:
    store = PretendStore(fault=lambda action: "before")
    with pytest.raises(Uncertain):
        put(store, table(("a", "1")))


def test_what_is_refused_leaves_no_empty_table() -> None:
    store = PretendStore()
    with pytest.raises(Refused):
        put(store, StoreTable(table().fields, ("ID",), (("a", "1"), ("a", "2"))))
    assert read_store(store, AT) is None


@pytest.mark.parametrize("dead", range(7))
def test_done_again_after_a_death_it_ends_the_same(dead: int) -> None:
    class DeathError(Exception):
        pass

    def kill(action: str) -> str:
        if len(store.writes) == dead:
            raise DeathError
        return ""

    store = PretendStore()
    put(store, table(*((f"{n}", "1") for n in range(4)), key=()))
    store.writes.clear()
    before = read_store(store, AT)
    wanted = table(*((f"{n}", str(n)) for n in range(1, 9)))
    _, operations = plan_store(before, wanted)
    store.fault = kill
    try:
        write_store(store, AT, operations, rows=2)
    except DeathError:
        store.fault = alternately()
        write_store(store, AT, operations, rows=2)
    assert stands(store, wanted)


names = some.sampled_from(["ID", "値", "備考", "年度", "旗"])
values = {
    "text": some.none() | some.sampled_from(["", "a", 'q"', "改,行\n"]) | some.text(max_size=3),
    "int8": some.none() | some.integers(-3, 3),
    "numeric": some.none() | some.sampled_from(["0.1", "97.40", "97.4", "10000000000000000000000"]),
    "bool": some.none() | some.booleans(),
    "date": some.none() | some.dates().map(str),
}


@some.composite
def tables(draw: some.DrawFn) -> StoreTable:
    """Any table, often with a key."""
    columns = draw(some.lists(names, min_size=1, max_size=4, unique=True))
    fields = tuple(
        StoreField(name, draw(some.sampled_from(TYPES[:2] if name == "ID" else TYPES)))
        for name in columns
    )
    cells = some.tuples(*(values[one.type] for one in fields))
    rows = draw(some.lists(cells, max_size=8))
    key = tuple(draw(some.lists(some.sampled_from(columns), max_size=2, unique=True)))
    found: dict[Row, Row] = {}
    for row in rows:
        at = tuple(row[columns.index(name)] for name in key)
        if None not in at:
            found.setdefault(at, row)
    return StoreTable(fields, key, tuple(found.values() if key else rows))


@given(before=some.none() | tables(), wanted=tables(), rows=some.integers(1, 4))
def test_any_table_becomes_any_other_and_goes_back(
    before: StoreTable | None, wanted: StoreTable, rows: int
) -> None:
    store = PretendStore(cap=3)
    if before is not None:
        put(store, before)
    seen = read_store(store, AT)
    put(store, wanted, rows=rows)
    assert stands(store, wanted)
    now = read_store(store, AT)
    assert now and [(f.id, f.type) for f in now.table.fields] == [
        (f.id, f.type) for f in wanted.fields
    ]
    write_store(store, AT, undo_store(seen, now), rows=rows)
    back = read_store(store, AT)
    assert (seen and seen.digest()) == (back and back.digest())
