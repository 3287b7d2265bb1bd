"""Notes behind ※: what of them stays in an extract, and that it says the same of the value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.tidy.extract import extract
from pipelines.tidy.notes import note_spans
from pipelines.tidy.text import OMITTED
from pipelines.tidy.values import read_value
from tests.tidy.making import TITLE, document, lost_in_extract, of_code, tab, tidied

VALUES = [
    "99.9%準拠",
    "0%",
    "約50名",
    "346名（138%）",
    "実施",
    "R4.4.1 1.4万人",
    "①36か所（本庁分）②1件",
    "①36か所 ※本庁の分である。 ②1件 計37か所",
    "研修A:28人 研修B:43人",
]
NOTES = {
    "※全5,412ページ中、5,409ページが準拠": f"※{OMITTED}全5,412ページ{OMITTED}準拠 5,409ページ",
    "※試験をした日の12/15時点である。": f"※{OMITTED}12/15時点",
    "※計画を令和5年度としているため。": f"※計画を令和5年度{OMITTED}",
    "※計画を令和5 年度としているた め。": f"※計画を令和5 年度{OMITTED}",
    "※②はR6から取組から除く。": f"※②{OMITTED}R6",
    "※うち新人は5人であった。": f"※{OMITTED}新人 5人",
    "※男:3人、女:2人。": f"※{OMITTED}男 3人{OMITTED}女 2人",
    "※10件のうち3件を公開した。": f"※{OMITTED}10件{OMITTED}公開 3件",
    "※屋台を除く。": f"※{OMITTED}",
    "※推計値": "※推計値",
    "※": "※",
    "※点検 (12/15時点)": "※点検 (12/15時点)",
}
HEAD = "番号|取組名|指標|令和5年度"


def shortened(column: int, text: str, head: str = HEAD) -> str:
    cells = ["1", "朝市", "客", "3件"]
    cells[column] = text
    lines = extract(document(TITLE + tab(head, "|".join(cells)))).splitlines()
    return lines[3].split("\t")[column]


@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize(("note", "kept"), NOTES.items())
def test_what_is_kept_of_a_note(note: str, kept: str, blank: str) -> None:
    assert shortened(3, f"98%{blank}{note}") == f"98%{blank}{kept}"
    assert shortened(2, f"客{blank}{note}") == f"客{blank}{kept}"
    once = shortened(3, f"98%{note}")
    assert shortened(3, once) == once


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("note", NOTES)
def test_a_value_says_the_same_with_its_note_shortened(value: str, note: str) -> None:
    for cell in (f"{value}{note}", f"{value} （{note}）"):
        original = document(TITLE + tab(HEAD, f"1|朝市|客|{cell}"))
        assert lost_in_extract(original) == []


def test_each_note_of_a_cell_is_shortened_in_its_place() -> None:
    assert (
        shortened(3, "①3件 ※席をへらしたため。 ②5件 ※席をふやしたため。")
        == f"①3件 ※{OMITTED} ②5件 ※{OMITTED}"
    )
    head = HEAD.replace("令和5年度", "令和5年度 (目標) 実績")
    cell = "(10件※席をふやしたため。) 12件 ※席をへらしたため。"
    assert shortened(3, cell, head) == f"(10件※{OMITTED}) 12件 ※{OMITTED}"


@pytest.mark.parametrize("text", ["※席をふやす。", " ※3件", "①※3件", "(※3件)", "3件", ""])
def test_a_mark_that_opens_the_text_begins_no_note(text: str) -> None:
    assert note_spans(text) == []


@pytest.mark.parametrize(
    "text", ["3件 ※", "3件※(", "3件 ※)", "①", "※※", "3件※※※", "3件 (※" + "(" * 99]
)
def test_odd_notes_stay_inside_their_text(text: str) -> None:
    spans = note_spans(text)
    assert all(text[start] == "※" and start < end <= len(text) for start, end in spans)


def test_a_note_that_speaks_of_a_part_is_no_part() -> None:
    readings = read_value("①48.2% ②0% ※②はR6から除く。")
    assert [(one.part, one.value) for one in readings] == [
        ("1", Decimal("48.2")),
        ("2", Decimal(0)),
    ]


def test_a_note_names_no_part() -> None:
    readings = read_value("①3件 ※本庁の分である。 ②1件（支所分）※推計値")
    assert [one.label for one in readings] == ["", "支所分"]


def test_figures_of_a_note_behind_labelled_parts_are_measurements() -> None:
    readings = read_value("研修A:28人 研修B:43人 ※男:3人")
    assert [one.label for one in readings] == ["研修A", "研修B"]
    assert [figure.label for figure in readings[-1].explained] == ["男"]


def test_a_note_that_begins_with_a_number_counts_something() -> None:
    (reading,) = read_value("30% ※10件のうち3件を公開した。")
    assert [(one.value, one.label) for one in reading.explained] == [(10, ""), (3, "公開")]


def test_a_row_that_is_short_is_placed_by_its_values_not_by_their_notes() -> None:
    head = "番号|取組名|担当課|指標|令和4年度|令和5年度|内容"
    text = TITLE + tab(
        head,
        "1|朝市|観光課|客|98% ※全40枚中、39枚を空けたため。|99% ※席をふやしたため。|席をふやす。",
        "2|夕市|客|98% ※全40枚中、39枚を空けたため。|99% ※席をふやしたため。|席をふやす。|",
    )
    tables = tidied(text)
    assert [row["値"] for row in tables.rows("observation")] == [98, 99, 98, 99]
    assert len(of_code(tables, "row-short")) == 1
    assert lost_in_extract(document(text)) == []


def test_the_finding_about_a_note_shows_what_the_extract_holds() -> None:
    row = "1|朝市|①店 ②客 ※②はR6から除く。|①3件 ②5人"
    whole = document(TITLE + tab(HEAD, row))
    assert lost_in_extract(whole) == []
    assert [one.found for one in of_code(tidied(extract(whole)), "note")] == [f"※②{OMITTED}R6"]
