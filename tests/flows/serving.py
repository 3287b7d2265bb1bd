"""A Prefect server with a database of its own, which keeps runs, logs and artifacts, for tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.server import HOST, Server, _free_port, template
from flows.settings import PRIVATE, TEMPORARY, bypass_proxy

REPOSITORY = Path(__file__).resolve().parents[2]
# Logs, events and runs of tasks are kept here, as by a server of one's own: what must not be in
# there is looked for.
_KEPT = ("LOGGING", "EVENT", "TASK_RUN_RECORDER")
KEPT = {name: value for name, value in TEMPORARY.items() if not any(one in name for one in _KEPT)}


@dataclass(frozen=True)
class PrefectServer:
    """Its address, the folder of its database, and the folder that is the clients' PREFECT_HOME."""

    url: str
    home: Path
    clients: Path

    def ask(self, what: str, **filters: Any) -> Any:
        """The objects of a kind: `artifacts`, `flow_runs`, `task_runs`, `logs`; oldest first."""
        request = urllib.request.Request(  # noqa: S310 - the server that was started here
            f"{self.url}/{what}/filter",
            data=json.dumps(filters).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            found = json.load(answer)
        return sorted(found, key=lambda one: str(one.get("created") or one.get("timestamp")))

    def artifacts(self, key: str) -> list[dict[str, Any]]:
        """The artifacts under a key, the newest last."""
        found: list[dict[str, Any]] = self.ask("artifacts", artifacts={"key": {"any_": [key]}})
        return found

    def last_run(self) -> dict[str, Any]:
        """The last flow run."""
        run: dict[str, Any] = self.ask("flow_runs")[-1]
        return run

    def tags(self, run: dict[str, Any]) -> list[list[str]]:
        """The tags of the tasks of a flow run, which the server hears of a little later."""
        from prefect.events.worker import EventsWorker

        EventsWorker.drain_all(timeout=10)
        until = time.monotonic() + 20
        while True:
            found = [one for one in self.ask("task_runs") if one["flow_run_id"] == run["id"]]
            if found or time.monotonic() > until:
                return [one["tags"] for one in found]
            time.sleep(0.05)

    def files_with(self, text: str) -> list[str]:
        """The files of the server and of its clients that hold a text."""
        found = []
        for folder in (self.home, self.clients):
            for path in sorted(one for one in folder.rglob("*") if one.is_file()):
                if text.encode() in path.read_bytes():
                    found.append(path.name)
        return found


@contextmanager
def prefect_server(folder: Path) -> Iterator[PrefectServer]:
    """Starts one in `folder`, and ends it."""
    home, clients, port = folder / "server", folder / "clients", _free_port()
    home.mkdir(parents=True)
    clients.mkdir()
    database = home / "run.db"
    if template().is_file():
        shutil.copyfile(template(), database)
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT")}
    stated = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}",
        "PREFECT_SERVER_DATABASE_MIGRATE_ON_START": str(not template().is_file()).lower(),
        "PYTHONPATH": str(REPOSITORY),
    }
    bypass_proxy(HOST)
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.server_process", HOST, str(port), str(home)],
            env={**plain, **PRIVATE, **KEPT, **stated},
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
        )
    try:
        url = Server(process, f"http://{HOST}:{port}/api", folder).wait()
        yield PrefectServer(url, home, clients)
    finally:
        process.kill()
        process.communicate()
