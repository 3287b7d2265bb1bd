"""Hours against a count and the minutes that each takes or saves: `2,635件 … 1件当たり5分`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pipelines.check.arithmetic.figures import Figure
from pipelines.check.arithmetic.rounding import plain, rounded, verdict
from pipelines.check.arithmetic.scope import Found, Line, Scope
from pipelines.findings import arithmetic as f
from pipelines.numerals import NUMBER, decimal_of

_SHORT = r"(?:削減|短縮|軽減|節約)"
_EACH = re.compile(
    rf"1(?P<unit>[^\s\d]{{1,6}}?)(?:当たり|あたり|につき)[^\d。]{{0,12}}"
    rf"(?P<number>{NUMBER})(?P<time>分|秒|時間)"
)
_SAVED = re.compile(rf"(?P<number>{NUMBER})(?P<time>分|秒)(?:の|ずつ|を)?{_SHORT}")
_FROM_TO = re.compile(
    rf"(?P<xa>{NUMBER})(?:[～~-](?P<xb>{NUMBER}))?分\s*(?:→|から|〔略〕)[^\d。]{{0,24}}?"
    rf"(?P<ya>{NUMBER})(?:[～~-](?P<yb>{NUMBER}))?分(?:[^\d。]{{0,6}}{_SHORT}|$)"
)
_EXTRACTED = re.compile(rf"{_SHORT}\s(?P<number>{NUMBER})(?P<time>分|秒)")
_PERIOD = re.compile(r"[月週年]|日(?!本)")
"""Minutes of a day or a month: how many of them are meant is not said."""
_IN_HOURS = {"秒": Fraction(1, 3600), "分": Fraction(1, 60), "時間": Fraction(1)}
_LABEL = re.compile(_SHORT + r"|業務時間|作業時間|処理時間|対応時間")
_WHOLE = re.compile(r"総(?![合務括論])|(?<![安完健保万])全(?![国庁般域面])|対象")
_COUNTS = {"count", "times", "person", "procedure", "sheet", "long-thing", "letter"}
_FAR = 5


@dataclass(frozen=True, slots=True)
class Each:
    """What one case takes, in hours; `unit` is what is counted ('' when not said)."""

    hours: Fraction
    unit: str
    printed: str
    cell: int


def hours(scope: Scope) -> Iterator[Found]:
    """Hours of a row or paragraph that its count and its minutes do not make."""
    stated = [(line, one) for line, one in scope.figures() if _is_saved(line, one)]
    if len(stated) != 1:
        return
    each = [found for line in scope.lines for found in _each(line)]
    if len({one.hours for one in each}) != 1:
        return
    line, figure = stated[0]
    yield from _judged(line, figure, each[0], _counts(scope, each[0]))


def _is_saved(line: Line, figure: Figure) -> bool:
    """`業務時間の削減69h`, `69時間短縮`, `5分削減 → 69h`; not `1件当たり2時間`."""
    each = _EACH.search(line.text)
    if figure.kind != "time-hour" or (each and each.start() < figure.start < each.end()):
        return False
    about = figure.label + line.text[figure.end : figure.end + 8]
    return bool(_LABEL.search(about)) or (not figure.label and bool(_LABEL.search(line.text)))


def _each(line: Line) -> Iterator[Each]:
    text = line.text
    if match := _FROM_TO.search(text):
        before, after = decimal_of(match["xa"]), decimal_of(match["ya"])
        upper = decimal_of(match["xb"] or match["xa"]) - decimal_of(match["yb"] or match["ya"])
        if upper == before - after > 0:
            yield Each(Fraction(upper) / 60, "", f"{plain(upper)}分", line.cell)
        return
    match = _EACH.search(text)
    if match and _PERIOD.search(match[0]):
        return
    match = match or _SAVED.search(text)
    match = match or (_EXTRACTED.search(text) if line.omitted else None)
    if match:
        number: Decimal = decimal_of(match["number"])
        unit = match.groupdict().get("unit") or ""
        printed = f"{plain(number)}{match['time']}"
        yield Each(Fraction(number) * _IN_HOURS[match["time"]], unit, printed, line.cell)


def _counts(scope: Scope, each: Each) -> list[tuple[Decimal, str]]:
    """The counts that may be meant, likeliest first; items of a cell are added up."""
    kinds = (
        {one.kind for _, one in scope.figures() if one.unit == each.unit} if each.unit else set()
    )
    wanted = kinds or _COUNTS
    found = [(line, one) for line, one in scope.figures() if one.kind in wanted and one.value]
    parts = [(line, one) for line, one in found if not _is_whole(one)] or found
    single = [(one.value, plain(one.value)) for _, one in parts]
    own = [(line, one) for line, one in parts if line.cell == each.cell]
    if len(own) > 1 and len({id(line) for line, _ in own}) == len(own):
        total = sum((one.value for _, one in own), Decimal(0))
        return [(total, f"({'+'.join(plain(one.value) for _, one in own)})"), *single]
    return single


def _is_whole(figure: Figure) -> bool:
    return "all" in figure.marks or bool(_WHOLE.search(figure.label[-12:]))


def _judged(
    line: Line, figure: Figure, each: Each, counts: Sequence[tuple[Decimal, str]]
) -> Iterator[Found]:
    made = [(Fraction(count) * each.hours, how) for count, how in counts]
    verdicts = [verdict(figure, hours) for hours, _ in made]
    if not made or "right" in verdicts:
        return
    if "truncated" in verdicts:
        hours, how = made[verdicts.index("truncated")]
        kind: type[f.HoursTruncated] | type[f.HoursDiffer] = f.HoursTruncated
    else:
        chosen = _meant(figure, made)
        if chosen is None:
            return
        hours, how = chosen
        kind = f.HoursDiffer
    expected = f"{rounded(hours, figure.decimals)}{figure.unit}"
    told = f"{how}×{each.printed}"
    yield Found(line.place, kind.at(found=figure.printed, expected=expected, sum=told))


def _meant(figure: Figure, made: Sequence[tuple[Fraction, str]]) -> tuple[Fraction, str] | None:
    """The hours that are meant: the sum of items, the only ones, or by far the nearest."""
    if len(made) == 1 or made[0][1].startswith("("):
        return made[0]
    printed = Fraction(figure.value)
    if not printed:
        return None
    far = sorted((max(h / printed, printed / h), index) for index, (h, _) in enumerate(made))
    clear = far[1][0] / far[0][0] >= _FAR
    return made[far[0][1]] if clear else None
