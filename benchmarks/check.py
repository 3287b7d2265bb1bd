"""What the checks of all packages cost beside reading and tidying them, and beside frictionless.

    .venv/bin/python benchmarks/check.py [ROUNDS] [--documents DIR] [--rows ROWS]

Prints the median seconds of some rounds (after one that is not counted) for each package and for
all, and the ratio check / (read + tidy); exit code 1 when it is above 1. With `--documents` the
whole documents of that folder are read instead of the committed extracts. Then the schema check
alone beside frictionless on the same tables, and on ROWS rows (100,000) of the largest table of
values, once clean and once with one fault, about which frictionless is asked. Both must find the
same, or the exit code is 1.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipelines import line
from pipelines.check.judge import judged
from pipelines.check.tables import table_faults
from pipelines.declaration import load_declaration
from pipelines.model import Row, Tables
from pipelines.vocabulary import table_schemas

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 1.0
STAGES = ("read", "tidy", "check")
LARGE = "observation"

Rows = Mapping[str, Sequence[Row]]


def clocked(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def once(folder: Path, documents: Path | None) -> tuple[tuple[float, float, float], Tables]:
    """Seconds of the three stages for a package, and its tables."""
    declaration = load_declaration(folder)
    began = time.perf_counter()
    sources = line.read_sources(declaration, documents)
    read = time.perf_counter()
    tables = line.tidy_sources(declaration, sources)
    tidied = time.perf_counter()
    line.check_tables(tables, sources)
    return (read - began, tidied - read, time.perf_counter() - tidied), tables


def stages(rounds: int, documents: Path | None) -> tuple[float, list[Rows]]:
    """Prints the stages of each package and of all; the ratio, and the tables."""
    folders = sorted(path.parent for path in (ROOT / "datapackages").glob("*/package.yaml"))
    tables = [once(folder, documents)[1] for folder in folders]
    runs = [[once(folder, documents)[0] for folder in folders] for _ in range(rounds)]
    for number, folder in enumerate(folders):
        show(folder.name, [run[number] for run in runs])
    totals = [tuple(map(sum, zip(*run, strict=True))) for run in runs]
    ratio = show("all", totals)
    print(f"check / (read + tidy) {ratio:20.2f} (limit {LIMIT:.2f})")
    return ratio, [{slug: one.rows for slug, one in each.tables.items()} for each in tables]


def show(name: str, runs: Sequence[Sequence[float]]) -> float:
    """One line of medians; the ratio of check to the rest."""
    read, tidy, check = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"{name:<18} read {read:6.3f} s   tidy {tidy:6.3f} s   check {check:6.3f} s")
    return float(check / (read + tidy))


def beside(name: str, tables: Sequence[Rows], rounds: int) -> bool:
    """Prints the schema check of tables, ours and frictionless's; True when both find the same."""
    schemas = table_schemas()
    ours = [clocked(lambda: [table_faults(one, schemas) for one in tables]) for _ in range(3)]
    peer = [clocked(lambda: [judged(one, schemas) for one in tables]) for _ in range(rounds)]
    mine, theirs = statistics.median(ours), statistics.median(peer)
    rows = sum(len(table) for one in tables for table in one.values())
    same = all(
        {fault.key for fault in table_faults(one, schemas)}
        == {fault.key for fault in judged(one, schemas)}
        for one in tables
    )
    print(
        f"{name:<18} {rows:>7,} rows   ours {mine:6.3f} s   frictionless {theirs:6.3f} s   "
        f"{theirs / mine:5.1f} ×   {'the same faults' if same else 'OTHER FAULTS'}"
    )
    return same


def many(tables: Sequence[Rows], rows: int) -> dict[str, Sequence[Row]]:
    """The package with the most rows of values, these repeated under IDs of their own."""
    most = max(tables, key=_values)
    few = most[LARGE]
    made = [{**few[n % len(few)], "ID": f"{few[n % len(few)]['ID']}-{n}"} for n in range(rows)]
    return {**most, LARGE: made}


def _values(tables: Rows) -> int:
    return len(tables.get(LARGE, ()))


def main() -> int:
    """Measures all; exit code 1 when the checks cost too much or frictionless sees other faults."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rounds", nargs="?", type=int, default=7)
    parser.add_argument("--documents", type=Path, help="a folder with the whole documents")
    parser.add_argument("--rows", type=int, default=100_000)
    asked = parser.parse_args()
    ratio, tables = stages(asked.rounds, asked.documents)
    same = beside("schema, packages", tables, 3)
    large = many(tables, asked.rows)
    same &= beside("schema, clean", [large], 1)
    broken = [{**row} for row in large[LARGE]]
    broken[len(broken) // 2]["種別"] = ""
    same &= beside("schema, one fault", [{**large, LARGE: broken}], 1)
    return 0 if same and ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
