"""Hours against a count and the minutes that each takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.arithmetic.making import brief, cell, items, row

RIGHT = [
    ("・利用件数2,635件 対象者4,000件 ・1件当たり5分削減", "業務時間の削減 220 h"),
    ("・全申請数 300件", "業務時間の削減 60h (12分の削減を想定)"),
    (items("■窓口", "・住民異動 240件", "・証明 360件", "・1件当たり5分削減"), "業務時間の削減50h"),
    ("利用回数120件 手続き時間 通常20～30分→電子5～15分に短縮", "業務時間の削減 30 h"),
    ("訪問回数900回 閲覧回数800,000回 1回当たり20分の削減", "業務時間の削減 300 h"),
    ("・件数90件 1件につき20分短縮", "削減時間は30時間"),
]


@pytest.mark.parametrize("cells", RIGHT)
def test_right_hours_are_not_reported(cells: tuple[str, str]) -> None:
    assert brief(row("取組", *cells)) == []


@pytest.mark.parametrize(
    ("cells", "old", "new", "code", "expected"),
    [
        (RIGHT[0], "220 h", "219 h", "hours-truncated", "220時間"),
        (RIGHT[0], "220 h", "250 h", "hours-differ", "220時間"),
        (RIGHT[0], "2,635件", "2,935件", "hours-differ", "245時間"),
        (RIGHT[0], "5分", "6分", "hours-differ", "264時間"),
        (RIGHT[1], "60h", "66h", "hours-differ", "60時間"),
        (RIGHT[2], "360件", "460件", "hours-differ", "58時間"),
        (RIGHT[2], "50h", "90h", "hours-differ", "50時間"),
        (RIGHT[3], "30 h", "35 h", "hours-differ", "30時間"),
        (RIGHT[4], "300 h", "320 h", "hours-differ", "300時間"),
        (RIGHT[5], "90件", "91件", "", ""),
        (RIGHT[5], "90件", "99件", "hours-differ", "33時間"),
    ],
)
def test_wrong_hours_are_reported(
    cells: tuple[str, str], old: str, new: str, code: str, expected: str
) -> None:
    found = brief(row("取組", *(one.replace(old, new) for one in cells)))
    assert [(kind, wanted) for kind, _, wanted in found] == ([(code, expected)] if code else [])


@pytest.mark.parametrize(
    "cells",
    [
        ("・1件当たり5分削減", "業務時間の削減 220 h"),  # no count
        ("・利用件数2,635件", "業務時間の削減 500 h"),  # no minutes
        ("・相談30件 1件当たり2時間", "開館時間 8時間"),
        ("・件数10件 1件当たり5分削減 ・証明 1件当たり8分削減", "業務時間の削減 9 h"),
        ("訪問回数900回 閲覧回数1,000回 1回当たり20分の削減", "業務時間の削減 310 h"),
    ],
)
def test_hours_that_cannot_be_decided_are_not_reported(cells: tuple[str, str]) -> None:
    assert brief(row("取組", *cells)) == []


def test_a_sentence_may_say_it_all() -> None:
    text = "利用2,635件で1件当たり5分削減 → 220h"
    assert brief(cell(text)) == []
    assert brief(cell(text.replace("220", "219"))) == [("hours-truncated", "219h", "220時間")]


@given(count=st.integers(10, 20_000), minutes=st.integers(2, 60), change=st.integers(2, 500))
def test_rounded_hours_are_right_and_others_are_not(count: int, minutes: int, change: int) -> None:
    hours = int(count * minutes / 60 + 0.5)
    text = f"・利用件数{count:,}件 1件当たり{minutes}分削減"
    assert brief(row("取組", text, f"業務時間の削減{hours:,}h")) == []
    wrong = brief(row("取組", text, f"業務時間の削減{hours + change:,}h"))
    assert wrong == [("hours-differ", f"{hours + change:,}h", f"{hours:,}時間")]
