"""Labelled figures in running text: number, unit, what is counted, how it is qualified.

`利用回数413件` is 413 件 of 利用回数; `延べ3,588人` is qualified by 延べ; in `5～15分` both
ends are figures. Dates, numbering, ages that name a class (65歳以上) and digits inside names
are none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from pipelines.tidy.figure import Figure
from pipelines.tidy.labels import label_before, moment_near, named
from pipelines.tidy.text import narrow
from pipelines.tidy.years import Moment, moments
from pipelines.vocabulary import Concept, scheme

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MULTIPLIERS = {"千": 1_000, "万": 10_000, "億": 100_000_000, "": 1}

_NOT_FIGURES = re.compile(
    r"24時間365日|第\s*\d+|法律?第?\d+号|[A-Za-z][A-Za-z.-]*\s?\d[\d.:-]*(?![\d,]*\s?[件人名回])|"
    r"[A-Z]\s\d{3,}[-\d:]*|\d+/\d+時点|"
    r"\d{1,2}月(?:\d{1,2}日)?|\d{1,2}時(?!間)半?|※\d+|^\s*\(\d+\)|^\s*\d{1,3}[.．](?!\d)|(?<=\s)\(\d{1,2}\)(?=\s?\S)|"
    r"\d+(?=(?:件|回|人|名|日|枚|台)?(?:当たり|あたり|につき))"
)


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
        label, label_span = label_before(plain, masked, match.start(), found)
        figure = Figure(
            value=decimal_of(match["number"], match["multiplier"], match["sign"] or ""),
            unit=concept.ja if concept else unit,
            unit_key=concept.notation if concept else "",
            label=label,
            qualifier=qualifier_name((match["before"] or "") + (match["after"] or "")),
            span=match.span(),
            label_span=label_span,
            source=text,
            moment=moment_near(plain, when, match.span(), label_span),
        )
        found.append(_qualified(named(figure, found, plain, context)))
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


def _with_ranges(found: list[Figure], plain: str) -> list[Figure]:
    result = list(found)
    for index, (left, right) in enumerate(pairwise(found)):
        if re.fullmatch(r"\s*[～~]\s*", plain[left.span[1] : right.span[0]]):
            result[index] = replace(result[index], qualifier="下限")
            result[index + 1] = replace(right, label=left.label, qualifier="上限")
    return result


def is_time_span(figure: Figure) -> bool:
    """Durations (5年間) say how long a goal runs, not what is to be reached."""
    concept = next((u for u in scheme("units") if u.notation == figure.unit_key), None)
    return concept is not None and concept.first("dimension") in {"year", "month"}
