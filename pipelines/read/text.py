"""Text documents: lines → tables and the blocks between them, in printed order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256

from pipelines.model import Block, Document, Grid, MachidataError, Place
from pipelines.read.blocks import block
from pipelines.read.decode import decode
from pipelines.read.tables import Line, has_pipe, pipe_grids, tab_grid

MAX_LINE = 1_000_000
"""Longest line that is read, in characters."""

MAX_CELLS = 1_000_000
"""Most cells of a document that is read; a plan of a municipality has some thousands."""

_LINE_END = re.compile(r"\r\n|\r|\n")


def read_text(data: bytes, name: str) -> Document:
    """Read a text document with tab or pipe tables; `name` goes into it and into the errors.

    Every line that prints something is in exactly one part. Raises MachidataError: the codes of
    `decode`, `line-too-long`, `row-too-wide`, `too-many-cells`.
    """
    text, encoding = decode(data, name)
    digest = sha256(data).hexdigest()
    lines = list(enumerate(_LINE_END.split(text), start=1))
    for number, line in lines:
        if len(line) > MAX_LINE:
            raise _limit("line-too-long", f"{name} L{number}", len(line), MAX_LINE)
    parts: list[Block | Grid] = []
    cells = 0
    for part in _parts(lines, digest):
        if isinstance(part, Grid):
            cells += sum(map(len, part.rows))
            if cells > MAX_CELLS:
                raise _limit("too-many-cells", name, cells, MAX_CELLS)
        parts.append(part)
    return Document(name=name, sha256=digest, encoding=encoding, parts=tuple(parts))


def _limit(code: str, where: str, found: int, limit: int) -> MachidataError:
    return MachidataError(
        code,
        ja="文書が読める大きさを超えています。",
        en="The document is beyond the size that is read.",
        where=where,
        found=str(found),
        expected=f"≤ {limit}",
        fix_ja="改行や表の区切りが正しいかを確かめ、大きな文書は分けてください。",
        fix_en="Check its line ends and table separators; split a document that is too large.",
    )


def _parts(lines: list[Line], source: str) -> Iterator[Block | Grid]:
    start = 0
    while start < len(lines):
        text = lines[start][1]
        if not text.strip():
            start += 1
        elif has_pipe(text):
            end = _run_end(lines, start, has_pipe)
            yield from _pipe_parts(lines[start:end], source)
            start = end
        elif "\t" in text:
            end = _run_end(lines, start, _has_tab)
            yield from _tab_parts(lines[start:end], source)
            start = end
        else:
            yield from _blocks(lines[start : start + 1], source)
            start += 1


def _has_tab(text: str) -> bool:
    # A line of tabs alone is an empty row: it does not end its table.
    return "\t" in text and not has_pipe(text)


def _run_end(lines: list[Line], start: int, belongs: Callable[[str], bool]) -> int:
    end = start
    while end < len(lines) and belongs(lines[end][1]):
        end += 1
    return end


def _pipe_parts(lines: list[Line], source: str) -> Iterator[Block | Grid]:
    prose, grids = pipe_grids(lines, source)
    yield from _blocks(prose, source)
    yield from grids


def _tab_parts(lines: list[Line], source: str) -> Iterator[Block | Grid]:
    grid = tab_grid(lines, source)
    if grid is None:
        yield from _blocks(lines, source)
    elif grid.rows:
        yield grid


def _blocks(lines: list[Line], source: str) -> Iterator[Block]:
    for number, text in lines:
        made = block(text, Place(source, number))
        if made is not None:
            yield made
