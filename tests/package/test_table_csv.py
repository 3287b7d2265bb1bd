"""The CSV writer: bytes, quoting, numbers, and that other readers get the rows back."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import Row, Value
from pipelines.neutral import restore
from pipelines.package.table_csv import BOM, to_csv, to_text

COLUMNS = ["ID", "名称", "値"]


def read(data: bytes) -> list[list[str]]:
    assert data.startswith(BOM)
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_the_bytes_of_a_small_table() -> None:
    rows: list[Row] = [
        {"ID": "a-1", "名称": '引用"符', "値": Decimal("1.4E+4")},
        {"名称": "読点,あり", "ID": "a-2"},
    ]
    expected = '\ufeffID,名称,値\r\na-1,"引用""符",14000\r\na-2,"読点,あり",\r\n'
    assert to_csv(COLUMNS, rows) == expected.encode()


def test_a_table_without_rows_is_its_header() -> None:
    assert to_csv(COLUMNS, []) == "\ufeffID,名称,値\r\n".encode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("文字", "文字"),
        (2022, "2022"),
        (-5, "-5"),
        (Decimal("14000"), "14000"),
        (Decimal("1.4E+4"), "14000"),
        (Decimal("38.0"), "38.0"),
        (Decimal("99.90"), "99.90"),
        (Decimal("-3.2"), "-3.2"),
        (Decimal("0"), "0"),
        (Decimal("-0"), "0"),
        (Decimal("-0.0"), "0.0"),
        (Decimal("-0.5"), "-0.5"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("1E+999999"), "1E+999999"),
        (Decimal("NaN"), "NaN"),
        ("一行目\n二行目", "一行目 二行目"),
        ("一行目\r\n\r\n二行目", "一行目 二行目"),
        ("前\u2028後", "前 後"),
        ("  空白は残る ", "  空白は残る "),
        ("=1+1", "=1+1"),
        ("-", "-"),
        ("<b>", "<b>"),
    ],
)
def test_values_as_text(value: Value, text: str) -> None:
    assert to_text(value) == text


def test_only_cells_that_need_quotes_have_them() -> None:
    line = to_csv(COLUMNS, [{"ID": "x", "名称": "’ ' ; \t|", "値": "a,b"}]).decode("utf-8-sig")
    assert line.splitlines()[1] == 'x,’ \' ; \t|,"a,b"'


def test_a_text_that_would_run_is_defused_and_a_number_is_not() -> None:
    rows: list[Row] = [
        {"ID": "=1,2", "名称": "-", "値": Decimal("-3.2")},
        {"名称": "-3月", "値": -5},
    ]
    assert read(to_csv(COLUMNS, rows))[1:] == [["'=1,2", "-", "-3.2"], ["", "'-3月", "-5"]]


def test_a_break_in_front_of_a_formula_hides_it_from_nobody() -> None:
    assert read(to_csv(["a"], [{"a": "\r=1"}]))[1:] == [["' =1"]]


def test_a_broken_character_does_not_stop_the_writer() -> None:
    assert "?" in to_csv(["a"], [{"a": "\ud800"}]).decode("utf-8-sig")


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9)
values: st.SearchStrategy[Value] = st.one_of(st.none(), texts, st.integers(), numbers)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, values)), max_size=6))
def test_a_reader_gets_the_same_rows_back(rows: list[Row]) -> None:
    header, *lines = read(to_csv(COLUMNS, rows))
    found = [header, *(list(map(restore, line)) for line in lines)]
    assert found == [COLUMNS, *([to_text(row[name]) for name in COLUMNS] for row in rows)]


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, values)), max_size=6))
def test_one_record_is_one_line(rows: list[Row]) -> None:
    text = to_csv(COLUMNS, rows).decode("utf-8-sig")
    assert len(text.splitlines()) == len(rows) + 1
    assert text.count("\r\n") == text.count("\n") == text.count("\r") == len(rows) + 1


@given(numbers)
def test_a_decimal_comes_back_with_its_digits(number: Decimal) -> None:
    text = to_text(number)
    assert "E" not in text.upper()
    assert Decimal(text) == number
    if number.as_tuple().exponent <= 0:  # type: ignore[operator]
        assert Decimal(text).as_tuple().exponent == number.as_tuple().exponent
