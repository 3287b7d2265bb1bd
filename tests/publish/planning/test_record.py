"""The record: a round trip, and nothing but a record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import MachidataError
from pipelines.publish.planning.record import (
    FileRecord,
    Record,
    load_records,
    read_record,
    record_bytes,
)
from tests.publish.house import House, csv, wanted, wanted_file

json_values = st.recursive(
    st.none() | st.booleans() | st.text(max_size=4), lambda x: st.lists(x, max_size=2), max_leaves=4
)
fields = st.dictionaries(st.text(max_size=4), json_values, max_size=3)
texts = st.text(max_size=5)
files = st.builds(FileRecord, texts, texts, texts, fields, fields, texts, texts, texts, texts)
records = st.builds(
    Record,
    package=texts,
    name=texts,
    id=texts,
    iri=texts,
    title=texts,
    version=texts,
    sent=fields,
    shown=fields,
    files=st.dictionaries(texts, files, max_size=2),
    order=st.lists(texts, max_size=3).map(tuple),
    withdrawn=st.booleans(),
)


@given(records)
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    data = record_bytes(record)
    assert read_record(data, "x") == record
    assert record_bytes(read_record(data, "x")) == data


GOOD = json.loads(record_bytes(Record("p", "n", "i", "r", "t", "v", {}, {})))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"{}",
        json.dumps({**GOOD, "format": "machidata-record/2"}).encode(),
        json.dumps({**GOOD, "more": 1}).encode(),
        json.dumps({k: v for k, v in GOOD.items() if k != "id"}).encode(),
        json.dumps({k: v for k, v in GOOD.items() if k != "order"}).encode(),
        json.dumps({**GOOD, "files": []}).encode(),
        json.dumps({**GOOD, "files": {"a": {"id": "x"}}}).encode(),
        json.dumps({**GOOD, "files": {"a": None}}).encode(),
        json.dumps({**GOOD, "order": 3}).encode(),
    ],
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(MachidataError) as error:
        read_record(data, "x.json")
    assert (error.value.code, error.value.where) == ("record-invalid", "x.json")


def test_records_of_a_folder_and_of_none(tmp_path: Path) -> None:
    assert load_records(tmp_path / "none") == {}
    for name in ("b", "a"):
        record = Record(f"024465-{name}-plan", "n", "i", "r", "t", "v", {}, {})
        (tmp_path / f"{name}.json").write_bytes(record_bytes(record))
    assert list(load_records(tmp_path)) == ["024465-a-plan", "024465-b-plan"]


def test_a_record_cannot_name_another_folder(tmp_path: Path) -> None:
    record = Record("../../x", "n", "i", "r", "t", "v", {}, {})
    (tmp_path / "x.json").write_bytes(record_bytes(record))
    with pytest.raises(MachidataError):
        load_records(tmp_path)


def test_a_record_holds_no_data(house: House) -> None:
    house.want(wanted("one", wanted_file("plan", csv({"secret-row": 1}))))
    house.apply()
    data: Any = next((house.state / "records").glob("*.json")).read_bytes()
    assert b"secret-row" not in data
    assert house.records()["one"].files["plan"].sha256.encode() in data
