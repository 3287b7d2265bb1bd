"""Every value leads to its cell, with the rules that made it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.declaration import load_declaration
from pipelines.line import read_sources, tidy_sources
from pipelines.model import Document, Tables
from pipelines.vocabulary import scheme
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


OTHERS = """
plan ID L1 八戸市DX推進計画 declared
plan 全国地方公共団体コード L1 八戸市DX推進計画 declared
plan 出典 L1 八戸市DX推進計画 source
plan 出典ハッシュ L1 八戸市DX推進計画 source
initiative ID L4:C1 1 【新】 id
initiative 計画ID L1 八戸市DX推進計画 reference
indicator ID L4:C4 客 id
indicator 取組ID L4:C2 朝 市 reference
indicator 値の種別 L4:C5 (10人) 1.4万人 derived
observation ID L4:C5 (10人) 1.4万人 id
observation 指標ID L4:C4 客 reference
observation 指標名 L4:C4 客 reference
observation 取組ID L4:C2 朝 市 reference
observation 地方公共団体名 L1 八戸市DX推進計画 declared
measurement 取組ID L4:C2 朝 市 reference
""".strip().splitlines()


@pytest.mark.parametrize("told", OTHERS)
def test_what_is_printed_nowhere_has_the_cell_that_stands_for_it(told: str) -> None:
    table, column, place, *printed, rule = told.split(" ")
    rows = tidied_documents([document(TEXT)]).rows("provenance")
    found = [row for row in rows if (row["表"], row["列"]) == (table, column)]
    assert found
    for row in found:
        said = (row["位置"], row["原文"], row["適用規則"])
        assert said == (place, " ".join(printed), rule)


def test_every_value_has_one_row_and_every_row_a_value() -> None:
    tables = tidied_documents([document(TEXT)])
    rows = tables.rows("provenance")
    traced = [(row["表"], row["行ID"], row["列"]) for row in rows]
    values = {
        (table.slug, row["ID"], column)
        for table in tables
        for row in table.rows
        for column, value in row.items()
        if table.slug != "provenance" and value not in (None, "")
    }
    assert len(traced) == len(set(traced))
    assert set(traced) == values
    assert len({row["ID"] for row in rows}) == len(rows)


def test_the_municipality_leads_to_where_its_name_is_printed() -> None:
    nameless = document(TEXT.replace("八戸市", ""), "b.txt")
    both = [document(TEXT, "a.txt"), nameless]
    only = tidied_documents([nameless]).rows("provenance")
    assert {row["位置"] for row in only if row["列"] == "地方公共団体名"} >= {"L4:C1", "L4:C5"}
    rows = tidied_documents(both).rows("provenance")
    sources = {row["出典ハッシュ"] for row in rows if row["列"] == "地方公共団体名"}
    assert sources == {both[0].sha256}


def test_a_row_belongs_to_what_is_named_nearest_above_it() -> None:
    text = TITLE + "基本方針1 まち\n\n" + tab("番号|取組名", "1|朝市") + "\n基本方針1 まち\n\n"
    rows = tidied_documents([document(text + tab("番号|取組名", "2|夜市"))]).rows("provenance")
    found = {row["行ID"]: row["位置"] for row in rows if row["列"] == "施策ID"}
    assert sorted(found.values()) == ["L3", "L8"]


def test_an_empty_document_is_traced_too() -> None:
    nothing = Document("a.txt", "0" * 64, "utf-8", ())
    tables = tidied_documents([nothing])
    places = {row["位置"] for row in tables.rows("provenance")}
    assert places == {"L1"}
    assert {row["列"] for row in tables.rows("provenance")} >= {"ID", "出典ハッシュ"}


def test_every_rule_of_the_reading_is_declared() -> None:
    rules = {
        rule
        for path in sorted(Path("datapackages").glob("*/package.yaml"))
        for row in tables_of(path).rows("provenance")
        for rule in str(row["適用規則"]).split(";")
    } - {""}
    declared = {concept.notation for concept in scheme("rules")}
    assert rules <= declared
    assert rules >= {"id", "reference", "declared", "derived", "source", "era", "target-actual"}
    for concept in scheme("rules"):
        assert concept.first("ruleMeaning").endswith("。")
        assert concept.first("ruleMeaningEn").endswith(".")


def tables_of(path: Path) -> Tables:
    declaration = load_declaration(path.parent)
    return tidy_sources(declaration, read_sources(declaration))
