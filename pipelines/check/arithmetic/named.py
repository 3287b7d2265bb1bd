"""Rates whose name says which counts they are of: 回答率 of 回答412人, 達成率 of 目標 and 実績."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.check.arithmetic.figures import Figure
from pipelines.check.arithmetic.rates import Pair, is_whole, judged
from pipelines.check.arithmetic.scope import Found, Line, Scope

_STEM = re.compile(r"([一-龯々ァ-ヶー]{2,})率(?:は|が|も|の|で)?$")
_GOAL = re.compile(r"目標")
_RESULT = re.compile(r"実績")
_REACHED = re.compile(r"(?:目標)?達成率(?:は|が)?$")

Entry = tuple[Line, Figure]


def named(scope: Scope) -> Iterator[Found]:
    """Rates that the counts of their own name do not make."""
    for line in scope.lines:
        for rate in line.figures:
            if rate.kind != "ratio":
                continue
            if _REACHED.search(rate.label):
                yield from _reached(scope, line, rate)
            elif stem := _STEM.search(rate.label):
                yield from _of_its_name(line, rate, stem[1])


def _of_its_name(line: Line, rate: Figure, stem: str) -> Iterator[Found]:
    """`対象500人、回答412人、回答率82.4%`: one count of the name and one whole in the sentence."""
    counts = [one for one in _sentence(line, rate) if one.kind not in ("", "ratio")]
    parts = [one for one in counts if stem in one.label]
    wholes = [one for one in counts if is_whole(line, one) and one not in parts]
    if len(parts) == 1 and len(wholes) == 1 and parts[0].kind == wholes[0].kind:
        yield from judged(line, rate, Pair(parts[0], wholes[0]).shares())


def _sentence(line: Line, rate: Figure) -> list[Figure]:
    start = line.text.rfind("。", 0, rate.start)
    stop = line.text.find("。", rate.end)
    stop = len(line.text) if stop < 0 else stop
    return [one for one in line.figures if start < one.start < stop]


def _reached(scope: Scope, line: Line, rate: Figure) -> Iterator[Found]:
    """`目標200件、実績150件、達成率75%`: in one line, or in one row of a table."""
    for entries in (
        [(line, one) for one in line.figures],
        list(scope.figures()),
    ):
        pair = _goal_and_result(entries)
        if pair is not None:
            yield from judged(line, rate, pair.shares())
            return


def _goal_and_result(entries: Sequence[Entry]) -> Pair | None:
    counts = [one for _, one in entries if one.kind != "ratio"]
    goals = [one for one in counts if _GOAL.search(one.label)]
    if len(goals) != 1:
        return None
    others = [one for one in counts if one.kind == goals[0].kind and one is not goals[0]]
    results = [one for one in others if _RESULT.search(one.label)] or others
    return Pair(results[0], goals[0]) if len(results) == 1 else None
