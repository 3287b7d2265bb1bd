"""The code of a municipality as somebody typed it: six digits, a right check digit, a town."""

from __future__ import annotations

import re

from pipelines.model import MachidataError
from pipelines.vocabulary import check_digit, municipalities

_SAID = {
    "municipality-missing": ("市区町村のコードがありません。", "The code is missing."),
    "municipality-invalid": ("市区町村のコードが正しくありません。", "The code is not right."),
    "municipality-unknown": ("この市区町村はありません。", "There is no such municipality."),
}


def check_code(code: str, where: str) -> str:
    """Return the code of a municipality. `where` is the entry or the option that holds it.

    Raises MachidataError `municipality-missing`, `municipality-invalid` (with the right code as
    `expected` where only the check digit or a leading zero is wrong), `municipality-unknown`.
    """
    kind, expected = _problem(code)
    if not kind:
        return code
    ja, en = _SAID[kind]
    raise MachidataError(
        kind,
        ja=ja,
        en=en,
        where=where,
        found=code[:200],
        expected=expected,
        fix_ja="検査数字を含む6桁の全国地方公共団体コードを書いてください（例: 022055）。",
        fix_en="Write the six-digit local government code, check digit included (e.g. 022055).",
    )


def _problem(code: str) -> tuple[str, str]:
    """What is wrong with a code ('' when nothing is) and what is expected."""
    if not code:
        return ("municipality-missing", "022055")
    if not re.fullmatch(r"[0-9]{6}", code):
        return ("municipality-invalid", _completed(code) or "[0-9]{6}")
    right = code[:5] + check_digit(code[:5])
    if code != right:
        return ("municipality-invalid", right)
    return ("", "") if code in municipalities() else ("municipality-unknown", "")


def _completed(code: str) -> str:
    """The towns that five digits may mean: a spreadsheet drops the zero, many lists the check."""
    if not re.fullmatch(r"[0-9]{5}", code):
        return ""
    return " / ".join(
        one for one in (f"0{code}", code + check_digit(code)) if one in municipalities()
    )
