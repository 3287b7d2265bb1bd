"""One line outside the tables → a heading, paragraph, list item or footnote."""

from __future__ import annotations

import re

from pipelines.model import Block, BlockKind, Place
from pipelines.read.cells import plain, tidy_space

_RULE = re.compile(r"\s*(?:[-=_*―─—]\s*){3,}\Z")
_ITEM = re.compile(r"[-*+]\s+(?=\S)")
# `※10件のうち` counts something: digits belong to the mark only when a blank follows them.
_FOOTNOTE = re.compile(
    r"((?:※|＊)\s?[0-9０-９]+(?=\s)|※|＊|注\s?[0-9０-９]+[)）]?(?=[\s:：])|†+)\s*(?=\S)"
)
_MARKDOWN = re.compile(r"(#{1,6})\s+(?=\S)")
_SENTENCE_END = re.compile(r"[。．、，]\Z|です\Z|ます\Z")
_LONGEST_HEADING = 60

_FORMS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"第\s?[0-9０-９一二三四五六七八九十]+\s?[章部編]"), 1),
    (re.compile(r"(?:基本)?(?:方針|戦略|目標|政策)\s?[0-9０-９一二三四五六七八九十]+"), 2),
    (re.compile(r"[0-9０-９]{1,2}(?:[.．]\s?|\s)(?=\D)"), 2),
    (re.compile(r"[(（]\s?\D{0,6}\s?[0-9０-９]{1,2}\s?[)）]"), 3),
    (re.compile(r"[①-⑳]"), 4),
)
"""How Japanese plans number their headings, outermost first, with the level of each form."""


def block(raw: str, place: Place) -> Block | None:
    """Read one line: None when it prints nothing (a rule, a page break, mark-up alone).

    A heading's level counts from 1 (chapter) and comes from the form of its number or its `#`;
    a short line without a number is a heading of level 0. A footnote's mark (`※1`) goes to
    `marker`, a list item loses its `- ` and keeps a printed `・`.
    """
    stripped = tidy_space(raw)
    if not stripped or _RULE.match(stripped):
        return None
    kind, level, marker, body = _form(stripped)
    text, _ = plain(body)
    if not text:
        return None
    if kind == "paragraph":
        level = _heading_level(text)
        kind = "heading" if level is not None else kind
    return Block(kind=kind, text=text, place=place, level=level or 0, marker=marker)


def _form(stripped: str) -> tuple[BlockKind, int | None, str, str]:
    """Kind, level, marker and the text behind the mark of a line with a mark at its start."""
    if found := _MARKDOWN.match(stripped):
        return "heading", len(found[1]), "", stripped[found.end() :]
    if found := _ITEM.match(stripped):
        return "item", None, "", stripped[found.end() :]
    if found := _FOOTNOTE.match(stripped):
        return "footnote", None, found[1].replace(" ", ""), stripped[found.end() :]
    if stripped.startswith(("・", "<li>", "<li ")):
        return "item", None, "", stripped
    return "paragraph", None, "", stripped


def _heading_level(text: str) -> int | None:
    """Level of a heading by the form of its number, 0 for a short line, None for a paragraph."""
    if _SENTENCE_END.search(text) or len(text) > _LONGEST_HEADING:
        return None
    for form, level in _FORMS:
        if form.match(text):
            return level
    return 0
