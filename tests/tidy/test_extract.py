"""The extract: the tables of a document in their places, without its prose."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from pipelines.model import Document
from pipelines.read import read
from pipelines.tidy.extract import extract
from pipelines.tidy.text import OMITTED
from pipelines.tidy.values import read_value
from tests.tidy.fragments import plans
from tests.tidy.making import (
    TITLE,
    codes,
    document,
    lost_in_extract,
    moved_in_extract,
    pipe,
    tab,
    tidied,
)
from tests.tidy.test_contract import REAL
from tests.tidy.test_matrix import MATRIX
from tests.tidy.test_records import SINGLE
from tests.tidy.test_sections import REPORT, SECTIONS

PROJECTS = tab(
    "No.|担当課|事業名|事業内容|期待される効果",
    "1|総務課|書庫の電子化|古い書類を写して、棚を空ける。棚は40枚ある。|・探す時間が30分から5分になる。",
    "2|観光課|朝市の予約|客をふやす。|-",
)
DOCUMENTS = {
    "single header": TITLE + tab(*SINGLE),
    "pipes": TITLE + pipe(*SINGLE),
    "matrix": TITLE + pipe(*MATRIX),
    "sections": TITLE + SECTIONS,
    "projects": TITLE + PROJECTS,
    "report": REPORT
    + tab(
        "施策|取り組み|状況|予定",
        "(1) 朝市|■席の予約（観光課） 予約を始めた。延べ120人。|利用率46.1%"
        "|令和8年度までに200人にする。",
    ),
    "paragraphs": TITLE
    + "計画期間：令和5年度～令和7年度\n\n朝市の客は、令和5年度に1,200人でした。棚は40枚です。\n\n"
    + tab(*SINGLE),
    "glossary": TITLE + tab("索引|用語|解説", "い|いぬ札|順番を、示す札。") + "\n" + tab(*SINGLE),
    "schedule": TITLE
    + tab(
        "番号|取組|指標|実績値（令和4年度）|スケジュール",
        "1|朝市|店|3件|(1) 令和6年度に10件、令和8年度に30件とする。",
    ),
    "activities": TITLE
    + tab(
        "番号|取組|指標|令和5年度|取組実績|令和5年度|令和6年度",
        "1|書庫|棚|3枚|<ul><li>棚を、12枚写した。【R5年度】</li><li>続けた。</li></ul>|棚写し|",
        "2|朝市|店|4件||はじめ|つづき|おわり",
    ),
    "short row": TITLE
    + tab(
        "番号|取組|担当課|指標|令和4年度|令和5年度|内容",
        "1|朝市|観光課|客|3件|4件|席をふやして、店を呼ぶ。",
        "2|夕市|観光課|客|5件|席をへらして、店を呼ぶ。",
    ),
    "notes": TITLE
    + tab(
        "番号|取組名|指標|令和4年度|令和5年度",
        "1|朝市|①店 ②客 ※②はR6から取組から除く。|①3件 ②0人|①4件 ②5人 ※うち新人は2人。",
        "2|夕市|客|0% ※計画を令和5年度としているため。|98% ※全40枚中、39枚を空けた。(2/9時点)",
    ),
    "figure before its year": TITLE
    + tab(
        "番号|取組|指標|実績値（令和4年度）|スケジュール",
        "1|朝市|店|3件|店を30件に令和8年度までにふやす。",
    ),
    "mark-up as text": TITLE
    + tab("番号|取組名|指標|令和5年度", "1|&lt;b&gt;朝市&lt;/b&gt;|店&amp;lt;|3件"),
    "Markdown heading": TITLE
    + "# 朝市\n\n10件ある。\n\n"
    + tab("番号|取組名|指標|令和5年度", "1|朝市|店|3件"),
}


def sentences(text: str) -> list[str]:
    """Pieces of an extract that end as a sentence does and are no value of a cell."""
    shortened = document(text)
    cells = (one for grid in shortened.grids for row in grid.rows for one in row)
    pieces = [line for one in cells for line in one.lines]
    pieces += [block.text for block in shortened.blocks]
    return [
        piece
        for piece in pieces
        if re.search(r"[ぁ-ゖ]。", piece) and not read_value(piece)[0].missing
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_reading_the_extract_is_reading_the_document(name: str) -> None:
    original = document(DOCUMENTS[name])
    assert lost_in_extract(original) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_kept_cells_stay_in_their_places(name: str) -> None:
    original = document(DOCUMENTS[name])
    assert moved_in_extract(original) == []
    shortened = document(extract(original))
    assert len(shortened.grids) == len(original.grids)
    assert shortened.blocks[0].place.line == original.blocks[0].place.line


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_sentence_is_left(name: str) -> None:
    assert sentences(extract(document(DOCUMENTS[name]))) == []


AGAIN = [
    pytest.param(
        name,
    )
    for name in DOCUMENTS
]


@pytest.mark.parametrize("name", AGAIN)
def test_the_extract_of_an_extract_is_the_same(name: str) -> None:
    once = extract(document(DOCUMENTS[name]))
    assert extract(document(once)) == once


def test_prose_goes_and_figures_stay() -> None:
    text = extract(document(TITLE + PROJECTS))
    for gone in ("写して", "空ける", "ふやす"):
        assert gone not in text
    for kept in ("書庫の電子化", "総務課", "40枚", "30分", "5分", OMITTED):
        assert kept in text
    tables = tidied(text)
    assert "prose-omitted" in codes(tables)
    assert [row["内容"] for row in tables.rows("initiative")] == [None, None]


def test_the_omission_mark_is_no_value_anywhere() -> None:
    for name, text in DOCUMENTS.items():
        tables = tidied(extract(document(text)))
        for table in tables:
            if table.slug in {"provenance", "observation", "measurement"}:
                continue  # 原文 quotes the extract as printed
            for row in table.rows:
                assert not any(OMITTED in str(value) for value in row.values()), (name, row)


@pytest.mark.parametrize(
    "mark",
    [
        "①", "⑨",
        "⑩",
        "⑳",
    ],
)  # fmt: skip
def test_goals_keep_their_circled_numbers(mark: str) -> None:
    head = "番号|取組|指標|実績値（令和4年度）|スケジュール"
    text = TITLE + tab(head, f"1|朝市|店|3件|{mark}令和8年度までに、席を三十枚ふやしていく。")
    assert f"{mark}令和8年度まで{OMITTED}" in extract(document(text))
    assert lost_in_extract(document(text)) == []


def test_a_document_without_prose_is_its_own_extract() -> None:
    text = TITLE + tab(*SINGLE)
    assert extract(document(text)) == text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_any_document_has_an_extract_that_can_be_read(text: str) -> None:
    original = document(text)
    shortened = extract(original)
    assert len(shortened.splitlines()) <= len(text.splitlines())
    tables = tidied(shortened)
    whole = tidied(text)
    for slug in ("status", "term"):
        assert [row["ID"] for row in tables.rows(slug)] == [row["ID"] for row in whole.rows(slug)]


HEADED = re.compile(
    r"^goal lost: .*\('番号', None\), \('値', None\), \('単位', None\), \('期限年度', 2024\)\)$"
)
"""The report of fiscal 2023 heads its goals with the year after it."""


@pytest.fixture(params=REAL)
def real(request: pytest.FixtureRequest, documents_dir: Path) -> Document:
    return read(documents_dir / request.param)


@pytest.mark.documents
def test_extracts_of_the_real_documents_lose_only_prose(real: Document) -> None:
    lost = lost_in_extract(real, real.name[:6])
    # A report's goals of prose alone take their year from their heading, and go with their words.
    assert [row for row in lost if not HEADED.search(row)] == []


@pytest.mark.documents
def test_extracts_of_the_real_documents_keep_their_places(real: Document) -> None:
    assert moved_in_extract(real) == []


@pytest.mark.documents
def test_extracts_of_the_real_documents_hold_no_sentence(real: Document) -> None:
    assert sentences(extract(real)) == []
