"""Notes behind ※: where they stand and what they say of the value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.tidy.notes import note_spans
from pipelines.tidy.values import read_value


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
