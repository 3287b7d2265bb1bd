"""Text of strangers, made harmless and short before it is shown anywhere.

What stands in a catalog was written by anybody. Control characters could move a terminal's cursor
or hide what follows, and marks of writing direction (Unicode UAX #9) could turn a sentence around;
both are shown by their code.
"""

from __future__ import annotations

import re

ELLIPSIS = "…"
# C0, DEL, C1; soft hyphen, Arabic letter mark, zero width and direction marks, line separators,
# isolates, invisible operators, byte order mark, interlinear notes, lone surrogates, tags.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_NAMES = {"\n": "⏎", "\t": "⇥"}


def clean(text: str) -> str:
    """The text on one line: a line break is ⏎, a tab ⇥, other hidden characters `<U+001B>`."""
    return _HIDDEN.sub(_visible, text.replace("\r\n", "\n"))


def _visible(found: re.Match[str]) -> str:
    character = found.group()
    return _NAMES.get(character) or f"<U+{ord(character):04X}>"


def cut(text: str, width: int) -> str:
    """The text in at most `width` characters, `…` at its end where something is left out."""
    return text if len(text) <= width else text[: max(0, width - 1)] + ELLIPSIS


def cut_pair(before: str, after: str, width: int) -> tuple[str, str]:
    """Both in at most `width` characters, so that the first difference can be seen; of equal
    texts the beginning.
    """
    if len(before) <= width and len(after) <= width:
        return before, after
    start = 0 if before == after else max(0, _shared(before, after) - width // 3)
    return _from(before, start, width), _from(after, start, width)


def _shared(one: str, other: str) -> int:
    """How many characters both begin with (halving the range: cells may be long)."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _from(text: str, start: int, width: int) -> str:
    if start == 0 or len(text) <= start:
        return cut(text, width)
    return cut(ELLIPSIS + text[start:], width)
