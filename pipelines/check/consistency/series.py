"""The values of one indicator over the years: targets, jumps, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipelines.check.consistency.index import Index, amount, said, year
from pipelines.check.consistency.words import known_unit, unit_key
from pipelines.eras import japanese_year
from pipelines.findings import consistency as f
from pipelines.model import Finding, Row

_JUMP = 10
"""Real series do not grow so much from one year to the next; a slipped digit does."""
_STEADY = 3
_SMALL = 10
"""Below this a series may well grow tenfold (1件 → 12件)."""
_SPIKE = 8
_BESIDE = 5
"""A slipped digit makes ten times of something between its neighbours: this much of their
geometric mean, and of each of them."""
_DOWN = re.compile(
    r"減|以下|未満|短縮|抑制|ゼロ|苦情|事故|違反|未納|滞納|待ち|残業|時間外|排出|廃棄|ごみ|離職"
    r"|費用|経費|コスト|使用量|印刷|紙"
)
_UP = re.compile(r"増|達成|拡大|拡充|向上|以上")
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
        falling = list(_falling(index, told, wanted))
        back = {one.row_id for one in falling}
        yield from (one for one in _passed(index, told, wanted) if one.row_id not in back)
        yield from _done_before(index, rows)
        yield from falling
        yield from _jumping(index, told)
        yield from _apart(index, told, wanted)
        yield from _units(index, told, rows)


def _value(row: Row) -> Decimal:
    return amount(row) or Decimal(0)


def _printed(row: Row) -> str:
    return f"{_value(row):,f}{said(row, '単位')}"


def _alike(left: Row, right: Row) -> bool:
    return unit_key(said(left, "単位")) == unit_key(said(right, "単位"))


def _direction(told: list[Row], wanted: list[Row]) -> int:
    """1 where more is better, -1 where less is, as far as words or figures tell; else 0."""
    words = "".join(said(row, "限定") + said(row, "原文") + said(row, "指標名") for row in wanted)
    if _DOWN.search(words) or _UP.search(words):
        return -1 if _DOWN.search(words) else 1
    if told and wanted and _alike(told[0], wanted[0]) and _value(told[0]) < _value(wanted[0]):
        return 1
    first, last = (_value(wanted[0]), _value(wanted[-1])) if wanted else (Decimal(0), Decimal(0))
    return (last > first) - (last < first)


def _passed(index: Index, told: list[Row], wanted: list[Row]) -> Iterator[Finding]:
    """A target that the first known value reaches, or one for the years to come that the last
    known value reaches; and the last target, which an earlier value is already beyond. A target
    that was reached on the way to a higher one is a success and is left alone.
    """
    if not told or _direction(told, wanted) < 0:
        return
    found: dict[int, Finding] = {}
    for target in wanted:
        due = year(target) or 0
        total = _total(told, target)
        last = told[-1]
        if total is not None:
            if total >= _value(target) and due > (year(last) or 0):
                yield _reached(index, target, last, f"累計{total:,f}{said(last, '単位')}")
            continue
        for side in (0, -1):
            row = told[side]
            if side not in found and _reaches(row, target) and (year(row) or 0) < due:
                found[side] = _reached(index, target, row, _printed(row))
                break
    yield from found.values() or _overtaken(index, told, wanted)


def _overtaken(index: Index, told: list[Row], wanted: list[Row]) -> Iterator[Finding]:
    """The last target, where an earlier value is beyond it already: it was never raised."""
    for target in wanted[-1:]:
        for row in told:
            early = (year(row) or 0) < (year(target) or 0) and _total(told, target) is None
            if early and _reaches(row, target) and _value(row) > _value(target):
                yield _reached(index, target, row, _printed(row))
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
    """A target that is less than the one before it (more, where less is better)."""
    same = [row for row in wanted if _alike(row, wanted[0])]
    direction = _direction(told, same)
    for left, right in pairwise(same):
        further = (_value(right) - _value(left)) * (direction or 1)
        if further < 0 and year(left) != year(right):
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
        steady = len(others) > 1 and max(others) <= _STEADY * min(others)
        small = max(values) < _JUMP * _SMALL and said(row, "単位") != "%"
        if not small and (len(beside) == 2 or steady) and _spikes(values[number], beside):
            yield _jump(index, row, [rows[i] for i in range(len(rows)) if i != number])


def _spikes(value: Decimal, beside: list[Decimal]) -> bool:
    """True for a value of another order of magnitude than its one or two neighbours."""
    ratios = [max(value / one, one / value) for one in beside]
    if len({value > one for one in beside}) != 1:
        return False
    if len(ratios) == 1:
        return ratios[0] >= _JUMP
    return min(ratios) >= _BESIDE and (ratios[0] * ratios[1]).sqrt() >= _SPIKE


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
    units = list(dict.fromkeys(unit for row in told if known_unit(unit := said(row, "単位"))))
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
