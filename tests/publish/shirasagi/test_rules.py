"""The importer's rules over two and more runs, on lists that the stage `describe` writes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.describe import describe
from pipelines.describe.listed import whole_list
from pipelines.model import Metadata, Package
from pipelines.opendata_rows import COLUMNS, LIST_PATH, ListRow, read_list, write_list
from pipelines.publish.shirasagi.rules import (
    CURRENT,
    EARLIER,
    Importer,
    Outcome,
    State,
    run_import,
)
from tests.factory import ERROR, TOWNS, in_place, make_package, make_tables
from tests.publish.shirasagi.pretend import Pretend

BASE = "https://data.example.jp/machi/"
ONE, TWO = "022055-dx-plan", "152064-ict-plan"
BOTH = pytest.mark.parametrize("importer", [CURRENT, EARLIER], ids=["current", "earlier"])


class Town:
    """A town that builds its catalog again and again, and the catalog that imports its list."""

    def __init__(self, importer: Importer = CURRENT) -> None:
        self.there = Pretend(importer)
        self.standing: dict[str, bytes] = {}
        self.metadata: Metadata | None = None

    def publishes(
        self,
        *packages: Package,
        keep: Collection[str] = (),
        base: str = BASE,
        forget: Sequence[str] = (),
    ) -> Outcome:
        done = describe(packages, base, previous=self.standing, keep=keep, forget=forget)
        self.standing |= {**in_place(done), LIST_PATH: done.files["opendata-list.csv"]}
        self.metadata = done
        return self.there.imports(done.files["opendata-list.csv"])


def actions(outcome: Outcome) -> dict[str, str]:
    return {one.key: one.action for one in outcome.changes}


def file_actions(outcome: Outcome) -> set[str]:
    return {file.action for one in outcome.changes for file in one.files}


def numbers(town: Town) -> dict[str, int]:
    """What counters and pages hang on: address or id → number there."""
    found = {key: one.number for key, one in town.there.state.datasets.items()}
    for one in town.there.state.datasets.values():
        found |= {file.address: file.number for file in one.files.values()}
    return found


@BOTH
def test_the_second_import_of_the_same_list_saves_nothing(importer: Importer) -> None:
    town = Town(importer)
    first = town.publishes(make_package(ONE), make_package(TWO))
    assert actions(first) == {ONE: "created", TWO: "created"}
    assert file_actions(first) == {"created"}
    assert len(town.there.state.datasets[ONE].files) == 12
    before = town.there.state
    second = town.publishes(make_package(ONE), make_package(TWO))
    assert set(actions(second).values()) == {"untouched"}
    assert file_actions(second) == {"untouched"}
    assert town.there.state == before


@BOTH
def test_a_changed_value_saves_one_dataset_and_keeps_all_numbers(importer: Importer) -> None:
    town = Town(importer)
    town.publishes(make_package(ONE), make_package(TWO))
    had = numbers(town)
    tables = make_tables(ONE, TOWNS["022055"])
    tables.tables["goal"].rows[0]["値"] = 21
    changed = make_package(ONE, tables=tables, modified=date(2026, 1, 1))
    second = town.publishes(changed, make_package(TWO))
    assert actions(second) == {ONE: "saved", TWO: "untouched"}
    assert numbers(town) == had


def test_a_change_without_a_date_is_lost_in_an_earlier_edition_and_told_before() -> None:
    town = Town(EARLIER)
    town.publishes(make_package(ONE))
    second = town.publishes(make_package(ONE, description="別の説明"))
    assert actions(second) == {ONE: "untouched"}
    assert town.there.state.datasets[ONE].cells["データセット_概要"] != "別の説明"
    assert town.metadata is not None
    assert [one.code for one in town.metadata.findings] == ["list-date-same"]
    current = Town()
    current.publishes(make_package(ONE))
    current.publishes(make_package(ONE, description="別の説明"))
    assert current.there.state.datasets[ONE].cells["データセット_概要"] == "別の説明"


@BOTH
def test_a_failed_package_changes_nothing_there(importer: Importer) -> None:
    town = Town(importer)
    town.publishes(make_package(ONE), make_package(TWO))
    before = town.there.state
    town.publishes(make_package(ONE), make_package(TWO, findings=[ERROR]))
    assert town.there.state == before
    town.publishes(make_package(TWO), keep=[ONE])
    assert town.there.state == before


@BOTH
def test_withdrawn_things_keep_their_numbers_until_they_are_forgotten(importer: Importer) -> None:
    town = Town(importer)
    town.publishes(make_package(ONE), make_package(TWO))
    had = numbers(town)
    tables = make_tables(ONE, TOWNS["022055"])
    del tables.tables["goal"]
    town.publishes(make_package(ONE, tables=tables))
    assert numbers(town) == had
    last = town.publishes(make_package(ONE, tables=tables), forget=[TWO, f"{ONE}/goal"])
    assert actions(last) == {ONE: "untouched", TWO: "deleted"}
    gone = {key for key in had if key.startswith((TWO, BASE + TWO))}
    assert set(had) - set(numbers(town)) == gone | {f"{BASE}{ONE}/data/022055_goal.csv"}


def test_the_mark_of_a_withdrawn_dataset_is_where_the_importer_reads() -> None:
    town = Town()
    town.publishes(make_package(ONE), make_package(TWO))
    town.publishes(make_package(ONE))
    stored = town.there.state.datasets[TWO]
    assert stored.cells["データセット_備考"] == "配信停止中"
    assert all(f.cells["ファイル_説明"].startswith("【配信停止中】") for f in stored.files.values())


@BOTH
def test_an_unknown_licence_fails_the_rows_and_is_told_before(importer: Importer) -> None:
    town = Town(importer)
    town.publishes(make_package(ONE), make_package(TWO))
    there = set(town.there.state.datasets)
    outcome = town.publishes(make_package(ONE), make_package(TWO, licence="PDL1.0"))
    assert len(outcome.failed) == 12
    assert set(town.there.state.datasets) == there
    assert town.metadata is not None
    assert "list-licence-unknown" in [one.code for one in town.metadata.findings]
    known = Town(Importer((*importer.licences, "PDL1.0")))
    assert not known.publishes(make_package(TWO, licence="PDL1.0")).failed


@BOTH
def test_another_base_keeps_the_datasets_and_makes_all_files_anew(importer: Importer) -> None:
    town = Town(importer)
    town.publishes(make_package(ONE))
    had = numbers(town)
    outcome = town.publishes(make_package(ONE), base="https://moved.example/")
    assert actions(outcome) == {ONE: "untouched"}
    assert file_actions(outcome) == {"created", "deleted"}
    assert {key for key in had if key in numbers(town)} == {ONE}
    assert town.metadata is not None
    codes = {one.code for one in town.metadata.findings}
    assert codes == {"list-address-changed", "list-date-same"}  # the dataset's page moved too


def test_a_list_that_cannot_be_fetched_empties_an_earlier_edition_only() -> None:
    for importer, left in ((CURRENT, 1), (EARLIER, 0)):
        town = Town(importer)
        town.publishes(make_package(ONE))
        town.there.imports(None)
        assert len(town.there.state.datasets) == left


def row(dataset: str = "a", slug: str = "x", **cells: str) -> dict[str, str]:
    made = dict.fromkeys(COLUMNS, "")
    made |= {"データセット_ID": dataset, "データセット_タイトル": dataset}
    made |= {"ファイル_タイトル": f"{dataset} – {slug}"}
    made |= {"データセット_最終更新日": "2026-04-01", "ファイル_最終更新日": "2026-04-01"}
    made |= {"ファイル_ID": f"{dataset}_{slug}", "ファイル_ライセンス": "CC BY 4.0"}
    return made | {"ファイル_ダウンロードURL": f"{BASE}{dataset}/{slug}.csv"} | cells


def imported(*lists: list[dict[str, str]], importer: Importer = CURRENT) -> Outcome:
    outcome = Outcome(State())
    for rows in lists:
        outcome = run_import(outcome.state, rows, importer)
    return outcome


def test_white_space_counts_for_nothing_in_ids_and_titles() -> None:
    spaced = row("a\u3000b", データセット_タイトル="題 名\u00a0")
    outcome = imported([row("ab")], [spaced])
    assert {one.title for one in outcome.state.datasets.values()} == {"題名"}
    assert list(outcome.state.datasets) == ["ab"]


def test_without_a_date_a_dataset_is_saved_at_each_import() -> None:
    undated: dict[str, Any] = {"データセット_最終更新日": "", "ファイル_最終更新日": ""}
    rows = [row(**undated)]
    assert actions(imported(rows, rows, rows)) == {"a": "saved"}
    dated = [row(**undated, データセット_公開日="2026-01-01")]
    assert actions(imported(dated, dated)) == {"a": "untouched"}


def test_an_empty_licence_takes_the_first_of_the_catalog() -> None:
    outcome = imported([row(ファイル_ライセンス="")], importer=Importer(("CC BY-SA 4.0", "CC0")))
    (file,) = outcome.state.datasets["a"].files.values()
    assert file.licence == "CC BY-SA 4.0"


def test_a_part_of_a_licence_is_enough() -> None:
    outcome = imported([row(ファイル_ライセンス="CC BY")], importer=Importer(("CC BY 4.0",)))
    assert outcome.failed == ()


def test_one_failed_row_and_nothing_is_deleted() -> None:
    outcome = imported([row("a"), row("b")], [row("c", ファイル_ライセンス="?")])
    assert set(outcome.state.datasets) == {"a", "b", "c"}
    assert outcome.failed == ((2, "ファイル_ライセンス: ?"),)


def test_an_empty_list() -> None:
    full = [row("a")]
    assert set(imported(full, []).state.datasets) == {"a"}
    assert set(imported(full, [], importer=EARLIER).state.datasets) == set()


def test_two_files_of_one_address_are_one() -> None:
    same = row(slug="y", ファイル_ダウンロードURL=row()["ファイル_ダウンロードURL"])
    (dataset,) = imported([row(), same]).state.datasets.values()
    assert [file.cells["ファイル_ID"] for file in dataset.files.values()] == ["a_y"]


def test_a_row_without_an_address_is_a_dataset_without_a_file() -> None:
    (dataset,) = imported([row(ファイル_ダウンロードURL="")]).state.datasets.values()
    assert dataset.files == {}


NAMES = st.sampled_from(["a", "b", "c"])
BUILD = st.tuples(
    st.sets(st.tuples(NAMES, st.sampled_from(["x", "y"]))),  # published
    st.sets(NAMES),  # declared, and failed
    st.sets(st.sampled_from(["a", "b", "c"])),  # said to be forgotten
    st.booleans(),  # whether the import reaches our list in this round
)


@settings(max_examples=200, deadline=None)
@given(st.lists(BUILD, max_size=8))
def test_no_sequence_of_builds_deletes_a_dataset_that_nobody_said_may_go(
    builds: Sequence[tuple[set[tuple[str, str]], set[str], set[str], bool]],
) -> None:
    town = Pretend()
    listed: list[ListRow] = []
    forgotten: set[str] = set()
    for published, failed, forget, reached in builds:
        new = [row(*one) for one in sorted(published)]
        unfinished = failed - {name for name, _ in published}
        before = {key: one.number for key, one in town.state.datasets.items()}
        listed, denied = whole_list(new, listed, unfinished, forget)
        forgotten |= set() if denied else forget
        town.imports(write_list(listed) if reached else None)
        after = {key: one.number for key, one in town.state.datasets.items()}
        assert {key for key in before if after.get(key) != before[key]} <= forgotten
        assert set(after) >= {name for name, _ in published} or not reached
        listed = list(read_list(write_list(listed)))
