"""docs/findings.md says what the declarations say, all of it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import findings_page
from pipelines.findings import every, room_of
from pipelines.findings.shapes import shape_kinds
from pipelines.findings_page import ROOMS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "findings.md"
KINDS = {**every(), **shape_kinds()}


def rows() -> dict[str, str]:
    """Code → its line, of the committed page."""
    found = re.findall(r"^\| `([^`]+)` \|.*$", PAGE.read_text("utf-8"), re.MULTILINE)
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert len(set(found)) == len(lines)
    return dict(zip(found, lines, strict=True))


def test_the_committed_page_is_the_generated_one() -> None:
    stale = "docs/findings.md is stale: run make docs"
    assert PAGE.read_text("utf-8") == findings_page.findings_page(), stale


def test_every_code_has_its_row_below_its_room() -> None:
    assert rows().keys() == KINDS.keys()
    text = PAGE.read_text("utf-8")
    for room, (ja, en, *_) in ROOMS.items():
        codes = {code for code in KINDS if room_of(code) == room}
        if codes:
            section = text.split(f"## {ja} / {en}\n")[1].split("\n## ")[0]
            assert set(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)) == codes


@pytest.mark.parametrize("code", ["row-long", "metadata-theme-eu", "mqa-licence"])
def test_a_row_says_everything_and_keeps_its_five_cells(code: str) -> None:
    kind, row = KINDS[code], rows()[code]
    assert row.count(" | ") == 4
    for words in (kind.severity, kind.title, kind.title_en, kind.ja, kind.en, kind.fix):
        assert words in row


def test_marks_of_markdown_in_a_sentence_stay_text() -> None:
    assert findings_page._plain("a|b <i> `x`") == "a&#124;b &#60;i&#62; &#96;x&#96;"


def test_a_room_without_its_sentence_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    left = {room: words for room, words in ROOMS.items() if room != "stars"}
    monkeypatch.setattr(findings_page, "ROOMS", left)
    with pytest.raises(KeyError, match="stars"):
        findings_page.findings_page()


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    target = tmp_path / "findings.md"
    command = [sys.executable, "-m", "pipelines.findings_page", str(target)]
    subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT), "LC_ALL": "C"}, check=True)
    assert target.read_bytes() == PAGE.read_bytes()
