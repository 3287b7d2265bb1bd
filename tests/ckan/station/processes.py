"""Starting processes in the background, waiting for them, ending them."""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .places import Process, State, StationError

ENDING = 15.0
"""Seconds that a process gets to end by itself."""


def spawn(
    state: State, name: str, command: list[str], user: str | None = None, **environment: str
) -> None:
    """Starts a process that outlives this one; what it prints goes to `{name}.log`."""
    log = state.folder / f"{name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=os.environ | environment,
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            start_new_session=True,
        )
    state.processes[name] = Process(process.pid, born(process.pid))
    state.save()


def born(pid: int) -> str:
    """When a living process was started, in the kernel's ticks; empty if there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    # one that ended and was not collected yet is no living process
    return "" if fields[0] in {"Z", "X"} else fields[19]


def alive(process: Process) -> bool:
    """Whether it is still the process that we started."""
    return bool(process.born) and born(process.pid) == process.born


def wait_for(state: State, name: str, ready: Callable[[], bool], seconds: float = 90) -> None:
    """Waits until a process answers; StationError shows the end of its log if it does not."""
    until = time.monotonic() + seconds
    while not ready():
        lives = alive(state.processes[name])
        if not lives or time.monotonic() > until:
            log = (state.folder / f"{name}.log").read_text("utf-8", "replace").splitlines()
            what = "did not answer" if lives else "ended"
            raise StationError(f"{name} {what}; its log ends:\n" + "\n".join(log[-20:]))
        time.sleep(0.05)


def end(process: Process, how: signal.Signals = signal.SIGTERM) -> None:
    """Asks a process to end, and ends it if it does not."""
    for signal_number, seconds in ((how, ENDING), (signal.SIGKILL, 2.0)):
        if not alive(process):
            return
        os.kill(process.pid, signal_number)
        until = time.monotonic() + seconds
        while alive(process) and time.monotonic() < until:
            _collect(process.pid)
            time.sleep(0.02)


def _collect(pid: int) -> None:
    """Takes note of the end of a child of ours, so that it does not stay as a zombie."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def free_ports(names: list[str], before: dict[str, int]) -> dict[str, int]:
    """A free port on loopback for each name; the one it had before, if nobody else has it now."""
    sockets = [_listen(before.get(name, 0)) or _listen(0) for name in names]
    ports = [one.getsockname()[1] for one in sockets if one]
    for one in sockets:
        if one:
            one.close()
    return dict(zip(names, ports, strict=True))


def _listen(port: int) -> socket.socket | None:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError:
        return None
