"""`accept` of package.yaml: findings that were looked at and stay, each with its reason."""

from __future__ import annotations

from difflib import get_close_matches

from pipelines.model import Acceptance
from pipelines.strict_keys import Reader

_KEYS = frozenset({"code", "place", "table", "id", "found", "reason"})
_NOT_A_PACKAGES = frozenset({"opendata_list", "accepting"})
"""Rooms whose findings are about a whole catalog, or about the acceptances themselves."""


def acceptances(reader: Reader) -> tuple[Acceptance, ...]:
    """The entries of `accept`, () without the key.

    Each has a `code`, a `reason`, and a `place` as the finding states it (位置) or, where it
    states none, `table` and `id` (対象表, 対象ID; without `table` where that is empty); `found`
    (記載値) may narrow it. Raises MachidataError `package-invalid` that names the entry.
    """
    nodes = reader.items("accept")
    return tuple(_entry(reader.child(f"accept[{n}]", node)) for n, node in enumerate(nodes))


def _entry(entry: Reader) -> Acceptance:
    entry.only(_KEYS)
    code = entry.needed("code")
    _known(entry, code)
    place, row_id = entry.text("place"), entry.text("id")
    if not place and not row_id:
        entry.fail("place", "", "place: L12:C6 (or table: observation, id: 022055-dx-plan-04-…)")
    reason, table, found = entry.needed("reason"), entry.text("table"), entry.text("found")
    return Acceptance(code, reason, place, table, row_id, found)


def _known(entry: Reader, code: str) -> None:
    """Refuses a code that no package's finding has, with those that look like it."""
    from pipelines.findings import every, room_of
    from pipelines.findings.shapes import shape_kinds

    if room_of(code) and room_of(code) not in _NOT_A_PACKAGES:
        return
    known = [one for one in every() if room_of(one) not in _NOT_A_PACKAGES]
    alike = get_close_matches(code, [*known, *shape_kinds()], 3)
    entry.fail("code", code, " / ".join(alike) or "schema-type … (docs/findings.md)")
