"""An explanation on a terminal: the value, its cell among its neighbours, the rules.

Widths are those of a terminal: an East Asian character takes two columns. The marked cell stands
between `▶` and heavy lines, so that no colour is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from machidata.messages import pick, say
from machidata.render import plain

if TYPE_CHECKING:
    from pipelines.explaining import Around, Explained, Explanation, RuleSaid, ShownRow, SourceSaid

LABEL = 10
"""Columns of the labels on the left."""
LEAST = 5
MOST_LINES = 4
"""Lines of a neighbour's text; the marked cell is shown whole."""


def explain_data(told: Explanation) -> dict[str, Any]:
    """An explanation as stable keys."""
    return asdict(told)


def explain_lines(told: Explanation, width: int) -> list[str]:
    """An explanation as lines that fit `width` columns of a terminal (40 at least)."""
    width = max(40, width)
    table = told.table + pick(f"（{told.label}）", f" ({told.label_en})")
    lines = [f"{plain(told.row_id)}  {table}"]
    if not told.built:
        lines.append(say("explain.unbuilt"))
    if told.column:
        return [*lines, "", *_value(told.values[0], width)]
    return [*lines, "", *_row(told.values, width)]


def _value(value: Explained, width: int) -> list[str]:
    lines = _labelled(value.column, value.value or say("explain.empty"), width)
    if not value.value:
        return lines
    if not value.place:
        return [*lines, say("explain.untraced")]
    if value.printed:
        lines += _labelled(say("label.explain.printed"), value.printed, width)
    lines += _source(value.source, width)
    lines += _labelled(say("label.explain.place"), value.place, width)
    lines += ["", *_around(value, width), "", *_rules(value.rules, width)]
    return lines


def _row(values: Sequence[Explained], width: int) -> list[str]:
    """All columns of a row, and the cell that defines it."""
    lines = []
    for value in values:
        if value.value:
            rules = " ".join(rule.name for rule in value.rules)
            where = f"{_key(value)}{value.place}  {rules}".strip()
            lines += _labelled(value.column, value.value, width, 24)
            lines += _labelled("", f"↳ {where}", width, 24) if value.place else []
    shown = next((value for value in values if value.column == "ID" and value.around), None)
    shown = shown or next((value for value in values if value.around), None)
    if shown is None:
        return lines
    lines += ["", *_source(shown.source, width), "", *_around(shown, width)]
    used = {rule.name: rule for value in values for rule in value.rules}
    return [*lines, "", *(_rules(list(used.values()), width) if used else [])]


def _key(value: Explained) -> str:
    return f"{value.source.key} " if value.source is not None else ""


def _source(source: SourceSaid | None, width: int) -> list[str]:
    if source is None:
        return [say("explain.nosource")]
    lines = _labelled(say("label.explain.source"), pick(source.title, source.title_en), width)
    lines += _labelled("", source.name, width)
    lines += _labelled("", f"SHA-256 {source.sha256}", width)
    if source.kind != "same":
        sentence = say(f"explain.{source.kind}", hash=source.stated)
        lines += _labelled("", f"※ {sentence}", width)
    return lines


def _rules(rules: Sequence[RuleSaid], width: int) -> list[str]:
    lines = [say("label.explain.rules")]
    if not rules:
        return [*lines, *_indented(say("explain.norule"), 2, width)]
    for rule in rules:
        name = f"  {rule.name}"
        said = f"{pick(rule.ja, rule.en)} — {pick(rule.meaning, rule.meaning_en)}"
        lines += [f"{name}", *_indented(said if rule.ja else "?", 6, width)]
    return lines


def _around(value: Explained, width: int) -> list[str]:
    around = value.around
    if around is None:
        return [say("explain.noplace", place=value.place)]
    lines = _grid(around, width)
    if not value.there:
        lines.append(say("explain.elsewhere"))
    return lines


def _grid(around: Around, width: int) -> list[str]:
    columns = sorted({column for row in around.rows for column, _ in row.cells})
    digits = max(len(str(row.line)) for row in around.rows) + 3
    widths = _widths(around, columns, width - digits)
    lines = []
    if columns != [0]:
        heads = [f"▼C{c}" if c == around.column else f"C{c}" for c in columns]
        lines += list(_drawn("", [[head] for head in heads], columns, widths, digits, -1))
        lines.append(_rule(columns, widths, digits))
    before = 0
    for row in around.rows:
        if before and row.line > before + 1 and columns != [0]:
            lines.append(" " * (digits - 1) + "⋮")
        lines += _line(row, around, columns, widths, digits)
        if row.header:
            lines.append(_rule(columns, widths, digits))
        before = row.line
    return lines


def _line(
    row: ShownRow, around: Around, columns: Sequence[int], widths: dict[int, int], digits: int
) -> Iterator[str]:
    texts, here = dict(row.cells), row.line == around.line
    marked = around.column if here else -1
    cells = []
    for column in columns:
        wrapped = wrap(plain(texts.get(column, "")), widths[column])
        if column != marked and len(wrapped) > MOST_LINES:
            last = crop(wrapped[MOST_LINES - 1] + "…", widths[column])
            wrapped = [*wrapped[: MOST_LINES - 1], last]
        cells.append(wrapped or [""])
    label = f"{'▶' if here else ' '}L{row.line}"
    yield from _drawn(label, cells, columns, widths, digits, marked)


def _drawn(
    label: str,
    cells: Sequence[Sequence[str]],
    columns: Sequence[int],
    widths: dict[int, int],
    digits: int,
    marked: int,
) -> Iterator[str]:
    for index in range(max(map(len, cells))):
        line = fit(label if index == 0 else "", digits)
        for place, (column, lines) in enumerate(zip(columns, cells, strict=True)):
            gap = place > 0 and column > columns[place - 1] + 1
            bar = "┃" if marked == column or (place and marked == columns[place - 1]) else "│"
            line += f"⋯{bar}" if gap else bar
            line += fit(lines[index] if index < len(lines) else "", widths[column])
        yield line + ("┃" if marked == columns[-1] else "│")


def _rule(columns: Sequence[int], widths: dict[int, int], digits: int) -> str:
    line = " " * digits
    for place, column in enumerate(columns):
        gap = place > 0 and column > columns[place - 1] + 1
        line += ("─┼" if gap else "┼" if place else "├") + "─" * widths[column]
    return line + "┤"


def _widths(around: Around, columns: Sequence[int], width: int) -> dict[int, int]:
    """The width of each column: what its texts need, the marked one first, none above its share."""
    gaps = sum(b > a + 1 for a, b in pairwise(columns))
    left = max(LEAST * len(columns), width - len(columns) - 1 - gaps)
    needs = {
        column: max(
            len(f"▼C{column}"),
            *(cells(dict(row.cells).get(column, "")) for row in around.rows),
        )
        for column in columns
    }
    widths: dict[int, int] = {}
    for column in sorted(columns, key=lambda c: needs[c]):
        share = left // (len(columns) - len(widths))
        widths[column] = max(4, min(needs[column], share))
        left -= widths[column]
    return widths


def _labelled(label: str, text: str, width: int, column: int = LABEL) -> list[str]:
    """A label and its text, wrapped beside it."""
    lines = wrap(plain(text), width - column - 1) or [""]
    return [
        f"{fit(label if number == 0 else '', column)} {line}" for number, line in enumerate(lines)
    ]


def _indented(text: str, indent: int, width: int) -> list[str]:
    return [" " * indent + line for line in wrap(plain(text), width - indent)]


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def crop(text: str, width: int) -> str:
    """A text that takes at most `width` columns, with `…` where something is left out."""
    if cells(text) <= width:
        return text
    kept = text
    while cells(kept) > width - 1:
        kept = kept[:-1]
    return kept + "…"


def fit(text: str, width: int) -> str:
    """A text in exactly `width` columns; a longer one stays whole."""
    return text + " " * (width - cells(text))


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns (2 at least); words of Latin letters are kept whole where
    that is possible.
    """
    lines: list[str] = []
    line, used = "", 0
    for word in _words(text):
        size = cells(word)
        if used and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
        for piece in [word] if size <= width else word:
            if used and used + cells(piece) > width:
                lines.append(line)
                line, used = "", 0
            if line or not piece.isspace():
                line, used = line + piece, used + cells(piece)
    return [*lines, line.rstrip()] if line.strip() else lines


def _words(text: str) -> Iterator[str]:
    word = ""
    for char in text:
        if char.isascii() and not char.isspace():
            word += char
            continue
        if word:
            yield word
            word = ""
        yield char
    if word:
        yield word
