"""Notes behind `※`: where one stands in a cell, and the marks of what it says.

A note explains the value or the name before it (`99.9%準拠 ※全5,412ページ中…`, `店 ※屋台を除く`).
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.tidy.figure import Figure
from pipelines.tidy.figures import figures
from pipelines.tidy.text import CIRCLED, narrow
from pipelines.vocabulary import Concept, scheme

MARK = "※"
PART = re.compile(rf"(?<!{MARK})(?=[{CIRCLED}])")
"""Where a part of a value begins; `※②は…` speaks of a part and is none."""
_AS_OF = re.compile(r"(?<![\d/])(1[0-2]|[1-9])/([12]\d|3[01]|[1-9])時点")

Span = tuple[int, int]


def split_note(plain: str) -> tuple[str, str]:
    """A value and the note behind it (with its ※); a ※ that opens the text is no note."""
    head, mark, note = plain.partition(MARK)
    return (head.strip(), (mark + note).strip()) if mark and head.strip() else (plain, "")


def note_figures(note: str, context: str = "") -> list[Figure]:
    """The figures of a note; its ※ is no part of what names them."""
    return figures(note.removeprefix(MARK), context)


def as_of(note: str) -> re.Match[str] | None:
    """The day of a note (`12/15時点`): its groups are month and day."""
    return _AS_OF.search(note)


def reason(note: str) -> tuple[Concept, str] | None:
    """Why the value before a note is missing, and the words that begin to say so."""
    concept = scheme("missing").get("before-plan")
    found = re.search(concept.first("pattern"), note)
    return (concept, found[1]) if found else None


def note_spans(text: str) -> list[Span]:
    """Where the notes of a value cell stand: from ※ to the next part, closing bracket or end."""
    plain = narrow(text)
    parted = re.match(rf"\s*[{CIRCLED}]", plain)
    starts = [match.start() for match in PART.finditer(plain)] if parted else [0]
    found: list[Span] = []
    for start, end in pairwise([*starts, len(plain)]):
        position = start
        while (mark := plain.find(MARK, position, end)) >= 0:
            position = _closed(plain, mark, end)
            # Nothing but a part's number or a bracket before it: the ※ opens the text.
            if plain[start:mark].strip(f" \t({CIRCLED}"):
                found.append((mark, position))
    return found


def without_notes(text: str) -> str:
    """A value cell as printed but for its notes."""
    for start, end in reversed(note_spans(text)):
        text = text[:start] + text[end:]
    return text


def _closed(plain: str, start: int, end: int) -> int:
    """The end of a note: the bracket around it, or `end`; blanks behind it are not its own."""
    depth = 0
    for position in range(start, end):
        depth += (plain[position] == "(") - (plain[position] == ")")
        if depth < 0:
            return position
    return start + len(plain[start:end].rstrip())
