"""The policy tree: headings (`基本方針1 …`, `(取組施策 2) …`), cells and tables of classes."""

from __future__ import annotations

import re
from functools import cache

from pipelines.model import Block, Cell, Grid
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Entry, Origin
from pipelines.tidy.figures import figures
from pipelines.tidy.measure import About, text_figures
from pipelines.tidy.text import close_blanks, narrow, split_number
from pipelines.vocabulary import scheme

_CLASS = re.compile(r"^(\d+[-－]\d+)\s*(.*)$")


@cache
def _heading_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(label) for label, _ in scheme("policy_words").labels())
    return re.compile(
        rf"^[(（]?\s*(?P<word>{words})\s*(?P<number>\d{{1,2}})\s*[)）.．]?\s*(?P<name>.*)$"
    )


def heading(text: str) -> tuple[int, str, str] | None:
    """(level, number, name) of a heading of the policy tree, or None."""
    match = _heading_pattern().match(narrow(text).strip())
    if not match or not match["name"].strip() or match["name"].strip().endswith("。"):
        return None
    concept = scheme("policy_words").match(match["word"])
    level = int(concept.first("level")) if concept else 1
    name = re.sub(r"\s*\d+$", "", match["name"].strip())
    return level, match["number"], close_blanks(name)


def policy_heading(context: Context, block: Block) -> bool:
    """Takes a heading into the policy tree; False when the block is none."""
    found = heading(block.text)
    if found is None:
        return False
    level, number, name = found
    above = context.policy if context.policy is not None else {}
    parent = above.get(level - 1)
    entry = context.draft.policy(level, number, name, Origin.of(block), parent)
    context.policy = {k: v for k, v in above.items() if k < level} | {level: entry}
    return True


def policy_from_cell(context: Context, cell: Cell, level: int, parent: Entry | None) -> Entry:
    """The policy that a cell names: `基本戦略1. …`, `(1) …`, `1-1 …` or a name without a number."""
    text = close_blanks(cell.text)
    found = heading(text)
    if found is not None:
        level, number, name = found
        return context.draft.policy(level, number, name, Origin.of(cell), parent)
    match = _CLASS.match(narrow(text))
    if match:
        parent = _parent_of(context, match[1]) or parent
        name = text[len(narrow(text)) - len(match[2]) :]
        return context.draft.policy(level, match[1], name.strip(), Origin.of(cell), parent)
    split = split_number(text)
    return context.draft.policy(level, split.number, split.name or text, Origin.of(cell), parent)


def _parent_of(context: Context, number: str) -> Entry | None:
    first = re.split(r"[-－]", number)[0]
    found = [entry for entry in context.draft.policies(1) if entry.text("番号") == first]
    return found[0] if found else None


def is_class_table(grid: Grid) -> bool:
    """True for classes printed side by side: `1-1 | 名称 | 2事業 | 1-5 | 名称 | 1事業`."""
    return (
        bool(grid.rows)
        and all(_triples(row) or not _texts(row) for row in grid.rows)
        and any(_triples(row) for row in grid.rows)
    )


def _texts(row: tuple[Cell, ...]) -> list[Cell]:
    return [cell for cell in row if cell.text]


def _triples(row: tuple[Cell, ...]) -> list[tuple[Cell, Cell, Cell]]:
    cells = _texts(row)
    if not cells or len(cells) % 3:
        return []
    triples = [(cells[i], cells[i + 1], cells[i + 2]) for i in range(0, len(cells), 3)]
    good = all(
        re.fullmatch(r"\d+[-－]\d+", narrow(number.text)) and figures(count.text)
        for number, _, count in triples
    )
    return triples if good else []


def read_class_table(context: Context, grid: Grid) -> None:
    """Adds the classes as policies of level 2 and the declared number of projects of each."""
    for row in grid.rows:
        for number, name, count in _triples(row):
            printed = narrow(number.text)
            parent = _parent_of(context, printed) or context.above(1)
            title = close_blanks(name.text)
            origins = Origin.of(name), parent, Origin.of(number)
            policy = context.draft.policy(2, printed, title, *origins)
            about = About(policy=policy, subject=f"{printed} {title}")
            text_figures(context, count, about)
