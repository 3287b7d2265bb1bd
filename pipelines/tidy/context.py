"""What a reader of a layout needs to know of the document around it."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.tidy.draft import Draft, Entry
from pipelines.tidy.text import OMITTED, close_blanks_in_prose


@dataclass(slots=True)
class Context:
    """The draft, the document's words and its own year.

    `words` is the document without mark-up, the evidence for closing broken words; `year` the
    fiscal year that a report is about (None for a plan); `policy` the entries of the headings
    above, by level; `heading` the last heading.
    """

    draft: Draft
    words: str = ""
    year: int | None = None
    policy: dict[int, Entry] | None = None
    heading: str = ""

    def above(self, level: int) -> Entry | None:
        """The policy of a level whose heading stands above."""
        return (self.policy or {}).get(level)

    def prose(self, text: str) -> str:
        """Running text with broken words closed; '' for an extract that left the prose out."""
        if OMITTED in text:
            self.draft.omitted = True
            return ""
        return close_blanks_in_prose(text, self.words).strip()
