"""Corrections of `package.yaml`: applied where their text stands, failing by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import line
from pipelines.corrections import correct
from pipelines.declaration import load_declaration
from pipelines.model import Block, Cell, Correction, Document, Package
from pipelines.read import read

PLAN = """\
八戸市DX推進計画

基本方針1 便利なサービス

取組\tKPI\t令和5年度\t令和6年度
1. 手續の見直し\t対象手續数\t(10手續) 12手續\t(20件) 21件
2. 窓口\t<ul><li>手續&amp;案内</li><li>窓口の手續</li></ul>\t-\t-
"""


def document(text: str = PLAN, name: str = "plan.txt") -> Document:
    return read(text.encode(), name)


def one(place: str, expect: str = "手續", write: str = "手続") -> Correction:
    return Correction("plan", place, expect, write, "旧字体", "L3")


def cell(found: Document, place: str) -> Cell:
    return next(c for g in found.grids for row in g.rows for c in row if str(c.place) == place)


def test_every_expected_text_of_the_cell_is_replaced_and_the_printed_one_kept() -> None:
    mended = correct(document(), [one("L6:C3")])
    spot = cell(mended, "L6:C3")
    assert spot.text == "(10手続) 12手続" and spot.as_printed == "(10手續) 12手續"
    assert spot.raw == spot.text and spot.lines == (spot.text,)
    assert cell(mended, "L6:C2").text == "対象手續数", "another cell is left alone"


def test_a_correction_that_is_applied_is_a_finding() -> None:
    (found,) = correct(document(), [one("L6:C3")], "plan").findings
    assert (found.code, found.severity, found.place) == ("corrected", "情報", "plan L6:C3")
    assert (found.found, found.expected) == ("手續", "手続")
    assert "旧字体" in found.message and "旧字体" in found.message_en


def test_text_lines_and_source_of_a_cell_with_markup_agree() -> None:
    spot = cell(correct(document(), [one("L7:C2", "手續&案内", "手続&案内")]), "L7:C2")
    assert spot.lines == ("手続&案内", "窓口の手續")
    assert spot.text == "手続&案内 窓口の手續" and spot.raw == spot.text
    plain = cell(correct(document(), [one("L7:C2", "窓口の手續", "窓口の手続")]), "L7:C2")
    assert plain.raw.endswith("<li>窓口の手続</li></ul>")


def test_a_blank_that_a_line_break_left_hides_no_text() -> None:
    broken = document(PLAN.replace("1. 手續の見直し", "1. 手 續の見 直し"))
    assert cell(correct(broken, [one("L6:C1")]), "L6:C1").text == "1. 手続の見 直し"
    figures = document(PLAN.replace("(10手續) 12手續", "1 2手續"))
    assert correct(figures, [one("L6:C3", "12手續")]).findings[0].code == "correction-stale"


def test_a_line_outside_the_tables_is_corrected_too() -> None:
    mended = correct(document(), [one("L3", "便利", "便宜")])
    (block,) = [b for b in mended.blocks if b.place.line == 3]
    assert (block.text, block.printed) == ("基本方針1 便宜なサービス", "基本方針1 便利なサービス")


def test_two_corrections_of_one_cell_keep_the_text_of_the_document() -> None:
    both = [one("L6:C3"), one("L6:C3", "12手続", "13手続")]
    spot = cell(correct(document(), both), "L6:C3")
    assert (spot.text, spot.printed) == ("(10手続) 13手続", "(10手續) 12手續")


@pytest.mark.parametrize(
    ("place", "expect", "ja", "en"),
    [
        ("L5:C1", "手續", "いまは L6:C1, L6:C2, L6:C3 …", "now stands at L6:C1"),
        ("L6:C4", "12手續", "いまは L6:C3 に", "now stands at L6:C3."),
        ("L6:C3", "手読", "どこにもありません", "nowhere"),
        ("L99:C1", "存在", "どこにもありません", "nowhere"),
        ("L6:C4", "20個", "どこにもありません", "nowhere"),
        ("L7:C2", "案内 窓口", "どこにもありません", "nowhere"),
    ],
)
def test_a_text_that_is_not_there_is_an_error_that_says_where_it_is(
    place: str, expect: str, ja: str, en: str
) -> None:
    before = document()
    after = correct(before, [one(place, expect, "別")])
    assert after.parts == before.parts
    (found,) = after.findings
    assert (found.code, found.severity, found.place) == ("correction-stale", "誤り", place)
    assert found.expected == expect and ja in found.message and en in found.message_en


def test_a_mended_source_says_so() -> None:
    (found,) = correct(document(PLAN.replace("手續", "手続")), [one("L6:C3")]).findings
    assert found.code == "correction-stale"
    assert "原文が直りました" in found.message and "mended" in found.message_en


def test_an_extract_that_leaves_the_sentence_out_is_not_stale() -> None:
    text = PLAN.replace("1. 手續の見直し", "〔略〕").replace("基本方針1 便利なサービス", "")
    for place in ("L6:C1", "L3"):
        assert correct(document(text), [one(place)], extract=True).findings == ()
        assert correct(document(text), [one(place)]).findings[0].code == "correction-stale"
    assert correct(document(text), [one("L6:C4")], extract=True).findings, "L6:C4 is in the extract"


@given(st.integers(1, 9), st.integers(1, 6), st.text("手續件L:C1", min_size=1, max_size=3))
def test_nothing_but_the_expected_text_changes(row: int, column: int, expect: str) -> None:
    before = document()
    after = correct(before, [one(f"L{row}:C{column}", expect, "＊")])
    assert len(after.findings) == 1 and after.sha256 == before.sha256
    if after.findings[0].code == "correction-stale":
        assert after.parts == before.parts
        return
    old, new = cell(before, f"L{row}:C{column}"), cell(after, f"L{row}:C{column}")
    assert new.text == old.text.replace(expect, "＊") and new.printed == old.text
    others = [c for g in before.grids for r in g.rows for c in r if c != old]
    assert others == [c for g in after.grids for r in g.rows for c in r if c.place != old.place]


# --- the whole line ----------------------------------------------------------------------------

YAML = """\
municipality: "022039"
title: 題
contact: {name: 例の課, url: https://example.jp/}
issued: 2026-03-31
sources: [{key: plan, path: source/plan.txt}]
"""
MENDING = """\
corrections:
  - source: plan
    place: "L6:C3"
    expect: "12手續"
    write: "12手続"
    reason: "旧字体"
    evidence: "L3"
  - {source: plan, place: "L6:C1", expect: 手續, write: 手続, reason: 旧字体, evidence: L3}
  - {source: plan, place: "L3", expect: 便利, write: 便宜, reason: 誤字, evidence: 表紙}
"""


def built(tmp_path: Path, yaml: str, text: str = PLAN) -> Package:
    folder = tmp_path / "022039-dx-plan"
    (folder / "source").mkdir(parents=True, exist_ok=True)
    (folder / "package.yaml").write_text(yaml, "utf-8")
    (folder / "source/plan.txt").write_text(text, "utf-8")
    return line.build_package(folder)


def test_the_data_have_the_corrected_text_and_the_provenance_the_printed_one(
    tmp_path: Path,
) -> None:
    made = built(tmp_path, YAML + MENDING)
    (initiative, *_) = made.tables.rows("initiative")
    assert initiative["名称"] == "手続の見直し"
    assert made.tables.rows("policy")[0]["名称"] == "便宜なサービス"
    told = {
        (row["表"], row["列"], row["位置"]): (row["原文"], str(row["適用規則"]).split(";"))
        for row in made.tables.rows("provenance")
    }
    assert told["initiative", "名称", "L6:C1"][0] == "1. 手續の見直し"
    assert told["policy", "名称", "L3"][0] == "基本方針1 便利なサービス"
    assert told["observation", "単位", "L6:C3"][0] == "(10手續) 12手續"
    # what only points to a cell is not read from its text
    pointing = {"id", "reference", "declared", "derived", "source"}
    for key in [key for key, (_, rules) in told.items() if not pointing & set(rules)]:
        assert ("corrected" in told[key][1]) == (
            key[2] in ("L6:C3", "L6:C1", "L3") and key[1] != "原文"
        ), key


def test_the_column_of_the_printed_text_stays_as_printed(tmp_path: Path) -> None:
    rows = built(tmp_path, YAML + MENDING).tables.rows("observation")
    seen = [row for row in rows if row["値"] == 12]
    assert [(row["単位"], row["原文"]) for row in seen] == [("手続", "(10手續) 12手續")]


def test_corrections_are_findings_of_the_package_and_a_stale_one_stops_it(tmp_path: Path) -> None:
    made = built(tmp_path, YAML + MENDING)
    assert [f.place for f in made.findings if f.code == "corrected"] == ["L6:C3", "L6:C1", "L3"]
    assert not made.has_errors
    moved = built(tmp_path, YAML + MENDING, PLAN.replace("取組\t", "\n取組\t"))
    stale = [f for f in moved.findings if f.code == "correction-stale"]
    assert moved.has_errors and [f.place for f in stale] == ["L6:C3", "L6:C1"]
    assert "L7:C3" in stale[0].message


def test_without_corrections_nothing_is_marked(tmp_path: Path) -> None:
    made = built(tmp_path, YAML)
    assert not [f for f in made.findings if f.code.startswith("correct")]
    rules = [str(row["適用規則"] or "") for row in made.tables.rows("provenance")]
    assert rules and not [one for one in rules if "corrected" in one]


def test_the_printed_text_of_a_block_is_its_own_without_a_correction() -> None:
    (block, *_) = document().blocks
    assert isinstance(block, Block) and block.as_printed == block.text and not block.printed


def test_the_declaration_keeps_the_order(tmp_path: Path) -> None:
    built(tmp_path, YAML + MENDING)
    found = load_declaration(tmp_path / "022039-dx-plan").corrections
    assert [c.place for c in found] == ["L6:C3", "L6:C1", "L3"]
    assert found[0] == Correction("plan", "L6:C3", "12手續", "12手続", "旧字体", "L3")
