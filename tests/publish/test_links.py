"""What the heads of pages tell machines, and that nothing in it can act."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipelines.model import MachidataError, Metadata, Package
from pipelines.publish import publish
from pipelines.publish.links import data_block, formats
from pipelines.publish.pages import Pages
from tests.factory import make_package

HOSTILE = "</script><script>alert(1)</script><!--<script>&amp;\u2028\u2029]]>"


def described(name: str = "022055-dx-plan") -> Package:
    package = make_package(name)
    own = {
        "metadata/catalog.ttl": b"",
        "metadata/schema.jsonld": json.dumps({"name": HOSTILE}, ensure_ascii=False).encode(),
        "metadata/croissant.json": b"{}",
        "data/csv-metadata.json": b"{}",
    }
    return replace(package, files={**package.files, **own})


def links(page: bytes) -> set[tuple[str, str, str]]:
    found = LexborHTMLParser(page.decode()).css("head link")
    return {
        (str(a["rel"]), str(a.get("type") or ""), str(a["href"]))
        for a in (link.attributes for link in found)
    }


def test_a_package_page_carries_its_data() -> None:
    page = Pages().package(described())["index.html"].decode()
    (script,) = LexborHTMLParser(page).css("script")
    assert script.attributes["type"] == "application/ld+json"
    assert json.loads(script.text()) == {"name": HOSTILE}
    assert LexborHTMLParser(page).css_first("h1") is not None
    assert not {"\u2028", "\u2029"} & set(page)


def test_without_the_file_there_is_no_script() -> None:
    page = Pages().package(make_package())["index.html"]
    assert LexborHTMLParser(page.decode()).css("script") == []


def test_the_list_carries_its_data() -> None:
    page = Pages().index([], {"schema.jsonld": b'{"name": "x"}', "catalog.ttl": b""})
    (script,) = LexborHTMLParser(page.decode()).css("script")
    assert json.loads(script.text()) == {"name": "x"}
    assert ("describedby", "text/turtle", "metadata/catalog.ttl") in links(page)


@settings(max_examples=100, deadline=None)
@given(words=st.text(alphabet=st.sampled_from("</script>!-&\u2028\u2029\\\"'あ\x00\n ")))
def test_no_words_leave_the_script(words: str) -> None:
    block = data_block({"metadata/schema.jsonld": json.dumps([words], ensure_ascii=False).encode()})
    page = f'<script type="application/ld+json">\n{block}</script><p>end'
    tree = LexborHTMLParser(page)
    assert json.loads(tree.css_first("script").text()) == [words]
    assert tree.css_first("p").text() == "end"


def test_heads_link_descriptions_and_files() -> None:
    pages = Pages().package(described())
    found = links(pages["index.html"])
    assert ("describedby", "application/json", "datapackage.json") in found
    assert ("describedby", "application/csvm+json", "data/csv-metadata.json") in found
    assert ("describedby", "text/turtle", "metadata/catalog.ttl") in found
    assert ("item", "text/csv", "data/022055_plan.csv") in found
    assert [rel for rel, _, _ in found if rel == "license"] == ["license"]
    table = links(pages["plan.html"])
    assert ("alternate", "text/csv", "data/022055_plan.csv") in table
    assert ("collection", "text/html", "index.html") in table
    assert ("describedby", "application/csvm+json", "data/csv-metadata.json") in table


def test_no_licence_no_link() -> None:
    page = Pages().package(make_package(licence=""))["index.html"]
    assert not [rel for rel, _, _ in links(page) if rel == "license"]


def test_files_are_listed_by_their_formats() -> None:
    names = dict.fromkeys(("catalog.ttl", "schema.jsonld", "catalog.rdf", "new.csv"), b"")
    assert formats(names) == [
        ("DCAT-AP 3.0.1", ["catalog.rdf", "catalog.ttl"]),
        ("new", ["new.csv"]),
        ("schema.org", ["schema.jsonld"]),
    ]


def test_root_files_stand_at_the_root_and_go_again(tmp_path: Path) -> None:
    target = tmp_path / "catalog"
    done = publish([make_package()], Metadata({}, root={"sitemap.xml": b"<x/>"}), target)
    assert (target / "sitemap.xml").read_bytes() == b"<x/>"
    assert done.files["sitemap.xml"] == 4
    publish([make_package()], Metadata({}), target)
    assert not (target / "sitemap.xml").exists()


def test_an_operators_own_root_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "catalog"
    publish([make_package()], Metadata({}), target)
    (target / "robots.txt").write_bytes(b"theirs")
    for _ in range(2):
        done = publish([make_package()], Metadata({}, root={"robots.txt": b"ours"}), target)
        assert (target / "robots.txt").read_bytes() == b"theirs"
        assert "robots.txt" not in done.files


@pytest.mark.parametrize("name", ["index.html", "../x", ".htaccess", "a/b", "x.txt"])
def test_no_other_file_stands_at_the_root(tmp_path: Path, name: str) -> None:
    with pytest.raises(MachidataError) as caught:
        publish([make_package()], Metadata({}, root={name: b""}), tmp_path / "catalog")
    assert caught.value.code == "path-invalid"


@pytest.mark.parametrize("name", ["sitemap.xml", "robots.txt", "index.html"])
def test_no_package_takes_the_name_of_a_root_file(tmp_path: Path, name: str) -> None:
    package = make_package()
    named = replace(package, declaration=replace(package.declaration, name=name))
    with pytest.raises(MachidataError) as caught:
        publish([named], Metadata({}), tmp_path / "catalog")
    assert caught.value.code == "package-name-invalid"
