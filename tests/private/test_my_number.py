"""My Numbers in every way of writing, and the figures and codes that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.private import masked, private_parts
from pipelines.private.my_number import is_my_number
from pipelines.vocabulary import scheme

eleven = st.from_regex(r"[1-9][0-9]{10}", fullmatch=True)


def digit_of(body: str) -> str:
    """The check digit by the words of the ordinance, written down once more."""
    total = 0
    for n in range(1, 12):
        p = int(body[11 - n])
        total += p * (n + 1 if n <= 6 else n - 5)
    return str(0 if total % 11 <= 1 else 11 - total % 11)


def kinds(text: str) -> list[str]:
    return [part.kind for part in private_parts(text)]


def test_the_check_digit_of_known_numbers() -> None:
    assert is_my_number("123456789018")
    assert not is_my_number("123456789012")
    assert is_my_number("023456789013") is (digit_of("02345678901") == "3")


@given(eleven)
def test_one_last_digit_of_ten_is_right(body: str) -> None:
    right = [d for d in "0123456789" if is_my_number(body + d)]
    assert right == [digit_of(body)]


@pytest.mark.parametrize(
    "text",
    [
        "123456789018",
        "１２３４５６７８９０１８",
        "1234-5678-9018",
        "１２３４－５６７８－９０１８",
        "1234ー5678ー9018",
        "1234 5678 9018",
        "1234　5678　9018",
        "1234 - 5678 - 9018",
        "個人番号：123456789018（本人）",
        "番号は123456789018です。",
        "123456789018、山田",
        "3、1234-5678-9018",
        "123456789018名前",
    ],
)
def test_it_is_found_however_it_is_written(text: str) -> None:
    assert kinds(text) == ["my-number"]
    shown = masked(text)
    assert "1234-****-****" in shown
    assert "9018" not in shown
    assert "９０１８" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "123456789019",
        "5123456789018",
        "1123456789018",
        "1234567890180",
        "123,456,789,018",
        "123456789018円",
        "123456789018人",
        "123456789018千円",
        "1234.56789018",
        "0.123456789018",
        "123456789018.5",
        "1111-1234-5678-9018",
        "1234-5678-9018-1111",
        "1234 5678 9018 1111",
        "1111 1234 5678 9018",
        "a123456789018",
        "123456789018b",
        "AB-123456789018",
        "000000000000",
        "1234-5678 9018",
        "12345-678-9018",
    ],
)
def test_what_is_no_my_number(text: str) -> None:
    assert kinds(text) == []


def test_a_moment_to_the_minute_is_no_my_number() -> None:
    moments = [f"2024040109{minute:02}" for minute in range(60)]
    right = [text for text in moments if is_my_number(text)]
    assert right
    assert all(kinds(text) == [] for text in right)
    assert kinds("2024-0401-" + right[0][8:]) == ["my-number"]


@pytest.mark.parametrize("concept", list(scheme("units")), ids=lambda one: one.notation)
def test_a_figure_with_a_unit_is_a_figure(concept: object) -> None:
    assert kinds(f"123456789018{concept.ja}") == []  # type: ignore[attr-defined]


@given(
    eleven, st.sampled_from(["{}", "番号 {}", "{}。", "（{}）"]), st.sampled_from(["", "-", " "])
)
def test_every_one_is_found_in_a_text(body: str, around: str, gap: str) -> None:
    number = body + digit_of(body)
    written = gap.join((number[:4], number[4:8], number[8:]))
    text = around.format(written)
    if number.startswith(("19", "20")) and not gap:
        return  # may be a moment
    assert "my-number" in kinds(text)
    assert written not in masked(text)
