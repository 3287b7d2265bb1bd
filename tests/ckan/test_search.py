"""The stand-in for Solr by itself: no CKAN needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ckan.station.search.index import Index, at_least
from tests.ckan.station.search.schema import Schema, SearchError, read_schema
from tests.ckan.station.search.server import update
from tests.ckan.station.search.terms import words

SCHEMA = """<schema name="small"><types>
  <fieldType name="string" class="solr.StrField"/>
  <fieldType name="date" class="solr.DatePointField"/>
  <fieldType name="int" class="solr.IntPointField"/>
  <fieldType name="text" class="solr.TextField"/>
  <fieldType name="text_ngram" class="solr.TextField"><analyzer type="index">
    <tokenizer class="solr.NGramTokenizerFactory"/></analyzer></fieldType>
</types><fields>
  <field name="id" type="string"/><field name="title" type="text"/>
  <field name="title_ngram" type="text_ngram"/><field name="size" type="int"/>
  <field name="tags" type="string" multiValued="true"/><field name="changed" type="date"/>
  <field name="indexed_ts" type="date"/>
  <field name="text" type="text" multiValued="true" stored="false"/>
  <dynamicField name="extras_*" type="text"/>
</fields><uniqueKey>id</uniqueKey>
<copyField source="title" dest="text"/><copyField source="title" dest="title_ngram"/>
<copyField source="extras_*" dest="text"/></schema>"""
DOCUMENTS: list[dict[str, Any]] = [
    {"id": "1", "title": "五所川原市 DX 推進計画", "tags": ["計画", "DX"], "size": 9},
    {"id": "2", "title": "新発田市 ICT 推進計画", "tags": ["計画"], "size": 100},
    {
        "id": "3",
        "title": "AED locations",
        "changed": "2024-04-01T00:00:00Z",
        "extras_area": "笠間市",
    },
]


@pytest.fixture
def schema(tmp_path: Path) -> Schema:
    (tmp_path / "schema.xml").write_text(SCHEMA, encoding="utf-8")
    return read_schema(tmp_path / "schema.xml")


@pytest.fixture
def index(schema: Schema) -> Index:
    made = Index(schema)
    for document in DOCUMENTS:
        made.add(document)
    return made


def ids(index: Index, q: str, **more: str) -> str:
    question = {"q": [q], "q.op": ["AND"]} | {key: [value] for key, value in more.items()}
    answer = index.search(question | {"sort": [more.get("sort", "id asc")]})
    return "".join(document["id"] for document in answer["response"]["docs"])


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("*:*", "123"),
        ("推進計画", "12"),
        ("推進計画 DX", "1"),
        ("DX OR ICT", "12"),
        ("推進計画 -DX", "2"),
        ("推進計画 NOT (DX OR ICT)", ""),
        ("-tags:DX", "23"),
        ('title:"DX 推進計画"', "1"),
        ('title:"推進計画 DX"', ""),
        ("tags:計*", "12"),
        ("tags:D?", "1"),
        ("tags:(DX AND 計画)", "1"),
        ("+tags:計画 +size:[10 TO 100}", ""),
        ("+tags:計画 +size:{9 TO *]", "2"),
        ("changed:[2024-01-01T00:00:00Z TO NOW]", "3"),
        ("changed:[NOW-1DAY TO *]", ""),
        ("title_ngram:発田", "2"),
        ("location", "3"),
        ("笠間市", "3"),
        (r"id:\1", "1"),
        ("()", ""),
    ],
)
def test_lucene_syntax(index: Index, q: str, found: str) -> None:
    assert ids(index, q) == found


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("推進計画", "12"),
        ("推進計画 DX", "1"),
        ("推進計画 -DX", "2"),
        ("+AED 推進計画", ""),
        ('"DX 推進計画"', "1"),
        ("a (b", ""),
    ],
)
def test_plain_words(index: Index, q: str, found: str) -> None:
    assert ids(index, q, defType="dismax", qf="title^4 text", mm="2<-1 5<80%") == found


@pytest.mark.parametrize(("count", "needed"), [(0, 0), (1, 1), (2, 2), (3, 2), (5, 4), (10, 8)])
def test_how_many_words_must_fit(count: int, needed: int) -> None:
    assert at_least("2<-1 5<80%", count) == needed


def test_words_end_where_solr_ends_them() -> None:
    assert words("五所川原市DX推進計画") == ["五所川原市dx推進計画"]
    assert words("R6年度 wi-fi openData, PDFs") == [
        "r",
        "6",
        "年度",
        "wi",
        "fi",
        "open",
        "data",
        "pdf",
    ]


def test_order_rows_and_fields(index: Index) -> None:
    assert ids(index, "tags:計画", sort="size desc") == "21"
    assert ids(index, "*:*", rows="1", start="1") == "2"
    answer = index.search({"q": ["id:1"], "fl": ["id tags", "score"]})
    assert answer["response"]["docs"] == [{"id": "1", "tags": ["計画", "DX"], "score": 1.0}]
    with pytest.raises(SearchError, match="Sort Order"):
        ids(index, "*:*", sort="id")


def test_facets(index: Index) -> None:
    asked = {"q": ["*:*"], "facet": ["true"], "facet.field": ["tags"], "facet.mincount": ["1"]}
    answer = index.search(asked | {"facet.limit": ["1"]})
    assert answer["facet_counts"]["facet_fields"] == {"tags": ["計画", 2]}
    assert index.search(asked)["facet_counts"]["facet_fields"] == {"tags": ["計画", 2, "DX", 1]}


@pytest.mark.parametrize(
    "q", ["title:(", "AND a", 'a "b', "size:many", "changed:yesterday", "no:x"]
)
def test_what_it_cannot_read_it_refuses(index: Index, q: str) -> None:
    with pytest.raises(SearchError):
        ids(index, q)


@pytest.mark.parametrize(
    "document",
    [
        {"title": "no key"},
        {"id": "4", "title": ["two", "titles"]},
        {"id": "4", "extras_contact": {"name": "課"}},
        {"id": "4", "tags": ["長" * 20000]},
        {"id": "4", "changed": "2024-04-01"},
    ],
)
def test_documents_that_solr_refuses(index: Index, document: dict[str, Any]) -> None:
    with pytest.raises(SearchError):
        index.add(document)
    assert ids(index, "*:*") == "123"


def test_updates_and_the_journal(schema: Schema, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    first = Index(schema, journal)
    update(first, b'[{"id": "1", "title": "a"}, {"id": "2"}, {"id": "3"}]', "application/json")
    update(first, b'[{"id": "1", "title": "b"}]', "application/json")
    update(first, b"<delete><query>+id:2</query></delete>", "text/xml")
    update(first, b"<delete><id>3</id></delete>", "text/xml")
    update(first, b"<commit />", "text/xml")
    second = Index(schema, journal)
    assert ids(first, "*:*") == ids(second, "*:*") == ids(second, "title:b") == "1"
