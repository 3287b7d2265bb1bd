"""`python -m flows catalog …`: what it says, and that wrong use starts no engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

import flows  # noqa: F401 - sets telemetry off before Prefect is imported

pytest.importorskip("prefect")

from flows import __main__ as entry
from flows import catalog_command, running
from pipelines.catalogs.approval import approve
from pipelines.catalogs.plan_files import write_approval
from pipelines.model import MachidataError
from pipelines.publish.applying.running import Outcome
from pipelines.publish.plan.files import plan_bytes
from tests.cli.conftest import make_package
from tests.flows.pretending import CATALOG, FULL, GONE, MAYOR, PLAN, Pretence

Said = Callable[..., tuple[int, Any]]


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """The exit code of a command line of this process, and what it says as JSON."""
    monkeypatch.setattr(running, "stop_by_signals", lambda: None)

    def call(*words: str) -> tuple[int, Any]:
        code = entry.main(["catalog", *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return call


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_package(tmp_path, "024465-one-plan")
    (tmp_path / "catalogs").mkdir()
    (tmp_path / "catalogs" / "town.yaml").write_text(CATALOG, encoding="utf-8")
    monkeypatch.setenv("MACHIDATA_ROOT", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("plan", "--to", "city"), 2, "catalog-unknown"),
        (("plan", "--to", "town", "999-x"), 2, "package-unknown"),
        (("plan", "--to", "town", "--folder", "datapackages"), 2, "out-in-packages"),
        (("apply", "--to", "city"), 2, "catalog-unknown"),
        (("apply", "--to", "town"), 3, "plan-missing"),
        (("apply", "--to", "town", "--plan", "plan.json"), 2, "approval-missing"),
        (("apply", "--to", "town", "--plan", "bad.json"), 2, "plan-invalid"),
    ],
)
def test_wrong_use_starts_no_engine(
    says: Said,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: int,
    error: str,
) -> None:
    def engine(still: Callable[[], None]) -> Any:
        raise AssertionError("an engine was started")

    monkeypatch.setattr(catalog_command, "engine", engine)
    monkeypatch.chdir(repository)
    (repository / "plan.json").write_bytes(plan_bytes(PLAN))
    (repository / "bad.json").write_bytes(b"{}")
    told = says(*words)
    assert (told[0], told[1]["error"]["code"]) == (code, error)


@pytest.mark.parametrize("words", [(), ("plan",), ("apply",), ("sign", "--to", "x")])
def test_what_is_no_command_line(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        entry.main(["catalog", *words])
    assert caught.value.code == 2


@pytest.fixture
def running_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server of the tests is the engine."""
    monkeypatch.setattr(catalog_command, "engine", lambda still: nullcontext())


@pytest.mark.slow
@pytest.mark.usefixtures("running_engine")
def test_the_plan_is_told_and_what_could_not_be_planned(
    says: Said, town: Path, pretence: Pretence
) -> None:
    code, told = says("plan", "--to", "town")
    folder = town / "out/plans/town"
    assert (code, told["exit_code"], told["failed"]) == (0, 0, {})
    assert told["files"] == [str(folder / f"plan.{one}") for one in ("json", "md", "html")]
    assert told["plan"] == json.loads((folder / "plan.json").read_bytes())
    pretence.failed = {"999-x": MachidataError("source-missing", ja="無い", en="none", exit_code=3)}
    pretence.plan = FULL
    code, told = says("plan", "--to", "town")
    assert (code, told["exit_code"]) == (3, 3)
    assert told["failed"]["999-x"]["code"] == "source-missing"


@pytest.mark.slow
@pytest.mark.usefixtures("running_engine")
def test_what_an_apply_did_is_told_also_when_it_failed(
    says: Said, town: Path, pretence: Pretence
) -> None:
    file = town / "plan.json"
    file.write_bytes(plan_bytes(PLAN))
    write_approval(file, approve(PLAN, "mayor", MAYOR))
    words = ("apply", "--to", "town", "--plan", str(file))
    code, told = says(*words)
    assert (code, told["unfinished"], told["datasets"][0]["done"]) == (0, False, True)
    pretence.outcomes = (Outcome("a-plan", "update", "1", GONE),)
    pretence.open = True
    code, told = says(*words)
    assert (code, told["exit_code"], told["unfinished"]) == (3, 3, True)
    assert told["datasets"][0]["error"]["code"] == "catalog-unreachable"
    pretence.errors = [MachidataError("plan-moved", ja="変わりました", en="moved")]
    code, told = says(*words)
    assert (code, told["error"]["code"]) == (2, "plan-moved")


@pytest.mark.slow
@pytest.mark.usefixtures("running_engine")
def test_for_people(
    town: Path,
    pretence: Pretence,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(running, "stop_by_signals", lambda: None)
    assert entry.main(["catalog", "plan", "--to", "town", "--lang", "ja"]) == 0
    plan = capsys.readouterr().out
    assert PLAN.datasets[0].title in plan and "plan.json" in plan.splitlines()[-1]
    write_approval(town / "out/plans/town/plan.json", approve(PLAN, "mayor", MAYOR))
    assert entry.main(["catalog", "apply", "--to", "town", "--lang", "ja"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"✓ {PLAN.datasets[0].name}  公開しました",
        "公開先は、あるべき姿のとおりです。",
    ]
