"""Every value leads to its cell, with the rules that made it."""

from __future__ import annotations

import pytest

from tests.tidy.making import TITLE, document, false_provenance, tab, tidied_documents

TEXT = TITLE + tab(
    "番号|取組名|担当課|指標|令和5年度|内容",
    "1 【新】|朝 市|観光課|客|(10人) 1.4万人|席を30席にふやした。",
)


@pytest.mark.parametrize(
    ("table", "column", "place", "printed", "rules"),
    [
        ("initiative", "番号", "L4:C1", "1 【新】", "part"),
        ("initiative", "継続区分", "L4:C1", "1 【新】", "flag"),
        ("initiative", "名称", "L4:C2", "朝 市", "close-blanks"),
        ("initiative", "担当課", "L4:C3", "観光課", ""),
        ("observation", "年度", "L3:C5", "令和5年度", "era"),
        ("observation", "値", "L4:C5", "(10人) 1.4万人", ""),
        ("measurement", "担当課", "L4:C3", "観光課", ""),
        ("measurement", "値", "L4:C6", "席を30席にふやした。", "figure"),
    ],
)
def test_a_value_leads_to_its_cell(
    table: str, column: str, place: str, printed: str, rules: str
) -> None:
    tables = tidied_documents([document(TEXT)])
    rows = [r for r in tables.rows("provenance") if (r["表"], r["列"]) == (table, column)]
    assert rows
    assert (rows[0]["位置"], rows[0]["原文"], rows[0]["適用規則"]) == (place, printed, rules)
    assert rows[0]["出典ハッシュ"] == document(TEXT).sha256


def test_no_provenance_is_false() -> None:
    one = document(TEXT)
    assert false_provenance(tidied_documents([one]), [one]) == []
