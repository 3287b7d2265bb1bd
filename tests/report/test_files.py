"""findings.md and findings.html: all is told, nothing in it acts, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from pipelines.model import Finding
from pipelines.publish.plan.text import clean
from pipelines.report.files import report_files, to_html, to_markdown
from pipelines.report.model import Report, report
from tests.factory import ERROR, NOTE, WARNING

ROOT = Path(__file__).parents[2]
HOSTILE = (
    "<script>alert(1)</script>\"' onmouseover=x &lt;b&gt; {{ 7*7 }} </table></style>"
    " | `x` [l](http://e.x) ![i](//e.x) **b** _u_ ~~s~~ # h\r\n- i\x1b[31m\u202e\\| <!-- www.e.x"
)
ACCEPTED = replace(ERROR, place="行2 年度", found="五", expected="整数", accepted="原文のとおり")


def made(*findings: Finding, title: str = "まちの計画") -> Report:
    return report(findings, "022055-dx-plan", title, "Plan of the town")


def page(found: Report) -> LexborHTMLParser:
    return LexborHTMLParser(to_html(found).decode("utf-8"))


def hostile(text: str) -> Finding:
    return Finding(text, "警告", text, text, text, text, text, text, text, text, text, text)


def test_counts_stand_first_then_every_finding_with_place_values_and_remedy() -> None:
    tree = page(made(WARNING, NOTE, ACCEPTED))
    counts = [[c.text() for c in row.css("th, td")] for row in tree.css("table.counts tbody tr")]
    assert counts == [
        ["誤り Errors", "1", "1"],
        ["警告 Warnings", "1", "0"],
        ["情報 Notes", "1", "0"],
    ]
    assert [head.text()[:2] for head in tree.css("h2")] == ["誤り", "警告", "情報"]
    rows = [[c.text(strip=True) for c in row.css("th, td")] for row in tree.css(".found tbody tr")]
    assert rows[0][1:3] == ["五", "整数"]
    assert rows[0][0].startswith("行2 年度")
    assert "承認済みAccepted: 原文のとおり" in rows[0][3].replace("承認済み ", "承認済み")
    assert WARNING.row_id in rows[1][0]
    assert WARNING.message in rows[1][3]
    assert f"対処: {WARNING.fix}" in tree.body.text()
    assert "公開を止める誤りはありません" in tree.body.text()


def test_an_error_that_nobody_accepted_is_said_on_top() -> None:
    for text in (page(made(ERROR)).body.text(), to_markdown(made(ERROR))):
        assert "公開されません" in text
        assert text.index("公開されません") < text.index(ERROR.message)


def test_an_empty_report_says_so() -> None:
    tree = page(made())
    assert "指摘はありません。 Nothing was found." in tree.body.text()
    assert not tree.css("h2, .found")
    assert "指摘はありません。 / Nothing was found." in to_markdown(made())
    assert "##" not in to_markdown(made())


def test_the_page_can_be_used_by_all() -> None:
    tree = page(made(WARNING, NOTE, ACCEPTED))
    assert tree.css_first("html").attributes["lang"] == "ja"
    assert tree.css_first("title").text()
    assert len(tree.css("h1")) == len(tree.css("main")) == 1
    levels = [int(str(head.tag)[1]) for head in tree.css("h1, h2, h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in tree.css("table"):
        assert table.css_first("caption").text(strip=True)
        assert all(head.attributes["scope"] == "col" for head in table.css("thead th"))
        assert all(row.css_first("th[scope=row]") for row in table.css("tbody tr"))
    assert {one.attributes["lang"] for one in tree.css("body [lang]")} == {"en"}


def test_the_page_needs_nothing_else_and_says_so() -> None:
    tree = page(made(WARNING, ACCEPTED))
    assert not tree.css("script, link, img, iframe, object, [src], [href], [style]")
    sheet = tree.css_first("style").text()
    assert "url(" not in sheet
    assert "@import" not in sheet
    assert "@media print" in sheet
    policy = str(tree.css_first("meta[http-equiv]").attributes["content"])
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")


def test_hostile_cells_stay_text_on_the_page() -> None:
    found = made(hostile(HOSTILE), title=HOSTILE)
    tree = page(found)
    known = page(made(ACCEPTED)).css("*")
    assert {node.tag for node in tree.css("*")} <= {node.tag for node in known}
    assert not [n for n in tree.css("body *") if set(n.attributes) - {"class", "lang", "scope"}]
    cells = [cell.text() for cell in tree.css(".found tbody td")]
    assert cells[0] == cells[1] == clean(HOSTILE)
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", to_html(found).decode())


def cells_of(markdown: str) -> list[str]:
    """The cells of the tables of findings as CommonMark with tables reads them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    found = []
    for token, after in pairwise(tokens):
        if token.type == "td_open":
            kinds = {child.type for child in after.children or ()}
            assert kinds <= {"text", "text_special", "html_inline", "code_inline"}, kinds
            texts = [c.content for c in after.children or () if c.type != "html_inline"]
            found.append("".join(texts))
    assert {t.content for t in tokens if t.type == "html_block"} == set()
    return found


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("|\\`*_[]()<>!#~$&@{}: wW./ht-\n\t\x07あ0"), max_size=30))
def test_a_value_comes_out_of_the_markdown_as_it_went_in(text: str) -> None:
    finding = Finding("note", "情報", place="L1:C2", found=text, expected="x", message="文")
    cells = cells_of(to_markdown(made(finding)))[9:]
    shown = clean(text).replace("@", "@\u200b")
    assert [cell.split() for cell in cells] == [["L1:C2"], shown.split(), ["x"], ["文"]]


def test_hostile_cells_stay_text_in_markdown() -> None:
    text = to_markdown(made(hostile(HOSTILE), replace(ACCEPTED, accepted=HOSTILE), title=HOSTILE))
    html = MarkdownIt("commonmark").enable("table").render(text)
    tree = LexborHTMLParser(html)
    assert not tree.css("a, img, script, em, strong, del")
    assert len(tree.css("h1")) == 1
    assert len(tree.css("table")) == 3
    assert not re.search(r"(?<!\\)://", text)
    assert not re.search(r"www\.", text)


def test_places_can_be_copied_from_the_markdown() -> None:
    assert "| L14:C3 observation" in to_markdown(made(WARNING))


def test_what_utf8_cannot_hold_is_shown_by_its_code() -> None:
    files = report_files(made(replace(NOTE, found="a\ud800b")))
    assert all(b"U+D800" in data for data in files.values())


PRINT = """
import hashlib
from tests.report.test_files import ACCEPTED, HOSTILE, hostile, made
from tests.factory import NOTE, WARNING
from pipelines.report.files import report_files
files = report_files(made(WARNING, NOTE, ACCEPTED, hostile(HOSTILE)))
print(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["1", "77"])
def test_same_report_same_bytes(seed: str) -> None:
    env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PRINT]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    files = report_files(made(WARNING, NOTE, ACCEPTED, hostile(HOSTILE)))
    here = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
    assert done.stdout.strip() == here
