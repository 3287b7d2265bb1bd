"""The gate's engine against pyshacl, which is the judge: the same results for every fault."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from pyshacl import validate
from rdflib import BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH

from pipelines.describe.gate.gate import DEFAULT_SHAPES, inspect
from pipelines.describe.gate.model import GateResult
from tests.describe.gate.gate_faults import CATALOG, FAULTS, PREFIXES, TERMS, Fault, with_fault
from tests.describe.gate.shapes_files import shapes_path

Key = tuple[str, str, str, str, str]
"""(focus node, path, severity, constraint component, value); a blank node is `_:`."""


def key(result: GateResult) -> Key:
    focus = result.focus if result.node else "_:"
    return focus, result.path, result.severity, result.component, _unblank(result.value)


def _unblank(value: str) -> str:
    return "_:" if value.startswith("_:") else value


def _path(graph: Graph, node: object) -> str:
    if isinstance(node, BNode):
        inverse = graph.value(node, SH.inversePath)
        if inverse is not None:
            return "^" + str(inverse)
        return "/".join(_path(graph, step) for step in Collection(graph, node))
    return str(node or "")


def judged(data: Graph, names: tuple[str, ...] = DEFAULT_SHAPES) -> list[Key]:
    """pyshacl's results, without the nested ones."""
    shapes = Graph()
    for name in names:
        shapes.parse(shapes_path(name))
    _, report, _ = validate(data, shacl_graph=shapes, inference="none")
    found = []
    for result in report.objects(None, SH.result):
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        found.append(
            (
                focus.n3() if isinstance(focus, URIRef) else "_:",
                _path(report, report.value(result, SH.resultPath)),
                str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
                str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH)),
                "" if value is None else _unblank(value.n3()),
            )
        )
    return found


def base(number: int) -> str:
    return f"https://c{number}.example/"


@pytest.fixture(scope="module")
def both() -> tuple[dict[str, Counter[Key]], dict[str, Counter[Key]]]:
    """All faults in one graph, each in a catalog of its own: results of both, by host."""
    parts = [with_fault(fault, base(n)) for n, fault in enumerate(FAULTS)]
    turtle = PREFIXES + TERMS + "".join(parts)
    ours = [key(result) for result in inspect(turtle).results]
    theirs = judged(Graph().parse(data=turtle, format="turtle"))
    return _by_host(ours), _by_host(theirs)


def _by_host(keys: list[Key]) -> dict[str, Counter[Key]]:
    found: dict[str, Counter[Key]] = defaultdict(Counter)
    for one in keys:
        host = one[0].removeprefix("<").split("/")[2] if "/" in one[0] else ""
        found[host][one] += 1
    return found


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[fault.name for fault in FAULTS])
def test_same_results_as_pyshacl(
    number: int, both: tuple[dict[str, Counter[Key]], dict[str, Counter[Key]]]
) -> None:
    ours, theirs = both
    host = base(number).split("/")[2]
    assert ours[host] == theirs[host]


def test_nodes_without_a_host_have_the_same_results(
    both: tuple[dict[str, Counter[Key]], dict[str, Counter[Key]]],
) -> None:
    ours, theirs = both
    assert ours == theirs
    assert ours[""]  # the blank node


def test_each_fault_adds_a_result_of_its_own(
    both: tuple[dict[str, Counter[Key]], dict[str, Counter[Key]]],
) -> None:
    """Guards the tests above: no fault may be one that both are blind to."""
    ours, _ = both
    clean = _by_host([key(result) for result in inspect(PREFIXES + TERMS + CATALOG).results])
    usual = _without_host(clean["c.example"], "c")
    for number, fault in enumerate(FAULTS):
        found = _without_host(ours[f"c{number}.example"], f"c{number}")
        blank = fault.name == "a blank node at fault"
        assert found - usual or blank, fault.name


def _without_host(keys: Counter[Key], host: str) -> Counter[str]:
    return Counter(
        {str(one).replace(f"//{host}.example", "//"): count for one, count in keys.items()}
    )


@pytest.mark.parametrize("name", DEFAULT_SHAPES)
def test_each_shapes_file_alone_gives_what_pyshacl_gives(name: str) -> None:
    turtle = PREFIXES + TERMS + with_fault(Fault("", "@ja ;", "@en ;", ""))
    ours = Counter(key(result) for result in inspect(turtle, shapes=[name]).results)
    assert ours == Counter(judged(Graph().parse(data=turtle, format="turtle"), (name,)))


# Where the two differ, the engine keeps to the recommendations and pyshacl (rdflib) does not.
DIFFERENCES = {
    # SHACL 4.5.4: values that cannot be compared are a result; pyshacl gives none.
    "a date beside a date with time": (
        'dct:modified "2025-06-30"^^xsd:date ;\n    dcat:landingPage',
        'dct:modified "2025-06-30T00:00:00"^^xsd:dateTime ;\n    dcat:landingPage',
    ),
    # The same for a day that does not exist, which cannot be compared either.
    "a day that does not exist": (
        '<t2> a dct:PeriodOfTime ; dcat:startDate "2023-04-01"',
        '<t2> a dct:PeriodOfTime ; dcat:startDate "2023-02-30"',
    ),
    # And for a number that its datatype does not allow: it is not more than zero.
    "a size below zero": (
        '"1024"^^xsd:nonNegativeInteger',
        '"-3"^^xsd:nonNegativeInteger',
    ),
    # XML Schema 2, 3.3.9: a date has no time; rdflib takes the literal for a date.
    "a time written as a date": (
        'dct:issued "2024-04-01"^^xsd:date ; dct:modified "2025-06-30"^^xsd:date ;\n    dct:lic',
        'dct:issued "2024-04-01T00:00:00"^^xsd:date ; dct:modified "2025-06-30"^^xsd:date ;\n'
        "    dct:lic",
    ),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_known_differences_are_ones_of_strictness(name: str) -> None:
    old, new = DIFFERENCES[name]
    turtle = PREFIXES + TERMS + with_fault(Fault(name, old, new, ""))
    ours = Counter(key(result) for result in inspect(turtle).results)
    theirs = Counter(judged(Graph().parse(data=turtle, format="turtle")))
    assert not theirs - ours
    assert 1 <= sum((ours - theirs).values()) <= 2


def test_the_clean_catalog_has_only_tolerated_results() -> None:
    report = inspect(PREFIXES + TERMS + CATALOG)
    assert report.findings == ()
    assert report.results
    assert len(report.tolerated) == len(report.results)
