"""Metadata of a large catalog: ours beside rdflib, the same statements, each in its own process.

    .venv/bin/python benchmarks/rdf.py [DATASETS]

Ours is timed from the model to the bytes; rdflib from a list of the same statements (made before
the clock starts) through its graph to the bytes. DATASETS is 1,500: rdflib looks for the name space
of an IRI among all that it has met, so its Turtle grows faster than the catalog (10,000 datasets
take it more than six minutes). Ours is then shown alone at 2,500, 5,000 and 10,000: its time must
grow with the datasets and not faster, within a limit of memory.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.large_catalog import large_catalog
from pipelines.describe.rdf.dcat import catalog_graph
from pipelines.describe.rdf.graph import PREFIXES, Value, full
from pipelines.describe.rdf.render import json_ld, rdf_xml, turtle

FORMATS = {"turtle": (turtle, 40.0), "json-ld": (json_ld, 10.0), "xml": (rdf_xml, 8.0)}
MOST_MEGABYTES = 600.0
MOST_GROWTH = 1.35  # of the time for a dataset, from the smallest size to the largest
SIZES = (2_500, 5_000, 10_000)


def ours(form: str, datasets: int) -> tuple[float, int]:
    """Seconds from the model to the bytes, and how many bytes."""
    catalog = large_catalog(datasets)
    start = time.perf_counter()
    data = FORMATS[form][0](catalog_graph(catalog))
    return time.perf_counter() - start, len(data)


def peer(form: str, datasets: int) -> tuple[float, int]:
    """The same with rdflib, from the statements to the bytes."""
    import rdflib

    statements = list(catalog_graph(large_catalog(datasets)))

    def term(value: Value) -> rdflib.term.Node:
        if isinstance(value, str):
            return rdflib.URIRef(value)
        words, language, datatype = value
        if language:
            return rdflib.Literal(words, lang=language)
        return rdflib.Literal(words, datatype=rdflib.URIRef(full(datatype)))

    start = time.perf_counter()
    graph = rdflib.Graph()
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    for subject, name, value in statements:
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(full(name)), term(value)))
    data = graph.serialize(format=form, encoding="utf-8")
    return time.perf_counter() - start, len(data)


def _child(name: str, form: str, datasets: int, answers: multiprocessing.Queue) -> None:
    seconds, size = {"ours": ours, "peer": peer}[name](form, datasets)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answers.put((seconds, size, peak))


def measured(name: str, form: str, datasets: int, runs: int = 1) -> tuple[float, int, float]:
    """The fastest of some runs, each in a process of its own: seconds, bytes, peak megabytes."""
    context = multiprocessing.get_context("spawn")
    found = []
    for _ in range(runs):
        answers = context.Queue()
        child = context.Process(target=_child, args=(name, form, datasets, answers))
        child.start()
        found.append(answers.get())
        child.join()
    return min(found)


def beside_the_peer(datasets: int) -> bool:
    """Prints seconds and ratios; True when each ratio is kept."""
    count = len(catalog_graph(large_catalog(datasets)))
    print(f"{datasets:,} datasets, {2 * datasets:,} files, {count:,} statements", flush=True)
    kept = True
    for form, (_, least) in FORMATS.items():
        fast, _, peak = measured("ours", form, datasets, runs=3)
        slow, _, peer_peak = measured("peer", form, datasets)
        kept = kept and slow / fast >= least
        print(
            f"{form:<8} ours {fast:6.2f} s {peak:5.0f} MB   "
            f"rdflib {slow:7.2f} s {peer_peak:5.0f} MB   {slow / fast:6.1f} × (≥ {least:.0f})",
            flush=True,
        )
    return kept


def alone() -> bool:
    """Prints how ours grows; True when it grows with the datasets and within its memory."""
    kept = True
    for form in FORMATS:
        found = [measured("ours", form, size, runs=3) for size in SIZES]
        growth = found[-1][0] / SIZES[-1] / (found[0][0] / SIZES[0])
        kept = kept and growth <= MOST_GROWTH and found[-1][2] <= MOST_MEGABYTES
        times = ", ".join(f"{one[0]:.2f} s" for one in found)
        print(
            f"{form:<8} ours at {SIZES} datasets: {times}; a dataset {growth:.2f} × the time "
            f"(≤ {MOST_GROWTH}), {found[-1][2]:.0f} MB (≤ {MOST_MEGABYTES:.0f}), "
            f"{found[-1][1] / 1e6:.1f} MB written",
            flush=True,
        )
    return kept


def main() -> int:
    """Prints everything; exit code 1 when a promise is broken."""
    both = beside_the_peer(int(sys.argv[1]) if len(sys.argv) > 1 else 1_500), alone()
    return 0 if all(both) else 1


if __name__ == "__main__":
    sys.exit(main())
