"""The list of tolerated results, `vocab/shapes/tolerated.ttl`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from pipelines.describe.gate.facts import SH, Facts, ShapeInfo
from pipelines.describe.gate.model import GateResult, Tolerance
from pipelines.vocabulary import TERMS


@cache
def tolerances() -> tuple[Tolerance, ...]:
    """All entries, in the order of the file. Raises ValueError for one of another severity than
    sh:Warning and sh:Info: a violation is never tolerated.
    """
    data = files("vocab").joinpath("shapes", "tolerated.ttl").read_bytes()
    facts = Facts(quad.triple for quad in parse(data, format=RdfFormat.TURTLE))
    kind = NamedNode(TERMS + "Tolerated")
    found = tuple(_entry(facts, t.subject) for t in facts.triples if t.object == kind)
    if any(entry.severity == "Violation" for entry in found):
        raise ValueError("vocab/shapes/tolerated.ttl: a violation cannot be tolerated")
    return found


def _entry(facts: Facts, node: object) -> Tolerance:
    said: dict[tuple[str, str], str] = {}
    for triple in facts.of(node):
        value = triple.object
        language = value.language or "" if isinstance(value, Literal) else ""
        written = value.value if isinstance(value, (NamedNode, Literal)) else ""
        said[triple.predicate.value.removeprefix(TERMS), language] = written
    return Tolerance(
        file=said["file", ""],
        about=said["class", ""],
        path=said["path", ""],
        severity=said["severity", ""].removeprefix(SH),
        value_start=said.get(("valueStart", ""), ""),
        value_pattern=said.get(("valuePattern", ""), ""),
        told=said.get(("told", "")) == "true",
        reason=said["reason", "ja"],
        reason_en=said["reason", "en"],
    )


def tolerance(result: GateResult, shape: ShapeInfo) -> Tolerance | None:
    """The entry that covers a result; None when it is not tolerated."""
    plain = result.value.removeprefix("<").removeprefix('"')
    for entry in _by_key().get((shape.file, shape.about, shape.path, result.severity), ()):
        fits = re.search(entry.value_pattern, plain.removesuffix(">"))
        if fits and plain.startswith(entry.value_start):
            return entry
    return None


@cache
def _by_key() -> dict[tuple[str, str, str, str], list[Tolerance]]:
    found: dict[tuple[str, str, str, str], list[Tolerance]] = {}
    for entry in tolerances():
        key = (entry.file, entry.about, entry.path, entry.severity)
        found.setdefault(key, []).append(entry)
    return found
