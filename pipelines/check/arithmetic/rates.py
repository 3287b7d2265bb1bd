"""A stated rate against its two counts, in one line, one cell or one row.

Which counts belong to a rate is decided cautiously: two of one unit of which one is the whole
(総, 全, 対象, 分母, `…中`), a fraction printed beside the rate, or a count with its rate in
brackets and a target in the row. A rate that any of the counts explains is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pipelines.check.arithmetic.figures import Figure
from pipelines.check.arithmetic.rounding import plain, rounded, verdict
from pipelines.check.arithmetic.scope import Found, Line, Scope
from pipelines.findings import arithmetic as f

_WHOLE = re.compile(r"総(?![合務括論])|(?<![安完健保万])全(?![国庁般域面])|対象|分母|母数|合計")
_OF = re.compile(r"\s?(?:の?中|の?うち|のなか)")
_RATE = re.compile(r"率|割合|比|シェア|%\)?$|^$")
_NO_RATE = re.compile(r"満足|回答|前年|昨年|前回|同期|増|減|伸び|達成|目標|進捗|成長|消費税|引き")
_CHANGE = re.compile(
    r"(?:\([^()]*\)|[)\]])?\s?(?:の|を|に)?(?:削減|短縮|増|減|低下|上昇|向上|改善|引き|目標|達成|以上|目指)"
)
_IN_BRACKET = re.compile(r"[(\[](?:達成率|対象|利用率|構成比|割合|率|約|:|\s)*$")
_GOAL = re.compile(r"目標|達成|までに|定員|対象|総|全|計画|する$|募集")
_BETWEEN = re.compile(r"\s*/\s*")


_MOST = 60
"""A row with more counts and rates than this is no sentence."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A part and its whole. `rest` allows the rate of the others too (`933名中24名` → 97.4 %)."""

    part: Figure
    whole: Figure
    rest: bool = False

    def shares(self) -> list[tuple[Fraction, str]]:
        """The rates in percent that the pair makes, each with how."""
        whole = Fraction(self.whole.value)
        if not whole:
            return []
        part = Fraction(self.part.value)
        a, b = plain(self.part.value), plain(self.whole.value)
        found = [(part / whole * 100, f"{a}÷{b}")]
        if self.rest and part < whole:
            found.append(((whole - part) / whole * 100, f"({b}−{a})÷{b}"))
        return found


def rates(scope: Scope) -> Iterator[Found]:
    """Rates of a row or paragraph that their counts do not make."""
    if not any(one.kind == "ratio" for _, one in scope.figures()):
        return
    for line in scope.lines:
        yield from _fractions(line)
        yield from _bracketed(scope, line)
    yield from _paired(scope)


def _percents(line: Line) -> list[Figure]:
    """The rates of a line that stand neither in brackets behind a count nor for a change."""
    beside = {id(rate) for _, rate in _in_brackets(line)}
    return [
        one
        for one in line.figures
        if one.kind == "ratio" and id(one) not in beside and not _CHANGE.match(line.text, one.end)
    ]


def judged(line: Line, rate: Figure, shares: Sequence[tuple[Fraction, str]]) -> Iterator[Found]:
    """The finding of a rate that must be one of `shares`, none when it is."""
    verdicts = [verdict(rate, share) for share, _ in shares]
    if not shares or "right" in verdicts:
        return
    cut = "truncated" in verdicts
    nearest = min(shares, key=lambda share: abs(share[0] - Fraction(rate.value)))
    share, how = shares[verdicts.index("truncated")] if cut else nearest
    kind = f.RateTruncated if cut else f.RateDiffers
    expected = f"{rounded(share, rate.decimals)}%"
    yield Found(line.place, kind.at(found=rate.printed, expected=expected, sum=how))


def _fractions(line: Line) -> Iterator[Found]:
    """`12.4% 5,683件/45,824件`; two rates and two fractions are taken in order."""
    pairs = [
        Pair(a, b)
        for a, b in zip(line.figures, line.figures[1:], strict=False)
        if _BETWEEN.fullmatch(line.text, a.end, b.start)
        and b.kind in (a.kind, "")
        and a.kind != "ratio"
    ]
    listed = [one for one in line.figures if one.kind == "ratio"]
    if len(pairs) == len(listed):
        for pair, rate in zip(pairs, listed, strict=True):
            yield from judged(line, rate, pair.shares())


def _in_brackets(line: Line) -> list[tuple[Figure, Figure]]:
    """Counts with a rate in brackets behind them: `346名（138%）`."""
    found = []
    for count, rate in zip(line.figures, line.figures[1:], strict=False):
        between = line.text[count.end : rate.start]
        closed = re.match(r"\s?[)\]]", line.text[rate.end :])
        opened = count.kind not in ("ratio", "") and _IN_BRACKET.fullmatch(between.strip())
        change = _CHANGE.match(line.text, rate.end)
        if rate.kind == "ratio" and opened and closed and not change:
            found.append((count, rate))
    return found


def _bracketed(scope: Scope, line: Line) -> Iterator[Found]:
    own = _in_brackets(line)
    everywhere = [pair for other in scope.lines for pair in _in_brackets(other)] if own else []
    for count, rate in own if len(everywhere) <= _MOST else ():
        counts = {id(pair[0]) for pair in everywhere}
        wholes = [
            (other, one)
            for other, one in scope.figures()
            if one.kind == count.kind and id(one) not in counts and one.value
        ]
        if not wholes:
            yield from _among(line, own)
            return
        likely = [
            (other, one)
            for other, one in wholes
            if one.marks & {"total"} or is_whole(other, one) or _is_goal(other, one)
        ] or wholes
        others = [one for _, one in wholes] + [pair[0] for pair in everywhere]
        explained = [s for one in others for s, _ in Pair(count, one).shares() if one is not count]
        if any(verdict(rate, share) == "right" for share in explained):
            continue
        if len({one.value for _, one in likely}) == 1:
            yield from judged(line, rate, Pair(count, likely[0][1]).shares())


def _among(line: Line, own: Sequence[tuple[Figure, Figure]]) -> Iterator[Found]:
    """`80人（53.3%）、70人（46.7%）`: shares of their sum, when at least half of them are right."""
    whole = sum((Fraction(count.value) for count, _ in own), Fraction(0))
    if len(own) < 2 or not whole or len({count.kind for count, _ in own}) > 1:
        return
    told = "+".join(plain(count.value) for count, _ in own)
    made = [(Fraction(count.value) / whole * 100, plain(count.value)) for count, _ in own]
    right = [
        verdict(rate, share) == "right" for (_, rate), (share, _) in zip(own, made, strict=True)
    ]
    if sum(right) * 2 >= len(own):
        for (_, rate), (share, part) in zip(own, made, strict=True):
            yield from judged(line, rate, [(share, f"{part}÷({told})")])


def _is_goal(line: Line, figure: Figure) -> bool:
    near = line.text[max(0, figure.start - 30) : figure.end + 8]
    return bool(_GOAL.search(near))


def _paired(scope: Scope) -> Iterator[Found]:
    """Two counts of which one is the whole, and the nearest rate: `利用率 9.7%`."""
    open_pairs: list[tuple[Pair, list[tuple[Line, Figure]]]] = []
    explained: set[int] = set()
    for lines in _levels(scope):
        pair = _pair(lines)
        if pair is None:
            continue
        near = _near(scope, lines)
        right = [r for _, r in near if any(verdict(r, s) == "right" for s, _ in pair.shares())]
        explained |= {id(rate) for rate in right}
        if not right:
            open_pairs.append((pair, near))
    for pair, near in open_pairs:
        left = [(line, r) for line, r in near if id(r) not in explained and _is_rate(line, r)]
        named = [(line, r) for line, r in left if re.search(r"率|割合|比", r.label)] or left
        if len(named) == 1:
            yield from judged(*named[0], pair.shares())


def _is_rate(line: Line, rate: Figure) -> bool:
    about = rate.label + line.text[rate.end : rate.end + 6]
    return bool(_RATE.search(rate.label)) and not _NO_RATE.search(about)


def _levels(scope: Scope) -> Iterator[list[Line]]:
    """Each line, then each heading's lines where no line of it has a pair, then the row."""
    done = False
    for cell in sorted({line.cell for line in scope.lines}):
        own = [line for line in scope.lines if line.cell == cell]
        for group in sorted({line.group for line in own}):
            lines = [line for line in own if line.group == group]
            paired = [line for line in lines if _pair([line])]
            yield from ([line] for line in paired)
            if not paired and len(lines) > 1 and _pair(lines):
                paired = lines
                yield lines
            done = done or bool(paired)
    if not done and len({line.cell for line in scope.lines}) > 1:
        yield list(scope.lines)


def _pair(lines: Sequence[Line]) -> Pair | None:
    """The only whole of these lines and the only other figure of its unit."""
    found = [(line, one) for line in lines for one in line.figures if one.kind != "ratio"]
    wholes = [(line, one) for line, one in found if is_whole(line, one)]
    for line, whole in wholes:
        others = [one for _, one in found if one.kind == whole.kind and one is not whole]
        beside = [one for one in others if not any(one is w for _, w in wholes)]
        if len(beside) == 1 and len(others) == 1:
            return Pair(beside[0], whole, bool(_OF.match(line.text, whole.end)))
    return None


def is_whole(line: Line, figure: Figure) -> bool:
    """Whether a count is the whole of others: 総件数, 対象者, 全12校, `500人中`."""
    marked = "all" in figure.marks or bool(_WHOLE.search(figure.label[-12:]))
    named = "分母" in line.text[max(0, figure.start - 5) : figure.start]
    return marked or named or bool(_OF.match(line.text, figure.end))


def _near(scope: Scope, lines: Sequence[Line]) -> list[tuple[Line, Figure]]:
    """The rates nearest to a pair: of its lines, else of its heading's, else of other cells."""
    cells = {line.cell for line in lines}
    groups = {(line.cell, line.group) for line in lines}
    rings = (
        list(lines),
        [line for line in scope.lines if (line.cell, line.group) in groups],
        [line for line in scope.lines if line.cell not in cells],
    )
    for ring in rings:
        if found := [(line, rate) for line in ring for rate in _percents(line)]:
            return found
    return []
