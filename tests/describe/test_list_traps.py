"""What an importer of the list would lose is told before, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.describe import describe
from pipelines.describe.list_traps import list_findings
from pipelines.model import Finding
from pipelines.opendata_rows import COLUMNS, ListRow
from tests.describe.test_listed import BASE, ONE, codes, standing
from tests.factory import make_package

KNOWN = {"CC BY 4.0"}


def row(**cells: str) -> dict[str, str]:
    """A row without a trap, some cells changed: `x_` is データセット_, `y_` is ファイル_."""
    good = dict.fromkeys(COLUMNS, "") | {
        "データセット_ID": "a",
        "データセット_タイトル": "題名",
        "データセット_最終更新日": "2026-04-01",
        "ファイル_ID": "a_plan",
        "ファイル_ダウンロードURL": f"{BASE}a/data/plan.csv",
        "ファイル_形式": "CSV",
        "ファイル_ライセンス": "CC BY 4.0",
        "ファイル_ステータス": "配信中",
        "ファイル_最終更新日": "2026-04-01",
    }
    names = {key.replace("x_", "データセット_").replace("y_", "ファイル_"): key for key in cells}
    assert set(names) <= set(COLUMNS)
    return good | {name: cells[key] for name, key in names.items()}


OTHER = {
    "x_ID": "b",
    "x_タイトル": "別の題名",
    "y_ID": "b_plan",
    "y_ダウンロードURL": f"{BASE}b/data/plan.csv",
}


def found(rows: list[ListRow], before: list[ListRow] | None = None) -> list[Finding]:
    return list(list_findings(rows, before or [], KNOWN))


def test_a_good_list_has_no_finding() -> None:
    assert found([row(), row(**OTHER)]) == []
    assert found([row()], [row()]) == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"x_最終更新日": ""}, "list-date-missing"),
        ({"y_ライセンス": "PDL1.0"}, "list-licence-unknown"),
        ({"y_ライセンス": ""}, "list-licence-unknown"),
        ({"y_形式": "XLSX"}, "list-format-differs"),
        ({"y_ダウンロードURL": f"{BASE}a/data/plan"}, "list-format-differs"),
        ({"y_ダウンロードURL": "http://[broken"}, "list-format-differs"),
        ({"x_ID": " \u3000"}, "list-id-same"),
    ],
)
def test_a_trap_within_a_row(cells: dict[str, str], code: str) -> None:
    assert [one.code for one in found([row(**cells)])] == [code]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"x_タイトル": "題\u3000名"}, "list-title-same"),
        ({"x_ID": "a\u00a0"}, "list-id-same"),
        ({"y_ダウンロードURL": f"{BASE}a/data/plan.csv"}, "list-address-same"),
    ],
)
def test_a_trap_between_two_datasets(cells: dict[str, str], code: str) -> None:
    assert [one.code for one in found([row(), row(**{**OTHER, **cells})])] == [code]


def test_titles_of_two_files_of_one_dataset_may_be_the_same() -> None:
    two = row(y_ID="a_goal", y_ダウンロードURL=f"{BASE}a/data/goal.csv")
    assert found([row(), two]) == []


def test_another_address_of_the_same_file() -> None:
    (one,) = found([row(y_ダウンロードURL="https://new.example/plan.csv")], [row()])
    assert (one.code, one.expected) == ("list-address-changed", f"{BASE}a/data/plan.csv")
    assert one.found == "https://new.example/plan.csv"
    assert "https://new.example/plan.csv" in one.message_en


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ({"x_概要": "新"}, "データセット_概要"),
        ({"y_サイズ": "2"}, "ファイル_サイズ"),
        ({"y_サイズ": "2", "x_概要": "新"}, "データセット_概要、ファイル_サイズ"),
        ({"y_サイズ": "2", "x_最終更新日": "2026-04-02"}, "ファイル_サイズ"),
    ],
)
def test_a_change_under_the_same_date(cells: dict[str, str], columns: str) -> None:
    (one,) = found([row(**cells)], [row()])
    assert one.code == "list-date-same"
    assert columns in one.message
    assert "modified" in one.fix


def test_a_change_under_a_new_date_is_no_trap() -> None:
    dates = {"x_最終更新日": "2026-04-02", "y_最終更新日": "2026-04-02"}
    assert found([row(x_概要="新", y_サイズ="2", **dates)], [row()]) == []


def test_a_licence_is_told_once_for_a_dataset() -> None:
    rows = [row(y_ライセンス="x", y_ID=f"a_{n}", y_ダウンロードURL=f"{n}.csv") for n in range(3)]
    assert [one.code for one in found(rows)] == ["list-licence-unknown"]


def test_the_catalog_of_two_builds() -> None:
    """What a person does wrong most often, through the whole stage."""
    before = standing(describe([make_package(ONE)], BASE))
    assert codes(describe([make_package(ONE)], BASE, previous=before)) == []
    changed = describe([make_package(ONE, description="別の説明")], BASE, previous=before)
    assert codes(changed) == ["list-date-same"]
    dated = make_package(ONE, description="別の説明", modified=date(2026, 1, 1))
    assert codes(describe([dated], BASE, previous=before)) == []
    moved = describe([make_package(ONE)], "https://moved.example/", previous=before)
    assert codes(moved).count("list-address-changed") == 12
    other = describe([make_package(ONE, licence="PDL1.0")], BASE)
    assert codes(other) == ["list-licence-unknown"]
