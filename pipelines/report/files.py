"""A report as the files `findings.md` and `findings.html` of a package.

What a document or a catalog holds is shown as text: nothing in it becomes a heading, a link, a
table's border or an element. The page loads nothing and says so in its policy. Same report, same
bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipelines.model import Finding
from pipelines.publish.plan.text import clean
from pipelines.report.model import Report, Section, Told

MARKDOWN = "findings.md"
HTML = "findings.html"

# What Markdown (CommonMark, GFM) reads as more than a character within a line. Places must stay
# readable and fit to be copied, so a colon is left alone where it makes no address.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|#~$&@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_CODE = re.compile(r"[0-9a-z-]+")
_REFERENCES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;", "@": "&#64;&#8203;"}


def report_files(report: Report) -> dict[str, bytes]:
    """File name → bytes (UTF-8; what UTF-8 cannot hold is shown by its code)."""
    return {MARKDOWN: to_markdown(report).encode(), HTML: to_html(report)}


def to_markdown(report: Report) -> str:
    """The report as a Markdown page: counts, then a table for each code."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# 検査の結果 / Findings: {_md(report.title or report.name)}"
    yield from ("", "| 重大度 Severity | 件数 Count | うち承認済み Accepted |", "|---|---:|---:|")
    for section in report.sections:
        words = f"{section.severity} {section.severity_en}"
        yield f"| {words} | {section.count} | {section.accepted} |"
    yield from ("", _verdict(report))
    for section in report.sections:
        yield from _section(section)


def _verdict(report: Report) -> str:
    if not report.count:
        return "指摘はありません。 / Nothing was found."
    if report.stops:
        return (
            "承認されていない誤りがあるため、公開されません。 / "
            "Not published: there are errors that nobody accepted."
        )
    return "公開を止める誤りはありません。 / No error stops the publishing."


def _section(section: Section) -> Iterator[str]:
    if not section.count:
        return
    yield from ("", f"## {section.severity} / {section.severity_en} ({section.count})")
    for kind in section.kinds:
        yield from ("", f"### {_md(kind.title)} / {_md(kind.title_en)}", "")
        code = f"`{kind.code}`" if _CODE.fullmatch(kind.code) else _md(kind.code)
        yield f"{code} ({kind.count})"
        for told in kind.told:
            yield from _table(told)


def _table(told: Told) -> Iterator[str]:
    yield from ("", "| 場所 Place | 記載 Found | 期待 Expected | 説明 Description |")
    yield "|---|---|---|---|"
    for one in told.findings:
        cells = [where(one), one.found, one.expected, one.message]
        text = [_md(cell) for cell in cells]
        if one.accepted:
            text[3] += f"<br>承認済み Accepted: {_md(one.accepted)}"
        yield f"| {' | '.join(text)} |"
    if told.fix:
        yield from ("", f"対処: {_md(told.fix)}")
    if told.fix_en:
        yield from ("", f"To do: {_md(told.fix_en)}")


def where(finding: Finding) -> str:
    """Where a finding is: place, table and row, as far as it says."""
    return " ".join(part for part in (finding.place, finding.table, finding.row_id) if part)


def _md(text: str) -> str:
    """The text on one line, nothing in it having a meaning for Markdown or HTML."""
    return _SPECIAL.sub(lambda hit: _REFERENCES.get(hit[0], f"\\{hit[0]}"), clean(text))


def to_html(report: Report) -> bytes:
    """The report as one page that needs nothing else."""
    sheet = _sheet()
    template = _environment().get_template("findings.html")
    style = Markup(sheet)  # noqa: S704 - our own file
    page = template.render(report=report, style=style, policy=_policy(sheet))
    return page.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("pipelines.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = clean
    return environment


@cache
def _sheet() -> str:
    return files("pipelines.report").joinpath("templates/findings.css").read_text("utf-8")


def _policy(sheet: str) -> str:
    """Content-Security-Policy: our style sheet by its hash, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
