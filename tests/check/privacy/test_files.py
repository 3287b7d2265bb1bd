"""Personal data in a CSV file, in columns that the schema knows and in others."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.check.files import check_file
from pipelines.check.privacy import file_privacy
from pipelines.vocabulary import table_schemas
from tests.check.samples import sample_row
from tests.check.test_files import as_csv

SCHEMA = table_schemas()["activity"]
NAMES = [field["name"] for field in SCHEMA["fields"]]


def told(header: list[str], *rows: list[str]) -> list[tuple[str, str, str]]:
    return [(one.code, one.place, one.found) for one in file_privacy(header, rows, SCHEMA)]


def activity(**changes: str) -> list[str]:
    return [str(value or "") for value in {**sample_row("activity"), **changes}.values()]


def test_a_file_of_ours_with_a_number_in_it(tmp_path: Path) -> None:
    path = tmp_path / "022055_activity.csv"
    path.write_text(
        as_csv([NAMES, activity(), activity(ID="x-1", 内容="電話090-1234-5678")]), "utf-8"
    )
    [found] = check_file(path)
    assert (found.code, found.place) == ("privacy-phone", "行3 内容")
    assert (found.table, found.row_id) == ("activity", "x-1")


def test_columns_that_no_schema_knows_are_read_but_for_ids_and_codes() -> None:
    header = ["管理ID", "法人番号", "職員コード", "備考"]
    assert told(header, ["123456789018"] * 4) == [
        ("privacy-my-number", "行2 備考", "1234-****-****")
    ]


def test_a_column_for_calling_is_let_be_and_one_of_names_is_told_once() -> None:
    header = ["電話番号", "メール", "氏名", "備考"]
    rows = [
        ["090-1234-5678", "taro@example.com", "", ""],
        ["090-1234-5678", "taro@example.com", "山田 太郎", "090-1234-5678"],
        ["", "", "鈴木 花子", ""],
    ]
    assert told(header, *rows) == [
        ("privacy-name-field", "行3 氏名", "山○ ○○"),
        ("privacy-phone", "行3 備考", "090-****-****"),
    ]


def test_a_number_behind_an_apostrophe_and_in_a_short_row() -> None:
    assert told(["名称", "備考"], ["'+81-90-1234-5678"], [""]) == [
        ("privacy-phone", "行2 名称", "+81-9*-****-****")
    ]


def test_a_finding_of_the_schema_does_not_say_the_number(tmp_path: Path) -> None:
    path = tmp_path / "022055_activity.csv"
    rows = [NAMES, activity(年度="123456789018", ID="taro@example.com")]
    path.write_text(as_csv(rows), "utf-8")
    findings = check_file(path)
    assert {one.code for one in findings} >= {"schema-pattern"}
    for one in findings:
        everything = " ".join(map(str, (one.found, one.message, one.message_en, one.row_id)))
        assert "taro@example.com" not in everything
        assert "123456789018" not in everything


@pytest.mark.parametrize("text", ["=1+1", "-研修", "'=1"])
def test_a_neutral_cell_is_checked_by_its_true_value(tmp_path: Path, text: str) -> None:
    path = tmp_path / "022055_activity.csv"
    path.write_text(as_csv([NAMES, activity(内容=f"'{text}")]), "utf-8")
    assert check_file(path) == []
