"""What a hostile server says becomes one harmless line."""

from __future__ import annotations

import time

import pytest

from pipelines.publish.ckan.token import MASK, Token
from pipelines.publish.ckan.words import clean, fields_of
from tests.publish.ckan.conftest import SECRET


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("見つかりません", "見つかりません"),
        ("a\r\nb\t\x1b[31mc\x00\u202ed", "a b [31mcd"),
        ("<h1>Bad</h1><script>alert('x')</script><p>Gateway", "BadGateway"),
        ("&lt;b&gt;x&lt;/b&gt; &amp; y", "x & y"),
        ("50%25 done", "50% done"),
        ("\ud800", ""),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_texts(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_token_is_found_before_the_text_is_shortened() -> None:
    text = "x" * 295 + SECRET
    assert clean(text, Token(SECRET)) == "x" * 295 + MASK


@pytest.mark.parametrize("text", ["<" * 100_000, "<script>" * 20_000, "&" * 100_000, "%" * 100_000])
def test_long_nonsense_takes_no_time(text: str) -> None:
    began = time.monotonic()
    assert len(clean(text, Token(SECRET))) <= 300
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("error", [None, [], "text", 3])
def test_no_fields(error: object) -> None:
    assert fields_of(error) == {}


def test_fields_are_bounded() -> None:
    deep: object = "x"
    for _ in range(500):
        deep = [deep]
    told = fields_of({f"f{n}": [1, None, {"a": True}] for n in range(1000)} | {"__type": "V"})
    assert len(told) == 50
    assert told["f0"] == ["1", "null"]
    assert told["f0.2.a"] == ["true"]
    assert list(fields_of({"d": deep})) == ["d" + ".0" * 7]
    assert len(fields_of({"d": ["x"] * 1000})["d"]) == 50
