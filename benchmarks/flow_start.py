"""Prints what starting a Prefect flow costs with no server configured, before and after.

    .venv/bin/python benchmarks/flow_start.py [RUNS]

The same small flow (four tasks) runs in a new process and a new home each time:
  before        Prefect as it comes, only the telemetry off
  switched off  services, blocks, logging and events off as `flows.settings` has them
  after         and the server of `flows.server`: started early, on a prepared database
  result        `python -m flows`: all packages up to the catalog
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from flows.server import prepare  # noqa: E402
from flows.settings import PRIVATE, TEMPORARY  # noqa: E402

FLOW = """
from prefect import flow, task

@task
def one(number):
    return number

@flow
def small():
    return [future.result() for future in [one.submit(n) for n in range(4)]]
"""

PLAIN = FLOW + "\nsmall()\n"

AFTER = (
    """
import os
from flows.server import temporary_server
with temporary_server() as server:
    os.environ["PREFECT_API_URL"] = server.url
    import prefect
    server.wait()
    from flows.running import forget_events
    forget_events()
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
"""
    + "\n".join("    " + line for line in FLOW.splitlines())
    + """
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        small()
    forget_events()
"""
)


def environment(home: str, extra: dict[str, str]) -> dict[str, str]:
    """The user's environment without any setting of Prefect but `extra`."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT")}
    patience = {"PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180"}
    return {**plain, "HOME": home, "PYTHONPATH": str(ROOT), **PRIVATE, **patience, **extra}


def measure(arguments: list[str], extra: dict[str, str]) -> float:
    """Wall seconds of a Python process. Ends the benchmark when it fails."""
    with tempfile.TemporaryDirectory(prefix="machidata-") as home:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=home,
            env=environment(home, {"MACHIDATA_ROOT": str(ROOT), **extra}),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            sys.exit(done.stderr.decode(errors="replace")[-2000:])
        return time.perf_counter() - start


def main() -> None:
    """Measures the four and prints their medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    prepare()
    with tempfile.TemporaryDirectory(prefix="machidata-") as folder:
        cases = {
            "before": (["-c", PLAIN], {}),
            "switched off": (["-c", PLAIN], dict(TEMPORARY)),
            "after": (["-c", AFTER], {}),
            "result": (["-m", "flows", "--out", f"{folder}/catalog"], {}),
        }
        for name, (arguments, extra) in cases.items():
            seconds = [measure(arguments, extra) for _ in range(runs)]
            each = " ".join(f"{one:.1f}" for one in seconds)
            print(f"{name:<13} {statistics.median(seconds):6.1f} s   ({each})", flush=True)


if __name__ == "__main__":
    main()
