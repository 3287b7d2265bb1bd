"""Numbers as printed, with their qualifiers; the numbers alone are those of `numerals`."""

from __future__ import annotations

import re
from functools import cache

from pipelines.numerals import narrow
from pipelines.vocabulary import scheme


@cache
def qualifier_pattern(side: str) -> str:
    """A regular expression for the qualifiers on a side of the number (`before`, `after`).

    A qualifier that is the end of another word (`予約` for 約) does not match.
    """
    found = []
    for label, concept in scheme("qualifiers").labels():
        if concept.first("side") != side or label.isascii():
            continue
        ends = concept.first("notAfter") if len(label) == 1 else ""
        found.append((f"(?<![{ends}])" if ends else "") + re.escape(label))
    return "|".join(found)


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


def bracket_qualifier(text: str) -> str:
    """The qualifier that a bracket at the start of `text` holds (`(累計)`), or ''."""
    match = re.match(rf"\s*\(({qualifier_pattern('before')})\)", narrow(text))
    return qualifier_name(match[1]) if match else ""
