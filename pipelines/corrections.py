"""Corrections declared in `package.yaml`, applied to a document between reading and tidying.

Nothing is changed silently: each correction names the text that it expects to find, leaves the
printed text beside the corrected one, and is a finding. It fails by itself once that text is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TypeVar

from pipelines.findings import correction as f
from pipelines.model import (
    OMITTED,
    Block,
    Cell,
    Correction,
    Declaration,
    Document,
    Finding,
    Grid,
)

_MOST = 3
"""How many places are named where the text stands now."""

Spot = TypeVar("Spot", Cell, Block)


def corrected(
    declaration: Declaration, documents: Sequence[tuple[str, Document]]
) -> list[tuple[str, Document]]:
    """The documents of a package by source key, each with the corrections declared for it."""
    if not declaration.corrections:
        return list(documents)
    whole = {one.key: one.document for one in declaration.sources}
    made: list[tuple[str, Document]] = []
    for key, document in documents:
        own = [one for one in declaration.corrections if one.source == key]
        opens = key if len(documents) > 1 else ""
        extract = bool(whole.get(key)) and document.name != whole[key]
        made.append((key, correct(document, own, opens, extract)))
    return made


def correct(
    document: Document, corrections: Sequence[Correction], key: str = "", extract: bool = False
) -> Document:
    """The document with its corrections applied in declared order; `findings` tells each of them.

    `key` opens the places of findings (the source's key where a package has several). An `extract`
    leaves sentences out: what may stand in one of them is not missed there.
    """
    if not corrections:
        return document
    found: list[Finding] = []
    for one in corrections:
        document, finding = _apply(document, one, key, extract)
        found += [finding] if finding else []
    return replace(document, findings=(*document.findings, *found))


def _apply(
    document: Document, one: Correction, key: str, extract: bool
) -> tuple[Document, Finding | None]:
    spot = next((spot for spot in _spots(document) if str(spot.place) == one.place), None)
    at = f"{key} {one.place}".strip()
    if spot is None or not _holds(spot, one.expect):
        if extract and (spot is None or OMITTED in spot.text or not spot.text):
            return document, None
        now_ja, now_en = _now(document, spot, one)
        words = {"now_ja": now_ja, "now_en": now_en}
        return document, f.CorrectionStale.at(place=at, expected=one.expect, **words)
    told = f.Corrected.at(place=at, found=one.expect, expected=one.write, reason=one.reason)
    return replace(document, parts=_with(document.parts, spot, one)), told


def _spots(document: Document) -> Iterator[Cell | Block]:
    for part in document.parts:
        if isinstance(part, Block):
            yield part
        else:
            yield from (cell for row in part.rows for cell in row)


@cache
def _form(text: str) -> re.Pattern[str]:
    """A text, with or without the blanks that line breaks leave between Japanese letters."""
    pieces = [re.escape(text[:1])]
    for before, char in pairwise(text):
        gap = "" if before.isascii() or char.isascii() else " ?"
        pieces.append(gap + re.escape(char))
    return re.compile("".join(pieces))


def _holds(spot: Cell | Block, text: str) -> bool:
    """Whether a text stands in one line of a cell: a correction never joins two lines."""
    lines = spot.lines if isinstance(spot, Cell) else (spot.text,)
    return any(_form(text).search(line) for line in lines)


def _mend(text: str, one: Correction) -> str:
    return _form(one.expect).sub(lambda _: one.write, text)


def _with(
    parts: tuple[Block | Grid, ...], spot: Cell | Block, one: Correction
) -> tuple[Block | Grid, ...]:
    def mended(part: Block | Grid) -> Block | Grid:
        if part is spot:
            return _text(part, one) if isinstance(part, Block) else part
        if isinstance(part, Block) or not any(cell is spot for row in part.rows for cell in row):
            return part
        rows = (tuple(_cell(c, one) if c is spot else c for c in row) for row in part.rows)
        return replace(part, rows=tuple(rows))

    return tuple(mended(part) for part in parts)


def _text(spot: Spot, one: Correction) -> Spot:
    return replace(spot, text=_mend(spot.text, one), printed=spot.as_printed)


def _cell(cell: Cell, one: Correction) -> Cell:
    mended = _text(cell, one)
    lines = tuple(_mend(line, one) for line in cell.lines)
    raw = _mend(cell.raw, one)
    # Mark-up or an entity inside the text hides it from `raw`; then the clean text stands in.
    return replace(mended, lines=lines, raw=mended.text if raw == cell.raw else raw)


def _now(document: Document, spot: Cell | Block | None, one: Correction) -> tuple[str, str]:
    """Where the expected text stands now, in a sentence of each language."""
    if spot is not None and one.write in spot.text:
        return (
            f"すでに「{one.write}」と書かれています（原文が直りました）。",
            f"'{one.write}' stands here already: the source was mended.",
        )
    places = [str(s.place) for s in _spots(document) if _holds(s, one.expect)]
    if not places:
        return "文書のどこにもありません。", "It stands nowhere in the document."
    shown = ", ".join(places[:_MOST])
    if len(places) > _MOST:
        shown += " …"
    return f"いまは {shown} にあります。", f"It now stands at {shown}."
