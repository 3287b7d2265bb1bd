"""A plan as Markdown, for a reviewer's pull request or an artifact of Prefect."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.publish.plan.model import Plan, RowChange
from pipelines.publish.plan.view import DatasetView, PlanView, ResourceView, view
from pipelines.publish.plan.view_parts import ROW_SIGNS, Line, row_words, rows_shown
from pipelines.publish.plan.words import Language, Words, joined, plain, say, value, value_pair

# What means something to CommonMark, to GitHub's extensions (tables, mentions, issues, formulas) or
# to HTML becomes a character reference, which stands for itself alone (CommonMark 0.31 §2.5).
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>()#+!|~&\"'$@^=]|:(?=//|\w)|(?<=www)\.|\A-|\A\d(?=\d*[.)])", re.I
)
_CLOSING = 400  # characters kept for what is said of the rest
_KEPT = 50  # names of datasets without a change
_CELLS = 6  # cells of an added or removed row


@dataclass(frozen=True, slots=True)
class Budget:
    """How much Markdown may show: changed rows of a table, characters of a cell, characters in all
    (GitHub takes 65,536 in a comment).
    """

    rows: int = 20
    width: int = 60
    characters: int = 60_000


def plan_markdown(plan: Plan, language: Language, budget: Budget | None = None) -> str:
    """The plan as Markdown (CommonMark with tables), LF, at most `budget.characters` long (never
    less than 1,000). What does not fit is counted at the end.

    Values stand for themselves: none becomes a heading, a link, an image, a mention, a table's
    border or HTML.
    """
    limits = budget or Budget()
    room = _Room(max(1_000, limits.characters) - _CLOSING)
    seen = view(plan, language)
    _opening(room, seen, language)
    for dataset in seen.datasets:
        _dataset(room, dataset, language, limits)
    if seen.kept:
        room.heading(3, Line(say(language, "head-kept"), "keep"))
        more = len(seen.kept) - _KEPT
        kept = [*seen.kept[:_KEPT], *([say(language, "more", n=more)] if more > 0 else [])]
        room.put(f"\n{markdown(joined(kept, language))}")
    parts = [say(language, f"left-{kind}", n=room.missing[kind]) for kind in sorted(room.missing)]
    if parts:
        left = say(language, "left-out", parts=joined(parts, language))
        room.lines.append(f"\n---\n\n{markdown(left)}")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(room.lines)).strip("\n") + "\n"


def markdown(words: Words) -> str:
    """A sentence, nothing in it having a meaning for Markdown or HTML."""
    return escaped(plain(words))


def escaped(text: str) -> str:
    """The text with a character reference for whatever could act. A mention (`@name`) is broken by
    a zero-width space, because GitHub looks for mentions after the references are resolved.
    """
    return _SPECIAL.sub(_reference, text)


def _reference(found: re.Match[str]) -> str:
    named = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;&#8203;"}
    return named.get(found.group()) or f"&#{ord(found.group())};"


class _Room:
    """Lines as long as there is room; what comes after the first that does not fit is counted."""

    def __init__(self, characters: int) -> None:
        self.lines: list[str] = []
        self.missing: Counter[str] = Counter()
        self._left = characters
        self._full = False

    def put(self, line: str, kind: str = "lines", count: int = 1) -> bool:
        """Whether the line had room; if not, `count` of a `kind` are missing."""
        self._full = self._full or len(line) + 1 > self._left
        if self._full:
            self.missing[kind] += count
            return False
        self._left -= len(line) + 1
        self.lines.append(line)
        return True

    def heading(self, level: int, line: Line, kind: str = "lines") -> bool:
        """A heading with the sign of its line."""
        sign = "" if line.kind == "plain" else f"{escaped(line.sign)} "
        return self.put(f"\n{'#' * level} {sign}{markdown(line.words)}\n", kind)

    def items(self, lines: Iterable[Line]) -> None:
        """A list; the signs are bold, so that none is the mark of a list within."""
        for line in lines:
            sign = "" if line.kind == "plain" else f"**{escaped(line.sign)}** "
            self.put(f"- {sign}{markdown(line.words)}")


def _opening(room: _Room, seen: PlanView, language: Language) -> None:
    room.heading(2, Line(say(language, "title")))
    room.put(f"**{markdown(seen.summary)}**\n")
    room.items(seen.facts)
    _section(room, "head-decisions", seen.decisions, 3, language)
    _section(room, "head-notes", seen.notes, 3, language)


def _section(
    room: _Room, key: str, lines: tuple[Line, ...], level: int, language: Language
) -> None:
    if lines:
        room.heading(level, Line(say(language, key)))
        room.items(lines)


def _dataset(room: _Room, dataset: DatasetView, language: Language, limits: Budget) -> None:
    if not room.heading(3, dataset.heading, "datasets"):
        return
    room.items(dataset.lines)
    _section(room, "head-drift", dataset.drift, 4, language)
    _section(room, "head-version", dataset.version, 4, language)
    _section(room, "head-changelog", dataset.changelog, 4, language)
    for resource in dataset.resources:
        if room.heading(4, resource.heading, "resources"):
            room.items(resource.lines)
            _rows(room, resource, language, limits)


def _rows(room: _Room, resource: ResourceView, language: Language, limits: Budget) -> None:
    diff = resource.diff
    if diff is None or not diff.rows:
        return
    keys = ("column-sign", "column-key", "column-column", "column-before", "column-after")
    heads = " | ".join(markdown(say(language, key)) for key in keys)
    rows = diff.rows[: limits.rows]
    if rows and not room.put(f"\n| {heads} |\n|{' --- |' * len(keys)}", "rows", len(rows)):
        return
    shown = 0
    for row in rows:
        lines = "\n".join(_row(row, language, limits.width))
        shown += room.put(lines, "rows")
    left = rows_shown(diff, shown, language)
    if left:
        room.put(f"\n{markdown(left)}")


def _row(row: RowChange, language: Language, width: int) -> Iterator[str]:
    """A line per changed cell; an added or removed row is one line."""
    sign = f"**{escaped(ROW_SIGNS[row.kind])}** {markdown(say(language, row.kind))}"
    key = markdown(value(row.key, language, width))
    if row.kind != "changed":
        cells = markdown(row_words(row, language, _CELLS, width))
        before, after = (cells, "") if row.kind == "removed" else ("", cells)
        yield f"| {sign} | {key} |  | {before} | {after} |"
        return
    for cell in row.cells:
        old, new = value_pair(cell.before, cell.after, language, width)
        column = markdown(value(cell.column, language, width))
        yield f"| {sign} | {key} | {column} | {markdown(old)} | {markdown(new)} |"
