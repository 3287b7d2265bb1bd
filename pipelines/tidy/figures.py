"""Labelled figures in running text: number, unit, what is counted, how it is qualified.

`利用回数413件` is 413 件 of 利用回数; `延べ3,588人` is qualified by 延べ; in `5～15分` both
ends are figures. Dates, numbering, ages that name a class (65歳以上) and digits inside names
are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from pipelines.tidy.text import CIRCLED, OMITTED, narrow
from pipelines.tidy.years import Moment, moments
from pipelines.vocabulary import Concept, scheme

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MULTIPLIERS = {"千": 1_000, "万": 10_000, "億": 100_000_000, "": 1}

_NOT_FIGURES = re.compile(
    r"第\s*\d+|法律?第?\d+号|[A-Za-z][A-Za-z.-]*\s?\d[\d.:-]*(?![\d,]*\s?[件人名回])|"
    r"[A-Z]\s\d{3,}[-\d:]*|\d+/\d+時点|"
    r"\d{1,2}月(?:\d{1,2}日)?|\d{1,2}時(?!間)半?|※\d+|^\s*\(\d+\)|^\s*\d{1,3}[.．](?!\d)|(?<=\s)\(\d{1,2}\)(?=\s?\S)|"
    r"\d+(?=(?:件|回|人|名|日|枚|台)?(?:当たり|あたり|につき))"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text. `value` is in `unit` (1.4万人 → 14000 人); `span` covers the number
    with its qualifiers and unit, `label_span` what names it, both in `source`; `moment` is the
    year printed with it.
    """

    value: Decimal
    unit: str
    unit_key: str
    label: str
    qualifier: str
    span: tuple[int, int]
    label_span: tuple[int, int]
    source: str = ""
    moment: Moment | None = None

    @property
    def printed(self) -> str:
        """The printed words of the figure, from its label to its unit."""
        start = min(self.span[0], self.label_span[0])
        return self.source[start : max(self.span[1], self.label_span[1])].strip()


@cache
def unit_pattern() -> str:
    """A regular expression for any unit of the vocabulary, longest first."""
    found = [
        label
        for label, _ in scheme("units").labels()
        if not re.fullmatch(r"[A-Za-z ()]{3,}", label)
    ]
    return "|".join(re.escape(narrow(label)) for label in found)


@cache
def _qualifiers(side: str) -> str:
    found = [
        label
        for label, concept in scheme("qualifiers").labels()
        if concept.first("side") == side and not label.isascii()
    ]
    return "|".join(re.escape(label) for label in found)


@cache
def _figure_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>(?:(?:{_qualifiers('before')})\s*)*)(?P<sign>[△▲\-−](?=\d))?(?P<number>{NUMBER})"
        rf"(?P<multiplier>[千万億]?)\s?(?P<unit>{unit_pattern()})?(?P<after>{_qualifiers('after')})?"
    )


def unit_concept(printed: str) -> Concept | None:
    """The unit that a printed word means, or None."""
    return scheme("units").match(printed) if printed else None


def qualifier_name(printed: str) -> str:
    """The preferred label of a printed qualifier (`のべ` → 延べ); several are joined by `;`."""
    found = []
    rest = printed.strip()
    while rest:
        for label, concept in scheme("qualifiers").labels():
            if rest.startswith(label):
                found.append(concept.ja)
                rest = rest[len(label) :].strip()
                break
        else:
            break
    return ";".join(found)


def decimal_of(number: str, multiplier: str = "", sign: str = "") -> Decimal:
    """`1.4`, `万` → 14000; zeros stay as printed (38.0) unless a multiplier was applied."""
    value = Decimal(number.replace(",", ""))
    if multiplier:
        value = value * _MULTIPLIERS[multiplier]
        value = value.to_integral_value() if value == value.to_integral_value() else value
    return -value if sign else value


def _masked(plain: str, when: list[Moment]) -> str:
    # \0 stands for a date, \1 for other digits that are no figures; positions stay.
    chars = list(plain)
    for match in _NOT_FIGURES.finditer(plain):
        chars[match.start() : match.end()] = "\1" * (match.end() - match.start())
    for moment in when:
        chars[slice(*moment.span)] = "\0" * (moment.span[1] - moment.span[0])
    return "".join(chars)


def figures(text: str, context: str = "") -> list[Figure]:
    """The figures of a text in printed order. `context` names what has no label of its own."""
    plain = narrow(text)
    when = moments(text)
    masked = _masked(plain, when)
    found: list[Figure] = []
    matches = [m for m in _figure_pattern().finditer(masked) if _is_figure(masked, m)]
    for index, match in enumerate(matches):
        unit = match["unit"] or _shared_unit(masked, matches, index)
        concept = unit_concept(unit)
        if concept is not None and concept.first("classifier"):
            continue
        label, label_span = _label(plain, masked, match, found)
        figure = Figure(
            value=decimal_of(match["number"], match["multiplier"], match["sign"] or ""),
            unit=concept.ja if concept else unit,
            unit_key=concept.notation if concept else "",
            label=label,
            qualifier=qualifier_name((match["before"] or "") + (match["after"] or "")),
            span=match.span(),
            label_span=label_span,
            source=text,
            moment=_moment_near(plain, when, match.span(), label_span),
        )
        found.append(_qualified(_completed(figure, found, plain, context)))
    return _with_ranges(found, plain)


def _qualified(figure: Figure) -> Figure:
    """A qualifier in brackets at the end of the label (`ユーザー数（累計）`) qualifies too."""
    named = re.search(rf"\(({_qualifiers('before')})\)$", figure.label)
    if not named or figure.qualifier:
        return figure
    return replace(figure, qualifier=qualifier_name(named[1]))


def _is_figure(masked: str, match: re.Match[str]) -> bool:
    start, end = match.start("number"), match.end()
    if masked[start - 1 : start].isascii() and masked[start - 1 : start].isalnum():
        return False
    if match["unit"]:
        unit = unit_concept(match["unit"])
        # 年 behind a number is a span of time here: calendar years were masked as dates.
        tail = masked[match.end("unit") : match.end("unit") + 1]
        return not (unit and unit.notation == "day" and tail == "付")
    before, after = masked[:start].rstrip(), masked[end:].lstrip()
    labelled = bool(re.search(r"[:：]$", before))
    ranged = bool(re.match(rf"[～~-]\s*{NUMBER}\s?(?:{unit_pattern()})", after))
    return labelled or ranged or bool(re.match(r"のうち|中", after))


def _shared_unit(masked: str, matches: list[re.Match[str]], index: int) -> str:
    """A number without a unit has the one of the range's end, of the next or of the last figure."""
    following = [m["unit"] for m in matches[index + 1 :] if m["unit"]]
    earlier = [m["unit"] for m in matches[:index] if m["unit"]]
    if re.match(r"\s*(?:[～~-]|のうち|中)", masked[matches[index].end() :]):
        return following[0] if following else ""
    return earlier[-1] if earlier else ""


_BOUNDARY = re.compile(rf"[。、\n,;→{CIRCLED}■□※]|(?:^|\s)・|{re.escape(OMITTED)}|[/／]")
_TRAILING = re.compile(
    r"(?:[\s:：=,、「」]|\((?=$)|年間|毎年|として|により|による|について|から|まで|には|では|とは"
    r"|は|が|を|に|で|と|の|も|うち|中)+$"
)
_LEADING = re.compile(
    r"^(?:[\s:：)、。・」]|\([\0末頃現在時点]+\)|\x01{3,}|(?:うち|また|及び|および|頃|までに|までの|まで|には)"
    r"|[のを](?=\S))+"
)
_PARTICLE = re.compile(r"^(?:から|まで|より|[のをがはにでとも]|中)+")
_UNNAMING = re.compile(
    r"[ぁ-ゖー]*|(?:今後|当市|本市|本町|当町|本村|当村|推進計画|本計画)(?:で|は|の)?|.*(?:介して|でき|おり)"
)
"""Words that name nothing: hiragana alone, the municipality itself, the end of a clause."""

_VERBAL = re.compile(r"(?:すると|ます|です|した|する|され|し|れる|あたる|と比較|なる)$")
_TOPIC = re.compile(r"(?:^|[。、])([^。、]{2,40}?)(?:は|については)、?")


def _label(
    plain: str, masked: str, match: re.Match[str], earlier: list[Figure]
) -> tuple[str, tuple[int, int]]:
    floor = earlier[-1].span[1] if earlier else 0
    if earlier:
        # What was printed behind the last figure and named it is not this one's label.
        floor = max(floor, earlier[-1].label_span[1])
    start = floor
    for boundary in _BOUNDARY.finditer(masked, floor, match.start()):
        start = boundary.end()
    opened = plain.rfind("(", start, match.start())
    if opened >= 0 and ")" not in plain[opened : match.start()]:
        inner = _trimmed(plain, masked, opened + 1, match.start())
        if inner[0]:
            return inner
        return _trimmed(plain, masked, start, opened)
    return _trimmed(plain, masked, start, match.start(), after_figure=start == floor > 0)


def _trimmed(
    plain: str, masked: str, start: int, end: int, *, after_figure: bool = False
) -> tuple[str, tuple[int, int]]:
    if after_figure:
        particle = _PARTICLE.match(masked[start:end])
        start += particle.end() if particle else 0
    first, last = _bare(masked, start, end)
    cut = masked.rfind("\0", first, last)
    if cut >= 0:
        # The part behind the last date names the figure (「令和5年度閲覧者」 → 閲覧者); if
        # nothing stands there, the part before the date does.
        behind = _bare(masked, cut + 1, last)
        if plain[cut:last].count(")") > plain[cut:last].count("("):
            behind = (last, last)  # the date stands inside brackets that belong to the name
        elif behind[0] < behind[1]:
            first, last = behind
        else:
            dates = re.search(r"\0[\0\s～~・:：]*$", masked[first:last])
            if dates:
                last = _bare(masked, first, first + dates.start())[1]
                first, last = _bare(masked, masked.rfind("\0", first, last) + 1 or first, last)
    if not re.sub(r"[\0\x01\s～~・頃末]|から|まで|に", "", masked[first:last]):
        return "", (last, last)
    name = plain[first:last]
    if len(name) > 40:
        first, name = last - 40, plain[last - 40 : last]
    return name.strip(), (first, last)


def _bare(masked: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEADING.match(masked[start:end])
    first = start + (lead.end() if lead else 0)
    tail = _TRAILING.search(masked[first:end])
    last = first + tail.start() if tail else end
    return first, last


def _completed(figure: Figure, earlier: list[Figure], plain: str, context: str) -> Figure:
    """A figure without a label takes the words behind it, its neighbour's label, the sentence's
    topic or the context, in this order.
    """
    if figure.label and not _UNNAMING.fullmatch(figure.label):
        return figure
    behind = re.match(r"[^。、\s()（）〔〕/:：\d→・]*", plain[figure.span[1] :])
    words = _PARTICLE.sub("", behind.group() if behind else "")
    words = re.sub(r"(?:を達成|を|した|する|を想定|を超え)$", "", words)
    if 2 <= len(words) <= 20 and not _UNNAMING.fullmatch(words) and not _VERBAL.search(words):
        start = plain.index(words, figure.span[1])
        return replace(figure, label=words, label_span=(start, start + len(words)))
    sentence = re.search(r"(?:^|[。・])([^。・]+?)(?:した)?。\s*$", plain[: figure.span[0]])
    if sentence and figure.span[1] >= len(plain.rstrip()):
        return replace(figure, label=sentence[1].strip(), label_span=sentence.span(1))
    gap = plain[earlier[-1].span[1] : figure.span[0]] if earlier else "。"
    if earlier and not re.search(r"[。\n](?!\s*\()", gap):
        return replace(figure, label=earlier[-1].label, label_span=figure.span)
    topic = _topic(plain[: figure.span[0]])
    if topic is not None:
        return replace(figure, label=topic[1].strip("( "), label_span=topic.span(1))
    return replace(figure, label=context, label_span=figure.span)


def _topic(before: str) -> re.Match[str] | None:
    """The last topic (`本市の総人口は、`) before a figure, not one that names nothing."""
    found = [
        match
        for match in _TOPIC.finditer(before)
        if not re.match("これ|それ|また", match[1])
        and not _UNNAMING.fullmatch(match[1])
        and not re.search(r"\d", match[1])
    ]
    return found[-1] if found else None


def _moment_near(
    plain: str, when: list[Moment], span: tuple[int, int], label_span: tuple[int, int]
) -> Moment | None:
    """The year printed with a figure: before its label or number, or in brackets behind it."""
    for moment in reversed(when):
        if moment.span[1] > span[0]:
            continue
        before = plain[moment.span[1] : span[0]]
        label = plain[slice(*label_span)]
        rest = before.replace(label, "", 1) if label else before
        if re.fullmatch(r"(?:[\s:：(（のを]|までに?|には?|末)*", rest):
            return moment
        break
    for moment in when:
        behind = plain[span[1] : moment.span[0]]
        colon = plain[moment.span[1] : moment.span[1] + 1] in (":", "：")
        if moment.span[0] >= span[1] and re.fullmatch(r"\s*[(（]", behind) and not colon:
            return moment
    return None


def _with_ranges(found: list[Figure], plain: str) -> list[Figure]:
    result = list(found)
    for index, (left, right) in enumerate(pairwise(found)):
        if re.fullmatch(r"\s*[～~]\s*", plain[left.span[1] : right.span[0]]):
            result[index] = replace(result[index], qualifier="下限")
            result[index + 1] = replace(right, label=left.label, qualifier="上限")
    return result
