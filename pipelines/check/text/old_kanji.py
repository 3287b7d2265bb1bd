"""Old forms of kanji inside words that the package otherwise writes in the usual form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipelines.check.text.printed import KANJI, Printed
from pipelines.findings.text import KanjiOld
from pipelines.model import Finding
from pipelines.vocabulary import old_kanji


@cache
def _form() -> re.Pattern[str]:
    return re.compile(f"[{''.join(old_kanji())}]")


def kanji_old(printed: Printed) -> Iterator[Finding]:
    """A finding for each such word (once a cell).

    A word is the kanji with the one before or behind it; names keep their old forms as long as the
    package does not write them both ways.
    """
    seen: set[tuple[object, str]] = set()
    for page in printed.pages:
        for match in _form().finditer(page.text):
            spot, at = page.spot(match.start()), match.start()
            for begin, end in ((at - 1, at + 1), (at, at + 2)):
                word = page.text[max(0, begin) : end]
                usual = "".join(old_kanji().get(char, char) for char in word)
                if not re.fullmatch(rf"[{KANJI}]{{2}}", word) or not printed.prints(usual):
                    continue
                if (spot.place, word) not in seen:
                    seen.add((spot.place, word))
                    yield printed.finding(KanjiOld, spot, word, usual)
                break
