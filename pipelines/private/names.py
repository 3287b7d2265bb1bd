"""Names of people in a text, by a cautious rule.

There is no directory of names here. A name is found by what stands around it: a word of respect
(山田 太郎さん), a post (委員 山田太郎), or the heading of a field (氏名：山田太郎). Running
together with such a word it must begin with a frequent surname, or be three to five kanji before
氏, which stands behind names alone. Whatever holds a word of `:nobody` in vocab/persons.ttl
(利用者様), or ends as an office, a place or a role does, is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipelines.private.part import Kind, Private
from pipelines.private.words import any_of, words

_KANJI = r"[\u3400-\u9fff々ヶ\uf900-\ufaff\U00020000-\U0003ffff]"
_KANA = r"[ぁ-ゖ]{2,4}(?![ぁ-ゖ])|[ァ-ヺー]{2,5}(?![ァ-ヺー])"
_GIVEN = rf"{_KANJI}{{1,3}}"
# How what is counted, ranked or housed ends, which no given name does.
_BODY = "課部係室局署者員会社店館所校園院庁"
_ROLE = re.compile(f"[{_BODY}市町村県府都区郡年月日号第性用等各両全毎内外役側民域様式点線駅港]$")
# What stands in words for places, offices, trades and firms, and in no given name.
_NEVER = re.compile("[県市町村区課部係局署会社組店館校院所園員者業産機車設製河]|^(?:士|師)$")
_FAR = 10
"""How many signs a name takes with the blanks around it, and one more; so far from its cue it may
begin or end."""

# Words with such a sign inside or at their end: 氏名, 仕様, 様式, 皆さん, 御殿.
_END = {
    "氏": r"(?<![同両各諸姓])氏(?![名神族子])",
    "様": r"(?<![同仕多模異有皆各何今])様(?![々式子相態な])",
    "さん": r"(?<![皆客])さん(?![かぎせぶぷみ])",
    "殿": r"(?<![宮御神本社])殿(?!堂)",
}


@dataclass(frozen=True, slots=True)
class _Rules:
    """The patterns made of vocab/persons.ttl; a name stands beside a `cue`."""

    cue: re.Pattern[str]
    shapes: tuple[re.Pattern[str], ...]
    field: re.Pattern[str]
    heading: re.Pattern[str]
    nobody: frozenset[str]


def names(text: str) -> Iterator[Private]:
    """The names in a folded text beside a word of respect or a post."""
    rules = _rules()
    told: set[int] = set()
    for cue in rules.cue.finditer(text):
        start, end = max(0, cue.start() - _FAR), cue.end() + _FAR
        for shape in rules.shapes:
            for found in shape.finditer(text, start, end):
                if found.start("name") not in told and _is_name(found, rules):
                    told.add(found.start("name"))
                    yield _private("name", found.start("name"), found["name"])


def field_names(text: str, heading: str) -> Iterator[Private]:
    """The names in a folded text that fill a field: `氏名：山田太郎`, or a cell below 氏名."""
    rules = _rules()
    prefix = "氏名:" if heading and is_field(heading) else ""
    if not prefix and not rules.heading.search(text):
        return
    for found in rules.field.finditer(prefix + text):
        if _is_name(found, rules):
            yield _private("name-field", found.start("name") - len(prefix), found["name"])


def is_field(heading: str) -> bool:
    """Whether the values below a heading are names of people."""
    return bool(_rules().heading.fullmatch(heading.strip()))


def cues() -> list[str]:
    """The words of which one at least stands in every text with a name."""
    return [word for one in ("honorific", "title", "field") for word in words(one)]


def _private(kind: Kind, start: int, name: str) -> Private:
    shown = name[0] + re.sub(r"\S", "○", name[1:])
    return Private(kind, start, start + len(name), name.replace(" ", ""), shown)


def _is_name(found: re.Match[str], rules: _Rules) -> bool:
    name = found["name"].replace(" ", "")
    first, given = _split(found["name"])
    if not given:
        return True
    if _ROLE.search(name) or _NEVER.search(given) or (first[-1] in _BODY and not _known(first)):
        return False
    if len(given) == 1 and (len(first) == 1 or not _known(first)):
        return False  # 保育 士, 林 業
    return not any(
        part in rules.nobody or any(word in part for word in rules.nobody if len(word) > 1)
        for part in (name, first, given)
    )


def _split(name: str) -> tuple[str, str]:
    """Surname and given name, '' where there is none; of what runs together by the surnames that
    are known, else after the second sign.
    """
    first, _, given = name.partition(" ")
    if given:
        return first, given
    for surname in words("surname"):
        if name.startswith(surname):
            return surname, name.removeprefix(surname)
    return name[:2], name[2:]


def _known(surname: str) -> bool:
    return surname in _surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words("surname"))


@cache
def _rules() -> _Rules:
    respect = "|".join(_END.get(word, re.escape(word)) for word in words("honorific"))
    posts = any_of("title")
    fields = any_of("field")
    long = "|".join(re.escape(word) for word in words("surname") if len(word) > 1)
    every = any_of("surname")
    start = rf"(?<!{_KANJI})"
    known = rf"(?:(?:{every}) (?:{_GIVEN}|{_KANA})|(?:{long}){_GIVEN})"
    apart = rf"{_KANJI}{{1,3}} {_GIVEN}"
    behind = rf" ?(?:{respect}|(?:{posts})(?!{_KANJI}))"
    stop = r"(?= |$|[、,。.)(」/;:\]】がはをにとへのもや])"
    return _Rules(
        cue=re.compile(f"{respect}|{posts}"),
        shapes=(
            re.compile(rf"{start}(?P<name>{known}){behind}"),
            re.compile(rf"{start}(?P<name>{apart}) ?(?:{respect})"),
            re.compile(rf"{start}(?P<name>{long})(?:{respect})"),
            re.compile(rf"{start}(?P<name>{_KANJI}{{3,5}}){_END['氏']}"),
            re.compile(rf"(?:{posts})[ :]*(?P<name>{known}){stop}"),
        ),
        field=re.compile(
            rf"(?:{fields})[ :]*:[ ]*(?P<name>{known}|{apart}|{_KANJI}{{3,5}})(?!{_KANJI})"
        ),
        heading=re.compile(fields),
        nobody=frozenset({*words("nobody"), *words("field"), *words("contact")}),
    )
