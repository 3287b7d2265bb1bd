"""A Prefect server for one run, in a process of its own that starts while this one still imports.

Prefect starts such a server too, but only after its own imports, with a database migrated step by
step (7 s) and a limit of 20 s. Here the migrated database is a copy of a template that is made
once for each version of Prefect.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from flows.settings import PRIVATE, TEMPORARY, apply, bypass_proxy
from pipelines.model import MachidataError

HOST = "127.0.0.1"
PATIENCE = 120.0
"""Seconds that a server may take to start; a busy machine needs ten times an idle one's."""
TELL = 5.0
"""Seconds after which a run that waits says so."""


@dataclass(slots=True)
class Server:
    """A server that is starting: its process, its address and its folder."""

    process: subprocess.Popen[bytes]
    url: str
    home: Path

    def wait(self, still: Callable[[], None] = lambda: None) -> str:
        """The address, once the server answers; `still` is called every `TELL` seconds till then.

        Raises MachidataError `engine-failed`.
        """
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        now = time.monotonic()
        until, tell = now + PATIENCE, now + TELL
        while self.process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(OSError):
                opener.open(f"{self.url}/health", timeout=TELL).close()
                return self.url
            time.sleep(0.05)
            if time.monotonic() >= tell:
                still()
                tell += TELL
        raise _failed(_tail(self.home / "server.log"))


def _failed(found: str) -> MachidataError:
    return MachidataError(
        "engine-failed",
        ja="実行環境（Prefect）を起動できません。",
        en="The engine (Prefect) could not be started.",
        found=found,
        fix_ja="Prefect を使わない machidata build でも同じ結果が得られます。",
        fix_en="`machidata build` gives the same result without Prefect.",
        exit_code=3,
    )


def _tail(log: Path) -> str:
    with contextlib.suppress(OSError):
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else ""
    return ""


@contextlib.contextmanager
def temporary_server() -> Iterator[Server]:
    """Starts a server and ends it with the block; its folder goes with it.

    It ends as well when this process is killed, because it watches the pipe from here, and then
    removes the folder itself. Raises MachidataError `engine-failed` where this machine's own
    address cannot be used.
    """
    port = _free_port()
    home = Path(tempfile.mkdtemp(prefix="machidata-"))
    # Prefect keeps the errors of tasks, whatever is said of results: they go with the folder
    places = {"PREFECT_HOME": str(home), "PREFECT_LOCAL_STORAGE_PATH": str(home / "storage")}
    apply({**PRIVATE, **TEMPORARY, **places})
    bypass_proxy(HOST)
    server = None
    try:
        server = Server(_start(home, port), f"http://{HOST}:{port}/api", home)
        yield server
    finally:
        if server is not None:
            server.process.kill()
            server.process.wait()
            if server.process.stdin:
                server.process.stdin.close()
        shutil.rmtree(home, ignore_errors=True)


def _start(home: Path, port: int) -> subprocess.Popen[bytes]:
    database = home / "run.db"
    prepared = template()
    if prepared.is_file():
        shutil.copyfile(prepared, database)
    environment = {
        **os.environ,
        "PREFECT__SERVER_EPHEMERAL": "1",
        "PREFECT__SERVER_FINAL": "1",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}",
        "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": str(not database.is_file()).lower(),
    }
    environment.pop("PREFECT_API_URL", None)
    with (home / "server.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own module, no input of anybody
            [sys.executable, "-m", "flows.server_process", HOST, str(port), str(home)],
            env={**environment, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for the run; the server goes when the run says so
        )


def _free_port() -> int:
    """A port of this machine that a process of ours can listen on and another one reach."""
    try:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            probe.listen(1)
            port: int = probe.getsockname()[1]
            socket.create_connection((HOST, port), timeout=TELL).close()
            return port
    except OSError as error:
        raise _failed(f"{HOST}: {error.strerror or error}") from error


def template() -> Path:
    """Where the migrated database of this version of Prefect stands (or would stand)."""
    name = f"prefect-{version('prefect')}.db"
    return Path(sys.prefix) / "share" / "machidata" / name


def prepare() -> bool:
    """Makes the template if it is not there; True when it is there afterwards.

    An environment that cannot be written to is no error: each run then migrates its own.
    """
    target = template()
    if target.is_file():
        return True
    with tempfile.TemporaryDirectory(prefix="machidata-") as folder:
        database = Path(folder) / "new.db"
        environment = {
            **os.environ,
            **PRIVATE,
            "PREFECT_HOME": folder,
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}",
        }
        command = [sys.executable, "-m", "flows.server_process", "migrate"]
        made = subprocess.run(command, env=environment, check=False, capture_output=True)  # noqa: S603
        if made.returncode or not database.is_file():
            return False
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            staged = target.with_suffix(f".{os.getpid()}")
            shutil.copyfile(database, staged)
            staged.replace(target)
        except OSError:
            return False
    return True
