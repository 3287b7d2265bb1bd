"""From values to terms: what is compared when somebody searches."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from .schema import SearchError

# Solr's longest term in a string field, in bytes.
LONGEST = 32766
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_NOW = re.compile(r"NOW(?:([+-]\d+)(SECOND|MINUTE|HOUR|DAY|MONTH|YEAR)S?)?(?:/[A-Z]+)?")
_SECONDS = {
    "SECOND": 1,
    "MINUTE": 60,
    "HOUR": 3600,
    "DAY": 86400,
    "MONTH": 30 * 86400,
    "YEAR": 365 * 86400,
}
# As the analyser that CKAN's schema names: a word ends between letters and digits and where a
# capital follows a small letter. A run of Japanese is one word, Latin letters in it included.
_WORD = re.compile(r"\d+|[^\W\d_]+")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def terms(kind: str, value: object) -> list[str]:
    """The terms of one value of a document, in order."""
    if kind == "text":
        return words(str(value))
    if kind == "pieces":
        text = str(value).lower()
        return [text[at : at + size] for size in range(2, 11) for at in range(len(text) - size + 1)]
    return [exact(kind, value)]


def asked(kind: str, text: str) -> list[str]:
    """The terms of a question; pieces are asked for by whole words."""
    return text.lower().split() if kind == "pieces" else terms(kind, text)


def words(text: str) -> list[str]:
    """The words of a text, in small letters, a plural s dropped."""
    found = [word.lower() for run in _WORD.findall(text) for word in _CAPITAL.split(run)]
    return [
        word[:-1]
        if word.isascii() and len(word) > 3 and word[-1] == "s" and word[-2] != "s"
        else word
        for word in found
    ]


def exact(kind: str, value: object) -> str:
    """The single term of a value that is no text."""
    if kind == "date":
        return date(str(value))
    if kind == "boolean":
        return "true" if str(value).lower() in {"true", "1", "t"} else "false"
    if kind == "number":
        return number(str(value))
    term = str(value).lower() if isinstance(value, bool) else str(value)
    if len(term.encode()) > LONGEST:
        raise SearchError("Document contains at least one immense term in a string field")
    return term


def number(text: str) -> str:
    """A number whose order as text is its order."""
    try:
        value = float(text)
    except ValueError as error:
        raise SearchError(f'For input string: "{text}"') from error
    return f"{value + 1e12:024.6f}"


def date(text: str) -> str:
    """A moment in UTC, always with microseconds; understands `NOW-1DAY`."""
    now = _NOW.fullmatch(text)
    if now:
        moment = datetime.now(UTC)
        if now[1]:
            moment += int(now[1]) * timedelta(seconds=_SECONDS[now[2]])
    elif _DATE.fullmatch(text):
        moment = datetime.fromisoformat(text).astimezone(UTC)
    else:
        raise SearchError(f"Invalid Date String:'{text}'")
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
