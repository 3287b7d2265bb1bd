"""What a column may be called in the DataStore, and what its errors say.

Seen on CKAN 2.12.0: names are kept as they are, Japanese, spaces, `%`, `'`, brackets and commas
too. It refuses a leading `_`, `"`, characters of the categories C*, and spaces at the ends.
PostgreSQL cuts names silently at 63 bytes, so that the rows no longer fit their own table, and
CKAN's SQL takes a `:` that does not follow a letter or digit for a parameter (HTTP 500).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from pipelines.model import MachidataError

LONGEST = 63  # bytes of a name in PostgreSQL
MOST = 1598  # columns: PostgreSQL's 1600 without `_id` and `_full_text`
_PARAMETER = re.compile(r"(?<![:\w\\]):(\w+)(?!:)")
_TAKEN = ("oid", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid")  # PostgreSQL's own columns


def store_names(table: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The names in the DataStore, in the same order.

    A name of more than 63 bytes (21 Japanese letters) is shortened to what fits and `…`, with a
    number if that is taken; its whole name stays in the data dictionary. Raises MachidataError
    `store-column-name` or `store-columns` for what the DataStore cannot hold.
    """
    if not columns or len(columns) > MOST:
        raise MachidataError(
            "store-columns",
            ja="この列数の表はデータストアに置けません。",
            en="The DataStore cannot hold a table of so many columns.",
            where=table,
            found=str(len(columns)),
            expected=f"1–{MOST}",
            fix_ja="表を分けてください。",
            fix_en="Split the table.",
        )
    taken = {name for name in columns if len(name.encode("utf-8")) <= LONGEST}
    names = []
    seen: set[str] = set()
    for name in columns:
        why = _wrong(name) or (("2回出てくる", "stands there twice") if name in seen else None)
        if why:
            raise _refused(table, name, why)
        seen.add(name)
        names.append(name if name in taken else _short(name, taken))
    return tuple(names)


_RULES: tuple[tuple[Callable[[str], object], str, str], ...] = (
    (
        lambda name: not name or name != name.strip(),
        "空か、端に空白がある",
        "empty, or spaces at its ends",
    ),
    (lambda name: name.startswith("_"), "「_」で始まる", "it starts with _"),
    (lambda name: '"' in name, "二重引用符がある", "it has a double quote"),
    (lambda name: any(map(_control, name)), "制御文字がある", "it has control characters"),
    (_PARAMETER.search, "「:」が語の前にある", "it has a colon before a word"),
    (_TAKEN.__contains__, "PostgreSQL が使う名前である", "PostgreSQL has a column of that name"),
)


def _control(letter: str) -> bool:
    return unicodedata.category(letter).startswith("C")


def _wrong(name: str) -> tuple[str, str] | None:
    """Why it cannot be a name, in Japanese and English; None if it can."""
    return next(((ja, en) for broken, ja, en in _RULES if broken(name)), None)


def _short(name: str, taken: set[str]) -> str:
    number = 1
    while True:
        tail = "…" if number == 1 else f"…{number}"
        room = LONGEST - len(tail.encode("utf-8"))
        cut = name.encode("utf-8")[:room].decode("utf-8", "ignore").rstrip() + tail
        if cut not in taken:
            taken.add(cut)
            return cut
        number += 1


def _refused(table: str, name: str, why: tuple[str, str]) -> MachidataError:
    shown = "".join(f"\\u{ord(one):04x}" if _control(one) else one for one in name)
    return MachidataError(
        "store-column-name",
        ja=f"この列名はデータストアで使えません({why[0]})。",
        en=f"The DataStore cannot have a column of this name: {why[1]}.",
        where=table,
        found=shown,
        fix_ja="列名を変えてください。",
        fix_en="Rename the column.",
    )
