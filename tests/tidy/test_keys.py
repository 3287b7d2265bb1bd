"""IDs come of printed numbers and names; rows that are added move none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.tidy.keys import natural
from tests.tidy.making import TITLE, repeated_ids, tab, tidied

HEAD = "番号|取組名|指標|令和5年度"
ROWS = ["1|朝市|客|3件", "2|夕市|客|4件", "|昼市|客|5件", "|夜市|客|6件"]


def ids(rows: list[str], slug: str) -> dict[str, str]:
    tables = tidied(TITLE + tab(HEAD, *rows))
    assert repeated_ids(tables) == []
    return {str(row["名称"]): str(row["ID"]) for row in tables.rows(slug)}


@pytest.mark.parametrize("extra", ["3|早市|客|1件", "|早市|客|1件"])
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_row_that_is_added_moves_no_id(extra: str, place: int) -> None:
    before = ids(ROWS, "initiative")
    after = ids([*ROWS[:place], extra, *ROWS[place:]], "initiative")
    assert {name: after[name] for name in before} == before


def test_numbers_are_the_ids() -> None:
    found = ids(ROWS, "initiative")
    assert found["朝市"] == "022039-dx-plan-01"
    assert found["昼市"].startswith("022039-dx-plan-x-")


def test_numbers_sort_as_numbers() -> None:
    assert sorted(["1-10", "1-2", "p2", "02"], key=natural) == ["1-2", "1-10", "02", "p2"]


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_keys_can_be_compared(left: str, right: str) -> None:
    assert (natural(left) < natural(right)) or (natural(left) >= natural(right))
