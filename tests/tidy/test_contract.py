"""What holds for every document: no crash, unique IDs, references, provenance, the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.findings import every
from pipelines.model import Document
from pipelines.read import read
from pipelines.vocabulary import scheme, table_schemas
from tests.tidy.fragments import plans
from tests.tidy.making import (
    TITLE,
    broken_references,
    document,
    false_provenance,
    repeated_ids,
    tab,
    tidied,
    tidied_documents,
)

REAL = [
    "022055-goshogawara-dx-plan.txt",
    "022055-goshogawara-dx-progress.txt",
    "024465-hashikami-dx-action-plan.txt",
    "082163-kasama-dx-report.txt",
    "152064-shibata-informatization-plan.txt",
]
quickly = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@quickly
@given(st.lists(plans(), min_size=1, max_size=2))
def test_any_document_gives_sound_tables(texts: list[str]) -> None:
    documents = [document(text) for text in texts]
    tables = tidied_documents(documents)
    nameless = [row for row in tables.rows("policy") if not (row["番号"] or row["名称"])]
    if not nameless:  # see the test below
        assert repeated_ids(tables) == []
    assert broken_references(tables) == []
    assert false_provenance(tables, documents) == []


def test_policies_that_are_a_flag_alone_have_ids_of_their_own() -> None:
    table = tab("基本方針|活動指標", "【新】|") + "\n"
    assert repeated_ids(tidied(TITLE + table + table)) == []


@quickly
@given(plans())
def test_rows_have_the_columns_of_their_schema_and_its_words(text: str) -> None:
    tables = tidied(text)
    kinds = {one.ja for one in scheme("kinds")}
    reasons = {one.ja for one in scheme("missing")}
    for table in tables:
        names = [field["name"] for field in table_schemas()[table.slug]["fields"]]
        assert all(list(row) == names for row in table.rows)
    for row in tables.rows("observation"):
        assert row["種別"] in kinds
        assert row["欠測理由"] in {None, *reasons}
        assert row["値"] is None or isinstance(row["値"], Decimal)
        assert isinstance(row["年度"], int)
        # An observation says something: a value, a word or why there is none.
        assert row["値"] is not None or row["状態"] or row["欠測理由"]
    for finding in tables.findings:
        assert finding.code in every()
        assert finding.message
        assert finding.message_en
        assert finding.fix
        assert finding.fix_en


@quickly
@given(plans())
def test_the_same_document_gives_the_same_tables(text: str) -> None:
    one, other = tidied(text), tidied(text)
    assert one.tables == other.tables
    assert one.findings == other.findings


@quickly
@given(plans(), plans())
def test_a_table_below_never_changes_the_ids_above(text: str, more: str) -> None:
    numbered = TITLE + tab("番号|取組名|指標|令和5年度", "71|朝市|店|3件", "72|書庫|棚|4枚")
    ids = {str(row["ID"]) for row in tidied(numbered).rows("observation")}
    below = more.removeprefix("八戸市DX推進計画")
    assert ids <= {str(row["ID"]) for row in tidied(numbered + below).rows("observation")}


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet="0123456789-|\t\n①②(目標) 実績令和年度件番号取組指標<>&/;ul※○▲。", max_size=200
    )
)
def test_any_text_is_read_without_a_crash(text: str) -> None:
    tables = tidied(TITLE + text)
    assert broken_references(tables) == []


@pytest.mark.parametrize(
    "hostile",
    [
        "9" * 400 + "人", "①" * 200, "(" * 300, "(1) " * 200, "令和" * 200, "R4" * 100, "1," * 200,
        "約" * 200 + "1件", "※" * 200, "【新】" * 100, "■" * 200, "<ul>" * 50, "&amp;" * 100,
        "0" * 400, "1.1.1." * 80, "a" * 2000, "課" * 500, "～".join(["1"] * 100) + "件",
        "99% ※点検 (12/31時点)", "99% ※点検 (2/30時点)", "\u202e10件", "10件\u0301",
        "=cmd|' /C calc'!A0",
    ],
)  # fmt: skip
def test_hostile_cells(hostile: str) -> None:
    cell = hostile.replace("|", "/")
    text = tab("番号|取組名|担当課|指標|令和5年度|内容", f"1|{cell}|{cell}|{cell}|{cell}|{cell}")
    tables = tidied(TITLE + text)
    assert repeated_ids(tables) == []
    assert tables.rows("observation") or tables.rows("initiative")


@pytest.fixture(params=REAL)
def real(request: pytest.FixtureRequest, documents_dir: Path) -> Callable[[], Document]:
    path = documents_dir / request.param
    return lambda: read(path)


@pytest.mark.documents
def test_the_real_documents_give_sound_tables(real: Callable[[], Document]) -> None:
    original = real()
    tables = tidied_documents([original], original.name[:6])
    assert repeated_ids(tables) == []
    assert broken_references(tables) == []
    assert false_provenance(tables, [original]) == []
