"""Compares rows with answers; every comparison gives readable differences, none means agreement."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from golden_answers import Row, fits, row_fits

# ① to ⑳ and their kin number the parts of a cell; folded, ①48.2 would read 148.2.
_CIRCLED = re.compile(r"[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793]")
_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s*([万千億]?)")
_SIGN = re.compile(r"[△▲-]\s*$")
_TIMES = {"": 1, "千": 1_000, "万": 10_000, "億": 100_000_000}
_SHOWN = 30


def _show(row: Row, columns: Sequence[str]) -> str:
    return " ".join(f"{c}={row.get(c, '')}" for c in columns if row.get(c, ""))


def _take(expected: Row, actual: list[Row], columns: Sequence[str]) -> Row | None:
    """Removes and gives the first row that agrees in these columns."""
    for i, row in enumerate(actual):
        if row_fits(expected, row, columns):
            return actual.pop(i)
    return None


def compare(
    expected: Sequence[Row],
    actual: Sequence[Row],
    key: Sequence[str],
    fields: Sequence[str],
    *,
    extra: bool = True,
) -> list[str]:
    """The differences between answers and rows, in both directions (`extra=False`: one).

    Rows that agree in everything are paired first, so that a key that occurs twice (the parts of a
    cell, two bullets that begin alike) cannot pair the wrong ones; what is left is paired by `key`
    and told field by field; then come rows that are missing and rows that nobody asked for.
    """
    rest = list(actual)
    open_ = [row for row in expected if _take(row, rest, (*key, *fields)) is None]
    differences: list[str] = []
    missing: list[Row] = []
    for row in open_:
        other = _take(row, rest, key)
        if other is None:
            missing.append(row)
            continue
        for c in fields:
            if not fits(row[c], other.get(c, ""), c):
                found = other.get(c, "")
                differences.append(f"differs {_show(row, key)}: {c} {found!r}, not {row[c]!r}")
    differences += [f"missing {_show(row, (*key, *fields))}" for row in missing]
    if extra:
        differences += [f"extra   {_show(row, (*key, *fields))}" for row in rest]
    return differences


@dataclass
class Recall:
    """How many of the wanted rows were found; `missing` shows the others."""

    wanted: int = 0
    found: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 when nothing was wanted."""
        return self.found / self.wanted if self.wanted else 1.0

    def __str__(self) -> str:
        head = f"{self.found} of {self.wanted} ({self.share:.1%})"
        return "\n".join([head, *(f"missing {m}" for m in self.missing)])


def recall(expected: Sequence[Row], actual: Sequence[Row], columns: Sequence[str]) -> Recall:
    """How many answers have a row of their own (a multiset: equal figures need equal numbers).

    Answers with one reading choose first, so that one with several cannot take their only row.
    """
    rest = list(actual)
    result = Recall(wanted=len(expected))
    for row in sorted(expected, key=lambda r: sum(r[c].count("|") for c in columns)):
        if _take(row, rest, columns) is None:
            result.missing.append(_show(row, ("行", "取組番号", "名称", *columns)))
        else:
            result.found += 1
    return result


def printed_figures(text: str) -> set[Decimal]:
    """Every number that a text prints: `1,256`, `1.4万` (1.4 and 14000), `△3.2` (3.2 and -3.2)."""
    plain = _COMMA.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub(" ", text)))
    figures: set[Decimal] = set()
    for found in _FIGURE.finditer(plain):
        value = Decimal(found[1])
        figures |= {value, value * _TIMES[found[2]]}
        if _SIGN.search(plain[: found.start()]):
            figures |= {-value, -value * _TIMES[found[2]]}
    return figures


def not_printed(rows: Sequence[Row], lines: Sequence[str]) -> list[str]:
    """Rows (`行`, `値`) whose value does not stand on its line (line 1 is `lines[0]`)."""
    wrong = []
    for row in rows:
        line = int(row.get("行") or 0)
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        if not row["値"] or Decimal(row["値"]) not in printed_figures(text):
            wrong.append(f"not printed {_show(row, ('行', '名称', '値', '単位'))}")
    return wrong


def report(differences: Sequence[str]) -> str:
    """The differences as text for an assertion, the first thirty of them."""
    shown = list(differences[:_SHOWN])
    more = len(differences) - len(shown)
    return "\n".join(
        [f"{len(differences)} differences", *shown, *([f"… {more} more"] if more else [])]
    )
