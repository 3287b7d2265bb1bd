"""Tab and pipe tables, and what stands between them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import Document, Grid
from pipelines.read import read


def document(*lines: str) -> Document:
    return read("\n".join(lines).encode(), "made-up.txt")


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def test_tab_table_keeps_empty_cells_ragged_rows_and_line_numbers() -> None:
    made = document(
        "件数の表", "番号\t名称\t件数\t", "\t\t\t", "1\t甲", "\t乙\t5\t\t", "", "終わりです。"
    )
    (grid,) = made.grids
    assert texts(grid) == [["番号", "名称", "件数", ""], ["1", "甲"], ["", "乙", "5", "", ""]]
    assert [row[0].place.line for row in grid.rows] == [2, 4, 5]
    assert [cell.place.column for cell in grid.rows[2]] == [1, 2, 3, 4, 5]
    assert (grid.kind, grid.header_rows, grid.width) == ("tab", 0, 5)
    assert [(block.text, block.place.line) for block in made.blocks] == [
        ("件数の表", 1),
        ("終わりです。", 7),
    ]
    assert {cell.place.source for row in grid.rows for cell in row} == {made.sha256}


def test_blank_line_parts_tab_tables() -> None:
    made = document("\t\t", "甲\t1", "\u00a0", "乙\t2", "見出し", "丙\t3")
    assert [texts(grid) for grid in made.grids] == [[["甲", "1"]], [["乙", "2"]], [["丙", "3"]]]


def test_rules_of_a_table_of_contents_are_no_rows() -> None:
    made = document("はじめに\t1", "------\t---", "", "-----\t----", "", "甲\t---")
    assert [texts(grid) for grid in made.grids] == [[["はじめに", "1"]], [["甲", "---"]]]


def test_prose_indented_with_tabs_is_prose() -> None:
    made = document("\t一つ目の段落です。", "\t二つ目の段落です。")
    assert made.grids == ()
    assert [block.text for block in made.blocks] == ["一つ目の段落です。", "二つ目の段落です。"]


def test_line_ends_of_every_kind() -> None:
    made = read("甲\t1\r\n乙\t2\r丙\t3\n\u2028丁\t4".encode())
    assert [row[0].place.line for row in made.grids[0].rows] == [1, 2, 3, 4]
    assert texts(made.grids[0])[3] == ["丁", "4"]


@pytest.mark.parametrize(
    ("lines", "rows", "header_rows"),
    [
        (["| 甲 | 乙 |", "|---|:-----:|", "| 1 | |"], [["甲", "乙"], ["1", ""]], 1),
        (["| | | |", "|--|--|-------|", "| 1 | | 3 |"], [["", "", ""], ["1", "", "3"]], 1),
        (["甲 | 乙", "--- | ---", "1 | 2"], [["甲", "乙"], ["1", "2"]], 1),
        # without outer pipes the first and the last cell may be empty
        (["甲 | 乙 | 丙", "---|---|---", " | 1 | ", "2 | | "], None, 1),
        (["| 甲 | 乙", "| --- | ---", "| 1 |", "2 | 3 | 4"], None, 1),
        (["| 甲 | 乙 |", "--- | ---", "| 1 | 2 |"], [["甲", "乙"], ["1", "2"]], 1),
        (["| 甲 | 乙 |", "| 1 | 2 |"], [["甲", "乙"], ["1", "2"]], 0),
        (["| 甲 | 乙 |"], [["甲", "乙"]], 0),
        (["甲 | 1", "乙 | 2"], [["甲", "1"], ["乙", "2"]], 0),
        (["甲 | 1 | ", " | 2 | "], [["甲", "1", ""], ["", "2", ""]], 0),
        (["|---|---|", "| 甲 | 乙 |"], [["甲", "乙"]], 0),
        (["| a | b |", "| c | d |", "|--|--|", "| 1 | 2 |"], None, 2),
        (
            ["| a | b |", "|-|-|", "| - | - |", "| -- | 1 |"],
            [["a", "b"], ["-", "-"], ["--", "1"]],
            1,
        ),
        ([r"| 甲\|乙 | 丙 |", "|--|--|"], [["甲|乙", "丙"]], 1),
        (["  | 甲 | 乙 |  ", "  |--|--|"], [["甲", "乙"]], 1),
        (["| <ul> 1\t2 | 乙 |", "|--|--|"], [["1 2", "乙"]], 1),
        (["| 甲 | ----- |", "|--|--|", "| <p>1</p> <p>-----</p> | 2 |"], None, 1),
        (["- | | |", "|--|--|", "| 1 | 2 |"], [["", ""], ["1", "2"]], 1),
        (["- | - | 3", "1 | 2 | 4"], [["-", "-", "3"], ["1", "2", "4"]], 0),
    ],
)
def test_pipe_tables(lines: list[str], rows: list[list[str]] | None, header_rows: int) -> None:
    expected = {
        " | 1 | ": [["甲", "乙", "丙"], ["", "1", ""], ["2", "", ""]],
        "| 1 |": [["甲", "乙"], ["1", ""], ["2", "3", "4"]],
        "| c | d |": [["a", "b"], ["c", "d"], ["1", "2"]],
        "| <p>1</p> <p>-----</p> | 2 |": [["甲", "-----"], ["1 -----", "2"]],
    }
    wanted = rows or next(value for key, value in expected.items() if key in lines)
    made = document("前の文です。", "", *lines, "", "後の文です。")
    (grid,) = made.grids
    assert texts(grid) == wanted
    assert (grid.kind, grid.header_rows) == ("pipe", header_rows)
    assert [block.text for block in made.blocks] == ["前の文です。", "後の文です。"]
    assert [cell.place.column for cell in grid.rows[-1]] == list(range(1, len(wanted[-1]) + 1))


def test_escaped_pipe_stays_in_raw() -> None:
    (grid,) = document(r"| 甲\|乙 | 丙 |", "|--|--|").grids
    assert grid.rows[0][0].raw == r"甲\|乙"
    assert grid.rows[0][0].lines == ("甲|乙",)


@pytest.mark.parametrize(
    "line", ["ホーム | 計画", "値は a|b です。", "|", "|--|--|", r"甲\|乙 です"]
)
def test_a_pipe_alone_makes_no_table(line: str) -> None:
    made = document(line, "", "次の文です。")
    assert made.grids == ()
    assert made.blocks[-1].text == "次の文です。"
    assert (line in [block.text for block in made.blocks]) == ("--" not in line)


def test_prose_with_a_pipe_above_a_table_is_prose() -> None:
    made = document("資料 | 出典", "| 甲 | 乙 |", "|---|---|", "| 1 | 2 |")
    assert [block.text for block in made.blocks] == ["資料 | 出典"]
    assert texts(made.grids[0]) == [["甲", "乙"], ["1", "2"]]


def test_page_broken_tables_are_grids_of_their_own() -> None:
    page = ["| 番号 | 名称 |", "|---|---|", "| 1 | 甲 |"]
    apart = document(*page, "", *page)
    joined = document(*page, *page)
    assert [texts(grid) for grid in apart.grids] == [texts(grid) for grid in joined.grids]
    assert [grid.header_rows for grid in joined.grids] == [1, 1]
    assert [grid.rows[0][0].place.line for grid in joined.grids] == [1, 4]


def test_rules_between_the_rows_do_not_cut_a_table() -> None:
    (grid,) = document("| a | b |", "|--|--|", "| 1 | 2 |", "|--|--|", "| 3 | 4 |").grids
    assert texts(grid) == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_tab_table_and_pipe_table_side_by_side() -> None:
    made = document("甲\t1", "| 乙 | 2 |", "丙\t3|4")
    assert [(grid.kind, texts(grid)) for grid in made.grids] == [
        ("tab", [["甲", "1"]]),
        ("pipe", [["乙", "2"]]),
        ("tab", [["丙", "3|4"]]),
    ]


LINE = st.text(st.sampled_from("あ漢A12・■○▲—※(). |-#\t:"), max_size=30)


@given(st.lists(LINE, max_size=12))
def test_every_line_is_in_exactly_one_part(lines: list[str]) -> None:
    source = "題名\n" + "\n".join(lines)
    made = read(source.encode())
    printed: list[str] = []
    seen: list[int] = []
    for part in made.parts:
        if isinstance(part, Grid):
            printed += [cell.text for row in part.rows for cell in row]
            seen += [row[0].place.line for row in part.rows]
        else:
            printed.append(part.marker + part.text)
            seen.append(part.place.line)
    assert _ink("".join(printed)) == _ink(source)
    assert seen == sorted(set(seen))


@given(st.lists(st.lists(st.sampled_from(["", "甲", "1", "-", "乙 丙"]), min_size=2), min_size=1))
def test_tab_rows_come_back_as_written(rows: list[list[str]]) -> None:
    written = [["見出し", "値"], *rows]
    (grid,) = read("\n".join("\t".join(row) for row in written).encode()).grids
    assert texts(grid) == [row for row in written if any(row)]


def _ink(text: str) -> str:
    # White space and the characters of separators, headings and lists are mark-up.
    return re.sub(r"[\s|\-#:—]+", "", text)
