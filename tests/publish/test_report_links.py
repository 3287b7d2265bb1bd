"""The page of a dataset leads to the report, where the package brings one."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from pipelines.publish.pages import Pages
from pipelines.report.package import reported
from tests.factory import ERROR, make_package


def test_the_page_leads_to_the_report() -> None:
    page = LexborHTMLParser(Pages().package(reported(make_package()))["index.html"].decode())
    links = [str(one.attributes["href"]) for one in page.css("main a")]
    assert [link for link in links if link.startswith("findings")] == [
        "findings.html",
        "findings.md",
    ]


def test_a_package_without_a_report_has_no_link() -> None:
    assert b"findings.html" not in Pages().package(make_package())["index.html"]


def test_an_accepted_finding_says_why_as_text() -> None:
    wrong = replace(ERROR, accepted="<b>原文</b>のとおり")
    page = LexborHTMLParser(Pages().package(make_package(findings=[wrong]))["index.html"].decode())
    (told,) = [one.text() for one in page.css(".fix") if "承認済み" in one.text()]
    assert told == "承認済み Accepted: <b>原文</b>のとおり"
