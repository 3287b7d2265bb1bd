"""publish --to, verify and rollback: texts in both languages, JSON, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogs.conftest import NAMES, SECRET, pretend, root
from tests.cli.conftest import Result
from tests.publish.applying.test_any_sequence import nth
from tests.publish.pretend_ckan import PretendCkan

__all__ = ["pretend", "root"]

Run = Callable[..., Result]
TO = ("--to", "town")


def test_publish_verify_and_roll_back(machidata: Run, pretend: PretendCkan) -> None:
    en = machidata("publish", *TO, "--lang", "en")
    assert en.code == 0
    assert f"✓ {NAMES[0]}  created and published" in en.out
    assert "Nothing to change." in machidata("publish", *TO, "--lang", "en").out
    assert "変わったものはありません。" in machidata("publish", *TO, "--lang", "ja").out
    assert machidata("verify", *TO, "--lang", "en").out == "The catalog is as it should be.\n"
    assert machidata("verify", *TO, "--lang", "ja").out == "公開先は、あるべき姿のとおりです。\n"
    pretend.edit(NAMES[0], notes="<b>手で</b>\x1b[31m")
    differs = machidata("verify", *TO, "--lang", "en")
    assert (differs.code, "\x1b" in differs.out) == (1, False)
    assert f"{NAMES[0]} / field:notes" in differs.out
    refused = machidata("rollback", *TO, "--lang", "en")
    assert refused.code == 2
    assert "catalog-moved" in refused.err
    back = machidata("rollback", *TO, "--drift", "overwrite", "--lang", "en")
    assert back.code == 0
    assert f"✓ {NAMES[1]}" in back.out
    assert pretend.shown(NAMES[0])["state"] == "deleted"
    assert "rollback-nothing" in machidata("rollback", *TO).err


def test_the_same_as_json(machidata: Run, pretend: PretendCkan) -> None:
    told = machidata("publish", *TO, "--json")
    assert (told.code, told.json["exit_code"]) == (0, 0)
    done = [(one["name"], one["action"], one["done"]) for one in told.json["datasets"]]
    assert done == [(name, "create", True) for name in NAMES]
    assert told.json["plan"]["format"] == "machidata-plan/1"
    assert told.json["unfinished"] is False
    assert machidata("verify", *TO, "--json").json == {"differences": [], "exit_code": 0}
    pretend.edit(NAMES[0], notes="x")
    differs = machidata("verify", *TO, "--json")
    assert differs.code == differs.json["exit_code"] == 1
    keys = {"dataset", "resource", "what", "expected", "found", "serious"}
    assert all(set(one) == keys for one in differs.json["differences"])
    back = machidata("rollback", *TO, "--drift", "overwrite", "--json")
    assert back.json["datasets"] == back.json["deleted"] == list(NAMES)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_plan_on_the_disk(
    machidata: Run, pretend: PretendCkan, root: Path, language: str
) -> None:
    result = machidata("publish", *TO, "--plan", root / "p" / "plan.json", "--lang", language)
    assert result.code == 0
    assert pretend.writes == []
    assert sorted(path.name for path in (root / "p").iterdir()) == [
        "plan.html",
        "plan.json",
        "plan.md",
    ]
    first = (root / "p" / "plan.json").read_bytes()
    machidata("publish", *TO, "--plan", root / "p" / "plan.json", "--json")
    assert (root / "p" / "plan.json").read_bytes() == first
    applied = machidata("publish", *TO, "--apply", root / "p" / "plan.json", "--json")
    assert (applied.code, len(applied.json["datasets"])) == (0, 2)
    again = machidata("publish", *TO, "--apply", root / "p" / "plan.json", "--json")
    assert (again.code, again.json["error"]["code"]) == (2, "plan-moved")


@pytest.mark.parametrize("name", ["plan.md", "plan.html"])
def test_a_plan_under_a_name_that_its_page_has(
    machidata: Run, pretend: PretendCkan, root: Path, name: str
) -> None:
    result = machidata("publish", *TO, "--plan", root / name, "--json")
    assert (result.code, result.json["error"]["code"]) == (3, "plan-unwritable")
    assert not (root / name).exists()


def test_a_plan_that_is_none(machidata: Run, pretend: PretendCkan, root: Path) -> None:
    result = machidata("publish", *TO, "--apply", "none.json", "--json")
    assert (result.code, result.json["error"]["code"]) == (3, "plan-missing")
    (root / "bad.json").write_text("{}")
    result = machidata("publish", *TO, "--apply", "bad.json", "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "plan-invalid")
    machidata("publish", *TO, "--plan", "plan.json")
    text = (root / "plan.json").read_text("utf-8")
    (root / "plan.json").write_text(
        text.replace('"policy": "ask"', '"policy": "overwrite"'), "utf-8"
    )
    result = machidata("publish", *TO, "--apply", "plan.json", "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "plan-changed")
    assert pretend.writes == []


def test_an_interrupted_apply_says_so_and_goes_on(machidata: Run, pretend: PretendCkan) -> None:
    pretend.fault = nth(2, "down-after")
    stopped = machidata("publish", *TO, "--lang", "en")
    assert stopped.code == 3
    assert "interrupted" in stopped.out
    pretend.fault, pretend.down = nth(0), False
    planned = machidata("publish", *TO, "--plan", "plan.json", "--json")
    assert planned.json["error"]["code"] == "apply-unfinished"
    assert machidata("publish", *TO).code == 0
    assert machidata("verify", *TO).code == 0


def test_a_refusal_is_told_and_the_other_is_done(machidata: Run, pretend: PretendCkan) -> None:
    pretend.fault = lambda action: (
        "refused" if action == "package_create" and not pretend.datasets else ""
    )
    (Path("catalogs") / "town.yaml").open("a").write("workers: 1\n")
    told = machidata("publish", *TO, "--json")
    assert told.code == 2
    assert [(one["done"], one["undone"]) for one in told.json["datasets"]] == [(False, True)] * 2
    assert told.json["datasets"][0]["error"]["code"] == "catalog-refused"


def test_drift_needs_a_decision(machidata: Run, pretend: PretendCkan, root: Path) -> None:
    machidata("publish", *TO)
    pretend.edit(NAMES[0], title="手で直した")
    yaml = root / "datapackages" / NAMES[0] / "package.yaml"
    yaml.write_text(
        yaml.read_text("utf-8").replace("title: 試験計画\nc", "title: 新計画\nc"), "utf-8"
    )
    result = machidata("publish", *TO, "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "plan-conflicts")
    assert machidata("publish", *TO, "--plan", "plan.json").code == 1
    assert machidata("publish", *TO, "--drift", "keep").code == 0
    assert pretend.shown(NAMES[0])["title"] == "手で直した"
    assert machidata("publish", *TO, "--drift", "overwrite").code == 0
    assert pretend.shown(NAMES[0])["title"] == "新計画"


def test_wrong_use(machidata: Run, pretend: PretendCkan, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machidata("verify").code == 2
    assert machidata("rollback").code == 2
    assert machidata("publish", *TO, "--drift", "maybe").code == 2
    for command in ("publish", "verify", "rollback"):
        assert machidata(command, "--to", "x", "--json").json["error"]["code"] == "catalog-unknown"
    monkeypatch.delenv("MACHIDATA_CKAN_TOKEN")
    result = machidata("verify", *TO, "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "token-missing")


def test_the_token_is_said_nowhere(machidata: Run, pretend: PretendCkan, root: Path) -> None:
    pretend.fault = nth(1, "refused")
    for words in (("publish", *TO), ("publish", *TO, "--json"), ("verify", *TO, "--json")):
        result = machidata(*words)
        assert SECRET not in result.out + result.err
    machidata("publish", *TO, "--plan", "plan.json")
    for path in root.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()
    assert json.loads((root / "plan.json").read_text("utf-8"))["url"] == pretend.url
