"""Texts that a spreadsheet would run as a formula, and the one way in which our CSVs defuse them.

A spreadsheet that opens a CSV takes a cell for a formula by its first sign, quoted or not (OWASP,
"CSV Injection": `=`, `+`, `-`, `@`, tab, CR, LF, and `＝＋－＠`, which Japanese Excel reads alike).
Such a cell gets one apostrophe in front, as OWASP advises. Also taken for dangerous: a formula
behind blanks, quotation marks or signs that nobody sees, and the other shapes of the four signs
(`−`, `﹦`), which a change of encoding turns into them.

Left as printed: marks alone (`-`, `--`), which have nothing to calculate with, and plain numbers
(`-3.2%`), which are read as the number that they are.

The apostrophe can be taken off again without doubt: a text that already has apostrophes before
something dangerous gets one more, so what `restore` meets was put there by `neutralise`.
"""

from __future__ import annotations

import re

_SIGNS = "=+@＝＋＠﹦﹢﹫－−﹣-"
_UNSEEN = "\x00-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
_BEFORE = rf"[\s{_UNSEEN}'\"`‘’“”＇＂]*"
_DANGEROUS = re.compile(rf"'*[\t\r\n]|{_BEFORE}[{_SIGNS}]")
_NUMBER = r"[+＋－−-][0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?[%％]?"
_HARMLESS = re.compile(rf"'*(?:[－−-]+|{_NUMBER})")
_FIRST = frozenset(_SIGNS + "'\"`‘’“”＇＂")


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet might run the text; apostrophes in front of it do not change that."""
    if not text or (text[0] not in _FIRST and text[0].isprintable() and not text[0].isspace()):
        return False
    return bool(_DANGEROUS.match(text)) and not _HARMLESS.fullmatch(text)


def neutralise(text: str) -> str:
    """The text as a cell of a CSV may hold it: unchanged, or with one apostrophe in front."""
    return f"'{text}" if is_dangerous(text) else text


def restore(cell: str) -> str:
    """The text that `neutralise` was given; a cell that it left alone stays as it is."""
    return cell[1:] if cell[:1] == "'" and is_dangerous(cell[1:]) else cell
