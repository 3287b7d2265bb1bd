"""The catalog of the four packages against the official shapes, with pyshacl as the judge."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import SH

from pipelines.describe import describe
from pipelines.describe.gate.gate import inspect
from pipelines.line import build_package
from tests.describe.gate.shapes_files import OFFICIAL

PACKAGES = Path(__file__).parents[3] / "datapackages"
FILES = sorted(path.name for path in OFFICIAL.glob("*.ttl"))


@cache
def catalog() -> bytes:
    names = sorted(path.parent.name for path in PACKAGES.glob("*/package.yaml"))
    packages = [build_package(PACKAGES / name) for name in names]
    return describe(packages, "https://data.example.jp/machi/").files["catalog.ttl"]


@pytest.mark.parametrize("shapes", FILES)
def test_no_violation_and_no_warning_beside_the_listed(shapes: str) -> None:
    data = Graph().parse(data=catalog(), format="turtle")
    _, judged, _ = validate(data, shacl_graph=Graph().parse(OFFICIAL / shapes), inference="none")
    severities = [
        judged.value(result, SH.resultSeverity) for result in judged.objects(None, SH.result)
    ]
    assert SH.Violation not in severities
    ours = inspect(catalog(), shapes=(f"{OFFICIAL.name}/{shapes}",))
    assert len(ours.results) == len(severities)
    assert {result for result, _ in ours.tolerated} == set(ours.results)


def test_the_whole_catalog_has_no_error_of_ours() -> None:
    assert [one for one in inspect(catalog()).findings if one.severity == "誤り"] == []
