"""For the tests of scores: a catalog's graph with something taken out, and a folder on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from pipelines.describe.gate.gate import gate
from pipelines.describe.rdf.graph import full
from pipelines.describe.score.points import CatalogScore, violating

MANDATORY = ("dcat-ap-3.0.1/shapes.ttl",)


def without(turtle: bytes, name: str, subject: str = "", by: str = "") -> bytes:
    """The same without a property (of one subject), or with the IRI `by` as its only value."""
    kept, taken = [], 0
    for triple in parse(turtle, format=RdfFormat.TURTLE):
        mine = not subject or triple.subject == NamedNode(subject)
        if triple.predicate == NamedNode(full(name)) and mine:
            taken += 1
            if by:
                kept.append(Triple(triple.subject, triple.predicate, NamedNode(by)))
        else:
            kept.append(triple)
    assert taken, "the test takes nothing out"
    data = serialize(kept, format=RdfFormat.TURTLE)
    assert data is not None
    return data


def lost(score: CatalogScore) -> dict[str, float]:
    """Code → points lost, of the whole catalog."""
    return {one.metric.code: float(one.lost) for one in score.total.metrics if one.lost}


def violations(turtle: bytes) -> frozenset[str]:
    """The datasets that break the mandatory shapes of DCAT-AP 3.0.1."""
    return violating(gate(turtle, shapes=MANDATORY))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(handler: object, server: ThreadingHTTPServer | None = None) -> Iterator[str]:
    """The address of a server on loopback, which is closed at the end."""
    server = server or ThreadingHTTPServer(("127.0.0.1", 0), handler)  # type: ignore[arg-type]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving_folder(folder: Path) -> Iterator[str]:
    with serving(partial(Quiet, directory=str(folder))) as base:
        yield base
