"""HTML fragments inside cells → their printed pieces.

Documents that were converted from PDF or Word carry `<ul><li>`, `<p>` and `<br>` in their cells.
A cell counts as HTML only when it holds a tag of the lists below, so that `a<b` stays text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_STRUCTURE = "ul|ol|li|p|br|hr|div|dl|dt|dd|h[1-6]|script|style|template"
_TABLE = "table|caption|thead|tbody|tfoot|tr|td|th"
_INLINE = "span|b|i|u|s|strong|em|sup|sub|a|font|small|big|img|center|del|ins|mark|code"
_ATTRIBUTES = r"(?:\"[^\"]*\"|'[^']*'|[^\"'<>])*+"
_TAG = re.compile(
    rf"<(/?)({_STRUCTURE}|{_TABLE}|{_INLINE})(?=[\s/>])({_ATTRIBUTES})>", re.IGNORECASE
)
_IS_INLINE = re.compile(rf"(?:{_INLINE})\Z")
_IS_TABLE = re.compile(rf"(?:{_TABLE})\Z")
_NOTE_SUP = re.compile(
    rf"<sup(?:\s{_ATTRIBUTES})?>([\s※＊*†注0-9０-９]{{1,9}})</sup\s*>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

_DEEPENING: Final = frozenset(["ul", "ol", "div", "dl", "template"])
_MAX_DEPTH = 50
"""Deeper lists are flattened before parsing: a parser needs quadratic time for nesting bombs."""

_SILENT: Final = frozenset(["script", "style", "template", "-comment"])
_BREAK: Final = "\n"


def is_html(raw: str) -> bool:
    """Tell whether `raw` holds at least one known tag."""
    return _TAG.search(raw) is not None


def decode_entities(text: str) -> str:
    """Decode complete entities (`&amp;`, `&#9312;`) once; `R&D` stays as it is."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def pieces(raw: str) -> list[str]:
    """Give the text of each paragraph, list item or `<br>` piece of an HTML fragment, in order.

    Text between the tags is kept as a piece of its own, nested lists are flattened. Scripts,
    styles, comments and attributes never reach the text. Entities are decoded once. White space
    is left as it is. A superscript mark (`<sup>※1</sup>`) comes out as `^{※1}`, the form
    in which plain text prints it: a digit must not run into the number before it.
    """
    from selectolax.lexbor import LexborHTMLParser

    # The explicit <body> keeps every text inside it.
    body = LexborHTMLParser(f"<body>{_simplify(raw)}").body
    return "".join(_walk(body)).split(_BREAK) if body is not None else []


def _simplify(raw: str) -> str:
    """`raw` with structural tags only, without attributes, and every other `<` as text."""
    source = _without_comments(raw).replace("\r", " ").replace("\n", " ")
    source = _NOTE_SUP.sub(r"^{\1}", source)
    out: list[str] = []
    position = depth = 0
    for match in _TAG.finditer(source):
        out.append(source[position : match.start()].replace("<", "&lt;"))
        position = match.end()
        closing, name = match[1], match[2].lower()
        depth += name in _DEEPENING and not closing
        out.append(_simple_tag(closing, name, depth))
        if closing and name in _DEEPENING:
            depth = max(0, depth - 1)
    out.append(source[position:].replace("<", "&lt;"))
    return "".join(out)


def _simple_tag(closing: str, name: str, depth: int) -> str:
    if _IS_INLINE.match(name):
        return ""
    # Table cells outside a table lose their borders in an HTML parser: 1 and 2 would become 12.
    if _IS_TABLE.match(name) or (name in _DEEPENING and depth > _MAX_DEPTH):
        return "<br>"
    return f"<{closing}{name}>"


def _without_comments(raw: str) -> str:
    """`raw` without `<!-- … -->`; a comment that is never closed is text."""
    out: list[str] = []
    position = 0
    while (start := raw.find("<!--", position)) >= 0:
        end = raw.find("-->", start + 4)
        if end < 0:
            break
        out.append(raw[position:start])
        position = end + 3
    out.append(raw[position:])
    return "".join(out)


def _walk(root: LexborNode) -> list[str]:
    """Text and breaks below `root` in printed order; a loop, because recursion has a limit."""
    out: list[str] = []
    node = root.child
    depth = 1
    while node is not None:
        if node.is_text_node:
            out.append(node.text_content or "")
        elif node.tag not in _SILENT:
            out.append(_BREAK)
            if node.child is not None:
                node, depth = node.child, depth + 1
                continue
        while node.next is None and depth > 1 and node.parent is not None:
            node, depth = node.parent, depth - 1
            out.append(_BREAK)
        node = node.next
    return out
