"""Cells that would run somewhere are told; those that only look alike are not."""

from __future__ import annotations

import pytest

from pipelines.check.case import Case
from pipelines.check.safety import safety
from pipelines.model import Cell, Document, Grid, Place, Tables


def found(raw: str, text: str | None = None) -> list[tuple[str, str, str]]:
    cell = Cell(raw if text is None else text, Place("x", 3, 2), raw, (raw,))
    document = Document("plan.txt", "x", "utf-8", (Grid(((cell,),), "tab"),))
    case = Case(Tables("022055", "青森県五所川原市", "p"), (("plan", document),))
    return [(one.code, one.place, one.found) for one in safety(case)]


@pytest.mark.parametrize("raw", ["=1+1", "@窓口", "＝SUM(A1)", "+cmd|x", "\t=1", "-1+2"])
def test_a_formula_is_told(raw: str) -> None:
    assert found(raw) == [("cell-formula", "L3:C2", raw.strip()[:20])]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("窓口<script>alert(1)</script>", "script"),
        ("<IMG src=x onerror=alert(1)>", "img"),
        ('<b class="x" onclick = "go()">窓口</b>', "onclick"),
        ('<a href="JavaScript:go()">窓口</a>', "javascript"),
        ("< / script >", "script"),
    ],
)
def test_active_html_is_told(raw: str, said: str) -> None:
    assert found(raw, "窓口") == [("cell-html", "L3:C2", said)]


@pytest.mark.parametrize(
    "raw",
    [
        "-",
        "--",
        "-3.2%",
        "△3.2%",
        "5 < 6 と a<b",
        "<ul><li>一</li><li>二</li></ul>",
        "1<br>2",
        "<p>時間:10:00</p>",
        "<sup>※1</sup>",
        "Java script: 研修",
        "<<基本方針>>",
    ],
)
def test_what_is_harmless_is_not(raw: str) -> None:
    assert found(raw) == []
