"""Labelled figures in running text: number, unit, what is counted, how it is qualified.

`利用回数413件` is 413 件 of 利用回数; `延べ3,588人` is qualified by 延べ; in `5～15分` both
ends are figures. Dates, times of day, numbering, ages that name a class (65歳以上) and digits
inside names are none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from pipelines.numerals import NUMBER, SIGN, decimal_of, unit_concept, unit_pattern
from pipelines.tidy.figure import Figure
from pipelines.tidy.labels import label_before, moment_near, named
from pipelines.tidy.numbers import bracket_qualifier, qualifier_name, qualifier_pattern
from pipelines.tidy.text import narrow
from pipelines.tidy.years import Moment, moments
from pipelines.vocabulary import scheme

_NOT_FIGURES = re.compile(
    r"24時間365日|第\s*\d+|法律?第?\d+号"
    r"|(?<![\dA-Za-z])[A-Za-z][A-Za-z.-]*\s?\d[\d.:-]*(?![\d,]*\s?[件人名回])"
    r"|[A-Z]\s\d{3,}[-\d:]*|\d+/\d+時点|\d{1,2}月(?:\d{1,2}日)?"
    r"|\d{1,2}時(?!間)(?:\d{1,2}分|半)?|(?<![\d,.])\d{1,2}[:：]\d{2}(?![\d,.])"
    r"|※\d+|^\s*\(\d+\)|^\s*\d{1,3}[.．](?!\d)|(?<=\s)\(\d{1,2}\)(?=\s?\S)"
    r"|\d+(?=(?:件|回|人|名|日|枚|台)?(?:当たり|あたり|につき))"
)
_SEGMENT = 600
"""Longer texts are read sentence by sentence: naming a figure looks back over its text."""


@cache
def _figure_pattern() -> re.Pattern[str]:
    before, after = qualifier_pattern("before"), qualifier_pattern("after")
    return re.compile(
        rf"(?P<before>(?:(?:{before})\s?){{0,3}})(?P<sign>{SIGN})?(?P<number>{NUMBER})"
        rf"\s?(?P<unit>{unit_pattern()})?(?P<after>{after})?"
    )


def figures(text: str, context: str = "") -> list[Figure]:
    """The figures of a text in printed order. `context` names what has no label of its own."""
    if len(text) <= _SEGMENT:
        return _figures(text, context)
    found: list[Figure] = []
    for start, end in _segments(text):
        for figure in _figures(text[start:end], context):
            span = (figure.span[0] + start, figure.span[1] + start)
            label_span = (figure.label_span[0] + start, figure.label_span[1] + start)
            found.append(replace(figure, span=span, label_span=label_span, source=text))
    return found


def _segments(text: str) -> list[tuple[int, int]]:
    """Cuts a long text behind full stops, blanks or, without either, anywhere."""
    found, start = [], 0
    while start < len(text):
        end = min(start + _SEGMENT, len(text))
        if end < len(text):
            cut = max(text.rfind("。", start, end), text.rfind(" ", start, end))
            end = cut + 1 if cut > start else end
        found.append((start, end))
        start = end
    return found


def _masked(plain: str, when: list[Moment]) -> str:
    # NUL stands for a date, SOH for other digits that are no figures; positions stay.
    chars = list(plain)
    for match in _NOT_FIGURES.finditer(plain):
        chars[match.start() : match.end()] = "\1" * (match.end() - match.start())
    for moment in when:
        chars[slice(*moment.span)] = "\0" * (moment.span[1] - moment.span[0])
    return "".join(chars)


def _figures(text: str, context: str) -> list[Figure]:
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
            value=decimal_of(match["number"], match["sign"] or ""),
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
    """A qualifier in brackets behind the label (`利用者（累計）`) or the number qualifies too."""
    if figure.qualifier:
        return figure
    in_label = re.search(r"(\([^()]*\))$", figure.label)
    found = bracket_qualifier(in_label[1]) if in_label else ""
    found = found or bracket_qualifier(figure.source[figure.span[1] :][:12])
    return replace(figure, qualifier=found) if found else figure


def _is_figure(masked: str, match: re.Match[str]) -> bool:
    start, end = match.start("number"), match.end()
    before = masked[max(0, start - 1) : start]
    if before.isascii() and before.isalnum():
        return False
    if match["unit"]:
        return True
    behind = masked[end : end + 40].lstrip()
    labelled = bool(re.search(r"[^\d\s][:：]\s*$", masked[max(0, start - 4) : start]))
    ranged = bool(re.match(rf"[～~\-]\s*{NUMBER}\s?(?:{unit_pattern()})", behind))
    return labelled or ranged or bool(re.match(r"のうち|中", behind))


def _shared_unit(masked: str, matches: list[re.Match[str]], index: int) -> str:
    """A number without a unit has the one of the range's end, of the next or of the last figure."""
    following = [m["unit"] for m in matches[index + 1 : index + 9] if m["unit"]]
    earlier = [m["unit"] for m in matches[max(0, index - 9) : index] if m["unit"]]
    end = matches[index].end()
    if re.match(r"\s*(?:[～~\-]|のうち|中)", masked[end : end + 8]):
        return following[0] if following else ""
    return earlier[-1] if earlier else ""


def _with_ranges(found: list[Figure], plain: str) -> list[Figure]:
    result = list(found)
    for index, (left, right) in enumerate(pairwise(found)):
        if re.fullmatch(r"\s*[～~\-]\s*", plain[left.span[1] : right.span[0]]):
            result[index] = replace(result[index], qualifier="下限")
            result[index + 1] = replace(right, label=left.label, qualifier="上限")
    return result


def is_time_span(figure: Figure) -> bool:
    """Durations (5年間) say how long a goal runs, not what is to be reached."""
    concept = next((u for u in scheme("units") if u.notation == figure.unit_key), None)
    return concept is not None and concept.first("dimension") in {"year", "month"}
