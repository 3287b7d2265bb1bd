"""Totals that stand apart from their parts: in another cell of the row, or in a summary.

A summary's total is held against the figures of one label all over the document only when the
label is unambiguous: one figure in each of at least three rows, all in the total's unit, and one
total alone that names all words of the label.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from pipelines.check.arithmetic.figures import Figure
from pipelines.check.arithmetic.rounding import one_slip, plain, verdict
from pipelines.check.arithmetic.scope import Found, Line, Scope
from pipelines.findings import arithmetic as f

_WORD = re.compile(r"[一-龯々]{2,}|[ァ-ヶー]{2,}|[A-Za-z]{2,}")
_NO_TOTAL = re.compile(r"目標|計画|予定|見込|前年|平均|最大|当たり|あたり")
_WIDE = re.compile(
    r"デジタル|DX|ICT|IT|AI|ー|化|全体|合計|総計|総|年間|市|町|村|庁内|全庁|取組|取り組み|推進|実施"
    r"|導入|活用|効果|件数|時間数|者数|人数|年度|令和"
)
_COUNTED = re.compile(
    r"(?:合計|計|延べ|総|参加|利用|受講|来場|来庁|申込|申請|者|数|件|回|人|実施|開催|実績|の|は|:|\s)*"
)
_AGAIN = "再掲"
_LEAST_PARTS = 3
_LEAST_LETTERS = 4
_SHORT = 20
_MOST_PLACES = 12

Entry = tuple[Scope, Line, Figure]


def summaries(read: Sequence[Scope]) -> list[Found]:
    """The totals of a document that figures elsewhere do not make."""
    found = [one for scope in read for one in _beside(scope)]
    return found + list(_together(read)) + list(_by_label(read))


def _by_label(read: Sequence[Scope]) -> Iterator[Found]:
    """`8,411時間` of a summary against every `業務時間の削減 … h` of the tables."""
    entries = [(scope, line, one) for scope in read for line, one in scope.figures()]
    groups: dict[tuple[str, tuple[str, ...]], list[Entry]] = defaultdict(list)
    for scope, line, one in entries:
        words = tuple(_WORD.findall(one.label))
        own = one.kind not in ("", "ratio") and "headed" not in one.marks
        if own and scope.table >= 0 and words:
            groups[one.kind, words].append((scope, line, one))
    for (kind, words), members in groups.items():
        rows = {id(scope) for scope, _, _ in members}
        if len(members) < _LEAST_PARTS or len(rows) < len(members):
            continue
        if sum(map(len, words)) < _LEAST_LETTERS or any(one.year for _, _, one in members):
            continue
        named = [
            entry
            for entry in entries
            if entry[2].kind == kind
            and not any(entry[2] is one for _, _, one in members)
            and _names(_name(entry), words)
        ]
        if len(named) == 1:
            yield from _held(named[0], members)


def _held(total: Entry, members: Sequence[Entry]) -> Iterator[Found]:
    scope, line, stated = total
    if _NO_TOTAL.search(stated.label) or any(scope.table == one.table for one, _, _ in members):
        return
    whole = sum((one.value for _, _, one in members), Decimal(0))
    once = sum((one.value for row, _, one in members if not _again(row)), Decimal(0))
    if any(_is(stated, made) for made in (whole, once)):
        return
    if not (one_slip(stated.value - whole) or whole / 2 <= stated.value <= whole * 2):
        return
    places = [str(row.place) for _, row, _ in members]
    more = "…" if len(places) > _MOST_PLACES else ""
    yield Found(
        line.place,
        f.SummaryDiffers.at(
            found=stated.printed,
            expected=f"{plain(whole)}{stated.unit}",
            label=members[0][2].label,
            count=str(len(members)),
            places=", ".join(places[:_MOST_PLACES]) + more,
        ),
    )


def _name(entry: Entry) -> str:
    """What names a figure: its label, and the words behind it (`業務時間を90時間削減した`)."""
    _, line, one = entry
    if "headed" in one.marks:
        return one.label
    return one.label + re.split(r"[。、,()\d]", line.text[one.end : one.end + 12])[0]


def _names(label: str, words: Sequence[str]) -> bool:
    """Whether a total's label has all words of its parts' label and none that narrows it."""
    if not all(word in label for word in words):
        return False
    for word in words:
        label = label.replace(word, "")
    return not re.search(r"[一-龯々ァ-ヶA-Za-z]", _WIDE.sub("", label))


def _is(stated: Figure, made: Decimal) -> bool:
    return stated.value == made or (
        bool(stated.marks & {"about", "least"}) and _loosely(stated, made)
    )


def _loosely(stated: Figure, made: Decimal) -> bool:
    return verdict(stated, Fraction(made)) == "right"


def _again(scope: Scope) -> bool:
    return any(_AGAIN in line.text for line in scope.lines)


def _lists(scope: Scope) -> Iterator[list[Line]]:
    """Items under one heading of a cell that print figures of the same units."""
    keyed: dict[tuple[int, int, tuple[str, ...]], list[Line]] = defaultdict(list)
    for line in scope.lines:
        kinds = tuple(one.kind for one in line.figures)
        if kinds and len(set(kinds)) == len(kinds) and "" not in kinds and "ratio" not in kinds:
            keyed[line.cell, line.group, kinds].append(line)
    for (_, _, kinds), lines in keyed.items():
        if len(lines) >= (2 if len(kinds) > 1 else _LEAST_PARTS):
            yield lines


def _made(lines: Sequence[Line]) -> list[Decimal]:
    columns = zip(*(line.figures for line in lines), strict=True)
    return [sum((one.value for one in column), Decimal(0)) for column in columns]


def _told(line: Line, stated: Figure, lines: Sequence[Line], made: Decimal) -> Found:
    parts = [one for item in lines for one in item.figures if one.kind == stated.kind]
    told = "+".join(plain(one.value) for one in parts)
    expected = f"{plain(made)}{stated.unit}"
    return Found(line.place, f.TotalDiffers.at(found=stated.printed, expected=expected, sum=told))


def _beside(scope: Scope) -> Iterator[Found]:
    """Items of one cell, and a figure alone in another that misses their sum.

    Only a list of two units or more (`12回 60人`) is surely one thing in its parts; else the sum
    must be missed by no more than one digit.
    """
    for lines in _lists(scope):
        for made, kind in zip(_made(lines), [one.kind for one in lines[0].figures], strict=True):
            others = [
                (line, one)
                for line, one in scope.figures()
                if line.cell != lines[0].cell and one.kind == kind
            ]
            if len(others) != 1 or len(others[0][0].text) > _SHORT:
                continue
            line, stated = others[0]
            if stated.value == made or not _COUNTED.fullmatch(stated.label):
                continue
            named = bool(stated.label) and len(lines[0].figures) > 1
            if one_slip(stated.value - made) or (named and stated.value > made):
                yield _told(line, stated, lines, made)


def _together(read: Sequence[Scope]) -> Iterator[Found]:
    """`59回 317人` of a summary: one of the two is the sum of a list's items, the other is not."""
    for scope in read:
        for lines in _lists(scope):
            made = _made(lines)
            kinds = [one.kind for one in lines[0].figures]
            if len(kinds) < 2:
                continue
            for other in (line for one in read for line in one.lines if line not in lines):
                if [one.kind for one in other.figures] != kinds or len(other.text) > _SHORT:
                    continue
                pairs = list(zip(other.figures, made, strict=True))
                if any(one.value == sum_ for one, sum_ in pairs):
                    wrong = [(one, sum_) for one, sum_ in pairs if one.value != sum_]
                    yield from (_told(other, one, lines, sum_) for one, sum_ in wrong)
