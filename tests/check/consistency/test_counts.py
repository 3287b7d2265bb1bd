"""Declared numbers against the rows, headings and names that they speak of."""

from __future__ import annotations

import pytest

from tests.check.consistency.making import told
from tests.tidy.making import tab

COUNTED = (
    "八戸市DX推進計画\n\n全ての方針のため、2つの方針「窓口の改善」「会計の改善」を定める。\n\n"
    "目視規制、対面規制、書面規制の3つの規制を見直す。\n\n"
    "全5事業を進める。\n\n"
    "基本方針1 窓口の改善\n\n"
    + tab("1-1|窓口の予約|2事業|1-2|情報の公開|1事業")
    + "\n基本方針2 会計の改善\n\n"
    + tab("2-1|会計の電子化|2事業|||")
    + "\n"
    + tab(
        "No.|担当課|分類|事業名称|事業内容",
        "1_01|総務課|1-1 窓口の予約|予約の電子化|予約する",
        "1_02|総務課|1-1 窓口の予約|申請書の電子化|電子化する",
        "1_03|総務課|1-2 情報の公開|地図の公開|公開する",
        "2_01|財政課|2-1 会計の電子化|伝票の電子化|電子化する",
        "2_02|財政課|2-1 会計の電子化|契約の電子化|電子化する",
    )
)


def test_right_numbers_are_silent() -> None:
    assert told(COUNTED) == []


@pytest.mark.parametrize(
    ("right", "wrong", "found", "expected"),
    [
        ("予約|2事業".replace("|", "\t"), "予約\t3事業", "3事業", "2事業"),
        ("公開\t1事業", "公開\t2事業", "2事業", "1事業"),
        ("全5事業", "全8事業", "8事業", "5事業"),
        ("2つの方針", "3つの方針", "3つ", "2つ"),
        ("3つの規制", "4つの規制", "4つ", "3つ"),
        ("目視規制、", "", "3つ", "2つ"),
    ],
)
def test_a_changed_number_is_found(right: str, wrong: str, found: str, expected: str) -> None:
    assert right in COUNTED
    assert told(COUNTED.replace(right, wrong)) == [("count-differs", found, expected)]


def test_a_dropped_row_is_found_by_its_class() -> None:
    text = COUNTED.replace("2_02\t財政課\t2-1 会計の電子化\t契約の電子化\t電子化する\n", "")
    assert ("count-differs", "2事業", "1事業") in told(text)


@pytest.mark.parametrize(
    "text",
    ["全10のうち4か所", "全5,412ページ", "全8事業所", "3つの原則を守る。", "8事業者と進める。"],
)
def test_numbers_of_other_things_are_left_alone(text: str) -> None:
    assert told(COUNTED + f"\n\n{text}\n") == []


def test_a_number_of_headings_in_kanji() -> None:
    assert told(COUNTED + "\n\n二つの基本方針がある。\n") == []
    found = told(COUNTED + "\n\n三つの基本方針がある。\n")
    assert found == [("count-differs", "3つ", "2つ")]


def test_a_total_beside_its_word() -> None:
    assert told(COUNTED + "\n\n" + tab("合計|5事業|x")) == []
    assert told(COUNTED + "\n\n" + tab("合計|7事業|x")) == [("count-differs", "7事業", "5事業")]


@pytest.mark.parametrize(("number", "wrong"), [(5, False), (6, True), (4, True)])
def test_a_title_with_a_number_over_lists(number: int, wrong: bool) -> None:
    lists = (
        "| | |\n|---|---|\n| 第1群 | 住民税、介護、福祉 |\n| その他 | 記録（戸籍、印鑑）、年金 |\n"
    )
    found = told(COUNTED + f"\n\n※ 基幹系{number}業務\n\n{lists}\n")
    assert found == ([("count-differs", f"{number}業務", "5業務")] if wrong else [])


def test_a_title_over_a_table_of_other_things_is_left_alone() -> None:
    table = "| 区分 | 数 | 備考 |\n|---|---|---|\n| 住民税、介護 | 3 | 無し |\n"
    assert told(COUNTED + f"\n\n※ 基幹系9業務\n\n{table}\n") == []
