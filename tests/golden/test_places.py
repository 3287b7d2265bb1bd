"""Where faults are planted: the arithmetic that finds the places, on made-up tables."""

from __future__ import annotations

from golden_findings import Seen
from golden_list import Entry, covers
from golden_places import (
    Printed,
    counts_declared,
    heading_years,
    hours_places,
    marks,
    numbered_rows,
    printed,
    rate_places,
    total_places,
)

from pipelines.read import read


def page(text: str) -> Printed:
    return printed(read(text.encode(), "made-up.txt"), text)


def test_a_total_is_what_its_parts_add_up_to() -> None:
    found = page(
        "題\n\n項目\t合計45件（R3年度:10 R4年度:15 R5年度:20）\n"
        "乙\t合計46件（R3年度:10 R4年度:15）\n"
    )
    [(total, parts)] = total_places(found)
    assert (total.text, [part.text for part in parts]) == ("45", ["10", "15", "20"])
    assert found.at(total.start) == (3, 2)
    assert found.text[total.start : total.start + 2] == "45"


def test_a_total_may_stand_behind_its_parts_or_in_another_row() -> None:
    behind = page("甲\t①36か所 ②1件 計37か所\n乙\t\n")
    assert [total.text for total, _ in total_places(behind)] == ["37"]
    apart = page("教室\t59回\n甲課 46回\t乙課 3回\n丙\t46回 10回 3回\n")
    assert [total.line for total, _ in total_places(apart)] == [1]


def test_rates_are_those_that_their_counts_give() -> None:
    found = page(
        "甲\t利用413件 総数4,255件\t9.7%\n乙\t利用2,802件 総数11,473件\t25.4%\n"
        "丙\t933名中24名\t97.4%\n"
    )
    rates = {rate.line: [count.text for count in counts] for rate, counts in rate_places(found)}
    assert rates == {1: ["413", "4,255"], 3: ["24", "933"]}


def test_hours_are_counts_times_minutes() -> None:
    found = page(
        "甲\t1,635件 1件当たり5分\t136 h\n"
        "乙\t1,635件 1件当たり5分\t137 h\n丙\t10件 20件 5分\t3時間\n"
    )
    assert [(one.line, one.text) for one in hours_places(found)] == [(1, "136"), (3, "3")]


def test_declared_numbers_are_those_of_the_rows() -> None:
    found = page("乗り物\t2事業\n道\t3事業\n\n本文\n\n1\t乗り物\t甲\n2\t乗り物\t乙\n3\t道\t丙\n")
    assert [(one.line, lines) for one, lines in counts_declared(found)] == [(1, {6, 7})]


def test_rows_between_their_neighbours_in_number() -> None:
    rows = "\n".join(f"{number}\t甲\t乙\t丙\t丁" for number in ("1", "2", "3", "5", "6"))
    assert [(row.line, n) for row, n, _ in numbered_rows(page(rows + "\n"))] == [(2, 2)]


def test_headings_and_marks_of_years() -> None:
    found = page("取組\t令和4年度\t令和5年度\t令和6年度\n甲\tR4年度 3件\tR4年度 5件\t\n")
    assert [(a.column, b.column) for _, a, b, _ in heading_years(found)] == [(2, 3), (3, 4)]
    assert [found.at(start) for start, _, _ in marks(found)] == [(2, 2)]


def test_letters_are_those_of_words_and_not_of_markup() -> None:
    found = page("甲\t<ul><li>Excelの表</li></ul>\n乙\tAI\n")
    assert [found.text[start] for start, _ in found.letters(frozenset("ecl"), latin=True)] == [
        *"cel"
    ]


def test_a_line_covers_its_cells_and_a_cell_its_line() -> None:
    cell, line = Seen("x", "d", 12, 3, ""), Seen("x", "d", 12, 0, "")
    assert covers("L12", cell)
    assert covers("L12:C3", cell)
    assert covers("L12:C3", line)
    assert not covers("L12:C4", cell)
    assert not covers("L1", cell)


def test_a_fault_that_may_be_told_anywhere_is_told_by_its_word() -> None:
    entry = Entry("d", ("any",), frozenset({"two"}), ("two-names",), "手続き", "手続")
    assert entry.told_by(Seen("two", "d", 9, 1, "手続き", "手続"))
    assert not entry.told_by(Seen("two", "d", 9, 1, "取り組み", "取組"))
    assert not entry.told_by(Seen("one", "d", 9, 1, "手続き", "手続"))
    assert not entry.told_by(Seen("two", "e", 9, 1, "手続き", "手続"))
