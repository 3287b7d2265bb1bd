"""`accept` of package.yaml, read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.model import Acceptance
from tests.package.test_declaration import SHORT, load, refused

ACCEPT = """\
accept:
  - code: schema-type
    place: "行12 年度"
    found: 令和5年度
    reason: 原文のとおり
  - {code: metadata-contact-way, id: 022055-dx-plan, table: plan, reason: 協議中}
"""


def test_accepted_findings(tmp_path: Path) -> None:
    one, two = load(tmp_path, SHORT + ACCEPT).accept
    place, reason, found = "行12 年度", "原文のとおり", "令和5年度"
    assert one == Acceptance("schema-type", reason, place, found=found)
    assert two == Acceptance("metadata-contact-way", "協議中", "", "plan", "022055-dx-plan")
    assert load(tmp_path, SHORT).accept == load(tmp_path, SHORT + "accept:\n").accept == ()


@pytest.mark.parametrize(
    ("entry", "where", "expected"),
    [
        ("{place: L1, reason: x}", "accept[1].code", "text"),
        ("{code: note, place: L1}", "accept[1].reason", "text"),
        ("{code: note, place: L1, reason: ' '}", "accept[1].reason", "text"),
        ("{code: note, reason: x}", "accept[1].place", "place: L12:C6"),
        ("{code: note, table: plan, reason: x}", "accept[1].place", "id: "),
        ("{code: note, place: L1, reason: x, why: y}", "accept[1].why", "reason"),
        ("{code: schema-typ, place: L1, reason: x}", "accept[1].code", "schema-type"),
        ("{code: metadata-theme-e, place: L1, reason: x}", "accept[1].code", "metadata-theme-eu"),
        ("{code: ？, place: L1, reason: x}", "accept[1].code", "docs/findings.md"),
        ("{code: list-id-same, place: L1, reason: x}", "accept[1].code", ""),
        ("{code: accept-unused, place: L1, reason: x}", "accept[1].code", ""),
        ("{code: note, place: [L1], reason: x}", "accept[1].place", "text"),
        ("note", "accept[1]", "key: value"),
    ],
)
def test_acceptances_that_are_refused(
    tmp_path: Path, entry: str, where: str, expected: str
) -> None:
    first = "accept:\n  - {code: note, place: L40, reason: x}\n"
    error = refused(tmp_path, f"{SHORT}{first}  - {entry}\n")
    assert error.code == "package-invalid"
    assert error.where.endswith(f": {where}")
    assert expected in error.expected


def test_accept_is_a_list(tmp_path: Path) -> None:
    error = refused(tmp_path, SHORT + "accept: {code: note, place: L1, reason: x}\n")
    assert error.where.endswith(": accept")
