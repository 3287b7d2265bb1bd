"""The metadata gate: a catalog in Turtle → findings in plain sentences, offline.

The compiled engine (`shacl`) holds the data against the official shapes of DCAT-AP 3.0.1 and
against ours for the Japanese recommended datasets (`vocab/shapes`). In the tests pyshacl is the
judge: both give the same results. A gate that cannot check says so and lets nothing pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from shacl import Result

from pipelines.describe.gate.facts import ShapeInfo
from pipelines.describe.gate.focus import Owners, describes_datasets
from pipelines.describe.gate.model import GateReport, GateResult, Tolerance, Where
from pipelines.describe.gate.shapes import DEFAULT_SHAPES, Compiled, compiled, origin
from pipelines.describe.gate.tolerated import tolerance
from pipelines.describe.gate.words import finding
from pipelines.model import Finding, MachidataError

__all__ = ["DEFAULT_SHAPES", "GateReport", "gate", "inspect"]

_RANK = {"Violation": 0, "Warning": 1, "Info": 2}


def gate(
    turtle: bytes | str, *, shapes: Sequence[str | Path] = DEFAULT_SHAPES
) -> tuple[Finding, ...]:
    """What a catalog or package in Turtle lacks, worst first; empty when it passes.

    `shapes` are names of files in `vocab/shapes`, or paths of other Turtle files. Findings have the
    ID of the dataset in `row_id` and that of the file in `table`; several results of one rule about
    one dataset are one finding. Raises MachidataError: `shapes-invalid`, `metadata-unreadable`,
    `metadata-empty`.
    """
    return inspect(turtle, shapes=shapes).findings


def inspect(turtle: bytes | str, *, shapes: Sequence[str | Path] = DEFAULT_SHAPES) -> GateReport:
    """As `gate`, with the raw results and what was tolerated of them."""
    rules = compiled(shapes)
    data = turtle.encode("utf-8") if isinstance(turtle, str) else turtle
    results = _results(rules, data)
    tolerated: list[tuple[GateResult, Tolerance]] = []
    told: list[GateResult] = []
    for result in results:
        entry = tolerance(result, rules.info[result.shape])
        if entry is not None:
            tolerated.append((result, entry))
        if entry is None or entry.told:
            told.append(result)
    return GateReport(_findings(rules, data, told), tuple(tolerated), results)


def _results(rules: Compiled, data: bytes) -> tuple[GateResult, ...]:
    try:
        seen = describes_datasets(data)
        report = rules.engine.validate_turtle(data.decode("utf-8")) if seen else None
    except (SyntaxError, ValueError) as error:  # UnicodeDecodeError is a ValueError
        raise _unreadable(str(error)) from error
    if report is None:
        raise MachidataError(
            "metadata-empty",
            ja="メタデータに、カタログもデータセットもありません。何も検査していません。",
            en="The metadata describe neither a catalog nor a dataset; nothing was checked.",
            fix_ja="catalog.ttl を指定したかを確かめてください。",
            fix_en="Check that this is a catalog.ttl.",
        )
    return tuple(sorted(_raw(rules, report.results)))


def _raw(rules: Compiled, results: Iterable[Result]) -> list[GateResult]:
    """The engine's results; a companion's are its shape's, told once (see `gate_shapes`)."""
    found: list[GateResult] = []
    lexical: list[GateResult] = []
    for one in results:
        shape, twin = origin((one.source_shape or "").strip("<>"))
        component = "DatatypeConstraintComponent" if twin else one.component
        path, value = rules.info[shape].path, one.value or ""
        result = GateResult(one.focus_node, path, one.severity, component, value, shape)
        (lexical if twin else found).append(result)
    known = set(found) if lexical else set()
    return found + [result for result in lexical if result not in known]


def _unreadable(found: str) -> MachidataError:
    return MachidataError(
        "metadata-unreadable",
        ja="メタデータを Turtle として読めません。何も検査していません。",
        en="The metadata cannot be read as Turtle; nothing was checked.",
        found=found,
        fix_ja="machidata build で作り直すか、示された箇所を直してください。",
        fix_en="Make them again with machidata build, or mend the place that is named.",
    )


def _findings(rules: Compiled, data: bytes, results: Sequence[GateResult]) -> tuple[Finding, ...]:
    if not results:
        return ()
    owners = Owners(data)
    groups: dict[tuple[str, str, str], list[tuple[GateResult, Where]]] = {}
    for result in _once(rules.info, results):
        where = owners.where(result.node) if result.node else Where()
        key = (result.shape, result.component, where.dataset or result.focus)
        groups.setdefault(key, []).append((result, where))
    findings = []
    for (shape, _, _), members in groups.items():
        first, where = members[0]
        found = finding(first, rules.info[shape], where, len(members) - 1)
        findings.append((_RANK.get(first.severity, 0), found.row_id, found.code, first, found))
    return tuple(item[-1] for item in sorted(findings, key=lambda item: item[:4]))


def _once(info: dict[str, ShapeInfo], results: Sequence[GateResult]) -> Iterator[GateResult]:
    """One result for each fault: several shapes ask for the same of the same property.

    A rule of ours goes first, for it knows which key of package.yaml to fill; then the more
    telling one. It is as serious as the most serious of them.
    """
    faults: dict[tuple[str, str, str], list[GateResult]] = {}
    for result in results:
        faults.setdefault((result.focus, result.path, _fault(result)), []).append(result)
    for same in faults.values():
        best = min(same, key=lambda result: _telling(result, info[result.shape]))
        severity = min((result.severity for result in same), key=lambda one: _RANK.get(one, 0))
        yield replace(best, severity=severity)


def _fault(result: GateResult) -> str:
    """What is wrong with a property: absent, too many, or this value."""
    component = result.component.removeprefix("Qualified")
    return component if component.startswith(("MinCount", "MaxCount")) else result.value


def _telling(result: GateResult, shape: ShapeInfo) -> tuple[bool, int]:
    order = ("Node", "Class", "Datatype", "NodeKind")
    component = result.component.removesuffix("ConstraintComponent")
    return not shape.code, order.index(component) if component in order else len(order)
