"""`machidata explain`: what a person sees, and what a program gets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from machidata.explain_render import cells, crop, fit, wrap
from tests.cli.conftest import Result

Run = Callable[..., Result]
NAME = "024465-one-plan"
VALUE = "01-1-2022-actual"


def test_a_value_is_shown_with_its_cell_marked(
    machidata: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = machidata("explain", NAME, VALUE, "値", "--lang", "ja")
    assert result.code == 0
    assert result.out.splitlines()[0] == f"{NAME}-{VALUE}  observation（指標の値）"
    assert "データはまだ作られていない" in result.out
    assert "▼C4" in result.out
    marked = next(line for line in result.out.splitlines() if line.startswith("▶L4"))
    assert "┃12件" in marked
    assert "印刷のまま" in result.out
    assert "L4:C4" in result.out


def test_it_speaks_english_too(machidata: Run) -> None:
    result = machidata("explain", NAME, VALUE, "fiscal_year", "--lang", "en")
    assert "Fiscal year from an era date" in result.out
    assert "printed" in result.out
    assert "規則" not in result.out


def test_a_row_is_listed_whole(machidata: Run) -> None:
    out = machidata("explain", NAME, VALUE, "--lang", "ja").out
    for words in ("指標名", "見本の件数", "↳ plan L4:C3  reference", "▶L4"):
        assert words in out
    assert "状態" not in out


def test_an_empty_column_says_so(machidata: Run) -> None:
    assert "空" in machidata("explain", NAME, VALUE, "状態", "--lang", "ja").out


def test_programs_get_all_of_it(machidata: Run) -> None:
    told = machidata("explain", NAME, VALUE, "値", "--json").json
    assert (told["table"], told["row_id"], told["exit_code"]) == (
        "observation",
        f"{NAME}-{VALUE}",
        0,
    )
    (value,) = told["values"]
    assert (value["place"], value["printed"], value["there"]) == ("L4:C4", "12件", True)
    assert value["source"]["kind"] == "same"
    assert value["around"]["text"] == "12件"


def test_an_unknown_row_is_wrong_use_and_names_the_nearest(machidata: Run) -> None:
    result = machidata("explain", NAME, "01-1-2022-actul", "--lang", "en")
    assert result.code == 2
    assert "row-unknown" in result.err
    assert f"{NAME}-{VALUE}" in result.err
    told = machidata("explain", NAME, "nowhere", "--json")
    assert (told.code, told.json["error"]["code"]) == (2, "row-unknown")


def test_missing_documents_are_not_reached(machidata: Run, tmp_path: object) -> None:
    assert machidata("explain", NAME, VALUE, "--documents", tmp_path).code == 3


@pytest.mark.parametrize("width", [40, 61, 100, 160])
@pytest.mark.parametrize("column", ["値", "地方公共団体名", ""])
def test_no_line_is_wider_than_the_terminal(
    machidata: Run, monkeypatch: pytest.MonkeyPatch, width: int, column: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = machidata("explain", NAME, VALUE, *([column] if column else []), "--lang", "ja").out
    lines = out.splitlines()[2:]
    assert max(map(cells, lines)) <= width
    bars = {cells(line) for line in lines if line.endswith(("│", "┃"))}
    assert len(bars) == 1


TEXTS = st.text(st.sampled_from("あ漢①ａa b1%（"), max_size=60)


@settings(max_examples=80, deadline=None)
@given(text=TEXTS, width=st.integers(4, 30))
def test_wrapping_loses_nothing_but_blanks_and_fits(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@settings(max_examples=80, deadline=None)
@given(text=TEXTS, width=st.integers(2, 30))
def test_cropping_fits_and_says_so(text: str, width: int) -> None:
    short = crop(text, width)
    assert cells(short) <= width
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
    assert cells(fit(short, width)) == width
