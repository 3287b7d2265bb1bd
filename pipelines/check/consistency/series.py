"""The values of one indicator over the years: targets, jumps, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipelines.check.consistency.index import Index, amount, said, year
from pipelines.check.consistency.words import unit_key
from pipelines.eras import japanese_year
from pipelines.findings import consistency as f
from pipelines.model import Finding, Row

_JUMP = 10
"""Growth of real series stays below this from one year to the next; a slipped digit does not."""
_STEADY = 3
_SMALL = 10
"""Below this a series may well grow tenfold (1件 → 12件)."""
_DOWN = re.compile(r"減|以下|未満|短縮|抑制|ゼロ")
_PERIOD = re.compile(r"年間で")
_ONCE = re.compile(r"(?:導入|策定|構築|開設|設置|開始)$")
_RATIO = re.compile(r"[/／]|あたり|当たり|指数")
_NAMED = (
    (re.compile(r"(?:人数|者数|員数)$"), ("人", "名")),
    (re.compile(r"件数$"), ("件", "回", "社", "か所", "つ")),
    (re.compile(r"時間数?$"), ("時間", "分", "秒", "日")),
    (re.compile(r"[^人者件員数点]数$"), ()),
    (re.compile(r"(?:率|割合)$"), ("%", "割")),
)
"""The end of an indicator's name and the units that suit it; none: any but a share."""


def series(index: Index) -> Iterator[Finding]:
    """What is odd in the values of an indicator."""
    for rows in index.by("observation", "指標ID").values():
        known = sorted(
            (row for row in rows if amount(row) is not None and said(row, "欠測理由") != "計画前"),
            key=lambda row: year(row) or 0,
        )
        told = [row for row in known if said(row, "種別") != "目標値"]
        wanted = [row for row in known if said(row, "種別") == "目標値"]
        yield from _passed(index, told, wanted)
        yield from _done_before(index, rows)
        yield from _falling(index, told, wanted)
        yield from _jumping(index, told)
        yield from _apart(index, told, wanted)
        yield from _units(index, told, rows)


def _value(row: Row) -> Decimal:
    return amount(row) or Decimal(0)


def _printed(row: Row) -> str:
    return f"{_value(row):,f}{said(row, '単位')}"


def _alike(left: Row, right: Row) -> bool:
    return unit_key(said(left, "単位")) == unit_key(said(right, "単位"))


def _downward(rows: list[Row]) -> bool:
    """True when less is better: the words of the indicator or of its target say so."""
    return any(_DOWN.search(said(row, "限定") + said(row, "原文")) for row in rows)


def _passed(index: Index, told: list[Row], wanted: list[Row]) -> Iterator[Finding]:
    """A target that the first known value reaches, or one for the years to come that the last
    known value reaches. A target that was reached on the way is a success and is left alone.
    """
    if not told or _downward(wanted):
        return
    for target in wanted:
        due = year(target) or 0
        first, last = told[0], told[-1]
        total = _total(told, target)
        if total is not None:
            if total >= _value(target) and due > (year(last) or 0):
                yield _reached(index, target, last, f"累計{total:,f}{said(last, '単位')}")
        elif _reaches(first, target) and (year(first) or 0) < due:
            yield _reached(index, target, first, _printed(first))
            return
        elif _reaches(last, target) and (year(last) or 0) < due:
            yield _reached(index, target, last, _printed(last))
            return


def _total(told: list[Row], target: Row) -> Decimal | None:
    """The sum of the values so far, where the target is one for several years together."""
    if not _PERIOD.search(said(target, "原文")) or said(target, "単位") == "%":
        return None
    return sum((_value(row) for row in told if _alike(row, target)), Decimal(0))


def _reaches(row: Row, target: Row) -> bool:
    return _alike(row, target) and bool(_value(target)) and _value(row) >= _value(target)


def _reached(index: Index, target: Row, row: Row, value: str) -> Finding:
    return f.TargetPassed.at(
        table="observation",
        row_id=said(target, "ID"),
        place=index.where(target, "値", "状態", "原文"),
        found=_printed(target) if amount(target) is not None else said(target, "状態"),
        expected=value,
        what=said(target, "指標名")[:60],
        year=japanese_year(year(target) or 0),
        when=japanese_year(year(row) or 0),
    )


def _done_before(index: Index, rows: list[Row]) -> Iterator[Finding]:
    """Something that is done once (導入, 策定) and that the baseline says is done."""
    done = [row for row in rows if said(row, "状態") == "実施"]
    before = [row for row in done if said(row, "種別") == "基準値"]
    after = [row for row in done if said(row, "種別") == "目標値"]
    if before and after and _ONCE.search(said(before[0], "指標名")):
        yield _reached(index, after[0], before[0], "実施")


def _falling(index: Index, told: list[Row], wanted: list[Row]) -> Iterator[Finding]:
    """Targets that go one way but for one year."""
    same = [row for row in wanted if wanted and _alike(row, wanted[0])]
    if len({year(row) for row in same}) < 2:
        return
    falls = _value(same[-1]) < _value(same[0]) if not _downward(same) else True
    if len(same) == 2 and told and _alike(told[0], same[0]):
        falls = falls and _value(same[0]) < _value(told[0])
    for left, right in pairwise(same):
        back = _value(right) > _value(left) if falls else _value(right) < _value(left)
        if back and year(left) != year(right):
            yield f.TargetFalls.at(
                table="observation",
                row_id=said(right, "ID"),
                place=index.where(right, "値", "原文"),
                found=_printed(right),
                expected=_printed(left),
                what=said(right, "指標名")[:60],
                year=japanese_year(year(right) or 0),
            )


def _jumping(index: Index, told: list[Row]) -> Iterator[Finding]:
    """A value ten times, or a tenth of, what stands on both sides of it; at an end of the series
    only where the others are steady and not small.
    """
    rows = [row for row in told if _value(row) > 0 and _alike(row, told[0])]
    values = [_value(row) for row in rows]
    for number, row in enumerate(rows):
        beside = [values[i] for i in (number - 1, number + 1) if 0 <= i < len(values)]
        others = values[:number] + values[number + 1 :]
        up = bool(beside) and all(values[number] >= _JUMP * one for one in beside)
        down = bool(beside) and all(values[number] * _JUMP <= one for one in beside)
        steady = len(others) > 1 and max(others) <= _STEADY * min(others)
        small = min(values) < _SMALL and max(values) < _JUMP * _SMALL
        if (up or down) and not small and (len(beside) == 2 or steady):
            yield _jump(index, row, [rows[i] for i in range(len(rows)) if i != number])


def _apart(index: Index, told: list[Row], wanted: list[Row]) -> Iterator[Finding]:
    """A value ten times, or a tenth of, the target of its year and of all other values."""
    for row in told:
        for target in wanted:
            if year(row) != year(target) or not _alike(row, target) or not _value(target):
                continue
            ratio = _value(row) / _value(target)
            near = [one for one in told if one is not row and _value(one)]
            if len(near) < 2 and ratio and not Decimal(1) / _JUMP < ratio < _JUMP:
                yield _jump(index, row, [target])


def _jump(index: Index, row: Row, others: list[Row]) -> Finding:
    return f.ValueJumps.at(
        table="observation",
        row_id=said(row, "ID"),
        place=index.where(row, "値", "原文"),
        found=_printed(row),
        expected="、".join(_printed(one) for one in others[:4]),
        what=said(row, "指標名")[:60],
        year=japanese_year(year(row) or 0),
    )


def _units(index: Index, told: list[Row], rows: list[Row]) -> Iterator[Finding]:
    """Units that change between the years, or that the name of the indicator rules out."""
    units = list(dict.fromkeys(said(row, "単位") for row in told if said(row, "単位")))
    if len({unit_key(unit) for unit in units}) > 1:
        yield f.UnitsDiffer.at(
            table="indicator",
            row_id=said(rows[0], "指標ID"),
            place=index.where(told[-1], "単位", "値"),
            found="、".join(units),
            what=said(told[0], "指標名")[:60],
        )
    name = re.sub(r"\s*[(（][^()（）]*[)）]$", "", said(rows[0], "指標名"))
    with_unit = [row for row in rows if said(row, "単位") and amount(row) is not None]
    for ending, suited in _NAMED:
        if not with_unit or _RATIO.search(name) or not ending.search(name):
            continue
        row = with_unit[0]
        unit = unit_key(said(row, "単位"))
        right = {unit_key(one) for one in suited}
        if unit not in right if suited else unit == unit_key("%"):
            yield f.UnitUnlikeName.at(
                table="indicator",
                row_id=said(row, "指標ID"),
                place=index.where(row, "単位", "値"),
                found=said(row, "単位"),
                expected=suited[0] if suited else "件",
                what=name[:60],
            )
        return
