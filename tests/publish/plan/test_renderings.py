"""A plan in the terminal, in Markdown and as a page: what is said, and that no value acts."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from pipelines.publish.plan.lines import plan_lines
from pipelines.publish.plan.markdown import Budget, escaped, plan_markdown
from pipelines.publish.plan.messages import MESSAGES
from pipelines.publish.plan.model import DatasetChange, Drift, Plan
from pipelines.publish.plan.page import plan_page
from pipelines.publish.plan.tables import Column, TableText, diff_tables
from pipelines.publish.plan.text import clean
from tests.publish.plan.sample import HOSTILE, hostile, resource, sample

GOLDEN = Path(__file__).with_name("golden")
LANGUAGES = ("ja", "en")
PAGE_TAGS = {
    *{"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "ul", "li"},
    *{"span", "bdi", "del", "ins", "section", "div"},
    *{"table", "caption", "thead", "tbody", "tr", "th", "td"},
}
# What our Markdown is made of, and nothing else.
MARKDOWN_TAGS = {
    *{"html", "head", "body", "h2", "h3", "h4", "p", "ul", "li", "strong", "hr"},
    *{"table", "thead", "tbody", "tr", "th", "td"},
}


def rendered(markdown: str) -> LexborHTMLParser:
    """As a strict reader would: with HTML, tables and strike-through."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return LexborHTMLParser(reader.render(markdown))


def tags(tree: LexborHTMLParser) -> set[str]:
    return {node.tag for node in tree.css("*")}


def page(plan: Plan, language: str = "ja") -> LexborHTMLParser:
    return LexborHTMLParser(plan_page(plan, language).decode("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_golden_files(language: str) -> None:
    """Made by `plan_markdown(sample(), …)` and `plan_lines(sample(), …)`, and read by a person."""
    markdown = (GOLDEN / f"plan.{language}.md").read_text("utf-8")
    lines = (GOLDEN / f"plan.{language}.txt").read_text("utf-8")
    assert plan_markdown(sample(), language) == markdown
    assert "\n".join([*plan_lines(sample(), language), ""]) == lines


@pytest.mark.parametrize(
    ("drift", "said"),
    [
        (
            Drift("", "deleted", "active", "deleted", "active", "overwrite"),
            "! カタログ側で削除されたデータセット。こちらのものに戻します。",
        ),
        (
            Drift("", "dataset", None, "id", None, "conflict"),
            "‼ まちデータが公開したものではない、同じ名前のデータセット。引き継ぐなら "
            "--drift overwrite を付けて計画を作り直してください。それまで反映できません。",
        ),
    ],
)
def test_what_concerns_a_whole_dataset_is_said_in_plain_words(drift: Drift, said: str) -> None:
    plan = sample()
    changed = replace(plan.datasets[0], drift=(drift,))
    lines = plan_lines(replace(plan, datasets=(changed,)), "ja")
    assert said in [line.strip() for line in lines]


def test_the_first_line_says_what_would_happen() -> None:
    assert plan_lines(sample(), "en")[0] == (
        "What would be written to 青い森オープンデータカタログ: 1 dataset created, 1 updated, "
        "1 withdrawn, 1 revived, 1 unchanged. Before that, 2 things must be decided or mended."
    )
    kept = Plan("c", "u", "s", "b", sample().datasets[4:])
    assert plan_lines(kept, "en")[0] == ("Nothing would be written to c (1 dataset unchanged).")
    assert (
        plan_lines(kept, "ja")[0] == "c に書き込むものはありません（データセット 1 件は同じです）。"
    )


SAID = [
    "notes",
    "1,204",
    "1,377",
    "105",
    "dx-04-2-2023",
    "maintainer_email",
    "dx@city.example",
    "333333333333",
    'version: "2.0.0"',
    "082163-dx-plan",
    "352012-aed",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", SAID)
def test_every_rendering_says_it(said: str, language: str) -> None:
    assert said in "\n".join(plan_lines(sample(), language))
    shown = rendered(plan_markdown(sample(), language)).body
    assert shown is not None and said in shown.text().replace("\u200b", "")
    body = page(sample(), language).body
    assert body is not None and said in body.text()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_acts_in_the_terminal(text: str, language: str) -> None:
    for line in plan_lines(hostile(text), language):
        assert clean(line) == line
        assert len(line) < 2_000


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_acts_in_markdown(text: str, language: str) -> None:
    markdown = plan_markdown(hostile(text), language)
    tree = rendered(markdown)
    assert tags(tree) <= MARKDOWN_TAGS
    assert clean(markdown.replace("\n", "")) == markdown.replace("\n", "")
    assert not re.search(r"https?://|www\.|@\w|(?<!&)#\d", markdown)
    assert {len(row.css("td, th")) for row in tree.css("tr")} == {5}
    plain_tree = rendered(plan_markdown(hostile("x"), language))
    for tag in ("h2", "h3", "h4", "li", "table"):
        assert len(tree.css(tag)) == len(plain_tree.css(tag))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_value_acts_in_the_page(text: str, language: str) -> None:
    data = plan_page(hostile(text), language)
    tree = LexborHTMLParser(data.decode("utf-8"))
    assert tags(tree) <= PAGE_TAGS
    assert len(tree.css("*")) == len(page(hostile("x"), language).css("*"))
    for node in tree.css("body *"):
        assert not {"href", "src", "style"} & set(node.attributes)
        assert not any(name.startswith("on") for name in node.attributes)
    assert len(data) < 60_000


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    shown = clean(text).strip()
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for frame in ("x {}", "- **~** {}", "{}"):
        tree = LexborHTMLParser(reader.render(frame.format(escaped(shown))))
        body = tree.body
        assert tags(tree) <= {"html", "head", "body", "p", "ul", "li", "strong"}
        words = (body.text() if body else "").replace("\u200b", "").split()
        assert words == frame.replace("- **~**", "~").format(shown).split()


def many(datasets: int, rows: int) -> Plan:
    old = TableText((Column("ID"), Column("値")), ("ID",), [])
    new = TableText(old.columns, old.key, [(f"r{n}", "値" * 50) for n in range(rows)])
    changes = tuple(
        DatasetChange(
            name=f"d{n}",
            iri="i",
            id="x",
            title="題",
            action="update",
            resources=(resource("t", "表", diff=diff_tables(old, new)),),
        )
        for n in range(datasets)
    )
    return Plan("c", "u", "s", "b", changes)


@pytest.mark.parametrize("characters", [0, 1_000, 3_000, 20_000, 60_000])
def test_markdown_keeps_to_its_budget_and_says_what_is_left_out(characters: int) -> None:
    budget = Budget(rows=5, width=20, characters=characters)
    markdown = plan_markdown(many(60, 30), "en", budget)
    assert len(markdown) <= max(1_000, characters)
    shown = rendered(markdown)
    assert len(shown.css("table")) == len(shown.css("thead"))
    headings = [node.text() for node in shown.css("h3")]
    last = shown.css("p")[-1].text()
    if len(headings) < 60:
        assert f"{60 - len(headings)} dataset" in last
    else:
        assert "Left out" not in markdown
        assert markdown.count("5 of 30 rows are shown") == 60


def test_cells_and_rows_have_their_budget() -> None:
    markdown = plan_markdown(many(1, 30), "ja", Budget(rows=2, width=10))
    cells = [node.text() for node in rendered(markdown).css("tbody td:last-child")]
    assert cells == ["値: 値値値値値値値値値…"] * 2
    assert "2 行だけを示します（全 30 行）" in markdown


def test_of_many_unchanged_datasets_the_first_are_named() -> None:
    kept = tuple(DatasetChange(f"d{n}", "i", "x", "題", "keep") for n in range(60))
    markdown = plan_markdown(Plan("c", "u", "s", "b", kept), "en")
    assert "d49, 10 more\n" in markdown
    assert len(page(Plan("c", "u", "s", "b", kept)).css("ul.kept li")) == 60


def test_rows_in_the_terminal_have_their_budget() -> None:
    lines = plan_lines(many(1, 30), "en", rows=3)
    assert sum(line.startswith("      + r") for line in lines) == 3
    assert "      · 3 of 30 rows are shown" in lines


def test_the_page_shows_added_removed_and_changed_cells_with_signs() -> None:
    tree = page(sample())
    rows = {
        (row.attributes["class"], row.css_first("th").text()): row
        for row in tree.css("tbody tr")  # type: ignore[union-attr]
    }
    changed = rows["changed", "dx-04-1-2023"]
    assert [node.text() for node in changed.css("del, ins")] == ["−100", "+105"]
    assert changed.css("td")[0].text() == "~ 変更"
    assert [node.text() for node in rows["removed", "dx-04-2-2023"].css("del")] == ["−2023", "−30"]
    assert not rows["removed", "dx-04-2-2023"].css("ins")
    assert [node.text() for node in rows["added", "dx-05-1"].css("ins")] == ["+台数", "+台"]
    widths = [len(table.css("thead th")) for table in tree.css("table")]
    for table, width in zip(tree.css("table"), widths, strict=True):
        assert {len(row.css("th, td")) for row in table.css("tr")} == {width}


def test_the_page_needs_nothing_else_and_forbids_it() -> None:
    tree = page(sample(), "en")
    (style,) = tree.css("style")
    digest = base64.b64encode(hashlib.sha256(style.text().encode()).digest()).decode()
    (policy,) = [node.attributes["content"] for node in tree.css("meta[http-equiv]")]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not tree.css("script, link, img, iframe, a, form")
    assert "url(" not in style.text() and "@import" not in style.text()
    html = tree.css_first("html")
    assert html is not None and html.attributes["lang"] == "en"


def test_ids_are_unique_and_regions_have_names() -> None:
    tree = page(sample())
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    for node in tree.css("[aria-labelledby]"):
        assert node.attributes["aria-labelledby"] in ids
    assert all(node.attributes["aria-label"] for node in tree.css("[role=region]"))


def test_rows_of_the_page_have_their_budget() -> None:
    tree = LexborHTMLParser(plan_page(many(1, 30), "en", rows=3).decode("utf-8"))
    assert len(tree.css("tbody tr")) == 3
    (left,) = tree.css("p.left")
    assert left.text() == "3 of 30 rows are shown"


def test_many_tables_share_the_rows_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.publish.plan.page.ALL_ROWS", 40)
    assert len(page(many(4, 30)).css("tbody tr")) == 40
    assert len(page(many(20, 30)).css("tbody tr")) == 100


RENDERINGS: list[Callable[[Plan, str], object]] = [plan_lines, plan_markdown, plan_page]


@pytest.mark.parametrize("render", RENDERINGS)
def test_same_plan_same_bytes_and_an_empty_plan_is_one(
    render: Callable[[Plan, str], object],
) -> None:
    assert render(sample(), "ja") == render(sample(), "ja")
    assert render(Plan("c", "u", "s", "b", ()), "en")


@pytest.mark.parametrize("what", ["file", "rows", "dictionary", "added", "removed", "order", "x"])
@pytest.mark.parametrize("decision", ["keep", "overwrite", "conflict"])
def test_every_drift_has_its_words(what: str, decision: str) -> None:

    drift = Drift("t", what, None, None, None, decision)  # type: ignore[arg-type]
    known = replace(drift, recorded="r", found="f", wanted="w")
    one = replace(sample().datasets[4], drift=(drift, known))
    for language in LANGUAGES:
        lines = plan_lines(Plan("c", "u", "s", "b", (one,)), language)
        heading = MESSAGES["head-drift"][language == "en"]
        start = lines.index(f"  {heading}:")
        assert "t" in lines[start + 1] and "t" in lines[start + 2]
        sign = "‼" if decision == "conflict" else "!"
        assert lines[start + 1].startswith(f"    {sign} ")


def test_every_message_is_said_somewhere() -> None:
    room = Path(__file__).parents[3] / "pipelines" / "publish"
    code = "".join(
        path.read_text("utf-8")
        for path in [*(room / "plan").glob("*.py"), room / "templates" / "plan.html"]
        if path.name != "messages.py"
    )
    made = re.compile(
        r"count-|store-|drift-|decision-|left-|log-(rows|table|file|columns|key)|head-|column-"
    )
    actions = {"create", "update", "keep", "withdraw", "revive", "withdraw-means", "revive-means"}
    kinds = {"none", "revision", "additive", "breaking", "added", "removed", "changed"}
    for key in MESSAGES:
        if key not in actions | kinds and not made.match(key):
            assert f'"{key}"' in code, key
