"""Text of strangers: harmless on one line, and short."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.publish.plan.messages import MESSAGES
from pipelines.publish.plan.text import clean, cut, cut_pair
from pipelines.publish.plan.words import Part, as_text, plain, say, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[2J", "<U+001B>[2J"),
        ("a\r\nb\nc\rd\te", "a⏎b⏎c<U+000D>d⇥e"),
        ("\u202eabc\u2069", "<U+202E>abc<U+2069>"),
        ("\x9b31m\u2028\ufeff\u200b", "<U+009B>31m<U+2028><U+FEFF><U+200B>"),
        ("葛󠄀城市 👨‍👩‍👧 é", "葛󠄀城市 👨‍👩‍👧 é"),
    ],
)
def test_hidden_characters_are_shown(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(st.characters()))
def test_nothing_that_acts_is_left(text: str) -> None:
    shown = clean(text)
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"} for c in shown)
    assert not any(unicodedata.bidirectional(c) in {"RLO", "LRO", "RLE", "LRE"} for c in shown)
    assert clean(shown) == shown


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.integers(4, 30))
def test_a_difference_can_be_seen(start: str, one: str, other: str, width: int) -> None:
    before, after = cut_pair(start + one, start + other, width)
    assert len(before) <= width
    assert len(after) <= width
    assert (before == after) <= (one == other)


def test_equal_texts_show_their_beginning() -> None:
    assert cut_pair("0123456789", "0123456789", 4) == ("012…", "012…")
    assert cut("abc", 3) == "abc"


def test_a_sentence_keeps_words_and_values_apart() -> None:
    assert say("en", "field-change", name="a\n", before="b", after="") == (
        Part("a⏎", "value"),
        Part(": "),
        Part("b", "before"),
        Part(" → "),
        Part("(empty)"),
    )
    assert plain(say("en", "left-rows", n=1)) == "1 row"
    assert plain(say("en", "left-rows", n=1234)) == "1,234 rows"
    assert plain(value("x" * 100, "ja")) == "x" * 79 + "…"


def test_json_values_as_text() -> None:
    assert [as_text(one) for one in (None, "a", True, 1, {"b": 1, "a": "市"})] == [
        "",
        "a",
        "true",
        "1",
        '{"a": "市", "b": 1}',
    ]


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_of_a_message_use_the_same_values(key: str) -> None:
    from string import Formatter

    ja, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in MESSAGES[key])
    assert ja == en
    assert all(MESSAGES[key])
