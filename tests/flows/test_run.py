"""Real runs of the flow in processes of their own; slow, so there are few."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import PACKAGE, make_package
from tests.rebuild import differences, tree

REPOSITORY = Path(__file__).resolve().parents[2]
NAMES = ("024465-one-plan", "024465-two-plan")

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in NAMES:
        make_package(tmp_path / "repository", name)
    return tmp_path / "repository"


def environment(root: Path) -> dict[str, str]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT")}
    stated = {"MACHIDATA_ROOT": str(root), "HOME": str(root.parent), "LC_ALL": "ja_JP.UTF-8"}
    return {**plain, **stated, "PYTHONPATH": str(REPOSITORY)}


def run(root: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=root,
        env=environment(root),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_the_flow_gives_what_the_command_gives(root: Path, tmp_path: Path) -> None:
    make_package(root, "024465-bad-plan", declaration=PACKAGE + "surprise: 1\n")
    flow = run(root, "flows", "--out", str(tmp_path / "flow"), "--json")
    command = run(root, "machidata", "build", "--out", str(tmp_path / "command"), "--json")
    assert flow.returncode == command.returncode == 2
    first, second = json.loads(flow.stdout), json.loads(command.stdout)
    assert first.pop("catalog") != second.pop("catalog")
    assert first == second
    assert {entry["status"] for entry in first["packages"]} == {"published", "failed"}
    assert differences(tree(tmp_path / "flow"), tree(tmp_path / "command")) == []
    assert "Traceback" not in flow.stderr
    assert not (root.parent / ".prefect").exists()


def test_one_package_alone_tells_each_step(root: Path) -> None:
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", NAMES[0]],
        cwd=root,
        env=environment(root),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    waited = time.monotonic() - start
    _, rest = process.communicate(timeout=240)
    assert process.returncode == 0
    assert first.strip() == "0.0 s  カタログ: 実行環境を起動する"
    assert waited < 2  # a second on an idle machine
    steps = [line.split("  ")[-1] for line in rest.splitlines() if "実行環境" not in line]
    assert steps == [
        *(f"{NAMES[0]}: {stage}" for stage in ("読む", "整える", "検査する", "まとめる")),
        "カタログ: 目録を書く",
        "カタログ: 公開する",
    ]
    assert (root / "out/catalog" / NAMES[0]).is_dir()


def test_wrong_use_starts_no_engine(root: Path) -> None:
    start = time.monotonic()
    result = run(root, "flows", "no-such-plan")
    assert (result.returncode, "package-unknown" in result.stderr) == (2, True)
    assert time.monotonic() - start < 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("moment", ["server.log", "読む"])
def test_an_ended_run_leaves_nothing_behind(
    root: Path, tmp_path: Path, number: signal.Signals, moment: str
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "flows"],
        cwd=root,
        env={**environment(root), "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    assert "実行環境" in process.stderr.readline()
    until = time.monotonic() + 60
    while not list(scratch.glob("machidata-*/server.log")) and time.monotonic() < until:
        time.sleep(0.02)
    while moment == "読む" and moment not in process.stderr.readline():
        assert time.monotonic() < until
    if number == signal.SIGKILL:
        time.sleep(0.5)  # nobody tidies up after a run that is killed before its server is there
    os.killpg(process.pid, number)  # as a terminal does
    _, said = process.communicate(timeout=120)
    killed = number == signal.SIGKILL
    assert process.returncode == (-number if killed else 130)
    assert "Traceback" not in said
    assert killed or said.splitlines()[-1] == "中断しました。"
    while list(scratch.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)  # after a kill, the server tidies up
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api", "no address", "http://[::1"])
def test_a_configured_server_that_is_gone_ends_the_run_at_once(root: Path, url: str) -> None:
    configured = {**environment(root), "PREFECT_API_URL": url}
    result = subprocess.run(
        [sys.executable, "-m", "flows", "--json"],
        cwd=root,
        env={**configured, "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 3
    error = json.loads(result.stdout)["error"]
    assert (error["code"], error["where"]) == ("engine-unreachable", f"PREFECT_API_URL={url}")
    assert "machidata build" in error["fix"]
