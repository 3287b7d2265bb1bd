"""`machidata approve`: the plan is shown, a good signature is put beside it, and no other."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.catalogs.approval import check_approval
from pipelines.catalogs.file import load_catalog
from pipelines.catalogs.keys import VARIABLE, SecretKey, encoded
from pipelines.publish.plan.files import digest, plan_bytes
from tests.cli.conftest import Result
from tests.publish.plan.sample import sample

PRIVATE = encoded(bytes([7]) * 32)
PLAN = replace(sample(), catalog="town", url="https://catalog.example")
CATALOG = f"""\
url: https://catalog.example
approval: true
approvers: {{mayor: "{SecretKey(PRIVATE).public}"}}
"""

Run = Callable[..., Result]


@pytest.fixture
def plan(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (root / "catalogs").mkdir()
    (root / "catalogs" / "town.yaml").write_text(CATALOG, encoding="utf-8")
    (root / "plan.json").write_bytes(plan_bytes(PLAN))
    monkeypatch.setenv(VARIABLE, PRIVATE)
    return root / "plan.json"


def test_the_plan_is_shown_and_then_signed(machidata: Run, plan: Path, root: Path) -> None:
    done = machidata("approve", plan, "--as", "mayor", "--lang", "ja")
    assert done.code == 0
    lines = done.out.splitlines()
    assert digest(PLAN) in done.out
    assert any("五所川原市 DX推進計画" in line for line in lines[:-1])
    assert lines[-1] == f"承認しました（mayor）: {root}/plan.approval.json"
    data = (root / "plan.approval.json").read_bytes()
    check_approval(load_catalog(root, "town"), PLAN, data)
    assert PRIVATE not in done.out + done.err + data.decode()


def test_as_json(machidata: Run, plan: Path, root: Path) -> None:
    done = machidata("approve", plan, "--as", "mayor", "--json")
    assert done.json == {
        "plan": digest(PLAN),
        "catalog": "https://catalog.example",
        "approver": "mayor",
        "file": f"{root}/plan.approval.json",
        "exit_code": 0,
    }


@pytest.mark.parametrize(
    ("name", "key", "code"),
    [
        ("intern", PRIVATE, "approval-invalid"),
        ("mayor", encoded(bytes([8]) * 32), "approval-invalid"),
        ("mayor", "", "approval-key-missing"),
        ("mayor", "no key at all", "approval-key-invalid"),
    ],
)
def test_what_the_catalog_would_not_take_is_not_written(
    machidata: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, name: str, key: str, code: str
) -> None:
    monkeypatch.setenv(VARIABLE, key)
    done = machidata("approve", plan, "--as", name, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, code)
    assert not key or key not in done.out + done.err
    assert not list(plan.parent.glob("*approval*"))


def test_an_edited_plan_is_not_signed(machidata: Run, plan: Path) -> None:
    told = json.loads(plan.read_bytes())
    told["datasets"][0]["title"] = "別の計画"
    plan.write_text(json.dumps(told), encoding="utf-8")
    done = machidata("approve", plan, "--as", "mayor", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "plan-changed")
    assert machidata("approve", plan.with_name("gone.json"), "--as", "mayor").code == 3


def test_a_catalog_that_asks_for_none(machidata: Run, plan: Path, root: Path) -> None:
    (root / "catalogs" / "town.yaml").write_text("url: https://catalog.example\n", "utf-8")
    done = machidata("approve", plan, "--as", "mayor", "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "approval-not-asked")


def test_a_new_pair_works_and_is_another_each_time(machidata: Run, root: Path) -> None:
    first, second = (machidata("approve", "--new-key", "--json").json for _ in range(2))
    assert SecretKey(first["private"]).public == first["public"] != second["public"]
    shown = machidata("approve", "--new-key", "--lang", "en")
    public, private = (line.rsplit(": ", 1)[1] for line in shown.out.splitlines())
    assert SecretKey(private).public == public
    assert not list(root.rglob("*key*"))


@pytest.mark.parametrize(
    "words", [(), ("plan.json",), ("--as", "mayor"), ("--new-key", "--as", "mayor")]
)
def test_wrong_use(machidata: Run, plan: Path, words: tuple[str, ...]) -> None:
    done = machidata("approve", *words, "--json")
    assert (done.code, done.json["error"]["code"]) == (2, "usage")
    assert done.json["error"]["expected"].startswith("machidata approve")
