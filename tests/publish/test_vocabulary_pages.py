"""The vocabulary in the catalog: its files as they are, and pages in which nothing acts."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipelines.model import MachidataError, Metadata
from pipelines.own_terms import RDFS, OwnTerm, OwnTerms, own_terms
from pipelines.publish import publish, terms_page, vocabulary_pages
from pipelines.publish.manifest import damage
from pipelines.publish.pages import Pages
from pipelines.publish.paths import is_safe
from pipelines.publish.vocabulary_pages import concept_line, schema_column, vocabulary_files
from pipelines.publish.vocabulary_words import short
from pipelines.vocabulary import SKOS, TERMS, Concept, Scheme, scheme, scheme_names, table_schemas
from tests.factory import make_package

HOSTILE = "<script>alert(1)</script>\"' onmouseover=x &lt;b&gt; {{ 7*7 }} </table></title>"
FILES = vocabulary_files(Pages())
PAGES = {path: LexborHTMLParser(data.decode()) for path, data in FILES.items() if "html" in path}


def rows(page: LexborHTMLParser) -> dict[str, list[str]]:
    """The anchor of each row → the words of its cells, white space made one blank."""
    return {
        row.attributes["id"] or "": [" ".join(c.text().split()) for c in row.css("th, td")]
        for row in page.css("table.vocab tbody tr")
    }


def test_the_files_are_those_of_the_project() -> None:
    for name in scheme_names():
        assert FILES[f"vocab/{name}.ttl"] == files("vocab").joinpath(f"{name}.ttl").read_bytes()
        assert f"vocab/{name}/index.html" in FILES
    for slug in table_schemas():
        source = files("vocab").joinpath(f"schemas/{slug}.json")
        assert FILES[f"vocab/schemas/{slug}.json"] == source.read_bytes()
        assert f"vocab/schemas/{slug}/index.html" in FILES
    source = files("vocab").joinpath("terms", "terms.ttl")
    assert FILES["vocab/terms.ttl"] == source.read_bytes()
    assert "vocab/terms/index.html" in FILES
    assert len(FILES) == 3 + 2 * len(scheme_names()) + 2 * len(table_schemas())
    assert all(map(is_safe, FILES))


def test_a_catalog_has_the_vocabulary_and_leads_to_it(tmp_path: Path) -> None:
    publish([make_package()], Metadata({}), tmp_path / "c")
    assert damage(tmp_path / "c") == []
    for path, data in FILES.items():
        assert (tmp_path / "c" / path).read_bytes() == data
    for page, href in (
        ("index.html", "vocab/index.html"),
        ("022055-dx-plan/index.html", "../vocab/index.html"),
        ("022055-dx-plan/observation.html", "../vocab/schemas/observation/index.html"),
    ):
        tree = LexborHTMLParser((tmp_path / "c" / page).read_text(encoding="utf-8"))
        assert tree.css(f'a[href="{href}"]')
        assert tree.css('footer a[href$="vocab/index.html"]')


def test_a_catalog_without_packages_has_it_too(tmp_path: Path) -> None:
    done = publish([], Metadata({}), tmp_path / "c")
    assert set(FILES) <= set(done.files)


def test_no_package_can_be_named_like_it(tmp_path: Path) -> None:
    good = make_package()
    bad = replace(good, declaration=replace(good.declaration, name="vocab"))
    with pytest.raises(MachidataError) as caught:
        publish([bad], Metadata({}), tmp_path / "c")
    assert caught.value.code == "package-name-invalid"


@pytest.mark.parametrize("name", scheme_names())
def test_the_page_of_a_scheme_shows_every_concept(name: str) -> None:
    page, found = PAGES[f"vocab/{name}/index.html"], scheme(name)
    shown = rows(page)
    assert list(shown) == [concept.notation for concept in found]
    for concept in found:
        cells = shown[concept.notation]
        assert cells[:3] == [concept.notation, concept.ja, concept.en]
        words = page.css(f'tr[id="{concept.notation}"] .word')
        assert tuple(word.text() for word in words) == concept.alt
        assert cells[-1] == concept.iri
        links = [a.attributes["href"] for a in page.css(f'tr[id="{concept.notation}"] a')]
        assert {iri for _, iri in concept.mappings} <= set(links)
        for values in concept.extra.values():
            assert all(short(" ".join(value.split())) in " ".join(cells) for value in values)
    text = page.css_first("main").text()
    for words in (*found.titles.values(), *found.descriptions.values(), found.iri):
        assert words in text
    assert page.css(f'a[href="../{name}.ttl"]')


@pytest.mark.parametrize("slug", list(table_schemas()))
def test_the_page_of_a_table_shows_every_column(slug: str) -> None:
    page, schema = PAGES[f"vocab/schemas/{slug}/index.html"], table_schemas()[slug]
    shown = rows(page)
    assert list(shown) == [field["physicalName"] for field in schema["fields"]]
    for field in schema["fields"]:
        name, title, description, kind, rules, physical, meaning = shown[field["physicalName"]]
        assert (name, title, kind) == (field["name"], field["title"], field["type"])
        assert description == " ".join(field["description"].split())
        assert (physical, meaning) == (field["physicalName"], field["rdfType"])
        constraints = field.get("constraints", {})
        assert ("必須" in rules) is bool(constraints.get("required"))
        assert all(str(word) in rules for word in constraints.get("enum", ()))
        assert constraints.get("pattern", "") in rules
        for bound in ("minimum", "maximum"):
            assert str(constraints.get(bound, "")) in rules
    assert page.css(f'a[href="../{slug}.json"]')


def test_the_page_of_our_terms_shows_every_term() -> None:
    page, terms = PAGES["vocab/terms/index.html"], own_terms().terms
    shown = rows(page)
    assert list(shown) == list(terms)
    for local, term in terms.items():
        name, ja, en, meaning, kind, use, others, iri = shown[local]
        assert (name, ja, en) == (local, term.labels["ja"], term.labels["en"])
        assert all(words in meaning for words in term.comments.values())
        assert kind
        assert short(term.domain) in use
        assert short(term.range) in use
        assert all(short(other) in others for _, other in term.mappings)
        assert iri == term.iri == TERMS + local
        links = {a.attributes["href"] for a in page.css(f'tr[id="{local}"] a')}
        assert {other for _, other in term.mappings} <= links
    for words in (*own_terms().titles.values(), *own_terms().descriptions.values()):
        assert words in page.css_first("main").text()
    assert page.css('a[href="../terms.ttl"]')
    assert "Class" in shown["Tolerated"][4]
    assert "Concept scheme" in shown["indicators"][4]


@pytest.mark.parametrize("slug", list(table_schemas()))
def test_a_column_leads_to_its_meaning_and_its_scheme_and_back(slug: str) -> None:
    page, terms = PAGES[f"vocab/schemas/{slug}/index.html"], PAGES["vocab/terms/index.html"]
    for field in table_schemas()[slug]["fields"]:
        row = f'tr[id="{field["physicalName"]}"]'
        links = {a.attributes["href"] for a in page.css(f"{row} a")}
        own = field["rdfType"].startswith(TERMS)
        local = field["rdfType"].removeprefix(TERMS)
        assert (f"../../terms/index.html#{local}" in links) is own
        back = {a.attributes["href"] for a in terms.css(f'tr[id="{local}"] a')} if own else set()
        assert (f"../schemas/{slug}/index.html#{field['physicalName']}" in back) is own
        if "machidata:scheme" in field:
            assert f"../../{field['machidata:scheme']}/index.html" in links


def test_the_values_of_a_concept_lead_to_what_they_mean() -> None:
    page = PAGES["vocab/units/index.html"]
    (link,) = page.css('tr[id="percent"] a[href="../terms/index.html#ucum"]')
    assert link.text() == "ucum"


def test_a_column_leads_to_its_words_and_its_table_and_back() -> None:
    page = PAGES["vocab/schemas/observation/index.html"]
    links = {a.attributes["href"] for a in page.css("tr a")}
    assert {"../../kinds/index.html", "../../missing/index.html", "../plan/index.html"} <= links
    back = PAGES["vocab/kinds/index.html"].css("dl a")
    assert "../schemas/observation/index.html#kind" in {a.attributes["href"] for a in back}


def test_the_list_names_every_scheme_and_table() -> None:
    page = PAGES["vocab/index.html"]
    links = {a.attributes["href"] for a in page.css("tbody a")}
    assert links == {
        *(f"{name}/index.html" for name in scheme_names()),
        *(f"{name}.ttl" for name in scheme_names()),
        *(f"schemas/{slug}/index.html" for slug in table_schemas()),
        *(f"schemas/{slug}.json" for slug in table_schemas()),
    }
    assert page.css('main a[href="terms/index.html"]')
    assert page.css('main a[href="terms.ttl"]')
    text = page.css_first("main").text()
    assert "https://machidata.example/vocab/units#person" in text
    assert PAGES["vocab/units/index.html"].css('tr[id="person"]')


def test_no_link_is_dead_and_no_anchor_stands_twice() -> None:
    known = {*FILES, "index.html", "assets/style.css"}
    checked = 0
    for path, page in PAGES.items():
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), path
        for node in page.css("a, link"):
            href = node.attributes["href"] or ""
            if re.match("https?://", href):
                assert not href.startswith("https://machidata.example/"), "a name is no address"
                continue
            name, _, anchor = href.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
            there = there if name else path
            assert there in known, (path, href)
            assert not anchor or PAGES[there].css(f'[id="{unquote(anchor)}"]'), (path, href)
            checked += 1
    assert checked > 400


def test_every_page_has_policy_language_title_and_skip_link() -> None:
    for name, page in PAGES.items():
        policy = page.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]
        assert "default-src 'none'" in str(policy), name
        assert "unsafe" not in str(policy)
        assert page.css("script, style, [style], form, iframe, img") == []
        assert page.css_first("html").attributes["lang"] == "ja"
        assert page.css_first("title").text().strip()
        assert len(page.css("h1")) == 1
        assert page.css_first(str(page.css_first("a.skip").attributes["href"])) is not None
        assert {th.attributes["scope"] for th in page.css("th")} == {"col", "row"}


@pytest.mark.parametrize("with_term", [False, True])
def test_hostile_words_stay_text(with_term: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Concept(
        HOSTILE, "x", "a", {"ja": HOSTILE, "en": HOSTILE + "2"}, (HOSTILE + "3",), HOSTILE,
        extra={HOSTILE: (HOSTILE, "javascript:alert(1)")},
        mappings=(("closeMatch", "javascript:alert(1)"),),
    )  # fmt: skip
    texts = {"ja": HOSTILE, "en": HOSTILE}
    field = {"name": HOSTILE, "title": HOSTILE, "description": HOSTILE, "type": HOSTILE}
    field |= {"physicalName": HOSTILE, "rdfType": "javascript:alert(1)"}
    field |= {"constraints": {"enum": [HOSTILE], "pattern": HOSTILE, "minimum": HOSTILE}}
    monkeypatch.setattr(vocabulary_pages, "scheme_names", lambda: ["units"])
    monkeypatch.setattr(vocabulary_pages, "scheme", lambda _: Scheme("units", [one], texts, texts))
    monkeypatch.setattr(
        vocabulary_pages, "table_schemas", lambda: {"plan": {"name": HOSTILE, "fields": [field]}}
    )
    own = OwnTerm(
        HOSTILE, HOSTILE, texts, texts, HOSTILE, HOSTILE,
        ((SKOS + "closeMatch", HOSTILE), (RDFS + "subPropertyOf", "javascript:alert(1)")),
    )  # fmt: skip
    meaning = replace(own, local="x")
    field |= {"rdfType": meaning.iri} if with_term else {}
    document = OwnTerms(texts, texts, HOSTILE, {HOSTILE: own, "x": meaning})
    monkeypatch.setattr(vocabulary_pages, "own_terms", lambda: document)
    monkeypatch.setattr(terms_page, "own_terms", lambda: document)
    for path, data in vocabulary_files(Pages()).items():
        if path.endswith(".html"):
            page = LexborHTMLParser(data.decode())
            assert page.css("script, iframe, img, form, style") == []
            assert [k for e in page.css("*") for k in e.attributes if k.startswith("on")] == []
            hrefs = [a.attributes["href"] or "" for a in page.css("a")]
            assert [h for h in hrefs if h.lower().startswith("javascript")] == []
            assert HOSTILE in page.css_first("main").text()


def test_a_broader_concept_is_a_link_to_its_anchor() -> None:
    above = Concept("i#a", "x", "a", {"ja": "甲", "en": "A"})
    below = Concept("i#b", "x", "b", {"ja": "乙", "en": "B"}, broader="i#a")
    both = Scheme("x", [above, below])
    found = concept_line(below, both).broader
    assert found is not None
    assert (found.text, found.href) == ("甲", "#a")
    assert concept_line(above, both).broader is None


@pytest.mark.parametrize("iri", [TERMS + "nothing", "https://example.jp/terms#kind", "kind", ""])
def test_only_a_term_that_is_defined_is_linked(iri: str) -> None:
    assert schema_column({"name": "x", "rdfType": iri}, {}).term == ""
    assert schema_column({"name": "x", "rdfType": TERMS + "kind"}, {}).term == "kind"


def test_constraints_are_words() -> None:
    field = {"name": "年度", "constraints": {"required": True, "minimum": 1868, "maxLength": 4}}
    column = schema_column(field, {"primaryKey": ["年度"]})
    assert column.rules == (
        ("必須", "required"),
        ("重複しない", "unique"),
        ("1868以上", "at least 1868"),
        ("4文字以下", "characters at most 4"),
    )


@pytest.mark.parametrize(
    ("iri", "words"),
    [
        ("http://qudt.org/vocab/unit/HR", "QUDT HR"),
        ("http://publications.europa.eu/resource/authority/licence/CC0", "EU licence/CC0"),
        ("http://www.w3.org/2004/02/skos/core#Concept", "skos:Concept"),
        (TERMS + "kind", "terms#kind"),
        ("https://example.jp/x", "https://example.jp/x"),
        ("10*-1", "10*-1"),
    ],
)
def test_long_names_are_written_short(iri: str, words: str) -> None:
    assert short(iri) == words
