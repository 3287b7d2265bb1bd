"""What the pages show, that nothing in the data can act in them, and that they lead somewhere."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.model import Contact, Finding, Package, Row, Source, Table
from pipelines.neutral import neutralise
from pipelines.publish.manifest import Entry
from pipelines.publish.pages import FINDINGS_SHOWN, Pages, finding_groups, web_address
from pipelines.publish.tables import PAGE_ROWS, page_rows, read_sheet, row_addresses
from pipelines.publish.vocabulary_pages import vocabulary_files
from tests.factory import HASH, TOWNS, make_package, make_resource, make_tables

HOSTILE = "<script>alert(1)</script>\"' onmouseover=x &lt;b&gt; {{ 7*7 }} </table></title>"


def parse(page: bytes) -> LexborHTMLParser:
    return LexborHTMLParser(page.decode("utf-8"))


def body_cells(page: bytes) -> list[list[str]]:
    rows = parse(page).css("table.data tbody tr")
    return [[whole_text(cell) for cell in row.css("th, td")] for row in rows]


def whole_text(cell: LexborNode) -> str:
    """What a cell says; of an ID shown without the package's name, the whole in its title."""
    shortened = cell.css_first("span[title]")
    whole = shortened.attributes["title"] if shortened is not None else None
    assert whole is None or whole.endswith(cell.text())
    return whole or cell.text()


def csv_rows(package: Package, slug: str) -> list[list[str]]:
    resource = next(r for r in package.resources if r.slug == slug)
    return list(csv.reader(io.StringIO(resource.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("slug", ["plan", "observation", "status", "provenance", "finding"])
def test_a_table_page_shows_every_cell_of_the_file(slug: str) -> None:
    package = make_package()
    page = Pages().package(package)[f"{slug}.html"]
    header, *rows = csv_rows(package, slug)
    assert body_cells(page) == rows
    heads = [head.text(deep=False).strip() for head in parse(page).css("thead th")]
    assert heads == header


def test_headers_have_a_scope_an_english_tooltip_and_numbers_stand_right() -> None:
    tree = parse(Pages().package(make_package())["observation.html"])
    heads = {head.text(deep=False).strip(): head.attributes for head in tree.css("thead th")}
    assert {attributes["scope"] for attributes in heads.values()} == {"col"}
    assert heads["年度"]["title"] == "Fiscal year"
    assert heads["年度"]["class"] == heads["値"]["class"] == "n"
    assert heads["指標名"].get("class") is None
    assert {c.text() for c in tree.css("tbody td.n")} >= {"2022", "14000", "-3.2"}
    assert tree.css_first("caption").text().startswith("五所川原市")
    assert tree.css_first("tbody th").attributes["scope"] == "row"


def test_a_value_can_be_linked_by_its_row_id() -> None:
    tree = parse(Pages().package(make_package())["observation.html"])
    ids = [row.attributes["id"] for row in tree.css("tbody tr")]
    assert "022055-dx-plan-01-1-2022-target" in ids
    assert len(ids) == len(set(ids)) == 8


def test_ids_of_other_rows_are_links_that_arrive() -> None:
    pages = Pages().package(make_package())
    links = parse(pages["provenance.html"]).css("tbody a")
    assert [a.attributes["href"] for a in links] == [
        "observation.html#022055-dx-plan-01-1-2022-target"
    ]


def internal_links(pages: dict[str, bytes]) -> Iterator[tuple[str, str, str]]:
    for name, page in pages.items():
        for link in parse(page).css("a, link"):
            href = link.attributes["href"] or ""
            if not re.match(r"https?:", href):
                path, _, anchor = href.partition("#")
                yield name, path, unquote(anchor)


def test_no_link_inside_a_package_is_dead() -> None:
    package = make_package()
    pages = Pages().package(package)
    known = {*pages, *package.files, "../index.html", "../assets/style.css"}
    known |= {f"../{path}" for path in vocabulary_files(Pages())}
    checked = 0
    for name, path, anchor in internal_links(pages):
        assert (path or name) in known, (name, path)
        if anchor:
            target = parse(pages[path or name])
            assert [e for e in target.css("[id]") if e.attributes["id"] == anchor], anchor
        checked += 1
    assert checked > 50


def long_package(rows: int) -> Package:
    tables = make_tables("022055-dx-plan", TOWNS["022055"])
    first = tables.rows("provenance")[0]
    last = f"022055-dx-plan-v{rows - 1}"
    tables.tables["provenance"] = Table(
        "provenance", [{**first, "ID": f"022055-dx-plan-v{n}"} for n in range(rows)]
    )
    pointing: Row = {**first, "ID": "022055-dx-plan-p", "行ID": last}
    tables.tables["provenance"].rows[0] = pointing
    return make_package(tables=tables)


@pytest.mark.parametrize(
    ("rows", "pages"), [(PAGE_ROWS, 1), (PAGE_ROWS + 1, 2), (2 * PAGE_ROWS + 1, 3)]
)
def test_long_tables_go_over_several_pages(rows: int, pages: int) -> None:
    package = long_package(rows)
    made = Pages().package(package)
    names = ["provenance.html", *(f"provenance-{n}.html" for n in range(2, pages + 1))]
    assert [name for name in made if name.startswith("provenance")] == names
    shown = [row for name in names for row in body_cells(made[name])]
    assert shown == csv_rows(package, "provenance")[1:]
    pager = [a.attributes["href"] for a in parse(made[names[0]]).css("nav.pager a")]
    assert set(pager) == set(names[1:])
    arrow = parse(made[names[0]]).css_first("tbody a").attributes["href"]
    assert arrow == f"{names[-1]}#022055-dx-plan-v{rows - 1}"


def test_an_empty_table_has_a_page() -> None:
    package = make_package(findings=[])
    assert body_cells(Pages().package(package)["finding.html"]) == []


def test_the_package_page_says_what_it_is() -> None:
    page = parse(Pages().package(make_package())["index.html"])
    text = page.body.text()
    for words in ("青森県五所川原市", "022055", HASH, "クリエイティブ・コモンズ 表示 4.0", "1.0.0"):
        assert words in text
    rows = {r.css_first("th a").text(): r.css_first("td.n").text() for r in page.css("tbody tr")}
    assert rows["指標の値"] == "8"
    assert [s.text(deep=False).strip() for s in page.css("summary")] == ["警告 1 件", "情報 1 件"]


def test_without_a_licence_the_page_says_so() -> None:
    text = parse(Pages().package(make_package(licence=""))["index.html"]).body.text()
    assert "ライセンス未定" in text
    assert "クリエイティブ" not in text


def test_no_cap_on_findings_is_silent() -> None:
    many = [Finding("note", "情報", message=f"注記 {n}") for n in range(FINDINGS_SHOWN + 7)]
    (group,) = finding_groups(many)
    assert (group.count, len(group.shown)) == (FINDINGS_SHOWN + 7, FINDINGS_SHOWN)
    page = parse(Pages().package(make_package(findings=many))["index.html"])
    rest = page.css_first("details > p")
    assert "ほかに 7 件" in rest.text()
    assert rest.css_first("a").attributes["href"] == "finding.html"


def hostile_package() -> Package:
    tables = make_tables("022055-dx-plan", TOWNS["022055"])
    for row in tables.rows("observation"):
        row["原文"] = row["指標名"] = row["計画ID"] = HOSTILE
    tables.rows("observation")[0]["ID"] = HOSTILE
    bad = "javascript:alert(1)"
    return make_package(
        tables=tables, title=HOSTILE, title_en=HOSTILE, description=HOSTILE, version=HOSTILE,
        findings=[Finding("note", "警告", HOSTILE, HOSTILE, HOSTILE, message=HOSTILE, fix=HOSTILE)],
        contact=Contact(HOSTILE, email=HOSTILE, url=bad), publisher_url=bad,
        sources=(Source("a", "source/a.txt", title=HOSTILE, url=bad),),
    )  # fmt: skip


def test_hostile_cells_and_titles_stay_text() -> None:
    package = hostile_package()
    pages = Pages().package(package)
    for page in pages.values():
        tree = parse(page)
        assert tree.css("script, iframe, img, form, style") == []
        handlers = [key for e in tree.css("*") for key in e.attributes if key.startswith("on")]
        assert handlers == []
        hrefs = [a.attributes["href"] or "" for a in tree.css("a")]
        assert [href for href in hrefs if "javascript" in href.lower()] == []
    assert body_cells(pages["observation.html"]) == csv_rows(package, "observation")[1:]
    assert parse(pages["index.html"]).css_first("h1").text(deep=False).strip() == HOSTILE


def test_the_list_escapes_too() -> None:
    entry = Entry("a", HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    tree = parse(Pages().index([entry], {"catalog.ttl": b""}))
    assert tree.css("script") == []
    assert tree.css_first("h2 a").text() == HOSTILE


def test_every_page_has_policy_language_title_and_skip_link() -> None:
    pages = {**Pages().package(make_package()), "list": Pages().index([], {})}
    for name, page in pages.items():
        tree = parse(page)
        policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]
        assert "default-src 'none'" in str(policy), name
        assert "unsafe" not in str(policy)
        assert tree.css_first("html").attributes["lang"] == "ja"
        assert tree.css_first("title").text().strip()
        assert len(tree.css("h1")) == 1
        skip = tree.css_first("a.skip").attributes["href"]
        assert tree.css_first(str(skip)) is not None
        assert not tree.css("[style]")


def test_previous_editions_are_marked_in_the_list() -> None:
    entries = [Entry("a", "新しい"), Entry("b", "前の", previous=True)]
    cards = parse(Pages().index(entries, {})).css("li.card")
    assert [bool(card.css(".notice")) for card in cards] == [False, True]


@settings(max_examples=60, deadline=None)
@given(cells=st.lists(st.text(), min_size=1, max_size=6))
def test_any_cell_comes_out_of_the_html_as_it_went_in(cells: list[str]) -> None:
    # The CSV defuses formulas, the page shows them as they were.
    # HTML cannot hold NUL, and turns CR into LF; the CSV beside it has the cell unchanged.
    # Lone surrogates are no Unicode text.
    wanted = [re.sub("[\x00\r\ud800-\udfff]", "", cell) for cell in cells]
    names = ["ID", *(f"c{n}" for n in range(len(wanted)))]
    row: Row = {"ID": "r1", **dict(zip(names[1:], map(neutralise, wanted), strict=True))}
    sheet = read_sheet(make_resource("plan", [row], "022055", names), {})
    html = f"<table><tbody>{page_rows(sheet, 1, row_addresses([sheet]))}</tbody></table>"
    tree = LexborHTMLParser(html)
    assert [cell.text() for cell in tree.css("th, td")] == ["r1", *wanted]
    assert len(tree.css("table *")) == 3 + len(wanted)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://example.jp/a?b=c", "https://example.jp/a?b=c"),
        ("http://example.jp", "http://example.jp"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.jp", ""),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(written: str, shown: str) -> None:
    assert web_address(written) == shown


def test_the_hash_of_an_extract_is_said_to_be_of_it() -> None:
    page = parse(Pages().package(make_package())["index.html"])
    assert "読んだ抄録の" in page.css_first(".sources .hash").text()
    whole = Source("plan", "", "plan.txt", "計画書", "", "https://example.jp/plan.pdf")
    page = parse(Pages().package(make_package(sources=(whole,)))["index.html"])
    assert "抄録" not in page.css_first(".sources").text()


def test_the_package_page_lists_its_metadata_and_tells_its_score() -> None:
    package = make_package(contact=Contact("窓口", phone="0173-00-0000"))
    plain = parse(Pages().package(package)["index.html"])
    assert "Score and stars" not in plain.body.text()
    assert "0173-00-0000" in plain.body.text()
    told = {
        "name": package.declaration.name,
        "points": 295,
        "measuredOf": 325,
        "stars": {"earned": 3},
    }
    more = dict.fromkeys(("metadata/cube.ttl", "data/csv-metadata.json"), b"")
    more["metadata/score.json"] = json.dumps({"datasets": [told]}).encode()
    package = replace(package, files={**package.files, **more})
    page = parse(Pages().package(package)["index.html"])
    links = {a.attributes["href"] for a in page.css("dl.facts a")}
    assert links >= {"metadata/cube.ttl", "metadata/score.json", "data/csv-metadata.json"}
    assert "325 点中 295 点・星 3 / 5" in page.body.text()


@pytest.mark.parametrize("score", [b"", b"[]", b"{}", b'{"datasets": [{"name": "x"}]}', b"\xff"])
def test_a_score_that_tells_nothing_is_left_out(score: bytes) -> None:
    package = make_package()
    package = replace(package, files={**package.files, "metadata/score.json": score})
    assert b"Score and stars" not in Pages().package(package)["index.html"]
