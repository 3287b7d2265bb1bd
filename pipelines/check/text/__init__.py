"""The letters of the documents: what looks like a misprint, and with which reading."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.check.case import Case
from pipelines.check.text.alike import letters_alike
from pipelines.check.text.foreign import letters_foreign
from pipelines.check.text.latin import latin_alike
from pipelines.check.text.names import names
from pipelines.check.text.old_kanji import kanji_old
from pipelines.check.text.printed import Printed
from pipelines.check.text.spelling import spelling_varies, width_mixed
from pipelines.check.text.survival import characters_lost
from pipelines.model import Finding

__all__ = ["check_text"]

_PARTS = (
    letters_foreign,
    letters_alike,
    latin_alike,
    kanji_old,
    names,
    spelling_varies,
    width_mixed,
    characters_lost,
)


def check_text(case: Case) -> Iterator[Finding]:
    """What the letters of the documents show; nothing for a package without documents."""
    printed = Printed(case)
    for part in _PARTS:
        yield from part(printed)
