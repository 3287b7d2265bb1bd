"""Times the metadata gate beside pyshacl on a catalog of 10,000 datasets with two files each.

    .venv/bin/python benchmarks/shacl_gate.py [DATASETS] [--gate-only]

Each runs in a process of its own, over the same data (with planted faults) and all the shapes that
the gate uses. Prints triples, seconds (reading the data included), peak memory, the ratio and
whether the results are the same; exit code 1 when they differ or the ratio is below the limit.
pyshacl takes some minutes for 10,000 datasets.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 10.0


def run_gate(data: Path) -> tuple[list[list[str]], dict[str, float]]:
    """The gate: its results, and the seconds that it takes down to the last finding."""
    from pipelines.describe.gate.gate import inspect

    start = time.perf_counter()
    report = inspect(data.read_bytes())
    seconds = time.perf_counter() - start
    keys = [[r.focus, r.path, r.severity, r.component] for r in report.results]
    return keys, {"seconds": seconds, "findings": len(report.findings)}


def run_pyshacl(data: Path) -> tuple[list[list[str]], dict[str, float]]:
    """The judge: the same keys from its report."""
    from pyshacl import validate
    from rdflib import Graph
    from rdflib.namespace import SH

    from pipelines.describe.gate.gate import DEFAULT_SHAPES

    logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it tells of every planted fault
    start = time.perf_counter()
    shapes = Graph()
    for name in DEFAULT_SHAPES:
        shapes.parse(ROOT / "vocab" / "shapes" / name)
    graph = Graph().parse(data, format="turtle")
    _, report, _ = validate(graph, shacl_graph=shapes, inference="none")
    seconds = time.perf_counter() - start
    keys = []
    for result in report.objects(None, SH.result):
        said = [report.value(result, SH[name]) for name in ("focusNode", "resultPath")]
        path = _path(report, said[1])
        local = [
            str(report.value(result, SH[name])).removeprefix(str(SH))
            for name in ("resultSeverity", "sourceConstraintComponent")
        ]
        keys.append([said[0].n3(), path, *local])
    return keys, {"seconds": seconds, "triples": len(graph)}


def _path(graph: object, node: object) -> str:
    """A property path as the gate writes it."""
    from rdflib import BNode, Graph
    from rdflib.collection import Collection
    from rdflib.namespace import SH

    if not isinstance(node, BNode) or not isinstance(graph, Graph):
        return str(node or "")
    inverse = graph.value(node, SH.inversePath)
    if inverse is not None:
        return f"^{inverse}"
    return "/".join(_path(graph, step) for step in Collection(graph, node))


RUNS = {"gate": run_gate, "pyshacl": run_pyshacl}


def child(name: str, data: Path, out: Path) -> None:
    """Runs one of the two and writes what it found."""
    sys.path.insert(0, str(ROOT))
    keys, numbers = RUNS[name](data)
    out.write_text(json.dumps({"keys": sorted(keys), **numbers}), encoding="utf-8")


def measure(name: str, data: Path, folder: Path) -> dict[str, object]:
    """One of the two in a process of its own: what it found, seconds and peak megabytes."""
    out = folder / f"{name}.json"
    command = [sys.executable, __file__, "--child", name, str(data), str(out)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{name} ended with {process.returncode}")
    found: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
    peak = usage.ru_maxrss / 1024
    print(f"{name:<8} {found['seconds']:8.2f} s   {peak:7.0f} MB   {len(found['keys'])} results")
    return found


def main() -> int:
    """Measures both; exit code 1 when the promise is broken."""
    from gate_graph import catalog

    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    datasets = numbers[0] if numbers else 10_000
    with tempfile.TemporaryDirectory(prefix="machidata-") as name:
        folder = Path(name)
        data = folder / "catalog.ttl"
        data.write_text(catalog(datasets), encoding="utf-8")
        print(f"{datasets:,} datasets × 2 files, faults planted", flush=True)
        ours = measure("gate", data, folder)
        if "--gate-only" in sys.argv:
            return 0
        theirs = measure("pyshacl", data, folder)
    same = ours["keys"] == theirs["keys"]
    ratio = float(str(theirs["seconds"])) / float(str(ours["seconds"]))
    print(f"triples  {theirs['triples']:,}")
    print(
        f"ratio    {ratio:.1f} × (limit {LIMIT:.0f} ×)   {'ok' if ratio >= LIMIT else 'TOO SLOW'}"
    )
    print(f"results  {'the same' if same else 'DIFFERENT'}; {ours['findings']} findings")
    return 0 if same and ratio >= LIMIT else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        sys.exit(main())
