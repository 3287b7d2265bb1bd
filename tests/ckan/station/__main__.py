"""The station's command line."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from . import around, installing, running
from .installing import RELEASES
from .places import LATEST, State, StationError, stations, venv
from .settings import KINDS


def main() -> int:
    """0 fine, 1 could not be done; `run`: what its command ends with."""
    asked = arguments().parse_args()
    if asked.command == "run":
        return around.around(asked.told, asked.seconds)
    begin = time.monotonic()
    commands: dict[str, Callable[[], None]] = {
        "install": lambda: install(asked.version, asked.seconds),
        "start": lambda: start(asked.config, asked.version),
        "status": status,
        "stop": lambda: each(asked.config, running.stop, "stopped"),
        "wipe": lambda: wipe(asked.config, asked.everything),
    }
    try:
        commands[asked.command]()
    except StationError as error:
        print(f"station: {error}", file=sys.stderr)
        return 1
    print(f"{asked.command}: {time.monotonic() - begin:.1f} s", file=sys.stderr)
    return 0


def arguments() -> argparse.ArgumentParser:
    """What may be said."""
    kinds = "; ".join(f"{name}: {kind.about}" for name, kind in KINDS.items())
    parser = argparse.ArgumentParser(prog="python -m tests.ckan.station", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("install", help="CKAN below .venv-ckan or MACHIDATA_CKAN_HOME")
    command.add_argument("--seconds", type=float, default=1200, help="it may take (1200)")
    command.add_argument("--version", choices=[*RELEASES, "all"], default=LATEST)
    commands.add_parser("status", help="the stations that there are")
    command = commands.add_parser("run", help="a command with fresh stations while it runs")
    command.add_argument("--seconds", type=float, default=900, help="installing may take (900)")
    command.add_argument("told", nargs="+", metavar="COMMAND")
    for name, about in (
        ("start", "starts stations and prints their addresses (default: scheming)"),
        ("stop", "stops stations (default: all)"),
        ("wipe", "stops stations and removes what they hold (default: all)"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("--config", action="append", choices=list(KINDS), help=kinds)
        if name == "start":
            command.add_argument("--version", choices=list(RELEASES), default=LATEST)
        if name == "wipe":
            command.add_argument("--everything", action="store_true", help="and the installation")
    return parser


def install(version: str, seconds: float) -> None:
    """Installs what is missing."""
    for one in RELEASES if version == "all" else [version]:
        installing.install(one, seconds)
        print(f"installed: CKAN {RELEASES[one]} in {venv(one)}")


def start(configs: list[str] | None, version: str) -> None:
    """Starts and prints name and address of each station."""
    for config in configs or ["scheming"]:
        state = running.start(config, version=version)
        print(f"{state.name}\t{state.url}\t{state.file}")


def status() -> None:
    """Prints every station."""
    for state in stations():
        print(f"{state.name}\t{state.url if running.running(state) else 'stopped'}")


def each(configs: list[str] | None, action: Callable[[State], None], done: str) -> None:
    """Does something with the stations of these configurations, or with all."""
    for state in stations():
        if not configs or state.config in configs:
            action(state)
            print(f"{state.name}\t{done}")


def wipe(configs: list[str] | None, everything: bool) -> None:
    """Removes stations, and the installation if asked."""
    each(None if everything else configs, running.wipe, "wiped")
    if everything:
        running.wipe_everything()


if __name__ == "__main__":
    raise SystemExit(main())
