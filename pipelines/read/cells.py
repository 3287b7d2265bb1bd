"""One printed cell or line → its text on one line and its inner lines."""

from __future__ import annotations

import re

from pipelines.model import Cell, Place
from pipelines.read.markup import decode_entities, is_html, pieces

# Invisible marks (zero width, text direction) and what XML 1.0, section 2.2, does not allow.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_SPACE = re.compile(r"\s+")
_NOTE = re.compile(
    r"(?<!\s)\s*+\^\{\s*(?:※|＊|\*|†|注)[\s0-9０-９]{0,6}"
    r"(?:[,、，・][\s※＊*†注0-9０-９]{1,6}){0,9}\}\s*"
)
_LATIN = re.compile(r"[0-9A-Za-z]")
_RULE = re.compile(r"(?:^|(?<=\s))[-‐―—─]{3,}(?=\s|$)")
_BULLET = re.compile(r"(?<=\S)(?:\s+(?=・\S)|\s*(?=■))")


def tidy_space(text: str) -> str:
    """Make every run of white space (also NBSP and `　`) one blank, with none at the ends.

    Control characters count as white space; invisible marks are left out.
    """
    return _SPACE.sub(" ", _FORBIDDEN.sub(" ", _INVISIBLE.sub("", text))).strip()


def drop_notes(text: str) -> str:
    """Take references to footnotes (`^{※1}`) and the blanks around them out of `text`.

    One blank stays where it parts two Latin words (`IoT ^{※2} device`). Other superscripts, such
    as `m^{2}`, stay.
    """
    return _NOTE.sub(_note_gap, text) if "^{" in text else text


def _note_gap(match: re.Match[str]) -> str:
    text, (start, end) = match.string, match.span()
    if not (match[0][0].isspace() or match[0][-1].isspace()):
        return ""
    before, after = text[start - 1 : start], text[end : end + 1]
    return " " if _LATIN.match(before) and _LATIN.match(after) else ""


def plain(raw: str) -> tuple[str, tuple[str, ...]]:
    """Give the text on one line and the inner lines of a cell's or line's source.

    `text` keeps rules that are printed inside the cell (`-----`); `lines` is split at them and
    does not hold them. Lines are further split before the bullets ` ・` and `■`, whose line
    breaks the conversion to text has lost. `lines` is empty only when `text` is.
    """
    found = pieces(raw) if is_html(raw) else [decode_entities(raw)]
    clean = [piece for piece in (drop_notes(tidy_space(piece)) for piece in found) if piece]
    lines = tuple(line for piece in clean for line in _inner_lines(piece))
    text = " ".join(clean)
    return text, lines or ((text,) if text else ())


def _inner_lines(piece: str) -> list[str]:
    parts = (part.strip() for part in _RULE.split(piece))
    return [line for part in parts if part for line in _BULLET.split(part)]


def cell(raw: str, place: Place) -> Cell:
    """Make the cell that `raw`, the characters between two separators, prints at `place`."""
    text, lines = plain(raw)
    return Cell(text=text, place=place, raw=raw.strip(), lines=lines)
