"""The same target or state in two places: goals, schedules, targets, baselines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipelines.check.consistency.index import Index, amount, narrow, said, year
from pipelines.check.consistency.words import agree, held, same_name, unit_key
from pipelines.eras import japanese_year
from pipelines.findings import consistency as f
from pipelines.model import Finding, Row

_LIKE = Decimal("0.5")
_SAME = Decimal("0.9")
_MOSTLY = Decimal("0.75")
_NEAR = 16
"""How far around a number its words are looked for."""
_TIMETABLE = re.compile(r"-t\d{4}-")
_PRESENT = re.compile(r"現状|現在|これまで")
_DONE = "実施"


def targets(index: Index) -> Iterator[Finding]:
    """What is said of one target in two ways, beyond what the reading itself tells."""
    series = index.by("observation", "指標ID")
    yield from _goals(index, series)
    yield from _baselines(index, series)
    yield from _present(index, series)
    told = list(_schedules(index))
    places = {one.place for one in told}
    yield from told
    yield from (one for one in _scheduled_targets(index, series) if one.place not in places)


def _of_policy(index: Index, policy: str) -> list[Row]:
    """The indicators of the initiatives of a policy."""
    owners = {said(r, "ID") for r in index.of_table("initiative") if said(r, "施策ID") == policy}
    return [row for row in index.of_table("indicator") if said(row, "取組ID") in owners]


def _kind(rows: list[Row], kind: str) -> list[Row]:
    """The observations of a kind that have a value, by year."""
    found = [row for row in rows if said(row, "種別") == kind and amount(row) is not None]
    return sorted(found, key=lambda row: year(row) or 0)


def _goals(index: Index, series: dict[str, list[Row]]) -> Iterator[Finding]:
    """A goal with a number, and the target of the indicator that it speaks of."""
    told = {one.place for one in index.case.tables.findings if one.code == "value-differs"}
    for goal in index.of_table("goal"):
        value = amount(goal)
        if value is None or not said(goal, "単位"):
            continue
        found = _indicator_of(index, goal, series)
        if found is None:
            continue
        indicator, rows = found
        due = [row for row in rows if year(row) == year(goal, "期限年度")]
        if year(goal, "期限年度") is None:
            due = rows[-1:]
        for row in due[:1]:
            other = amount(row) or Decimal(0)
            about = "約" in said(goal, "内容")
            if _one_cell(index, goal, row) or index.where(goal, "値") in told:
                continue
            if not agree(value, said(goal, "内容"), other, said(row, "原文"), about):
                yield f.GoalTargetDiffers.at(
                    table="goal",
                    row_id=said(goal, "ID"),
                    place=index.where(goal, "値", "内容"),
                    found=f"{value:,f}{said(goal, '単位')}",
                    expected=f"{other:,f}{said(row, '単位')}",
                    what=said(indicator, "名称")[:60],
                    year=japanese_year(year(row) or 0),
                )


def _one_cell(index: Index, goal: Row, target: Row) -> bool:
    """True when a goal and a target are two readings of one cell."""
    left = index.origins.get((said(goal, "ID"), "値"))
    right = index.origins.get((said(target, "ID"), "値"))
    return (
        left is not None
        and right is not None
        and (left.source, left.position)
        == (
            right.source,
            right.position,
        )
    )


def _indicator_of(
    index: Index, goal: Row, series: dict[str, list[Row]]
) -> tuple[Row, list[Row]] | None:
    """The one indicator below the goal's policy, in its unit, whose name the goal says."""
    unit = unit_key(said(goal, "単位"))
    names = {said(r, "ID"): said(r, "名称") for r in index.of_table("initiative")}
    found = []
    for indicator in _of_policy(index, said(goal, "施策ID")):
        rows = [
            row
            for row in _kind(series.get(said(indicator, "ID"), []), "目標値")
            if unit_key(said(row, "単位")) == unit
        ]
        called = (said(indicator, "名称"), names.get(said(indicator, "取組ID"), ""))
        if rows and any(held(name, said(goal, "内容"))[0] >= _LIKE for name in called):
            found.append((indicator, rows))
    return found[0] if len(found) == 1 else None


def _baselines(index: Index, series: dict[str, list[Row]]) -> Iterator[Finding]:
    """Two baselines of one indicator (of a plan and of its progress) within a year."""
    for rows in series.values():
        known = _kind(rows, "基準値")
        for left, right in pairwise(known):
            if (year(right) or 0) - (year(left) or 0) > 1:
                continue
            yield from _differing(index, right, left, said(left, "指標名"))


def _differing(index: Index, row: Row, baseline: Row, what: str) -> Iterator[Finding]:
    value, other = amount(row), amount(baseline)
    if value is None or other is None:
        return
    if unit_key(said(row, "単位")) != unit_key(said(baseline, "単位")):
        return
    about = "約" in said(row, "限定") + said(baseline, "限定")
    texts = said(row, "原文"), said(baseline, "原文")
    if not agree(value, texts[0], other, texts[1], about):
        yield f.BaselineDiffers.at(
            table="observation" if "種別" in row else "measurement",
            row_id=said(row, "ID"),
            place=index.where(row, "値", "原文"),
            found=f"{value:,f}{said(row, '単位')}",
            expected=f"{other:,f}{said(baseline, '単位')}",
            what=what[:60],
        )


def _present(index: Index, series: dict[str, list[Row]]) -> Iterator[Finding]:
    """A number of the present state in a plan's text, and the baseline of the same thing."""
    keys = {said(row, "ID"): row for row in index.of_table("policy")}
    labels = _labels(index)
    for row in index.of_table("measurement"):
        origin = index.origins.get((said(row, "ID"), "値"))
        if origin is None or year(row) is not None or said(row, "取組ID"):
            continue
        label, text = labels.get((origin.source, origin.position), ("", ""))
        if not _PRESENT.search(label):
            continue
        plan, _, rest = said(row, "ID").partition("-m-")
        policy = keys.get(f"{plan}-{rest.split('-x-')[0]}")
        if policy is None:
            continue
        around = _around(text, said(row, "原文"))
        for indicator in _of_policy(index, said(policy, "ID")):
            baseline = _kind(series.get(said(indicator, "ID"), []), "基準値")[:1]
            if baseline and held(_counted(said(indicator, "名称")), around)[0] >= _MOSTLY:
                yield from _differing(index, row, baseline[0], said(indicator, "名称"))


def _counted(name: str) -> str:
    """オンライン化手続数 → オンライン化手続: what a text says with its number."""
    return re.sub(r"(?:人|件)?数$", "", name)


def _labels(index: Index) -> dict[tuple[str, str], tuple[str, str]]:
    """(label of the row, text) of every cell, by its source and position."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    first: dict[tuple[str, int], str] = defaultdict(str)
    for printed in index.texts:
        place = printed.place
        if printed.cell is not None:
            label = first.setdefault((place.source, place.line), printed.text)
            found[place.source, str(place)] = (label, printed.text)
    return found


def _around(text: str, printed: str) -> str:
    """A text from a little before a figure to a little behind it, within its sentence."""
    at = text.find(narrow(printed))
    if at < 0:
        return printed
    end = at + len(narrow(printed))
    before = re.split(r"[。、]", text[max(0, at - _NEAR) : at])[-1]
    return before + text[at:end] + re.split(r"[。、]", text[end : end + _NEAR])[0]


def _schedules(index: Index) -> Iterator[Finding]:
    """A goal that names its year, and the rows of the timetable that do the same thing later."""
    for goals in index.by("goal", "施策ID").values():
        stated = [g for g in goals if said(g, "番号") and year(g, "期限年度") is not None]
        planned = [g for g in goals if _TIMETABLE.search(said(g, "ID")) and year(g, "期限年度")]
        for goal in stated:
            for row in planned:
                due, set_for = year(goal, "期限年度") or 0, year(row, "期限年度") or 0
                if set_for > due and held(said(row, "内容"), said(goal, "内容"))[0] >= _SAME:
                    yield _late(index, row, "成果目標", "goal", due)


def _late(index: Index, row: Row, other: str, other_en: str, due: int) -> Finding:
    return f.ScheduleDiffers.at(
        table="goal",
        row_id=said(row, "ID"),
        place=index.where(row, "期限年度", "内容"),
        found=japanese_year(year(row, "期限年度") or 0),
        expected=japanese_year(due),
        what=said(row, "内容")[:60],
        other=other,
        other_en=other_en,
    )


def _scheduled_targets(index: Index, series: dict[str, list[Row]]) -> Iterator[Finding]:
    """A row of the timetable with one year, and the first year of the target of the same name."""
    planned = [g for g in index.of_table("goal") if _TIMETABLE.search(said(g, "ID"))]
    for indicator in index.of_table("indicator"):
        rows = series.get(said(indicator, "ID"), [])
        first = [
            year(row) or 0
            for row in rows
            if said(row, "種別") == "目標値" and said(row, "状態") == _DONE
        ]
        for row in planned:
            due = year(row, "期限年度")
            if (
                first
                and due
                and due != min(first)
                and same_name(said(row, "内容"), said(indicator, "名称"))
            ):
                yield _late(index, row, "目標値の表", "table of targets", min(first))
