"""Hostile cells: reading takes time with the length of a cell, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from pipelines.tidy.figures import figures
from pipelines.tidy.offices import blank_offices
from pipelines.tidy.text import close_blanks, close_blanks_in_prose
from pipelines.tidy.values import read_value
from pipelines.tidy.years import moments, without_moments

LENGTH = 100_000
SECONDS = 5.0
"""Generous: most take less than a second. With the square of the length they took minutes."""

READERS: dict[str, Callable[[str], object]] = {
    "figures": figures,
    "read_value": read_value,
    "target_actual": lambda text: read_value(text, target_actual=True),
    "close_blanks": close_blanks,
    "close_blanks_in_prose": lambda text: close_blanks_in_prose(text, text),
    "blank_offices": blank_offices,
    "moments": moments,
    "without_moments": without_moments,
}
PIECES = [
    "0", "1,", "1億", "～1", "1/", "12:30 ", "a ", "あ い ", "総務課 ", "(", ")", "()", "(総務課)",
    "(あ", "令和", "令和6年度", "R6・7", "※", "【", "朝市は、", "席。", "あ", "漢", "A", "-", " ",
]  # fmt: skip
SLOW_PIECES = ["約", "計", "延べ ", "1件", "①1件", "人:1", "〔略〕1件"]
"""Figures of these are read in a time that grows with the length, yet slowly: a tenth of it."""


def seconds(read: Callable[[str], object], text: str) -> float:
    """How long a reader takes."""
    start = time.perf_counter()
    read(text)
    return time.perf_counter() - start


@pytest.mark.parametrize("reader", READERS)
def test_hostile_cells_end_in_time(reader: str) -> None:
    taken = {piece: seconds(READERS[reader], (piece * LENGTH)[:LENGTH]) for piece in PIECES}
    assert {piece: spent for piece, spent in taken.items() if spent > SECONDS} == {}


@pytest.mark.parametrize("piece", SLOW_PIECES)
def test_figures_without_end_end_in_time(piece: str) -> None:
    assert seconds(figures, (piece * LENGTH)[: LENGTH // 10]) < SECONDS


@pytest.mark.parametrize("piece", SLOW_PIECES)
def test_no_value_is_that_long(piece: str) -> None:
    text = (piece * LENGTH)[:LENGTH]
    (reading,) = read_value(text)
    assert (reading.value, reading.known, reading.missing) == (None, False, "")
