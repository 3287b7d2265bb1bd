"""Shares that should make 100 %: in one bracket or line, named as shares of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipelines.check.arithmetic.figures import OMITTED, Figure
from pipelines.check.arithmetic.rounding import plain
from pipelines.check.arithmetic.scope import Found, Line, Scope
from pipelines.findings import arithmetic as f

_NAMED = re.compile(r"内訳|構成比|構成割合|割合の内訳|比率の内訳")
_NOT_ALL = re.compile(r"複数回答|重複|うち|など|主な|上位|抜粋|ほか|前年|" + OMITTED)
_GAP = 24
_WHOLE = Decimal(100)


def shares(scope: Scope) -> Iterator[Found]:
    """Lists of shares in a row or paragraph that do not make 100 %."""
    for line in scope.lines:
        named = _NAMED.search(line.text)
        if not named or _NOT_ALL.search(line.text):
            continue
        parts = _list(line, named.end())
        if len(parts) < 2 or any(part.marks for part in parts):
            continue
        made = sum((part.value for part in parts), Decimal(0))
        slack = sum((Decimal(1).scaleb(-part.decimals) for part in parts), Decimal(0)) / 2
        if abs(made - _WHOLE) > slack:
            told = "+".join(plain(part.value) for part in parts)
            finding = f.SharesDiffer.at(found=f"{plain(made)}%", expected="100%", sum=told)
            yield Found(line.place, finding)


def _list(line: Line, start: int) -> list[Figure]:
    """The shares behind the word that names them; none unless they stand in one run."""
    behind = [one for one in line.figures if one.start >= start]
    parts = [one for one in behind if one.kind == "ratio"]
    gaps = [line.text[a.end : b.start] for a, b in pairwise(parts)]
    if any(len(gap) > _GAP or "。" in gap for gap in gaps):
        return []
    return parts if len(set(gaps)) == len(gaps) else []
