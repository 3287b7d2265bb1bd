"""What names a figure: the words before it, behind it, the sentence's topic or its neighbour.

`plain` is the narrow text, `masked` the same with dates as NUL and digits that are no figures as
SOH; positions agree in both.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipelines.tidy.figure import Figure
from pipelines.tidy.text import CIRCLED, OMITTED, cue
from pipelines.tidy.years import Moment

Span = tuple[int, int]
Named = tuple[str, Span]

_LONGEST = 40
_BOUNDARY = re.compile(rf"[。、\n,;→{CIRCLED}■□※/／]|(?:^|\s)・|{re.escape(OMITTED)}")
_TRAILING = re.compile(
    r"(?:[\s:：=,、「」]|\((?=$)|年間|毎年|として|により|による|について|から|まで|には|では|とは"
    r"|は|が|を|に|で|と|の|も|うち|中)+$"
)
_LEADING = re.compile(
    r"^(?:[\s:：)、。・」]|\([\0末頃現在時点]+\)|\x01{3,}|(?:うち|また|及び|および|頃|までに|までの|まで|には)"
    r"|[のを](?=\S))+"
)
_PARTICLE = re.compile(r"^(?:から|まで|より|[のをがはにでとも]|中(?=$|[、\s]))+")
_CLAUSE = re.compile(r"^\S*(?:ている|た|される|する|られた)(?=[^\sぁ-ゖ]{2,})")
"""A clause before the noun that is counted: `整備を進めている図書館` → 図書館."""
_VERBAL = re.compile(r"(?:すると|ます|です|したが|する|され|し|れる|あたる|と比較|なる)$")
_TOPIC = re.compile(r"(?:^|[。、])([^。、]{2,40}?)(?:は|については)、?")
_COUNTED = re.compile(
    r"の(?!うち)([^のをがはにでと、。\s「」()]{2,12}?)(?=及び|や|・|[をがはにでと、。\s「」(]|$)"
)
"""The noun behind a count: `3つの方針「…」` → 方針."""
_SHARES = frozenset({"percent", "tenth"})
"""Units of which the noun behind tells the whole: `3割の人口`."""
_PER = re.compile(r"(?:当たり|あたり|につき)$")


@cache
def _unnaming() -> re.Pattern[str]:
    """Words that name nothing: hiragana alone, the municipality itself, the end of a clause."""
    return re.compile(
        rf"[ぁ-ゖー]*|(?:{cue('self').pattern})(?:で|は|の)?"
        r"|.*(?:介して|比較して|でき|おり|において|とした)"
    )


@cache
def _doing() -> re.Pattern[str]:
    return re.compile(rf"(?:を(?:{cue('doing').pattern})?(?:した)?|した|する)$")


@cache
def _compared() -> re.Pattern[str]:
    return re.compile(rf"^(.+)が({cue('compared').pattern})$")


def label_before(plain: str, masked: str, start: int, earlier: list[Figure]) -> Named:
    """The words right before a figure that name it; ('', …) when there are none."""
    floor = max(earlier[-1].span[1], earlier[-1].label_span[1]) if earlier else 0
    first = floor
    arrow = False
    for boundary in _BOUNDARY.finditer(masked, floor, start):
        first, arrow = boundary.end(), boundary.group() == "→"
    opened = _open_bracket(plain, start)
    if opened >= first:
        return _in_bracket(plain, masked, opened, (first, start))
    label = _trimmed(plain, masked, first, start, after_figure=first == floor > 0)
    if opened >= 0 and label[0]:
        return _with_outer(plain, masked, opened, label)
    if arrow and label[0] and earlier and " " in earlier[-1].label:
        # 「手続き時間 通常15分→電子5分」: the second is of the same thing.
        return f"{earlier[-1].label.rsplit(' ', 1)[0]} {label[0]}", label[1]
    return label


def _open_bracket(plain: str, start: int) -> int:
    """The position of a bracket that is still open before `start`, or -1."""
    depth = 0
    for position in range(start - 1, -1, -1):
        char = plain[position]
        depth += (char == ")") - (char == "(")
        if depth < 0:
            return position
        if char in "。\n":
            return -1
    return -1


def _in_bracket(plain: str, masked: str, opened: int, where: Span) -> Named:
    inner = _trimmed(plain, masked, opened + 1, where[1])
    outer = _trimmed(plain, masked, where[0], opened)
    if inner[0] and outer[0] and not plain[opened - 1].isspace():
        return f"{outer[0]} {inner[0]}", outer[1]
    return inner if inner[0] else outer


def _with_outer(plain: str, masked: str, opened: int, label: Named) -> Named:
    """A later figure of a bracket (`講座(3講座 視聴回数5回)`) is of what stands before it too."""
    first = 0
    for boundary in _BOUNDARY.finditer(masked, 0, opened):
        first = boundary.end()
    outer = _trimmed(plain, masked, first, opened)
    if not outer[0] or re.search(r"\d", outer[0]) or plain[opened - 1].isspace():
        return label
    return f"{outer[0]} {label[0]}", label[1]


def _trimmed(plain: str, masked: str, start: int, end: int, *, after_figure: bool = False) -> Named:
    if after_figure:
        particle = _PARTICLE.match(masked[start:end])
        start += particle.end() if particle else 0
    first, last = _without_dates(plain, masked, *_bare(masked, start, end))
    if not re.sub(r"[\0\x01\s～~・頃末]|から|まで|に", "", masked[first:last]):
        return "", (last, last)
    name = plain[first:last]
    clause = _CLAUSE.match(name) if len(name) > 15 else None
    if clause:
        first += clause.end()
    first = max(first, last - _LONGEST)
    return plain[first:last].strip(), (first, last)


def _without_dates(plain: str, masked: str, first: int, last: int) -> Span:
    """The part behind the last date names the figure (`令和5年度閲覧者` → 閲覧者); if nothing
    stands there, the part before it does. A date in brackets belongs to the name.
    """
    cut = masked.rfind("\0", first, last)
    if cut < 0 or plain[cut:last].count(")") > plain[cut:last].count("("):
        return first, last
    behind = _bare(masked, cut + 1, last, after_date=True)
    if behind[0] < behind[1]:
        return behind
    dates = re.search(r"\0[\0\s～~・:：]*$", masked[first:last])
    if not dates:
        return first, last
    last = _bare(masked, first, first + dates.start())[1]
    earlier = masked.rfind("\0", first, last)
    return _bare(masked, earlier + 1 or first, last, after_date=earlier >= 0)


def _bare(masked: str, start: int, end: int, *, after_date: bool = False) -> Span:
    lead = _LEADING.match(masked[start:end])
    first = start + (lead.end() if lead else 0)
    particle = _PARTICLE.match(masked[first:end]) if after_date else None
    first += particle.end() if particle else 0
    tail = _TRAILING.search(masked[first:end])
    return first, first + tail.start() if tail else end


def named(figure: Figure, earlier: list[Figure], plain: str, context: str) -> Figure:
    """A figure with a name.

    In this order: the noun that a 3つの counts, the words before it, the words behind it, its
    neighbour's label, the sentence's topic, the context.
    """
    counted = _COUNTED.match(plain[figure.span[1] :])
    if counted and figure.unit_key == "thing":
        return _labelled(figure, counted[1], figure.span[1] + counted.start(1))
    ratio = _of_ratio(figure, earlier, plain)
    if ratio is not None:
        return ratio
    behind = _behind(figure, plain)
    if figure.label and not _unnaming().fullmatch(figure.label):
        return _completed(figure, behind, plain)
    if behind:
        return _with_topic(figure, earlier, behind, plain)
    if counted and figure.unit_key in _SHARES:
        return _labelled(figure, counted[1], figure.span[1] + counted.start(1))
    return _from_around(figure, earlier, plain, context)


def _labelled(figure: Figure, label: str, start: int) -> Figure:
    return replace(figure, label=label, label_span=(start, start + len(label)))


def _behind(figure: Figure, plain: str) -> str:
    """The noun phrase right behind a figure (`46名が受講`), '' for the rest of a sentence."""
    match = re.match(r"[^。、\s()（）〔〕/:：\d→・]*", plain[figure.span[1] :])
    words = _doing().sub("", _PARTICLE.sub("", match.group() if match else ""))
    usable = 2 <= len(words) <= 20 and not _unnaming().fullmatch(words)
    return words if usable and not _VERBAL.search(words) else ""


def _completed(figure: Figure, behind: str, plain: str) -> Figure:
    """A label that needs the words behind: `1冊当たり3円値引`, `節約 5枚の紙を節約`."""
    if _PER.search(figure.label) and behind:
        return replace(figure, label=f"{figure.label}の{behind}")
    compared = _compared().match(figure.label)
    if compared:
        return replace(figure, label=f"{compared[1]} {compared[2]}")
    apart = plain[figure.label_span[1] : figure.span[0]] == " "
    follows = re.match(r"[のがを]", plain[figure.span[1] :])
    if apart and follows and behind:
        return _labelled(figure, behind, plain.index(behind, figure.span[1]))
    return figure


def _of_ratio(figure: Figure, earlier: list[Figure], plain: str) -> Figure | None:
    """`12.4% 5,683件/45,824件`: the second and third are the parts of the first."""
    follows = re.match(r"\s*[/／]\s*\d", plain[figure.span[1] :])
    if follows and earlier and not figure.label:
        return replace(figure, label=f"{earlier[-1].label}(分子)", label_span=figure.span)
    if earlier and earlier[-1].label.endswith("(分子)"):
        label = earlier[-1].label.replace("(分子)", "(分母)")
        return replace(figure, label=label, label_span=figure.span)
    return None


def _with_topic(figure: Figure, earlier: list[Figure], behind: str, plain: str) -> Figure:
    """`朝市は、80%が地元産`: topic and predicate name it together.

    Words that only repeat the end of the last label (`削減 3h (2分の削減)`) mean that label.
    """
    if earlier and earlier[-1].label.endswith(behind):
        start = plain.index(behind, figure.span[1])
        return replace(figure, label=earlier[-1].label, label_span=(start, start + len(behind)))
    start = plain.index(behind, figure.span[1])
    topic = re.search(r"(?:^|[。、\s])(?:特に)?([^。、\s]{2,20})は、$", plain[: figure.span[0]])
    label = behind if topic is None or _unnaming().fullmatch(topic[1]) else f"{topic[1]} {behind}"
    return replace(figure, label=label, label_span=(start, start + len(behind)))


def _from_around(figure: Figure, earlier: list[Figure], plain: str, context: str) -> Figure:
    sentence = re.search(r"(?:^|[。・])([^。・]+?)(?:した)?。\s*$", plain[: figure.span[0]])
    if sentence and figure.span[1] >= len(plain.rstrip("。 )")):
        return replace(figure, label=sentence[1].strip(), label_span=sentence.span(1))
    gap = plain[earlier[-1].span[1] : figure.span[0]] if earlier else "。"
    if earlier and not re.search(r"[。\n](?!\s*\()", gap):
        return replace(figure, label=earlier[-1].label, label_span=figure.span)
    topic = _topic(plain[: figure.span[0]])
    if topic is not None:
        return replace(figure, label=topic[1].strip("( "), label_span=topic.span(1))
    return replace(figure, label=context, label_span=figure.span)


def _topic(before: str) -> re.Match[str] | None:
    """The last topic (`総人口は、`) before a figure, not one that names nothing."""
    found = [
        match
        for match in _TOPIC.finditer(before)
        if not re.match("これ|それ|また", match[1])
        and not _unnaming().fullmatch(match[1])
        and not re.search(r"\d", match[1])
    ]
    return found[-1] if found else None


def moment_near(plain: str, when: list[Moment], span: Span, label_span: Span) -> Moment | None:
    """The year printed with a figure: before its label or number, or in brackets behind it."""
    for moment in reversed(when):
        if moment.span[1] > span[0]:
            continue
        before = plain[moment.span[1] : span[0]]
        label = plain[slice(*label_span)]
        rest = before.replace(label, "", 1) if label else before
        if re.fullmatch(r"(?:[\s:：(（のをがはも]|までに?|には?|末)*", rest):
            return moment
        break
    for moment in when:
        behind = plain[span[1] : moment.span[0]]
        colon = plain[moment.span[1] : moment.span[1] + 1] in (":", "：")
        if moment.span[0] >= span[1] and re.fullmatch(r"\s*[(（]", behind) and not colon:
            return moment
    return None
