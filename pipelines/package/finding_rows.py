"""Findings as rows of the table `finding`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from pipelines.model import Finding, Municipality, Row


def unique(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, each once, in the order given."""
    return list(dict.fromkeys(findings))


def finding_rows(
    findings: Iterable[Finding], municipality: Municipality, plan_id: str
) -> list[Row]:
    """Return one row a finding, in the order given.

    The ID comes from what is found and where, so that a finding keeps its ID when others come
    or go; two findings that agree in all of this are told apart by a number.
    """
    rows: list[Row] = []
    seen: Counter[str] = Counter()
    for finding in findings:
        base = f"{plan_id}-f-{finding.code}-{_digest(finding)}"
        seen[base] += 1
        row: Row = {
            "全国地方公共団体コード": municipality.code,
            "ID": base if seen[base] == 1 else f"{base}-{seen[base]}",
            "地方公共団体名": municipality.full_name,
            "検査": finding.code,
            "重大度": finding.severity,
            "対象表": finding.table or None,
            "対象ID": finding.row_id or None,
            "位置": finding.place or None,
            "記載値": finding.found or None,
            "期待値": finding.expected or None,
            "説明": finding.message,
            "説明_英語": finding.message_en or None,
            "対処": _remedy(finding) or None,
        }
        rows.append(row)
    return rows


def _remedy(finding: Finding) -> str:
    """What to do; of a finding that was accepted also why."""
    accepted = f"承認済み: {finding.accepted}" if finding.accepted else ""
    return " ".join(part for part in (finding.fix, accepted) if part)


def _digest(finding: Finding) -> str:
    what = (finding.table, finding.row_id, finding.place, finding.found, finding.expected)
    text = "\x1f".join(what).encode("utf-8", errors="replace")
    return hashlib.sha256(text).hexdigest()[:10]
