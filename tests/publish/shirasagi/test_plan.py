"""The plan says what the next import does: it is the rules, and what the API shows."""

from __future__ import annotations

import json

import pytest

from pipelines.opendata_rows import write_list
from pipelines.publish.shirasagi.plan import FORMAT, ImportPlan, match, plan_import
from pipelines.publish.shirasagi.reading import ThereDataset, read_catalog
from tests.publish.shirasagi.pretend import ADDRESS, Pretend, Render, shirasagi, without_source
from tests.publish.shirasagi.test_rules import BASE, row

LICENCES = ["CC BY 4.0"]
ROWS = [row("a"), row("a", "y"), row("b")]
DATED = {"データセット_最終更新日": "2026-05-01", "ファイル_最終更新日": "2026-05-01"}
CHANGED = [row("a", **DATED), row("a", "y", **DATED), row("c")]


def actions(plan: ImportPlan) -> dict[str, str]:
    return {one.key: one.action for one in plan.changes}


def there(render: Render = shirasagi, *lists: list[dict[str, str]]) -> list[ThereDataset]:
    pretend = Pretend()
    pretend.render = render
    pretend.others = [{"uuid": "o", "name": "他の町のデータ", "resources": []}]
    for rows in lists or (ROWS,):
        pretend.imports(write_list(rows))
    return list(read_catalog(ADDRESS, pretend.fetch))


def test_the_first_import_creates_everything() -> None:
    plan = plan_import([], ROWS, LICENCES)
    assert actions(plan) == {"a": "created", "b": "created"}
    assert plan.counts(files=True) == {"created": 3, "saved": 0, "untouched": 0, "deleted": 0}


def test_the_same_list_is_a_plan_of_nothing() -> None:
    plan = plan_import(ROWS, ROWS, LICENCES)
    assert plan.is_nothing
    assert plan.lines("en")[0] == "The next import changes nothing."
    assert plan.lines()[0] == "次の取り込みで変わるものはありません。"


@pytest.mark.parametrize("render", [shirasagi, without_source])
def test_with_the_api_the_plan_is_the_same_as_without(render: Render) -> None:
    """Also where the edition does not show the addresses that it imported from."""
    for after in (ROWS, CHANGED):
        alone = plan_import(ROWS, after, LICENCES)
        asked = plan_import(ROWS, after, LICENCES, there(render))
        assert asked.counts() == alone.counts()
        assert asked.counts(files=True) == alone.counts(files=True)
        assert actions(asked) == actions(alone)


def test_the_plan_is_what_then_happens() -> None:
    pretend = Pretend()
    pretend.imports(write_list(ROWS))
    plan = plan_import(ROWS, CHANGED, LICENCES)
    assert plan.changes == pretend.imports(write_list(CHANGED)).changes


def test_what_only_the_api_knows() -> None:
    """The catalog has not imported the last list yet, and somebody deleted a dataset there."""
    seen = [one for one in there(shirasagi, [row("a"), row("b")]) if one.title != "b"]
    plan = plan_import(ROWS, ROWS, LICENCES, seen)
    assert actions(plan) == {"a": "untouched", "b": "created"}
    assert plan.counts(files=True)["created"] == 2
    assert plan.pages == {"a": f"{ADDRESS}dataset/1.html"}
    text = "\n".join(plan.lines("en"))
    assert f"there now: {ADDRESS}dataset/1.html" in text
    assert "not there yet" in text


def test_other_peoples_datasets_are_no_part_of_the_plan() -> None:
    assert set(actions(plan_import(ROWS, ROWS, LICENCES, there()))) == {"a", "b"}


def test_an_address_counts_more_than_a_title() -> None:
    twins = [
        ThereDataset("1", "a"),
        *(one for one in there(shirasagi, [row("a", データセット_タイトル="古い題名")])),
    ]
    assert match(twins, ROWS)["a"].title == "古い題名"
    assert "b" not in match(twins, ROWS)


def test_a_deletion_and_a_failed_row_are_told() -> None:
    gone = plan_import(ROWS, [row("a")], LICENCES)
    assert "- b  delete  b" in gone.lines("en")
    assert f"    - delete  {BASE}a/y.csv" in gone.lines("en")
    failed = plan_import(ROWS, [row("a", ファイル_ライセンス="PDL1.0")], LICENCES)
    assert not failed.is_nothing
    assert failed.failed == ((2, "ファイル_ライセンス: PDL1.0"),)
    assert failed.counts()["deleted"] == 0
    assert any("nothing is deleted" in line for line in failed.lines("en"))


def test_a_stopped_dataset_is_told_each_time() -> None:
    stopped = [row("a", ファイル_ステータス="配信停止中"), row("b")]
    plan = plan_import(stopped, stopped, LICENCES)
    assert plan.stopped == ("a",)
    assert any("配信停止中として残ります" in line for line in plan.lines())


def test_the_plan_as_json() -> None:
    data = plan_import(ROWS, CHANGED, LICENCES).data()
    assert json.loads(json.dumps(data)) == json.loads(json.dumps(data, sort_keys=True))
    assert data["format"] == FORMAT
    assert data["there"] is None
    assert data["counts"]["datasets"] == {"created": 1, "saved": 1, "untouched": 0, "deleted": 1}
    assert [one["key"] for one in data["datasets"]] == ["a", "b", "c"]
    assert data["datasets"][0]["files"][0]["action"] == "saved"
