"""The figures of a printed line: number, unit, what stands before and behind it, and its year."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from pipelines.numerals import (
    CIRCLED,
    NUMBER,
    SIGN,
    decimal_of,
    narrow,
    unit_concept,
    unit_pattern,
)

OMITTED = "〔略〕"
"""Stands in an extract where sentences were left out."""

_ERA = (
    r"(?:令和|平成|昭和|(?<![A-Za-z])[RHS])\s?(?:\d{1,2}|元)(?![\d,])(?:\([^()]{1,12}\))?年?度?末?"
)
_YEAR = re.compile(
    rf"(?=[令平昭RHS12]){_ERA}(?:\.\d{{1,2}}){{0,2}}|(?:19|20)\d\d(?:\([^()]{{1,12}}\))?年度?末?"
)
_NO_FIGURE = re.compile(
    r"(?=[\d第※注＊(\sA-Za-z])(?:24時間365日|第\s*\d+|[※注＊]\s*\d+|\d+/\d+(?=時点|現在)|\d{1,2}月(?:\d{1,2}日)?"
    r"|\d{1,2}時(?!間)(?:\d{1,2}分|半)?|(?<![\d,.])\d{1,2}:\d{2}(?![\d,.])"
    r"|^\s*(?:\(\d{1,2}\)|\d{1,3}[.．](?!\d))|(?<=\s)\(\d{1,2}\)(?=\s?\S)"
    r"|(?<![\dA-Za-z])[A-Za-z][A-Za-z.\-]*\s?\d[\d.\-]*(?![\d,.]*\s?[件人名回個%か箇円台時h])"
    r"|\d+(?:件|回|人|名|日|枚|台|月|年)?(?:当たり|あたり|につき))"
)
_BREAK = re.compile(r"[。、,()「」※■●◆・;/|:：〕\0\1→]|" + OMITTED)
_OTHER_UNIT = re.compile(r"[一-龯々ァ-ヶー]{1,5}")
_DIGIT = re.compile(r"\d")
_TOTAL = r"合計|総計|あわせて|合わせて|全部で|(?:(?<=[\s、。,(:：のはでがとも・/)])|(?<=^))計"
_NEAR = 200
"""How far before a number its name and qualifiers are looked for."""
_BEFORE = re.compile(
    rf"(?:(?P<total>{_TOTAL})|(?P<about>約|およそ|おおよそ)"
    r"|(?P<piled>延べ|のべ|累計|累積)|(?P<all>(?<![安完保健万])全))\s?(?:で|は|が|:)?\s*$"
)
_AFTER = re.compile(r"\s?(?P<least>以上|超|を超え|余り?)|\s?(?P<about>程度|ほど|前後|弱|強)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure. `value` is in `unit`, `decimals` counts the printed decimal places.

    `kind` is what units are compared by: 人 and 名 are one kind, 時間 and 分 are two; '' without a
    unit. `start` is where the number begins, `end` where its unit and qualifiers end; `label` is
    what stands before it, `year` the year printed with it, `circled` the ① before it. `marks`
    are what qualifies it: total, piled (延べ, 累計), all (全), about, least (以上); headed, when
    the cell above names it, and card, when that cell is no heading of the table.
    """

    value: Decimal
    unit: str
    kind: str
    decimals: int
    start: int
    end: int
    label: str
    printed: str
    year: str = ""
    circled: str = ""
    marks: frozenset[str] = frozenset()


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?=[\d△▲−マ-])(?P<sign>{SIGN})?(?P<number>{NUMBER})\s?(?P<unit>{unit_pattern()})?"
    )


@cache
def _kind(unit: str) -> tuple[str, str]:
    """The preferred word of a unit and what it is compared by; ('', '-') for a class (65歳)."""
    concept = unit_concept(unit)
    if concept is None:
        return unit, unit
    if concept.first("classifier"):
        return "", "-"
    dimension = concept.first("dimension", concept.notation)
    return concept.ja, concept.notation if dimension == "time" else dimension


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a line in printed order; dates, numbering and names are none."""
    if not _DIGIT.search(text):
        return ()
    plain = narrow(text)
    masked, years = _masked(plain)
    found: list[Figure] = []
    previous = 0
    for match in _pattern().finditer(masked):
        unit, kind = _kind(match["unit"] or "")
        other = None if kind else _OTHER_UNIT.match(masked, match.end())
        if other:  # a unit that the vocabulary does not have (12施策)
            unit, kind = other[0], f"?{other[0]}"
        before = masked[max(0, match.start() - 1) : match.start()]
        if kind == "-" or (before.isascii() and before.isalnum()):
            continue
        one = _figure(plain, masked, match, (unit, kind), previous, years)
        if found and "total" in found[-1].marks and not masked[previous : one.start].strip():
            one = replace(one, marks=one.marks | {"total"})  # 計59回 317人
        found.append(one)
        previous = one.end
    return tuple(found)


def _masked(plain: str) -> tuple[str, list[re.Match[str]]]:
    years = list(_YEAR.finditer(plain))
    chars = list(plain)
    for year in years:
        chars[year.start() : year.end()] = "\0" * (year.end() - year.start())
    for match in _NO_FIGURE.finditer("".join(chars)):
        chars[match.start() : match.end()] = "\1" * (match.end() - match.start())
    return "".join(chars), years


def _figure(
    plain: str,
    masked: str,
    match: re.Match[str],
    unit: tuple[str, str],
    previous: int,
    years: Sequence[re.Match[str]],
) -> Figure:
    gap = masked[max(previous, match.start() - _NEAR) : match.start()]
    marks: set[str] = set()
    while behind := _BEFORE.search(gap):
        marks |= {name for name, word in behind.groupdict().items() if word}
        gap = gap[: behind.start()]
    end = match.end() + (len(unit[0]) if unit[1].startswith("?") else 0)
    printed = plain[match.start() : end].strip()
    if after := _AFTER.match(masked, end):
        marks |= {name for name, word in after.groupdict().items() if word}
        end = after.end()
    pieces = _BREAK.split(gap.rstrip(": "))
    last = bisect_right([year.end() for year in years], match.start()) - 1
    near = last >= 0 and years[last].start() >= previous
    ring = re.search(rf"[{CIRCLED}](?=[^{CIRCLED}]*$)", gap)
    return Figure(
        value=decimal_of(match["number"], match["sign"] or ""),
        unit=unit[0],
        kind=unit[1],
        decimals=len(match["number"].partition(".")[2]) if match["number"][-1].isdigit() else 0,
        start=match.start(),
        end=end,
        label=re.sub(rf"[{CIRCLED}]|^[はがのをに]", "", pieces[-1]).strip(),
        printed=printed,
        year=plain[years[last].start() : years[last].end()] if near else "",
        circled=ring[0] if ring else "",
        marks=frozenset(marks),
    )
