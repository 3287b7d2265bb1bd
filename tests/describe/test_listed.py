"""The list of a catalog over many builds: nothing leaves it unless the operator says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.describe import describe
from pipelines.describe.listed import whole_list
from pipelines.model import MachidataError, Metadata, Package
from pipelines.opendata_rows import COLUMNS, LIST_PATH, ListRow, read_list, write_list
from tests.factory import ERROR, TOWNS, in_place, make_package, make_tables

BASE = "https://data.example.jp/machi/"
ONE, TWO, THREE = "022055-dx-plan", "152064-ict-plan", "082163-dx-plan"


def standing(metadata: Metadata) -> dict[str, bytes]:
    """What a later run finds of this one."""
    return {**in_place(metadata), LIST_PATH: metadata.files["opendata-list.csv"]}


def rows(metadata: Metadata) -> list[dict[str, str]]:
    return read_list(metadata.files["opendata-list.csv"])


def status(metadata: Metadata) -> dict[str, set[str]]:
    """Dataset → the statuses of its files."""
    found: dict[str, set[str]] = {}
    for row in rows(metadata):
        found.setdefault(row["データセット_ID"], set()).add(row["ファイル_ステータス"])
    return found


def codes(metadata: Metadata) -> list[str]:
    return [one.code for one in metadata.findings if one.table == "opendata-list"]


def without(slug: str, **changes: object) -> Package:
    """The first package less one of its tables."""
    tables = make_tables(ONE, TOWNS["022055"])
    del tables.tables[slug]
    return make_package(ONE, tables=tables, **changes)


def test_a_withdrawn_package_stays_with_its_last_rows() -> None:
    before = describe([make_package(ONE), make_package(TWO)], BASE)
    after = describe([make_package(ONE)], BASE, previous=standing(before))
    assert status(after) == {ONE: {"配信中"}, TWO: {"配信停止中"}}
    assert codes(after) == ["list-withdrawn"]
    old = [row for row in rows(before) if row["データセット_ID"] == TWO]
    new = [row for row in rows(after) if row["データセット_ID"] == TWO]
    for was, row in zip(old, new, strict=True):
        differing = {name for name in COLUMNS if was[name] != row[name]}
        assert differing == {"ファイル_ステータス", "ファイル_説明", "データセット_備考"}
        assert row["ファイル_説明"] == "【配信停止中】" + was["ファイル_説明"]
        assert row["データセット_備考"] == "配信停止中"


def test_what_was_withdrawn_is_the_same_in_all_later_lists() -> None:
    before = describe([make_package(ONE), make_package(TWO)], BASE)
    once = describe([make_package(ONE)], BASE, previous=standing(before))
    twice = describe([make_package(ONE)], BASE, previous=standing(once))
    assert twice.files == once.files
    assert codes(twice) == ["list-stays-withdrawn"]


def test_a_withdrawn_package_may_come_back() -> None:
    both = [make_package(ONE), make_package(TWO)]
    before = describe(both, BASE)
    gone = describe(both[:1], BASE, previous=standing(before))
    again = describe(both, BASE, previous=standing(gone))
    assert again.files == before.files
    assert codes(again) == []


def test_a_withdrawn_table_stays_under_the_dataset_as_it_is_now() -> None:
    before = describe([make_package(ONE)], BASE)
    now = without("goal", title="新しい題名", modified=date(2026, 1, 1))
    after = describe([now], BASE, previous=standing(before))
    stopped = [row for row in rows(after) if row["ファイル_ステータス"] == "配信停止中"]
    assert [row["ファイル_ID"] for row in stopped] == [f"{ONE}_goal"]
    assert {row["データセット_タイトル"] for row in rows(after)} == {"新しい題名"}
    assert stopped[0]["データセット_備考"] == ""
    assert [one.found for one in after.findings if one.code == "list-withdrawn"] == [f"{ONE}/goal"]


def test_a_package_withdrawn_after_one_of_its_tables_is_told_anew() -> None:
    before = describe([make_package(ONE), make_package(TWO)], BASE)
    part = describe([without("goal"), make_package(TWO)], BASE, previous=standing(before))
    whole = describe([make_package(TWO)], BASE, previous=standing(part))
    told = [(one.code, one.found) for one in whole.findings]
    assert told == [("list-withdrawn", ONE)]


def test_a_package_that_lost_its_licence_is_withdrawn_not_dropped() -> None:
    before = describe([make_package(ONE), make_package(TWO)], BASE)
    now = [make_package(ONE), make_package(TWO, licence="")]
    after = describe(now, BASE, previous=standing(before))
    assert status(after) == {ONE: {"配信中"}, TWO: {"配信停止中"}}
    assert {row["ファイル_ライセンス"] for row in rows(after)} == {"CC BY 4.0"}


def test_a_stopped_package_keeps_its_rows() -> None:
    before = describe([make_package(ONE), make_package(TWO)], BASE)
    broken = make_package(TWO, findings=[ERROR], title="読まれない題名")
    after = describe([make_package(ONE), broken], BASE, previous=standing(before))
    assert after.files["opendata-list.csv"] == before.files["opendata-list.csv"]
    assert codes(after) == []


def test_so_does_one_whose_description_is_gone() -> None:
    before = describe([make_package(ONE), make_package(TWO)], BASE)
    previous = {LIST_PATH: before.files["opendata-list.csv"]}
    after = describe([make_package(ONE)], BASE, previous=previous, keep=[TWO])
    assert after.files["opendata-list.csv"] == before.files["opendata-list.csv"]


@pytest.mark.parametrize(("forget", "left"), [(TWO, {ONE}), (f"{TWO}/goal", {ONE, TWO})])
def test_the_operator_may_forget(forget: str, left: set[str]) -> None:
    before = describe([make_package(ONE), make_package(TWO)], BASE)
    after = describe([make_package(ONE)], BASE, previous=standing(before), forget=[forget])
    assert set(status(after)) == left
    assert f"{TWO}_goal" not in {row["ファイル_ID"] for row in rows(after)}
    later = describe([make_package(ONE)], BASE, previous=standing(after))
    assert rows(later) == rows(after)


def test_what_is_published_or_merely_stopped_is_not_forgotten() -> None:
    before = describe([make_package(ONE), make_package(TWO)], BASE)
    now = [make_package(ONE), make_package(TWO, findings=[ERROR])]
    after = describe(now, BASE, previous=standing(before), forget=[ONE, TWO, f"{ONE}/goal"])
    assert rows(after) == rows(before)


def test_a_full_list_is_never_emptied() -> None:
    before = describe([make_package(ONE)], BASE)
    after = describe([], BASE, previous=standing(before), forget=[ONE])
    assert status(after) == {ONE: {"配信停止中"}}
    assert codes(after) == ["list-withdrawn", "list-not-emptied"]
    assert rows(describe([], BASE)) == []


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"\xff\xfe\x00", b"\xef\xbb\xbf" + "データセット_ID,x\r\n".encode()],
)
def test_a_list_that_cannot_be_read_is_no_empty_list(data: bytes) -> None:
    with pytest.raises(MachidataError) as caught:
        describe([make_package()], BASE, previous={LIST_PATH: data})
    assert (caught.value.code, caught.value.exit_code) == ("previous-list-invalid", 3)


def test_a_row_with_other_cells_is_no_list_either() -> None:
    risky = [dict.fromkeys(COLUMNS, text) for text in ("=1+1", "+81-173-35-2111", "'=1")]
    assert b",=" not in write_list(risky)
    assert b",'+81-173-35-2111," in write_list(risky)
    assert read_list(write_list(risky)) == risky
    good = write_list([dict.fromkeys(COLUMNS, "x")])
    assert read_list(good) == [dict.fromkeys(COLUMNS, "x")]
    with pytest.raises(MachidataError) as caught:
        read_list(good + b"x,y\r\n")
    assert caught.value.where == "metadata/opendata-list.csv:3"


def row(dataset: str, slug: str, state: str = "配信中") -> ListRow:
    made = dict.fromkeys(COLUMNS, "")
    made |= {"データセット_ID": dataset, "ファイル_ID": f"{dataset}_{slug}"}
    made |= {"ファイル_ダウンロードURL": f"{BASE}{dataset}/data/{slug}.csv"}
    return made | {"ファイル_ステータス": state}


NAMES = st.sampled_from(["a", "b", "c"])
BUILDS = st.lists(
    st.tuples(
        st.sets(st.tuples(NAMES, st.sampled_from(["x", "y"]))),  # what is published
        st.sets(NAMES),  # what is declared and failed
        st.sets(st.sampled_from(["a", "b", "c", "a/x", "b/y"])),  # what may be forgotten
    ),
    max_size=8,
)


@settings(max_examples=300, deadline=None)
@given(BUILDS)
def test_no_sequence_of_builds_drops_what_nobody_said_may_go(
    builds: Sequence[tuple[set[tuple[str, str]], set[str], set[str]]],
) -> None:
    """Files and datasets, and an order that is the same whatever came before."""
    listed: list[ListRow] = []
    for published, failed, forget in builds:
        new = [row(*one) for one in sorted(published)]
        unfinished = failed - {name for name, _ in published}
        after, denied = whole_list(new, listed, unfinished, forget)
        lost = {one["ファイル_ID"] for one in listed} - {one["ファイル_ID"] for one in after}
        allowed = {name.replace("/", "_") for name in forget}
        assert all(one in allowed or one.split("_")[0] in forget for one in lost)
        assert not lost or not denied
        assert after or not listed
        assert [one["データセット_ID"] for one in after] == sorted(
            one["データセット_ID"] for one in after
        )
        live = {one["ファイル_ID"] for one in after if one["ファイル_ステータス"] == "配信中"}
        assert live >= {f"{name}_{slug}" for name, slug in published}
        assert whole_list(new, after, unfinished)[0] == after
        listed = read_list(write_list(after))  # type: ignore[assignment]
