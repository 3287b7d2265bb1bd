"""What of a cell may be committed: names, marks and figures, no sentences."""

from __future__ import annotations

import pytest

from pipelines.tidy.extract import extract
from pipelines.tidy.text import OMITTED
from tests.tidy.making import TITLE, document, tab

HEAD = "番号|取組名|指標|令和5年度|内容|スケジュール|取組実績"


def cell_of(column: int, text: str) -> str:
    cells = ["1", "朝市", "客", "3件", "", "", ""]
    cells[column] = text
    lines = extract(document(TITLE + tab(HEAD, "|".join(cells)))).splitlines()
    return lines[3].split("\t")[column]


@pytest.mark.parametrize(
    ("column", "text", "kept"),
    [
        (1, "朝市をひらく。", "朝市をひらく。"),
        (3, "(10人) 12人", "(10人) 12人"),
        (4, "席をふやして店をよぶ。", OMITTED),
        (4, "席をふやして、席は30席になった。", f"{OMITTED}席 30席"),
        (5, "令和8年度までに、席を30席までふやしていく。", f"令和8年度まで{OMITTED}席 30席"),
        (5, "継続実施", "継続実施"),
        (6, "朝市のちらし", "朝市のちらし"),
        (6, "朝市のちらしをくばり、席をふやした。【R5年度】", f"{OMITTED}【R5年度】"),
        (6, "席をふやして、店をよんだ。（観光課）", f"{OMITTED}（観光課）"),
    ],
)
def test_what_is_kept_of_a_cell(column: int, text: str, kept: str) -> None:
    assert cell_of(column, text) == kept
