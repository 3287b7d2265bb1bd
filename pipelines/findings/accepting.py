"""Findings that package.yaml accepts, and an acceptance that matches nothing any more.

A finding is accepted by its code and its place, or by the table and the ID of the row that it is
about; what an entry states must be equal. Findings of the metadata come later than the others, so
each half of the codes is judged where all of its findings are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.findings import SHAPES, room_of
from pipelines.findings.kind import FindingKind
from pipelines.model import Acceptance, Finding

METADATA = frozenset({"metadata", "score", "stars", SHAPES})
"""The rooms whose findings are about what a package says of itself."""


class AcceptUnused(FindingKind):
    code = "accept-unused"
    severity = "警告"
    title = "当てはまらない承認"
    title_en = "Acceptance that matches nothing"
    ja = "package.yaml の承認に当てはまる指摘がありません: {found}"
    en = "An acceptance in package.yaml matches no finding: {found}"
    fix = (
        "原文が直ったのなら、accept からこの項目を消してください。場所が変わったのなら、指摘を"
        "確かめ直してから書き直してください。"
    )
    fix_en = (
        "If the source was mended, take the entry out of 'accept'; if the place moved, look at the "
        "finding again before you write the new place."
    )


def accept(
    findings: Iterable[Finding], entries: Sequence[Acceptance], *, metadata: bool
) -> list[Finding]:
    """The findings in their order, accepted ones with the reason, and then a warning for each entry
    that matches none. Only the entries for findings of the metadata, or only the others, count.
    """
    own = [one for one in entries if (room_of(one.code) in METADATA) == metadata]
    every = [marked(finding, own) for finding in findings]
    unused = [one for one in own if not any(matches(one, finding) for finding in every)]
    return [*every, *(_stale(one, entries.index(one)) for one in unused)]


def marked(finding: Finding, entries: Sequence[Acceptance]) -> Finding:
    """The finding with the reason of the first entry that accepts it, else as it is."""
    reason = next((one.reason for one in entries if matches(one, finding)), "")
    return replace(finding, accepted=reason) if reason else finding


def matches(entry: Acceptance, finding: Finding) -> bool:
    """Whether an entry is about a finding. With a place the row need not be stated; without one,
    table and ID must both be those of the finding. What was found need not be stated.
    """
    if entry.code != finding.code or entry.found not in {"", finding.found}:
        return False
    row = (entry.table, entry.row_id)
    if not entry.place:
        return row == (finding.table, finding.row_id)
    stated = zip(row, (finding.table, finding.row_id), strict=True)
    return entry.place == finding.place and all(not own or own == its for own, its in stated)


def _stale(entry: Acceptance, number: int) -> Finding:
    told = (entry.table, entry.row_id, entry.place, entry.found)
    where = " ".join(part for part in told if part)
    place = f"package.yaml: accept[{number}]"
    return AcceptUnused.at(place=place, found=f"{entry.code} {where}")
