"""plan → approve → apply by the flows, with a real CKAN and a real Prefect server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.catalogs.approval import approve
from pipelines.catalogs.keys import VARIABLE, SecretKey, new_key
from pipelines.catalogs.plan_files import read_plan, write_approval
from tests.ckan.client import Ckan
from tests.cli.conftest import PACKAGE, make_package
from tests.flows.serving import PrefectServer, prefect_server

pytest.importorskip("prefect")

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]
NAME = "024465-one-plan"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PrefectServer]:
    with prefect_server(tmp_path / "prefect") as made:
        yield made


class Town:
    """A repository whose catalog asks for approval, and its command lines."""

    def __init__(self, root: Path, ckan: Ckan, organization: str, server: PrefectServer) -> None:
        self.root, self.server = root, server
        public, self.private = new_key()
        self.token = ckan.token
        make_package(root, NAME, declaration=PACKAGE + "licence: CC-BY-4.0\n")
        (root / "catalogs").mkdir()
        (root / "catalogs" / "town.yaml").write_text(
            f"url: {ckan.url}\ntoken: MACHIDATA_TOKEN_TOWN\norganization: {organization}\n"
            f"dataset: {organization}-{{name}}\nrate: 0\nbase: https://data.example/\n"
            f'approval: true\napprovers: {{mayor: "{public}"}}\n',
            encoding="utf-8",
        )
        self.plan = root / "out/plans/town/plan.json"
        self.said = ""

    def run(self, module: str, *arguments: str, **environment: str) -> Any:
        """What a command line says as JSON; its exit code is in there."""
        plain = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT")}
        stated = {
            "MACHIDATA_ROOT": str(self.root),
            "HOME": str(self.root),
            "PYTHONPATH": str(REPOSITORY),
            "LC_ALL": "ja_JP.UTF-8",
            "MACHIDATA_TOKEN_TOWN": self.token,
            "PREFECT_API_URL": self.server.url,
            "PREFECT_HOME": str(self.server.clients),
        }
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments, "--json"],
            cwd=self.root,
            env={**plain, **stated, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        self.said += done.stdout + done.stderr
        told = json.loads(done.stdout)
        assert told["exit_code"] == done.returncode, done.stderr
        return told

    def apply(self) -> Any:
        return self.run("flows", "catalog", "apply", "--to", "town")


@pytest.fixture
def town(tmp_path: Path, editor: Ckan, organization: dict[str, Any], server: PrefectServer) -> Town:
    return Town(tmp_path / "repository", editor, organization["name"], server)


def code(told: Any) -> tuple[int, str]:
    return told["exit_code"], told["error"]["code"]


def test_plan_approve_apply(town: Town, editor: Ckan, organization: dict[str, Any]) -> None:
    mark = editor.mark()
    planned = town.run("flows", "catalog", "plan", "--to", "town")
    assert (planned["exit_code"], planned["plan"]["datasets"][0]["action"]) == (0, "create")
    assert planned["files"][0] == str(town.plan)
    (artifact,) = town.server.artifacts("plan-town")
    assert artifact["data"] == town.plan.with_suffix(".md").read_text("utf-8")
    assert planned["plan"]["digest"] in artifact["data"] and NAME in artifact["data"]

    # nothing goes without a plan, a signature, or with a signature of another one
    publish = ("publish", "--to", "town")
    assert code(town.run("machidata", *publish)) == (2, "approval-needed")
    address = ("publish", "--to", f"ckan:{editor.url}")
    assert code(town.run("machidata", *address)) == (2, "approval-needed")
    assert code(town.apply()) == (2, "approval-missing")
    by_hand = ("--apply", str(town.plan))
    assert code(town.run("machidata", *publish, *by_hand)) == (2, "approval-missing")
    stranger = SecretKey(new_key()[1])
    write_approval(town.plan, approve(read_plan(town.plan), "mayor", stranger))
    assert code(town.apply()) == (2, "approval-invalid")
    assert editor.log(mark).writes == []

    signing = ("approve", str(town.plan), "--as", "mayor")
    signed = town.run("machidata", *signing, **{VARIABLE: town.private})
    assert signed["plan"] == planned["plan"]["digest"]
    done = town.apply()
    assert (done["exit_code"], done["datasets"][0]["done"], done["unread"]) == (0, True, None)
    assert not any(one["serious"] for one in done["differences"])
    shown = editor.call("package_show", id=f"{organization['name']}-{NAME}")
    assert (shown["state"], shown["private"]) == ("active", False)
    assert len(shown["resources"]) == len(planned["plan"]["datasets"][0]["resources"])
    (artifact,) = town.server.artifacts("applied-town")
    assert NAME in artifact["data"] and "公開しました" in artifact["data"]
    states = [one["state_type"] for one in town.server.ask("flow_runs")]
    assert states == ["COMPLETED", "COMPLETED"]

    # an approval serves for the state that the plan was made for
    assert code(town.apply()) == (2, "plan-moved")
    assert town.server.last_run()["state_type"] == "FAILED"

    for secret in (town.token, town.private):
        assert secret not in town.said
        assert town.server.files_with(secret) == []
        files = [one for one in town.root.rglob("*") if one.is_file()]
        assert {"plan.json", "plan.applied.md", "events.jsonl"} <= {one.name for one in files}
        assert not [one for one in files if secret.encode() in one.read_bytes()]
