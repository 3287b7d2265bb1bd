"""Values of the packages followed to their printed cells, as a reader of the catalog does."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines import line
from pipelines.model import Block, Cell, Document, Grid, Package, Place
from pipelines.publish.pages import Pages
from pipelines.publish.source_pages import source_parts, whence
from pipelines.publish.tables import read_sheets
from tests.cli.conftest import PLAN, make_package
from tests.publish.test_pages import HOSTILE

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.parent.name for path in ROOT.glob("datapackages/*/package.yaml"))
FOLLOWED = 60
"""Values of each table that are followed; the choice is the same each time."""


@cache
def built(name: str) -> tuple[Package, dict[str, bytes]]:
    package = line.build_package(ROOT / "datapackages" / name)
    return package, Pages().package(package)


def cells_by_id(page: bytes) -> dict[str, str]:
    tree = LexborHTMLParser(page.decode("utf-8"))
    return {str(e.attributes["id"]): said(e) for e in tree.css("[id^=L]")}


def said(element: LexborNode) -> str:
    """The text of an anchor without the line number in front of it."""
    number = element.css_first(".ln")
    text = element.text()
    return text.removeprefix(number.text()) if number is not None else text


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def links_of(page: bytes) -> dict[tuple[str, str], str]:
    """(row ID, column) → where its value leads to."""
    tree = LexborHTMLParser(page.decode("utf-8"))
    names = [head.text(deep=False).strip() for head in tree.css("thead th")]
    found = {}
    for row in tree.css("table.data tbody tr"):
        for name, cell in zip(names, row.css("th, td"), strict=True):
            link = cell.css_first("a.p, a.o")
            if link is not None:
                found[str(row.attributes["id"]), name] = str(link.attributes["href"])
    return found


@pytest.mark.parametrize("name", NAMES)
def test_values_lead_to_the_cell_that_prints_them(name: str) -> None:
    package, pages = built(name)
    shown = {key: cells_by_id(page) for key, page in pages.items() if key.startswith("sources/")}
    assert len(shown) == len(package.declaration.sources)
    traced = {(r["表"], r["行ID"], r["列"]): r for r in package.tables.rows("provenance")}
    chance = random.Random(name)  # noqa: S311 - a choice that is the same each time
    for table in package.tables:
        if table.slug == "provenance":
            continue
        links = links_of(pages[f"{table.slug}.html"])
        values = [
            (str(row["ID"]), column)
            for row in table.rows
            for column, value in row.items()
            if value not in (None, "")
        ]
        assert set(links) == set(values), table.slug
        for address in links.values():
            path, _, anchor = address.partition("#")
            assert anchor in shown[path]
        for one in chance.sample(values, min(FOLLOWED, len(values))):
            path, _, anchor = links[one].partition("#")
            provenance = traced[(table.slug, *one)]
            printed, there = bare(str(provenance["原文"])), bare(shown[path][anchor])
            title = table.slug == "plan" and there and there in printed
            assert printed == there or title, (table.slug, one)
            assert str(provenance["位置"]).replace(":", "") == anchor


def test_the_provenance_leads_there_too_and_so_do_findings() -> None:
    package, pages = built(NAMES[0])
    row = package.tables.rows("provenance")[0]
    tree = LexborHTMLParser(pages["provenance.html"].decode())
    link = next(a for a in tree.css("a.p") if a.text() == row["位置"])
    assert str(link.attributes["href"]).startswith("sources/")
    places = [f.place for f in package.findings if re.search(r"L\d", f.place)]
    found = LexborHTMLParser(pages["finding.html"].decode()).css("a.p")
    assert len(found) == len(places) > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_anchor_stands_once_and_every_link_arrives(name: str) -> None:
    _, pages = built(name)
    for path, page in pages.items():
        if not path.startswith("sources/"):
            continue
        tree = LexborHTMLParser(page.decode())
        ids = [e.attributes["id"] for e in tree.css("[id]")]
        assert len(ids) == len(set(ids))
        own = [str(a.attributes["href"]) for a in tree.css("a[href^='#L']")]
        assert own
        assert {unquote(href[1:]) for href in own} <= set(ids)
        assert tree.css_first("html").attributes["lang"] == "ja"
        assert tree.css("table caption")
        assert not tree.css("table.printed th:not([scope])")
        assert len(page) < 100_000, path


def page_of(*parts: Block | Grid) -> LexborHTMLParser:
    document = Document("a.txt", "0" * 64, "utf-8", parts)
    return LexborHTMLParser(f"<main>{source_parts(document)}</main>")


def grid(*rows: str, header_rows: int = 0) -> Grid:
    cells = [
        tuple(
            Cell(text, Place("0" * 64, n, c), text, (text,))
            for c, text in enumerate(row.split("|"), 1)
        )
        for n, row in enumerate(rows, 7)
    ]
    return Grid(tuple(cells), "tab", header_rows)


def test_a_table_is_shown_as_printed() -> None:
    tree = page_of(grid("番号|名称", "1|朝市|はみ出し", "2|"))
    assert [c.text() for c in tree.css("tbody td")] == ["1", "朝市", "はみ出し", "2", ""]
    assert [c.text() for c in tree.css("thead th")] == ["7", "番号", "名称"]
    assert tree.css_first("#L8C3").text() == "はみ出し"
    assert tree.css_first("tr#L9 > th[scope=row] > a").attributes["href"] == "#L9"
    assert tree.css_first("caption").text(deep=False).strip() == "表 7–9 行"


def test_a_table_of_one_row_has_no_header_and_an_empty_one_nothing() -> None:
    assert page_of(grid("1|朝市")).css("thead td, thead th") == []
    assert page_of(Grid((), "tab")).css("main *") == []
    assert len(page_of(grid("a|b", "c|d", "1|2", header_rows=2)).css("thead tr")) == 2


def test_nothing_of_a_document_acts_in_its_page() -> None:
    place = Place("0" * 64, 1)
    block = Block("heading", HOSTILE, place, 1, HOSTILE)
    tree = page_of(block, grid(f"{HOSTILE}|b", f"c|{HOSTILE}"))
    assert tree.css("script, [onmouseover], title") == []
    assert tree.css_first("#L8C2").text() == HOSTILE
    assert HOSTILE in tree.css_first("h2#L1").text()


def test_what_was_left_out_is_marked() -> None:
    tree = page_of(grid("a|b", "〔略〕1件〔略〕|c"))
    assert [c.text() for c in tree.css(".cut")] == ["〔略〕", "〔略〕"]
    assert tree.css_first("#L8C1").text() == "〔略〕1件〔略〕"


def test_the_prose_of_a_whole_document_is_not_in_the_pages(tmp_path: Path) -> None:
    folder = make_package(tmp_path, "024465-one-plan", PLAN + "\n〔略〕\n")
    whole = PLAN + "\nこの文は、公開しない本文です。\n"
    (tmp_path / "whole.txt").write_text(whole, encoding="utf-8")
    package = line.build_package(folder, tmp_path)
    pages = Pages().package(package)
    page = pages["sources/plan.html"].decode()
    assert "公開しない本文" not in page
    assert "文書全体から読み取りました" in page
    assert links_of(pages["observation.html"])
    extract = Pages().package(line.build_package(folder))["sources/plan.html"].decode()
    assert "文書全体から読み取りました" not in extract


def test_without_an_extract_there_is_no_page_and_no_link(tmp_path: Path) -> None:
    folder = make_package(tmp_path, "024465-one-plan")
    package = replace(line.build_package(folder), printed=())
    pages = Pages().package(package)
    assert not [path for path in pages if path.startswith("sources/")]
    assert links_of(pages["observation.html"]) == {}
    assert "原文の表" not in pages["index.html"].decode()


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("L4:C2", "sources/plan.html#L4C2"),
        ("L4", "sources/plan.html#L4"),
        ("L4:C99", "sources/plan.html#L4"),
        ("L99:C1", ""),
        ("Sheet1!F12", ""),
        ("p3:[0,0,1,1]", ""),
        ("", ""),
    ],
)
def test_a_place_is_a_cell_else_its_line_else_nothing(
    tmp_path: Path, place: str, address: str
) -> None:
    package = line.build_package(make_package(tmp_path, "024465-one-plan"))
    leads = whence(package, read_sheets(package))
    assert leads.address("plan", place) == address
    assert leads.address("other", place) == ""
