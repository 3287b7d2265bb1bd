"""A plan for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.publish.plan.model import Plan, TableDiff
from pipelines.publish.plan.view import DatasetView, ResourceView, view
from pipelines.publish.plan.view_parts import ROW_SIGNS, Line, row_words, rows_shown
from pipelines.publish.plan.words import Language, joined, plain, say, value

ROWS = 5
_CELLS = 4
_CELL = 30


def plan_lines(plan: Plan, language: Language, *, rows: int = ROWS) -> list[str]:
    """What would happen, line by line; the first is one sentence on all of it.

    Of every table the first `rows` changed rows are shown. Values are shortened; none can move the
    cursor, start a line or turn the direction of writing. The lines are plain text: print them
    without markup (`rich` would read brackets).
    """
    seen = view(plan, language)
    lines = [plain(seen.summary), *_written(seen.facts, 1)]
    for key, found in (("head-decisions", seen.decisions), ("head-notes", seen.notes)):
        lines += _block(key, found, 0, language)
    for dataset in seen.datasets:
        lines += ["", *_dataset(dataset, language, rows)]
    if seen.kept:
        lines += ["", f"= {_head('head-kept', language)}: {plain(joined(seen.kept, language))}"]
    return lines


def _head(key: str, language: Language) -> str:
    return plain(say(language, key))


def _written(lines: Iterable[Line], level: int) -> Iterator[str]:
    for line in lines:
        yield f"{'  ' * level}{line.sign} {plain(line.words)}"


def _block(key: str, lines: tuple[Line, ...], level: int, language: Language) -> list[str]:
    if not lines:
        return []
    space = [""] if level == 0 else []
    heading = f"{'  ' * level}{_head(key, language)}:"
    return [*space, heading, *_written(lines, level + 1)]


def _dataset(dataset: DatasetView, language: Language, rows: int) -> Iterator[str]:
    yield f"{dataset.heading.sign} {plain(dataset.heading.words)}"
    yield from _written(dataset.lines, 1)
    yield from _block("head-drift", dataset.drift, 1, language)
    for resource in dataset.resources:
        yield from _resource(resource, language, rows)
    yield from _block("head-version", dataset.version, 1, language)
    yield from _block("head-changelog", dataset.changelog, 1, language)


def _resource(resource: ResourceView, language: Language, rows: int) -> Iterator[str]:
    yield f"  {resource.heading.sign} {plain(resource.heading.words)}"
    yield from _written(resource.lines, 2)
    if resource.diff is not None:
        yield from _rows(resource.diff, language, rows)


def _rows(diff: TableDiff, language: Language, rows: int) -> Iterator[str]:
    shown = diff.rows[:rows]
    for row in shown:
        key = plain(value(row.key, language, _CELL * 2))
        yield f"      {ROW_SIGNS[row.kind]} {key}  {plain(row_words(row, language, _CELLS, _CELL))}"
    left = rows_shown(diff, len(shown), language)
    if left:
        yield f"      · {plain(left)}"
