"""Approvals: one plan, one catalog, one of those who may sign; everything else is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.catalogs.approval import (
    FORMAT,
    approval_path,
    approve,
    check_approval,
    refuse_unplanned,
)
from pipelines.catalogs.file import CatalogFile, load_catalog
from pipelines.catalogs.keys import SecretKey, encoded, new_key
from pipelines.catalogs.plan_files import read_approval, write_approval
from pipelines.model import MachidataError
from pipelines.publish.plan.files import digest
from pipelines.publish.plan.model import Plan
from tests.publish.plan.sample import sample

MAYOR, CLERK = (SecretKey(encoded(bytes([n]) * 32)) for n in (1, 2))
PLAN = replace(sample(), url="https://catalog.example")
CATALOG = CatalogFile(
    name="aoimori",
    url="https://catalog.example",
    approval=True,
    approvers={"mayor": MAYOR.public, "clerk": CLERK.public},
)


def refused(code: str, call: Callable[[], None]) -> MachidataError:
    with pytest.raises(MachidataError) as caught:
        call()
    assert (caught.value.code, caught.value.exit_code) == (code, 2)
    assert caught.value.ja and caught.value.en and caught.value.fix_ja and caught.value.fix_en
    return caught.value


def invalid(data: bytes, plan: Plan = PLAN, catalog: CatalogFile = CATALOG) -> MachidataError:
    return refused("approval-invalid", lambda: check_approval(catalog, plan, data))


def edited(**changes: Any) -> bytes:
    """A good approval with other values; None takes a key away."""
    told = {**json.loads(approve(PLAN, "mayor", MAYOR)), **changes}
    return json.dumps({key: value for key, value in told.items() if value is not None}).encode()


def test_each_approver_can_approve() -> None:
    for name, key in (("mayor", MAYOR), ("clerk", CLERK)):
        check_approval(CATALOG, PLAN, approve(PLAN, name, key))


def test_an_approval_says_what_was_approved_and_is_the_same_each_time() -> None:
    data = approve(PLAN, "mayor", MAYOR)
    told = json.loads(data)
    assert list(told) == ["format", "plan", "catalog", "approver", "signature"]
    assert (told["format"], told["plan"]) == (FORMAT, digest(PLAN))
    assert (told["catalog"], told["approver"]) == (PLAN.url, "mayor")
    assert data == approve(PLAN, "mayor", MAYOR)
    assert data.endswith(b"}\n")


def test_the_private_key_is_not_in_it() -> None:
    public, private = new_key()
    data = approve(PLAN, "mayor", SecretKey(private)).decode()
    assert private not in data and private[:10] not in data and public not in data


def test_without_one() -> None:
    error = refused("approval-missing", lambda: check_approval(CATALOG, PLAN, None))
    assert "clerk / mayor" in error.expected
    assert "machidata approve" in error.fix_ja


def test_where_none_is_asked_nothing_is_looked_at() -> None:
    free, plan = replace(CATALOG, approval=False), replace(PLAN, approval=False)
    check_approval(free, plan, None)
    check_approval(free, plan, b"nonsense")


def test_a_catalog_that_no_longer_asks_does_not_free_a_plan_that_was_made_for_approval() -> None:
    assert PLAN.approval
    free = replace(CATALOG, approval=False, approvers={})
    refused("approval-missing", lambda: check_approval(free, PLAN, None))
    assert invalid(approve(PLAN, "mayor", MAYOR), catalog=free).where == "$.approver"


def test_a_plan_that_was_made_before_the_catalog_asked_needs_one_too() -> None:
    plan = replace(PLAN, approval=False)
    refused("approval-missing", lambda: check_approval(CATALOG, plan, None))


def test_the_approval_of_another_plan() -> None:
    other = replace(PLAN, notes=(("別", "other"),))
    error = invalid(approve(other, "mayor", MAYOR))
    assert (error.where, error.found, error.expected) == ("$.plan", digest(other), digest(PLAN))


def test_the_approval_for_another_catalog() -> None:
    data = approve(PLAN, "mayor", MAYOR)
    assert invalid(data, catalog=replace(CATALOG, url="https://other.example")).where == "$.catalog"
    elsewhere = replace(PLAN, url="https://other.example")
    assert invalid(approve(elsewhere, "mayor", MAYOR), elsewhere).where == "$.catalog"
    # a plan for elsewhere, signed as if it were for here
    told = json.loads(approve(elsewhere, "mayor", MAYOR)) | {"catalog": CATALOG.url}
    assert invalid(json.dumps(told).encode(), elsewhere).where == "$.catalog"


def test_somebody_who_may_not_sign() -> None:
    error = invalid(approve(PLAN, "intern", MAYOR))
    assert (error.where, error.found, error.expected) == ("$.approver", "intern", "clerk / mayor")


def test_another_ones_key() -> None:
    assert invalid(approve(PLAN, "mayor", CLERK)).where == "$.signature"
    assert invalid(edited(approver="clerk")).where == "$.signature"


def test_every_changed_letter_of_the_signature_counts() -> None:
    signature = json.loads(approve(PLAN, "mayor", MAYOR))["signature"]
    for at, letter in enumerate(signature):
        other = "A" if letter != "A" else "B"
        changed = signature[:at] + other + signature[at + 1 :]
        assert invalid(edited(signature=changed)).code == "approval-invalid"


def test_a_signature_under_something_else_than_an_approval() -> None:
    """The plan's digest alone, or the same words in another order, is no approval."""
    told = [digest(PLAN), PLAN.url, "mayor"]
    for message in (digest(PLAN), json.dumps(told), "\n".join(told)):
        signature = encoded(MAYOR.sign(message.encode()))
        assert invalid(edited(signature=signature)).where == "$.signature"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "machidata-approval/2"},
        {"format": None},
        {"signature": None},
        {"surprise": "x"},
        {"approver": ["mayor"]},
        {"approver": {"mayor": "x"}},
        {"plan": 1},
        {"catalog": None, "surprise": "x"},
    ],
)
def test_what_has_not_the_form_of_an_approval(changes: dict[str, Any]) -> None:
    assert invalid(edited(**changes)).where.startswith("$")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'"mayor"',
        b"\xff\xfe",
        b"[" * 15_000,
        b'[["format", "machidata-approval/1"]]',
        b" " * 20_000,
        b'{"format": NaN}',
    ],
)
def test_what_is_no_approval_at_all(data: bytes) -> None:
    assert invalid(data).where == "$"


def test_a_key_that_stands_twice() -> None:
    data = approve(PLAN, "mayor", MAYOR).replace(b'"plan"', b'"plan": "x", "plan"')
    assert invalid(data).where == "$"


def test_what_an_approval_says_cannot_steer_a_terminal() -> None:
    error = invalid(edited(approver="\x1b[2J\u202e" + "x" * 10_000))
    assert "\x1b" not in error.found and "\u202e" not in error.found
    assert len(error.found) <= 200


def test_publishing_without_a_plan() -> None:
    error = refused("approval-needed", lambda: refuse_unplanned(CATALOG))
    assert error.expected.split(" → ") == [
        "machidata publish --to aoimori --plan plan.json",
        "machidata approve plan.json --as clerk | mayor",
        "machidata publish --to aoimori --apply plan.json",
    ]
    refuse_unplanned(replace(CATALOG, approval=False))


def test_it_stands_beside_the_plan(tmp_path: Path) -> None:
    plan = tmp_path / "a.plan.json"
    assert approval_path(plan).name == "a.plan.approval.json"
    assert approval_path(tmp_path / "plan").name == "plan.approval.json"
    assert read_approval(plan) is None
    written = write_approval(plan, b"one")
    assert write_approval(plan, b"two") == written == approval_path(plan)
    assert read_approval(plan) == b"two"
    assert [one.name for one in tmp_path.iterdir()] == ["a.plan.approval.json"]


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    approval_path(tmp_path / "plan.json").write_bytes(b" " * 1_000_000)
    data = read_approval(tmp_path / "plan.json")
    assert data is not None and len(data) < 20_000
    assert invalid(data).where == "$"


def declare(root: Path, approvers: str) -> CatalogFile:
    (root / "catalogs").mkdir(exist_ok=True)
    text = f"url: https://catalog.example\napproval: true\napprovers:\n{approvers}"
    (root / "catalogs" / "town.yaml").write_text(text, encoding="utf-8")
    return load_catalog(root, "town")


def test_the_catalogs_file_says_who_may_sign(tmp_path: Path) -> None:
    catalog = declare(tmp_path, f'  mayor: "{MAYOR.public}"\n  課長: "{CLERK.public}"\n')
    check_approval(catalog, PLAN, approve(PLAN, "課長", CLERK))
    assert load_catalog(tmp_path, "ckan:https://catalog.example/") == catalog


@pytest.mark.parametrize("key", ["secret-words", encoded(bytes(32)), encoded(bytes(16)), "~"])
def test_a_key_that_is_none_is_said_when_the_file_is_read_and_not_repeated(
    tmp_path: Path, key: str
) -> None:
    error = refused("catalog-invalid", lambda: (declare(tmp_path, f"  mayor: {key}\n"), None)[1])
    assert "approvers.mayor" in error.where
    assert key not in f"{error} {error.found} {error.fix_ja}"
