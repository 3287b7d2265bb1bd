"""Characters that a spreadsheet loses when it saves the data as CP932 (Shift_JIS of Windows)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from pipelines.check.text.printed import Printed
from pipelines.findings.text import CharacterLost
from pipelines.model import Finding


def characters_lost(printed: Printed) -> Iterator[Finding]:
    """One finding for each character, at its first place, in the order of the documents."""
    chars: set[str] = set().union(*(page.text for page in printed.pages))
    lost = {char for char in chars if not survives(char)}
    seen: set[str] = set()
    for page in printed.pages if lost else ():
        for at in sorted(page.text.index(char) for char in lost if char in page.text):
            char = page.text[at]
            if char in seen:
                continue
            seen.add(char)
            times = sum(one.text.count(char) for one in printed.pages)
            shown, usual = _shown(page.text, at)
            yield printed.finding(
                CharacterLost,
                page.spot(at),
                shown,
                usual,
                number=f"U+{ord(char):04X}",
                count=str(times),
            )


@cache
def survives(char: str) -> bool:
    """Whether a character is the same after it was saved as CP932; private characters are not."""
    if char < "\x80":
        return True
    if unicodedata.category(char) in ("Co", "Cn"):
        return False
    try:
        return char.encode("cp932").decode("cp932") == char
    except UnicodeError:
        return False


def _shown(text: str, at: int) -> tuple[str, str]:
    """The character as it is shown, and the one that should stand there where that is certain."""
    char = text[at]
    if unicodedata.combining(char) and at:
        letter = text[at - 1 : at + 1]
        whole = unicodedata.normalize("NFC", letter)
        return letter, whole if len(whole) == 1 and survives(whole) else ""
    if unicodedata.category(char) in ("Co", "Cn", "Cf", "Mn"):
        return f"U+{ord(char):04X}", ""
    return char, ""
