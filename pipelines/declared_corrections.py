"""`corrections` of `package.yaml`: misprints of the sources, read strictly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.model import Correction
from pipelines.strict_keys import Reader

_KEYS = frozenset({"source", "place", "expect", "write", "reason", "evidence"})
_PLACE = re.compile(r"L[1-9][0-9]{0,6}(:C[1-9][0-9]{0,3})?")


def declared_corrections(reader: Reader, sources: Sequence[str]) -> tuple[Correction, ...]:
    """The corrections in declared order; every key is needed, `source` is one of `sources`.

    Raises MachidataError `package-invalid` for anything else, and for two corrections of one text.
    """
    nodes = reader.items("corrections")
    readers = [reader.child(f"corrections[{n}]", node) for n, node in enumerate(nodes)]
    found = tuple(_correction(one, sources) for one in readers)
    seen: set[tuple[str, str, str]] = set()
    for one, at in zip(found, readers, strict=True):
        same = (one.source, one.place, one.expect)
        if same in seen:
            at.fail("expect", one.expect, "expect ≠ expect")
        seen.add(same)
    return found


def _correction(reader: Reader, sources: Sequence[str]) -> Correction:
    reader.only(_KEYS)
    made = Correction(
        source=reader.needed("source"),
        place=reader.needed("place"),
        expect=reader.needed("expect"),
        write=reader.needed("write"),
        reason=reader.needed("reason"),
        evidence=reader.needed("evidence"),
    )
    if made.source not in sources:
        reader.fail("source", made.source, " / ".join(sources))
    if not _PLACE.fullmatch(made.place):
        reader.fail("place", made.place, "L12:C6 (or L12)")
    if made.write == made.expect:
        reader.fail("write", made.write, "write ≠ expect")
    return made
