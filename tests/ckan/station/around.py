"""Runs a command with stations around it, which go when it ends: `make test`, `make test-ckan`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType

from . import installing, running
from .places import State, StationError, stations

CONFIGS = ("scheming", "legacy")
RUN = "MACHIDATA_CKAN_RUN"
"""What the names of this run's stations end with: two runs never meet, not even in one checkout."""


def around(command: list[str], seconds: float) -> int:
    """The exit code of the command; 1 if CKAN is there and does not start."""
    why = prepare(seconds)
    if why:
        told = f"== CKAN: the tests against a real CKAN are left out: {why}"
        print(told, flush=True)
        code = _call(command, os.environ | {"MACHIDATA_CKAN": "0"})
        # once more where people look
        print(told, flush=True)
        return code
    run = f"run-{os.getpid()}"
    # ended from outside, everything is still put away
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        for config in CONFIGS:
            state = _start(config, f"{config}-{run}")
            print(f"== CKAN: {config} at {state.url}", flush=True)
        return _call(command, os.environ | {RUN: run})
    except StationError as error:
        print(f"== CKAN: installed, but does not start: {error}", flush=True)
        return 1
    finally:
        for state in stations():
            if state.name.endswith(f"-{run}"):
                running.wipe(state)


def prepare(seconds: float) -> str:
    """Installs CKAN if that can be done in the time; otherwise why not."""
    if os.environ.get("MACHIDATA_CKAN") == "0":
        return "MACHIDATA_CKAN=0"
    if installing.installed():
        return ""
    print("== CKAN: installing for the tests, once, a minute or two", flush=True)
    try:
        installing.install(seconds=seconds)
    except (StationError, OSError) as error:
        return str(error)
    return ""


def _start(config: str, name: str) -> State:
    try:
        return running.start(config, name)
    except StationError as error:
        # a port may have been taken between finding it free and using it
        print(f"== CKAN: once more, {error}", flush=True)
        return running.start(config, name)


def _call(command: list[str], environment: dict[str, str]) -> int:
    sys.stdout.flush()
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        return 130


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
