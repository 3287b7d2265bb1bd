"""A stated change against the values before and after: `約38%にあたる19,548人の減少`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pipelines.check.arithmetic.figures import Figure
from pipelines.check.arithmetic.rounding import plain, rounded, verdict
from pipelines.check.arithmetic.scope import Found, Line, Scope
from pipelines.findings import arithmetic as f

_DOWN_UP = r"(?:減|増|低下|上昇|下落|縮小|拡大)"
_IS_CHANGE = re.compile(rf"\s?(?:[のがをも]|ほど|程度|以上|ポイント)*{_DOWN_UP}")
_EQUALS = re.compile(r"\s?(?:に(?:あたる|当たる|相当する)|、|[(/])\s?(?:約)?\s?$")
_FROM = re.compile(r"\s?(?:[^\d。、]{0,4}(?:から|→|⇒|と比較|と比べ|に比べ|に対し|より))")
_LEAVES = re.compile(r"[^\d。、]{0,4}(?:から|→|⇒)")
_EARLIER = re.compile(r"前年|昨年|前回|前期")
_TOPIC = re.compile(r".[はが]$")
"""A change of something else than the two values."""
_OPEN = re.compile(r"\s?[(、]\s?約?\s?")


def changes(scope: Scope) -> Iterator[Found]:
    """Changes of a paragraph or line that its two values do not make."""
    for line in scope.lines:
        if len(line.figures) >= 3 and re.search(_DOWN_UP, line.text):
            yield from _line(line)


def _line(line: Line) -> Iterator[Found]:
    for index, one in enumerate(line.figures):
        if one.kind == "ratio" or not one.kind or not _is_change(line, index):
            continue
        values = _values(line, one)
        if values is None:
            continue
        yield from _judged(line, one, values, _rate_beside(line, index))
    for index, rate in enumerate(line.figures):
        stated = rate.kind == "ratio" and not _TOPIC.search(rate.label)
        if stated and _IS_CHANGE.match(line.text, rate.end):
            counts = [o for o in line.figures if o.kind and o.kind != "ratio"]
            if not any(_is_change(line, line.figures.index(o)) for o in counts):
                yield from _rate_alone(line, rate, index)


def _is_change(line: Line, index: int) -> bool:
    """`19,548人の減少`, `1,200人(10%)減`: the word may stand behind a rate in brackets."""
    one = line.figures[index]
    if _TOPIC.search(one.label):
        return False
    rest = re.sub(r"^\s?\([^()]*\)", "", line.text[one.end : one.end + 24])
    return bool(_IS_CHANGE.match(rest))


def _values(line: Line, change: Figure) -> tuple[Figure, Figure] | None:
    """The values before and after: the one with から or と比較, and the nearest other."""
    same = [o for o in line.figures if o.kind == change.kind and o is not change]
    starts = [o for o in same if _FROM.match(line.text, o.end) and o.start < change.start]
    if not starts or "。" in line.text[starts[-1].end : change.start]:
        return _two_years(line, same, change)
    start = starts[-1]
    behind = [o for o in same if start.end <= o.start < change.start]
    before = [o for o in same if o.end <= start.start]
    other = behind[0] if behind else (before[-1] if before else None)
    if not behind and _LEAVES.match(line.text, start.end) and not _EARLIER.search(start.label):
        return None
    if other is None or len(behind) > 1 or line.text[other.end : start.start].count("。") > 1:
        return None
    return start, other


def _two_years(line: Line, same: list[Figure], change: Figure) -> tuple[Figure, Figure] | None:
    """`令和4年度が150人、令和5年度が140人で、10人の減`: the only two of the sentence."""
    stop = line.text.rfind("。", 0, change.start)
    before = [one for one in same if stop < one.start < change.start]
    dated = len(before) == 2 and all(one.year for one in before)
    return (before[0], before[1]) if dated else None


def _rate_beside(line: Line, index: int) -> Figure | None:
    """The rate that says the same change: `約38%にあたる19,548人`, `19,548人(38%)の減`."""
    change = line.figures[index]
    before = line.figures[index - 1] if index else None
    if before and before.kind == "ratio" and _EQUALS.fullmatch(line.text, before.end, change.start):
        return before
    behind = line.figures[index + 1] if index + 1 < len(line.figures) else None
    if behind and behind.kind == "ratio" and _OPEN.fullmatch(line.text, change.end, behind.start):
        return behind
    return None


def _judged(
    line: Line, change: Figure, values: tuple[Figure, Figure], rate: Figure | None
) -> Iterator[Found]:
    start, other = values
    made = abs(Fraction(start.value) - Fraction(other.value))
    if any(one.marks & {"about"} for one in values):
        return
    how = f"|{plain(other.value)}−{plain(start.value)}|"
    if verdict(change, made) == "differs":
        expected = f"{rounded(made, change.decimals)}{change.unit}"
        finding = f.ChangeDiffers.at(found=change.printed, expected=expected, sum=how)
        yield Found(line.place, finding)
    if rate is not None:
        stated = abs(Fraction(change.value))
        yield from _rate(line, rate, start, [made, stated], how)


def _rate_alone(line: Line, rate: Figure, index: int) -> Iterator[Found]:
    """`1,000件から1,200件へ20%増加`: two values and their rate alone."""
    before = [o for o in line.figures[:index] if o.kind != "ratio"][-2:]
    if len(before) != 2 or before[0].kind != before[1].kind or not before[0].kind:
        return
    start, end = before
    earlier = bool(_EARLIER.search(end.label))  # 4,000通（前年度3,200通）で25%増
    if earlier:
        start, end = end, start
    after = min(start.end, end.end)
    if not (earlier or _FROM.match(line.text, start.end)) or "。" in line.text[after : rate.start]:
        return
    made = abs(Fraction(start.value) - Fraction(end.value))
    yield from _rate(line, rate, start, [made], f"|{plain(end.value)}−{plain(start.value)}|")


def _rate(
    line: Line, rate: Figure, start: Figure, made: list[Fraction], how: str
) -> Iterator[Found]:
    if not start.value:
        return
    shares = [one / abs(Fraction(start.value)) * 100 for one in made]
    verdicts = [verdict(rate, share) for share in shares]
    if "right" in verdicts:
        return
    kind = f.RateTruncated if "truncated" in verdicts else f.RateDiffers
    expected = f"{rounded(shares[0], rate.decimals)}%"
    told = f"{how}÷{plain(start.value)}"
    yield Found(line.place, kind.at(found=rate.printed, expected=expected, sum=told))
