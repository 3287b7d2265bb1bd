"""The five whole documents: every table, its size and the odd places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.model import Document, Grid
from pipelines.read import read

pytestmark = pytest.mark.documents

GOSHOGAWARA = "022055-goshogawara-dx-plan.txt"
PROGRESS = "022055-goshogawara-dx-progress.txt"
SHIBATA = "152064-shibata-informatization-plan.txt"
HASHIKAMI = "024465-hashikami-dx-action-plan.txt"
KASAMA = "082163-kasama-dx-report.txt"

# (first line, rows, width, header rows) of every grid
SIZES = {
    PROGRESS: [(5, 11, 15, 0), (19, 10, 16, 0)],
    SHIBATA: [
        *[(5, 7, 11, 0), (13, 7, 11, 0), (21, 7, 11, 0), (29, 7, 11, 0), (37, 7, 11, 0)],
        *[(45, 7, 11, 0), (53, 6, 11, 0), (60, 7, 11, 0), (68, 6, 11, 0)],
    ],
    HASHIKAMI: [
        *[(11, 7, 4, 1), (50, 5, 6, 1), (59, 5, 6, 1), (68, 3, 6, 1)],
        *[(77, 18, 7, 1), (97, 18, 7, 1), (117, 13, 7, 1)],
    ],
    KASAMA: [
        *[(21, 7, 5, 1), (34, 4, 3, 1), (40, 40, 7, 1), (86, 4, 4, 1), (94, 4, 4, 1)],
        *[(100, 4, 4, 1), (106, 8, 4, 1), (116, 6, 4, 1), (126, 3, 4, 1), (131, 7, 4, 1)],
        *[(140, 5, 4, 1), (149, 4, 4, 1), (155, 5, 4, 1), (164, 2, 4, 1)],
    ],
    GOSHOGAWARA: [
        *[(13, 1, 2, 0), (18, 3, 2, 0), (24, 4, 2, 0), (33, 4, 2, 0), (40, 4, 2, 0)],
        *[(47, 3, 2, 0), (51, 1, 2, 0), (137, 4, 2, 0), (221, 2, 9, 0), (232, 7, 5, 0)],
        *[(248, 7, 6, 0), (262, 7, 5, 0), (274, 6, 5, 0), (293, 6, 6, 0), (302, 4, 2, 1)],
        *[(316, 6, 5, 0), (334, 6, 5, 0), (347, 6, 5, 0), (360, 8, 5, 0), (375, 6, 5, 0)],
        *[(386, 7, 5, 0), (398, 13, 3, 0), (412, 11, 3, 0)],
    ],
}


@pytest.mark.parametrize("name", SIZES)
def test_every_table(documents_dir: Path, name: str) -> None:
    grids = read(documents_dir / name).grids
    found = [(g.rows[0][0].place.line, len(g.rows), g.width, g.header_rows) for g in grids]
    assert found == SIZES[name]
    assert {grid.kind for grid in grids} <= {"tab", "pipe"}
    assert {len(row) == grid.width for grid in grids for row in grid.rows} == {True}


@pytest.mark.parametrize("name", SIZES)
def test_nothing_printed_is_lost(documents_dir: Path, name: str) -> None:
    source = (documents_dir / name).read_text(encoding="utf-8")
    made = read(documents_dir / name)
    printed = "".join(_texts(made))
    without_markup = re.sub(
        r"^- |<[^>]+>|\^\{※\d\}|^\|[-|]+\|$|^[-\t]+$|\|", "", source, flags=re.M
    )
    assert _ink(printed) == _ink(without_markup)


@pytest.mark.parametrize("name", SIZES)
def test_every_cell_stands_where_it_says(documents_dir: Path, name: str) -> None:
    lines = (documents_dir / name).read_text(encoding="utf-8").split("\n")
    for grid in read(documents_dir / name).grids:
        for row in grid.rows:
            line = lines[row[0].place.line - 1]
            cut = line.split("\t") if grid.kind == "tab" else line[:-1].split("|")[1:]
            assert [cell.raw for cell in row] == [part.strip() for part in cut]
            assert [cell.place.column for cell in row] == list(range(1, len(row) + 1))


def test_list_items_of_the_progress_table(documents_dir: Path) -> None:
    cells = read(documents_dir / PROGRESS).grids[0].rows[2]
    assert [len(cell.lines) for cell in cells] == [1] * 9 + [4] + [1] * 4 + [0]
    assert cells[5].text == "(100手続) 105手続"
    assert cells[9].lines[1].endswith("【R4年度】")


def test_bullets_and_rules_of_the_report(documents_dir: Path) -> None:
    grids = read(documents_dir / KASAMA).grids
    departments = grids[5].rows[1][1].lines
    assert len(departments) == 19
    assert departments[1] == "・笠間スポーツコミッション 90.3%"
    assert grids[6].rows[1][2].lines == ("市民サービスの向上", "利用率46.1% 業務時間の削減 136 h")
    assert grids[4].rows[1][2].lines == ("市民サービスの向上", "利用率 9.7% 業務時間の削減 69 h")
    assert [len(row[1].lines) for row in grids[13].rows] == [1, 10]


def test_note_marks_and_footnotes_of_the_plan(documents_dir: Path) -> None:
    made = read(documents_dir / GOSHOGAWARA)
    assert made.grids[7].rows[2][1].text == "デジタルデバイド対策"
    assert made.grids[7].rows[2][1].raw == "デジタルデバイド ^{※3} 対策"
    assert not [text for text in _texts(made) if "^{" in text]
    footnotes = [block for block in made.blocks if block.kind == "footnote"]
    assert [block.marker for block in footnotes[:5]] == ["※1", "※2", "※3", "※4", "※5"]
    measures = [b for b in made.blocks if b.text.startswith("(取組施策")]
    assert [(block.kind, block.level) for block in measures] == [("heading", 3)] * 11
    chapters = [block.place.line for block in made.blocks if block.level == 1]
    assert chapters == [16, 22, 29, 74, 186, 224]


def _texts(document: Document) -> list[str]:
    out: list[str] = []
    for part in document.parts:
        if isinstance(part, Grid):
            out += [cell.text for row in part.rows for cell in row]
        else:
            out.append(part.marker + part.text)
    return out


def _ink(text: str) -> str:
    return re.sub(r"\s+", "", text)
