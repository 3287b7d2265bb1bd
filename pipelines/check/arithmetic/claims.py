"""A total and the parts that are printed with it: what may be taken for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipelines.check.arithmetic.figures import OMITTED, Figure
from pipelines.check.arithmetic.rounding import one_slip

INCOMPLETE = re.compile(r"うち|など|等[)、,\s]|ほか|の他|例|主な|抜粋|再掲|" + OMITTED)
OTHER = re.compile(
    r"前年|昨年|前回|前々|目標|計画|予定|見込|増|減|平均|最大|最小|上限|下限|定員|現在|時点|単価|から|[年月]$|毎|各"
)
_GOAL = re.compile(r"目標|予定|見込|計画値|目指")
_LEVEL = re.compile(r"現在|時点|登録者|累計")
_TAIL = re.compile(r"(?:である|です|でした|であった|だった|とな(?:る|った))?[\s、,。)]*")
LIST_GAP = 24
"""Between two parts of a list stands no more than a label."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A total and what it is said to be made of; `marked` by a word such as 合計 or 内訳."""

    total: Figure
    parts: tuple[Figure, ...]
    marked: bool

    @property
    def sum(self) -> Decimal:
        """What the parts make."""
        return sum((part.value for part in self.parts), Decimal(0))


def sum_of(parts: Sequence[Figure]) -> Decimal:
    """What parts make together."""
    return sum((part.value for part in parts), Decimal(0))


def agree(parts: Sequence[Figure], total: Figure) -> bool:
    """The parts are in the total's unit, or without any."""
    return total.kind != "ratio" and all(part.kind in (total.kind, "") for part in parts)


def is_list(text: str, parts: Sequence[Figure], end: int) -> bool:
    """Between the parts stand labels alone, and nothing behind the last."""
    gaps = [text[left.end : right.start] for left, right in pairwise(parts)]
    short = all(len(gap) <= LIST_GAP and not re.search(r"[。%]", gap) for gap in gaps)
    return short and bool(_TAIL.fullmatch(text[parts[-1].end : end]))


def is_credible(claim: Claim, between: str) -> bool:
    """Whether parts without 合計 or 内訳 are parts at all, and no series of yearly levels."""
    if _GOAL.search(claim.total.label) or _GOAL.search(between):
        return False
    values = [part.value for part in claim.parts]
    slip = one_slip(claim.total.value - claim.sum)
    if claim.total.value in values:
        return False
    if all(part.year for part in claim.parts):
        if _LEVEL.search(claim.total.label) or _LEVEL.search(between):
            return False
        steps = [*values, claim.total.value]
        level = all(a <= b for a, b in pairwise(steps)) or all(a >= b for a, b in pairwise(steps))
        small = claim.sum > claim.total.value * Decimal("1.1")
        return slip or not (level and small)
    labelled = all(part.label or part.circled for part in claim.parts)
    return labelled and (slip or claim.total.value >= max(values))
