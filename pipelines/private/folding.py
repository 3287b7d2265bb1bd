"""A text with its letters, digits, dashes and blanks in one form each, sign by sign."""

from __future__ import annotations

import re

_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDED |= dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2009\u202f\u3000"), ord(" "))
_FOLDED |= dict.fromkeys(map(ord, "‐‑‒–—―−"), ord("-"))
# the long vowel sign, as it is typed for a dash
_TYPED = re.compile("(?<=[0-9])ー(?=[0-9])")


def folded(text: str) -> str:
    """The text with half-width letters, digits and signs, `-` for dashes, ` ` for blanks.

    One sign becomes one sign, so that places stay the same.
    """
    return text if text.isascii() else _TYPED.sub("-", text.translate(_FOLDED))
