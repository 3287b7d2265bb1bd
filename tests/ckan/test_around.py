"""Stations around a command: they go, whatever happens, and it is said when there are none."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.ckan.station import __main__ as station
from tests.ckan.station import around, installing, places, running
from tests.ckan.station.places import State, StationError

SAYS = "import os, sys; print('asked', os.environ.get('MACHIDATA_CKAN'), flush=True); sys.exit(7)"
COMMAND = [sys.executable, "-c", SAYS]


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MACHIDATA_CKAN_HOME", str(tmp_path))
    monkeypatch.delenv("MACHIDATA_CKAN", raising=False)
    monkeypatch.setattr(signal, "signal", lambda *_: None)


def test_without_ckan_the_command_runs_and_the_reason_is_told(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fails(**_: float) -> None:
        raise StationError("missing: redis-server")

    monkeypatch.setattr(installing, "install", fails)
    assert around.around(COMMAND, 1) == 7
    told = capfd.readouterr().out
    assert told.count("left out: missing: redis-server") == 2
    assert "asked 0" in told


def test_it_can_be_left_out(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MACHIDATA_CKAN", "0")
    monkeypatch.setattr(installing, "install", lambda **_: pytest.fail("not asked for"))
    assert around.around(COMMAND, 1) == 7
    assert "left out: MACHIDATA_CKAN=0" in capfd.readouterr().out


def test_the_stations_have_names_of_their_own_and_go_with_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []

    def start(config: str, name: str) -> State:
        state = State(name, config)
        state.save()
        started.append(name)
        return state

    monkeypatch.setattr(installing, "installed", lambda: True)
    monkeypatch.setattr(running, "start", start)
    State("scheming", "scheming").save()
    assert around.around(COMMAND, 1) == 7
    assert started == [f"{config}-run-{os.getpid()}" for config in ("scheming", "legacy")]
    assert [one.name for one in places.stations()] == ["scheming"]


def test_a_station_that_does_not_start_is_a_failure_after_two_tries(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    tries: list[str] = []

    def start(config: str, name: str) -> State:
        tries.append(config)
        raise StationError("postgres ended")

    monkeypatch.setattr(installing, "installed", lambda: True)
    monkeypatch.setattr(running, "start", start)
    assert around.around(COMMAND, 1) == 1
    assert tries == ["scheming"] * 2
    assert "does not start: postgres ended" in capfd.readouterr().out


def test_installing_ends_when_its_time_is_over(tmp_path: Path) -> None:
    begin = time.monotonic()
    # a child of a child, as a compiler is one
    script = f"sleep 60 & echo $! > {tmp_path}/pid; wait"
    with pytest.raises(StationError, match="took too long"):
        installing._run(["sh", "-c", script], time.monotonic() - 1)
    assert time.monotonic() - begin < 10
    child = int((tmp_path / "pid").read_text("utf-8"))
    until = time.monotonic() + 5
    while Path(f"/proc/{child}/stat").exists() and time.monotonic() < until:
        if Path(f"/proc/{child}/stat").read_text("utf-8").split()[2] == "Z":
            break
        time.sleep(0.01)
    else:
        assert not Path(f"/proc/{child}").exists()


def test_what_failed_is_told() -> None:
    with pytest.raises(StationError, match=r"(?s)sh -c .* failed:\nno such package"):
        installing._run(["sh", "-c", "echo no such package; exit 3"], time.monotonic() + 10)


def test_two_installations_into_one_folder_wait_for_each_other() -> None:
    now = time.monotonic()
    with (
        installing._alone(now + 5),
        pytest.raises(StationError, match="somebody else"),
        installing._alone(now - 1),
    ):
        pytest.fail("both at once")


def test_the_makefile_says_what_the_station_understands() -> None:
    lines = (Path(__file__).parents[2] / "Makefile").read_text("utf-8").splitlines()
    asked = [
        line.split("tests.ckan.station ")[1] for line in lines if "tests.ckan.station " in line
    ]
    assert len(asked) >= 2
    for line in asked:
        station.arguments().parse_args(line.split(" -- ")[0].split() + ["x"] * (" -- " in line))
