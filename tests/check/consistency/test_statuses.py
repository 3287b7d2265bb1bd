"""Progress marks: repeated items, and declared numbers of marks."""

from __future__ import annotations

import pytest

from tests.check.consistency.making import told

REPORT = (
    "八戸市第2次DX推進計画 令和5年度実績報告\n\n計画期間：令和5年度～令和7年度\n\n"
    "## 計画体系と各項目の実施状況\n\n"
    "| | | | 令和5年度 | 令和6年度 | 令和7年度 |\n|---|---|---|---|---|---|\n"
    "| 基本戦略1. 窓口 | (1) 予約の推進 | ①予約の電子化 | ○ | — | — |\n"
    "| | | ②申請の電子化 | ▲ | — | — |\n"
    "| | | ③学習の機会 | ○ | — | — |\n"
    "| 基本戦略2. 地域 | (1) 地域の推進 | ①店舗の支援 | × | — | — |\n"
    "| | | ②学習の機会（再掲） | ○ | — | — |\n\n"
)
SUMMARY = "| 凡例 | 進捗 | 数 |\n|---|---|---|\n| 進行中 | ○ | 3項目 |\n| 遅延 | ▲ | 1項目 |\n"


def test_right_marks_are_silent() -> None:
    assert told(REPORT + SUMMARY) == []


def test_a_repeated_item_with_another_mark() -> None:
    text = REPORT.replace("（再掲） | ○", "（再掲） | ▲")
    assert told(text) == [("status-differs", "遅延", "進行中")]


@pytest.mark.parametrize(
    ("right", "wrong", "found", "expected"),
    [("3項目", "4項目", "4", "3"), ("1項目", "0項目", "0", "1")],
)
def test_a_declared_number_of_marks(right: str, wrong: str, found: str, expected: str) -> None:
    text = REPORT + SUMMARY.replace(right, wrong)
    assert told(text) == [("mark-count-differs", found, expected)]


def test_a_changed_mark_differs_from_the_number() -> None:
    text = REPORT.replace("②申請の電子化 | ▲", "②申請の電子化 | ○") + SUMMARY
    assert {one[0] for one in told(text)} == {"mark-count-differs"}
    assert len(told(text)) == 2
