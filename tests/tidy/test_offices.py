"""Offices in a text: in brackets behind what they did, or as the label of a figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.tidy.offices import (
    blank_offices,
    holds_offices,
    office_bracket,
    office_label,
    offices_in,
    only_offices,
    without_offices,
)


@pytest.mark.parametrize(
    ("printed", "offices"),
    [
        ("席をふやした。（総務課）", ["総務課"]),
        ("席をふやした。(総務課、観光課)", ["総務課", "観光課"]),
        ("席をふやした。（総務課　観光課）", ["総務課", "観光課"]),
        ("席をふやした。（総務課・観光課）", ["総務課", "観光課"]),
        ("席をふやした。（朝市・夕市課）", ["朝市・夕市課"]),  # the name of one office
        ("朝市（総務課）と夕市（観光課）", ["観光課"]),  # the last bracket
        ("朝市（総務課）の席（二階）", ["総務課"]),  # that holds any
        ("朝市（総務課ほか）", []),
        ("朝市（総務課", []),
        ("朝市の総務課", []),
        ("朝市（）", []),
        ("", []),
    ],
)
def test_offices_in_brackets(printed: str, offices: list[str]) -> None:
    assert offices_in(printed) == offices


@pytest.mark.parametrize(
    ("printed", "bracket", "rest"),
    [
        ("朝市（総務課）", "（総務課）", "朝市"),
        ("朝市 (総務課、観光課) の席", "(総務課、観光課)", "朝市 の席"),
        ("朝市（総務課）と夕市（観光課）", "（観光課）", "朝市と夕市"),
        ("朝市（二階）", "", "朝市（二階）"),
        ("朝市", "", "朝市"),
    ],
)
def test_the_bracket_as_printed_and_the_text_without_it(
    printed: str, bracket: str, rest: str
) -> None:
    assert office_bracket(printed) == bracket
    assert without_offices(printed) == rest


@pytest.mark.parametrize(
    ("bracket", "holds"),
    [("（総務課）", True), ("(公民館3館)", True), ("(総務課外2課)", True), ("(総務課 席)", False),
     ("( )", False), ("", False)],
)  # fmt: skip
def test_brackets_of_offices(bracket: str, holds: bool) -> None:
    assert holds_offices(bracket) is holds


@pytest.mark.parametrize(
    ("line", "only"),
    [("（総務課）", True), (" (総務課、観光課) ", True), ("朝市（総務課）", False),
     ("（総務課）朝市", False), ("（朝市）", False), ("総務課", False), ("", False)],
)  # fmt: skip
def test_lines_of_offices_alone(line: str, only: bool) -> None:
    assert only_offices(line) is only


@pytest.mark.parametrize(
    ("line", "blanked"),
    [
        ("朝市 10回（公民館3館）", "朝市 10回"),
        ("（公民館3館）朝市 10回", "       朝市 10回"),
        ("総務課(消費生活センター) 10回", "総務課(消費生活センター) 10回"),  # what it counted
        ("朝市（二階）10回", "朝市（二階）10回"),
    ],
)
def test_brackets_of_offices_are_blanked(line: str, blanked: str) -> None:
    assert blank_offices(line) == blanked


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("総務課", ("総務課", "")),
        ("・総務課", ("総務課", "")),
        ("総務課(石の調べ)", ("総務課", "石の調べ")),
        ("総務課(石の調べ", ("総務課", "石の調べ")),  # the label ends inside the bracket
        ("朝市", ("", "朝市")),
        ("朝市の総務課", ("", "朝市の総務課")),
        ("総務課 朝市", ("", "総務課 朝市")),
        ("", ("", "")),
    ],
)
def test_labels_that_are_offices(label: str, expected: tuple[str, str]) -> None:
    assert office_label(label) == expected


LINES = st.text(alphabet="総務課観光館朝市3（）()、・ 　１", max_size=40)


@given(LINES)
def test_blanking_moves_nothing_and_loses_only_brackets(line: str) -> None:
    blanked = blank_offices(line)
    assert len(blanked) <= len(line)
    assert all(new in {old, " "} for old, new in zip(line, blanked, strict=False))
    assert "".join(without_offices(line).split()) in {
        "".join(line.split()), *("".join(piece.split()) for piece in _shorter(line)),
    }  # fmt: skip


def _shorter(line: str) -> list[str]:
    """A line with the brackets that hold offices taken out one after the other."""
    found = []
    while office_bracket(line):
        bracket = office_bracket(line)
        start = line.rindex(bracket)
        line = line[:start] + line[start + len(bracket) :]
        found.append(line)
    return found
