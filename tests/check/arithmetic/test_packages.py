"""The committed packages: the findings of their arithmetic, each held against the printed text.

Every other total, rate and hour of these documents is right and must stay unreported; one digit
changed in any of them must be reported.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipelines import line
from pipelines.declaration import load_declaration
from tests.check.arithmetic.making import brief

PACKAGES = Path(__file__).parents[3] / "datapackages"

REVIEWED = {
    "022055-dx-plan": [("total-differs", "991件", "997件")],
    "024465-dx-plan": [],
    "082163-dx-plan": [("rate-differs", "25.4%", "24.4%")],
    "152064-ict-plan": [
        ("rate-truncated", "99.9%", "100.0%"),
        ("rate-truncated", "131%", "132%"),
    ],
}


def texts(name: str) -> list[str]:
    declaration = load_declaration(PACKAGES / name)
    read = line.read_sources(declaration)
    assert len(read) == len(declaration.sources)
    return [(declaration.folder / one.path).read_text("utf-8") for one in declaration.sources]


@pytest.mark.parametrize("name", sorted(REVIEWED))
def test_nothing_but_what_was_reviewed_is_reported(name: str) -> None:
    assert brief(*texts(name)) == REVIEWED[name]


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("022055-dx-plan", "24,953件", "24,853件", "24,853件"),
        ("022055-dx-plan", "アンケート 37件", "アンケート 87件", "107件"),
        ("082163-dx-plan", "8,411時間", "8,471時間", "8,471時間"),
        ("082163-dx-plan", "業務時間の削減3,160h", "業務時間の削減3,060h", "8,411時間"),
        ("082163-dx-plan", "利用率33.9%", "利用率39.3%", "39.3%"),
        ("082163-dx-plan", "業務時間の削減 69 h", "業務時間の削減 96 h", "96 h"),
        ("082163-dx-plan", "59回 317人", "59回 371人", "371人"),
        ("152064-ict-plan", "計37か所", "計38か所", "38か所"),
        ("152064-ict-plan", "346名（138%）", "346名（133%）", "133%"),
        ("152064-ict-plan", "5,409ページ", "5,049ページ", "99.9%"),
    ],
)
def test_a_planted_fault_is_reported(name: str, old: str, new: str, found: str) -> None:
    whole = texts(name)
    assert any(old in text for text in whole)
    planted = Counter(brief(*(text.replace(old, new, 1) for text in whole)))
    fresh = planted - Counter(REVIEWED[name])
    assert found in [one for _, one, _ in fresh]
