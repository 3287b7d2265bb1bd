"""What a declaration must say and does not: all of it in one error, each with an example.

`machidata new` leaves these entries empty, so this is the first thing that its user reads.
"""

from __future__ import annotations

import re

from pipelines.model import MachidataError
from pipelines.strict_keys import DAY, FILE, Reader

_EXAMPLES = {
    "municipality": "022055",
    "title": "○○市DX推進計画",
    "contact.name": "総務課",
    "contact.email": "name@example.jp (or contact.url: https://…)",
    "issued": DAY,
    "sources": "- {key: plan, path: source/plan.txt}",
    "sources[].key": "plan",
    "sources[].path": "source/plan.txt",
}


def refuse_gaps(reader: Reader) -> None:
    """Raise MachidataError `package-invalid` that names every needed entry that is empty.

    A municipality's code that alone is missing is left to the check of that code, which says more.
    """
    gaps = _gaps(reader)
    if gaps in ([], ["municipality"]):
        return
    examples = {gap: _EXAMPLES[re.sub("[0-9]+", "", gap)] for gap in gaps}
    listed = "; ".join(f"{gap}: {example}" for gap, example in examples.items())
    expected = listed if len(gaps) > 1 else examples[gaps[0]]
    names = ", ".join(gaps)
    raise MachidataError(
        "package-invalid",
        ja=f"package.yaml に空欄があります: {names}",
        en=f"Needed entries of package.yaml are empty: {names}",
        where=f"{reader.package}/{FILE}: {names}",
        expected=expected,
        fix_ja=f"次の形で書いてください: {listed}",
        fix_en=f"Write them in this form: {listed}",
    )


def _gaps(reader: Reader) -> list[str]:
    gaps = reader.empty("municipality", "title")
    contact = reader.child("contact", reader.node("contact") or {})
    gaps += contact.empty("name")
    ways = contact.empty("email", "url")
    gaps += ways[:1] if len(ways) == 2 else []
    gaps += reader.empty("issued", "sources")
    for number, node in enumerate(reader.items("sources")):
        gaps += reader.child(f"sources[{number}]", node).empty("key", "path")
    return gaps
