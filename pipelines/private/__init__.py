"""What in a text belongs to a person, and how to speak of it without saying it.

The checks report it before anything is published, and every finding goes out with it masked. The
rules are cautious on purpose: an alarm that is false is read by a clerk in vain every time.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipelines.model import Finding
from pipelines.private.contacts import emails, is_contact, phones
from pipelines.private.folding import folded
from pipelines.private.my_number import my_numbers
from pipelines.private.names import cues, field_names, is_field, names
from pipelines.private.part import Kind, Private

__all__ = ["Kind", "Private", "is_contact", "is_field", "masked", "masked_finding", "private_parts"]

_NUMBER = r"(?:[0-9０-９][^0-9０-９]{0,4}){5}[0-9０-９]"
_AT = r"[@＠]|[Aa][Tt]|アット"
_OF_AN_OFFICE = frozenset({"phone-office", "email-office"})


def private_parts(text: str, heading: str = "") -> list[Private]:
    """What belongs to a person in a text, in its order; no two overlap.

    `heading` is that of the text's column: below 氏名 every value is taken for a name.
    """
    if not heading and not _worth_reading().search(text):
        return []
    plain = folded(text)
    found = [*my_numbers(plain), *phones(plain), *emails(plain)]
    found += [*field_names(plain, folded(heading)), *names(plain)]
    kept: list[Private] = []
    for part in found:
        if all(part.end <= other.start or other.end <= part.start for other in kept):
            kept.append(part)
    return sorted(kept, key=lambda part: part.start)


@cache
def _worth_reading() -> re.Pattern[str]:
    """What any of the rules needs: most texts have nothing of it."""
    return re.compile("|".join([_AT, *map(re.escape, cues()), _NUMBER]))


def masked(text: str) -> str:
    """The text with everything masked that belongs to a person; what is an office's stays."""
    for part in reversed(private_parts(text)):
        if part.kind not in _OF_AN_OFFICE:
            text = text[: part.start] + part.shown + text[part.end :]
    return text


def masked_finding(finding: Finding) -> Finding:
    """The finding with every text masked; the same one when nothing in it belongs to a person."""
    clean = replace(
        finding,
        row_id=masked(finding.row_id),
        place=masked(finding.place),
        found=masked(finding.found),
        expected=masked(finding.expected),
        message=masked(finding.message),
        message_en=masked(finding.message_en),
        fix=masked(finding.fix),
        fix_en=masked(finding.fix_en),
    )
    return finding if clean == finding else clean
