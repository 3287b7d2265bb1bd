"""Sentences of a plan as words of ours and values of strangers, kept apart.

A rendering must know which part of a sentence came from outside: HTML and Markdown isolate and
escape it. Values are made harmless (`text.clean`) and short here already.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter
from typing import Any

from pipelines.publish.plan.messages import MESSAGES
from pipelines.publish.plan.text import clean, cut, cut_pair

Language = str
"""`ja`; anything else is English."""
VALUE_WIDTH = 80
SENTENCE_WIDTH = 500
_FORMATTER = Formatter()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence. `kind` is '' for words of ours, else it came from outside: `value`,
    `before`, `after` (of a change), or `sentence`.
    """

    text: str
    kind: str = ""


Words = tuple[Part, ...]


def say(language: Language, key: str, **values: str | int | Words) -> Words:
    """The message of `messages.py` in a language. Strings are values of strangers and become one
    harmless line of at most `VALUE_WIDTH` characters; numbers get separators of thousands.
    """
    template = MESSAGES[key][0 if language == "ja" else 1]
    parts: list[Part] = []
    for literal, name, form, _ in _FORMATTER.parse(template):
        if literal:
            parts.append(Part(literal))
        if name is None:
            continue
        given = values[name]
        if form == "s":
            parts.append(Part("" if given == 1 else "s"))
        elif isinstance(given, int):
            parts.append(Part(f"{given:,}"))
        else:
            words = given if isinstance(given, tuple) else value(given, language)
            parts += _of_change(words, name)
    return tuple(parts)


def _of_change(words: Words, name: str) -> Words:
    if name not in {"before", "after"}:
        return words
    return tuple(Part(part.text, name if part.kind else "") for part in words)


def value(text: str, language: Language, width: int = VALUE_WIDTH) -> Words:
    """A stranger's text; an empty one is said to be empty in words of ours."""
    if not text:
        return (Part(MESSAGES["missing"][0 if language == "ja" else 1]),)
    return (Part(cut(clean(text), width), "value"),)


def value_pair(
    before: Any, after: Any, language: Language, width: int = VALUE_WIDTH
) -> tuple[Words, Words]:
    """Two JSON values, cut so that their first difference can be seen."""
    old, new = cut_pair(clean(as_text(before)), clean(as_text(after)), width)
    return value(old, language, width + 1), value(new, language, width + 1)


def sentence(text: str) -> Words:
    """A sentence that was made elsewhere and may hold values of strangers."""
    return (Part(cut(clean(text), SENTENCE_WIDTH), "sentence"),)


def as_text(found: Any) -> str:
    """A JSON value as text: strings as they are, None as '', anything else as JSON."""
    if found is None:
        return ""
    if isinstance(found, str):
        return found
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def joined(parts: Iterable[Words], language: Language) -> Words:
    """The parts with commas between them."""
    comma = Part("、" if language == "ja" else ", ")
    found: list[Part] = []
    for part in parts:
        if found:
            found.append(comma)
        found += part
    return tuple(found)


def names(written: Iterable[str], count: int, most: int, language: Language) -> Words:
    """The first `most` of `count` names, and how many more there are."""
    shown = [value(name, language, 60) for name in list(written)[:most]]
    if count > len(shown):
        shown.append(say(language, "more", n=count - len(shown)))
    return joined(shown, language)


def plain(words: Words) -> str:
    """The sentence as plain text."""
    return "".join(part.text for part in words)
