"""Prints what the promised sizes are here: the build of all packages and the help.

    .venv/bin/python benchmarks/build.py [RUNS]

Each run is a process of its own; wall seconds and the peak of resident memory.
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
LIMITS = {"build": (5.0, 400.0), "help": (0.5, 400.0)}


def measure(arguments: list[str]) -> tuple[float, float]:
    """Wall seconds and peak megabytes of `machidata` with these arguments."""
    command = [sys.executable, "-m", "machidata", *arguments]
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"machidata {' '.join(arguments)} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def report(name: str, arguments: list[str], runs: int) -> bool:
    """Prints the median of some runs beside the limit; True when it is kept."""
    results = [measure(arguments) for _ in range(runs)]
    wall = statistics.median(seconds for seconds, _ in results)
    peak = max(size for _, size in results)
    most_seconds, most_size = LIMITS[name]
    kept = wall <= most_seconds and peak <= most_size
    print(
        f"machidata {name:<6} {wall:6.2f} s (limit {most_seconds} s)   "
        f"{peak:6.0f} MB (limit {most_size:.0f} MB)   {'ok' if kept else 'TOO MUCH'}"
    )
    return kept


def main() -> int:
    """Measures both; exit code 1 when a limit is broken."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory(prefix="machidata-") as folder:
        builds = report("build", ["build", "--out", folder + "/catalog"], runs)
        helps = report("help", ["--help"], runs)
    return 0 if builds and helps else 1


if __name__ == "__main__":
    sys.exit(main())
