"""The words of vocab/persons.ttl."""

from __future__ import annotations

import re
from functools import cache

from pipelines.vocabulary import scheme


@cache
def words(notation: str) -> tuple[str, ...]:
    """The Japanese words of a concept, longest first. Raises KeyError when there is none."""
    concept = scheme("persons").get(notation)
    return tuple(sorted({concept.ja, *concept.alt}, key=lambda word: (-len(word), word)))


def any_of(notation: str) -> str:
    """A pattern for any of the words of a concept."""
    return "|".join(map(re.escape, words(notation)))
