"""Personal data planted in the tables and documents of a package, and none in the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import line
from pipelines.check import check
from pipelines.check.case import Case
from pipelines.check.privacy import privacy
from pipelines.check.privacy.reporting import KINDS, columns
from pipelines.declaration import load_declaration
from pipelines.model import Cell, Document, Finding, Grid, Place, Row, Tables
from pipelines.vocabulary import table_schemas
from tests.check.samples import sample_row, sample_tables

ROOT = Path(__file__).parents[3]
PLANTS = {
    "番号 1234-5678-9018": ("privacy-my-number", "誤り", "1234-****-****"),
    "090-1234-5678": ("privacy-phone", "誤り", "090-****-****"),
    "総務課 0173-35-2111": ("privacy-phone-office", "警告", "017*-**-****"),
    "taro@example.com": ("privacy-email", "誤り", "t***@***"),
    "soumu@city.example.lg.jp": ("privacy-email-office", "警告", "***@city.example.lg.jp"),
    "講師は山田 太郎さん": ("privacy-name", "警告", "山○ ○○"),
    "氏名：山田太郎": ("privacy-name-field", "誤り", "山○○○"),
}
TEXTS = [
    (slug, name)
    for slug, schema in table_schemas().items()
    if slug not in {"provenance", "finding"}
    for name in columns(schema)
    if name != "地方公共団体名"
]


def planted(slug: str, name: str, text: str) -> Tables:
    tables = sample_tables()
    tables.tables[slug].rows[1][name] = text
    return tables


def document(*rows: tuple[str, ...], sha256: str = "b") -> Document:
    grid = Grid(
        tuple(
            tuple(
                Cell(text, Place(sha256, line, n), text, (text,)) for n, text in enumerate(row, 1)
            )
            for line, row in enumerate(rows, 1)
        ),
        "tab",
    )
    return Document("plan.txt", sha256, "utf-8", (grid,))


def told(found: list[Finding]) -> list[tuple[str, str, str]]:
    return [(one.code, one.place, one.found) for one in found]


def printed(text: str, row_id: str, place: str = "L3:C2") -> Row:
    row = {**sample_row("provenance"), "表": "activity", "行ID": row_id, "列": "内容"}
    return {**row, "原文": text, "位置": place, "出典ハッシュ": "b"}


@pytest.mark.parametrize(("slug", "name"), TEXTS, ids="-".join)
def test_a_my_number_is_found_in_every_column_of_text(slug: str, name: str) -> None:
    tables = planted(slug, name, "番号 １２３４５６７８９０１８ です")
    [found] = list(privacy(Case(tables)))
    assert found.code == "privacy-my-number"
    assert (found.table, found.place) == (slug, f"行3 {name}")
    assert found.row_id == tables.rows(slug)[1]["ID"]


@pytest.mark.parametrize("text", PLANTS)
def test_each_kind_is_told_with_its_weight_and_masked(text: str) -> None:
    code, severity, shown = PLANTS[text]
    [found] = [
        one for one in check(planted("activity", "内容", text)) if one.code.startswith("privacy")
    ]
    assert (found.code, found.severity, found.found) == (code, severity, shown)
    for words in (found.message, found.message_en):
        assert shown in words
        assert text not in words
    assert found.fix
    assert found.fix_en


def test_every_kind_is_planted() -> None:
    assert {kind.code for kind in KINDS.values()} == {code for code, _, _ in PLANTS.values()}


@pytest.mark.parametrize("name", ["ID", "出典ハッシュ", "開始年度", "全国地方公共団体コード"])
def test_ids_codes_hashes_and_numbers_are_not_read(name: str) -> None:
    assert list(privacy(Case(planted("plan", name, "123456789018")))) == []


def test_a_value_with_its_provenance_and_its_cell_is_told_once_where_it_is_printed() -> None:
    tables = planted("activity", "内容", "連絡は090-1234-5678")
    row_id = str(tables.rows("activity")[1]["ID"])
    tables.tables["provenance"].rows = [printed("連絡は090-1234-5678", row_id)]
    source = document(("年度", "内容"), ("", ""), ("2024", "連絡は090-1234-5678"))
    [found] = list(privacy(Case(tables, (("plan", source),))))
    assert (found.table, found.row_id, found.place) == ("activity", row_id, "L3:C2")


def test_where_there_are_several_documents_the_place_names_one() -> None:
    tables = sample_tables()
    row_id = str(tables.rows("activity")[0]["ID"])
    tables.tables["provenance"].rows = [printed("090-1234-5678", row_id)]
    case = Case(tables, (("plan", document(("x",), sha256="a")), ("report", document(("y",)))))
    assert told(list(privacy(case))) == [("privacy-phone", "report L3:C2", "090-****-****")]


@pytest.mark.parametrize(("second", "count"), [("L3:C2", 1), ("L4:C2", 2)])
def test_a_cell_of_which_two_rows_were_made_is_one_finding(second: str, count: int) -> None:
    tables = sample_tables()
    for row, place in zip(tables.rows("activity"), ("L3:C2", second), strict=False):
        row["内容"] = "090-1234-5678"
        tables.tables["provenance"].rows.append(printed("090-1234-5678", str(row["ID"]), place))
    found = list(privacy(Case(tables)))
    assert [one.place for one in found] == ["L3:C2", "L4:C2"][:count]
    assert found[0].row_id == tables.rows("activity")[0]["ID"]


def test_rows_of_a_table_without_provenance_are_told_each() -> None:
    tables = sample_tables()
    for row in tables.rows("activity")[:2]:
        row["内容"] = "090-1234-5678"
    assert [one.place for one in privacy(Case(tables))] == ["行2 内容", "行3 内容"]


def test_a_cell_of_the_document_that_no_row_was_made_of() -> None:
    source = document(("施設", "連絡先", "備考"), ("館", "0173-35-2111", "090-1234-5678"))
    found = list(privacy(Case(sample_tables(), (("plan", source),))))
    assert told(found) == [("privacy-phone", "L2:C3", "090-****-****")]


def test_a_column_for_calling_may_hold_no_my_number_either() -> None:
    source = document(("連絡先",), ("123456789018",))
    found = list(privacy(Case(sample_tables(), (("plan", source),))))
    assert told(found) == [("privacy-my-number", "L2:C1", "1234-****-****")]


def test_a_heading_that_is_a_number_is_told_too() -> None:
    found = list(privacy(Case(sample_tables(), (("plan", document(("090-1234-5678",))),))))
    assert told(found) == [("privacy-phone", "L1:C1", "090-****-****")]


def test_tables_without_anything_personal_have_no_finding() -> None:
    assert list(privacy(Case(sample_tables()))) == []


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "datapackages").iterdir()))
def test_the_real_packages_raise_no_alarm(name: str) -> None:
    declaration = load_declaration(ROOT / "datapackages" / name)
    sources = line.read_sources(declaration)
    tables = line.tidy_sources(declaration, sources)
    assert len(tables.rows("provenance")) > 100
    assert list(privacy(Case(tables, tuple(sources)))) == []
