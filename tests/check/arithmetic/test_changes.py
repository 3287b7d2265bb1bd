"""Changes against their two values, and shares that should make 100 %."""

from __future__ import annotations

import pytest

from tests.check.arithmetic.making import brief, cell

FALL = (
    "総人口は60,000人から70,000人の間を推移し、2045（令和27）年には31,000人になる。"
    "これは、2020（令和2）年の50,000人と比較すると、25年間で約38%にあたる19,000人の減少である。"
)
RISE = "申請は1,000件から1,250件へ250件（25%）増加した。"
RATE = "申請は1,000件から1,250件へ25%増加した。"
SHARES = "年代の構成比は、若年30.5%、中年40.3%、高年29.2%である。"


@pytest.mark.parametrize(
    "text",
    [
        FALL,
        RISE,
        RATE,
        SHARES,
        "申請は前年から120件増加し、1,250件となった。",
        "申請は1,000件から増え、1,250件となり、窓口は30件減少した。",
        "利用内訳（複数回答）：本館60%、分館70%",
        "内訳は本館33.3%、分館33.3%、支所33.3%",
        "割合が高い部署 商工課 90.3% 観光課 86.2%",
        "構成比は本館60%など",
        "〔略〕構成比 本館60%〔略〕分館70%",
        "〔略〕人口 70,000人〔略〕人口 約38%〔略〕人口 19,548人",
    ],
)
def test_right_or_undecidable_changes_are_not_reported(text: str) -> None:
    assert brief(cell(text)) == []


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (FALL.replace("19,000", "19,500"), [("change-differs", "19,500人", "19,000人")]),
        (FALL.replace("38%", "36%"), [("rate-differs", "36%", "38%")]),
        (RISE.replace("250件（", "280件（"), [("change-differs", "280件", "250件")]),
        (RISE.replace("25%", "52%"), [("rate-differs", "52%", "25%")]),
        (RATE.replace("25%", "20%"), [("rate-differs", "20%", "25%")]),
        (RATE.replace("1,250", "1,259"), [("rate-truncated", "25%", "26%")]),
        (SHARES.replace("40.3", "43.3"), [("shares-differ", "103%", "100%")]),
        (SHARES.replace("、高年29.2%", ""), [("shares-differ", "70.8%", "100%")]),
    ],
)
def test_a_wrong_change_or_share_is_reported(
    text: str, findings: list[tuple[str, str, str]]
) -> None:
    assert brief(cell(text)) == findings


def test_a_wrong_value_before_or_after_is_reported() -> None:
    for old, new in (("31,000", "32,000"), ("50,000人と", "56,000人と")):
        codes = {code for code, _, _ in brief(cell(FALL.replace(old, new)))}
        assert "change-differs" in codes
