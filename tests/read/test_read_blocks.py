"""Headings, paragraphs, list items and footnotes."""

from __future__ import annotations

import pytest

from pipelines.model import Block
from pipelines.read import read


def only(line: str) -> Block:
    (block,) = read(line.encode()).blocks
    return block


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ("第1章 計画の背景", 1, "第1章 計画の背景"),
        ("第二部 取組", 1, "第二部 取組"),
        ("基本方針2 便利な窓口", 2, "基本方針2 便利な窓口"),
        ("基本戦略１", 2, "基本戦略１"),
        ("1 概要", 2, "1 概要"),
        ("3. 進捗の状況", 2, "3. 進捗の状況"),
        ("(2) 人材の育成", 3, "(2) 人材の育成"),
        ("（取組施策 10) 人材の育成", 3, "（取組施策 10) 人材の育成"),
        ("②各項目の内容", 4, "②各項目の内容"),
        ("令和8年3月", 0, "令和8年3月"),
        ("# 計画", 1, "計画"),
        ("### 計画 ^{※1} の背景", 3, "計画の背景"),
        ("<h2>計画</h2>", 0, "計画"),
    ],
)
def test_headings(line: str, level: int, text: str) -> None:
    block = only(line)
    assert (block.kind, block.level, block.text) == ("heading", level, text)


@pytest.mark.parametrize(
    "line",
    [
        "1. 窓口で申請を受け付けます。",
        "(1) 市は、次のことを行う。",
        "窓口の改善を進めています",
        "あ" * 61,
    ],
)
def test_paragraphs(line: str) -> None:
    block = only(line)
    assert (block.kind, block.level, block.text) == ("paragraph", 0, line)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- (1) 窓口の改善", "(1) 窓口の改善"),
        ("・窓口の改善", "・窓口の改善"),
        ("<li>窓口</li>", "窓口"),
    ],
)
def test_items(line: str, text: str) -> None:
    block = only(line)
    assert (block.kind, block.text) == ("item", text)


@pytest.mark.parametrize(
    ("line", "marker", "text"),
    [
        ("※1 窓口のこと。", "※1", "窓口のこと。"),
        ("※１２　窓口のこと。", "※１２", "窓口のこと。"),
        ("※10件のうち2件", "※", "10件のうち2件"),
        ("※ 対象の業務", "※", "対象の業務"),
        ("＊ 対象の業務", "＊", "対象の業務"),
        ("注2) 対象の業務", "注2)", "対象の業務"),
    ],
)
def test_footnotes(line: str, marker: str, text: str) -> None:
    block = only(line)
    assert (block.kind, block.marker, block.text) == ("footnote", marker, text)


@pytest.mark.parametrize(
    "line", ["\u00a0", "-----", "* * *", "――――", "\f", "<p>", "\u200b", "^{※1}"]
)
def test_leftovers_print_nothing(line: str) -> None:
    document = read(f"計画\n{line}\n終わり".encode())
    assert [block.place.line for block in document.blocks] == [1, 3]


def test_place_is_a_line_without_column() -> None:
    block = read("計画\n\n背景です。".encode()).blocks[1]
    assert (block.place.line, block.place.column, str(block.place)) == (3, 0, "L3")
