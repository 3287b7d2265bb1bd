"""The house of design.md §1: who may import whom, and how large a room may be."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STAGES = ("read", "tidy", "check", "package", "describe", "publish")
NOUNS = {
    "pipelines.model",
    "pipelines.declared",
    "pipelines.findings",
    "pipelines.vocabulary",
    "pipelines.opendata_rows",
    "pipelines.own_terms",
    "pipelines.eras",
    "pipelines.neutral",
    "pipelines.private",
    "pipelines.numerals",
}
CODE = sorted(
    path
    for room in ("pipelines", "machidata", "flows", "vocab", "benchmarks")
    for path in (ROOT / room).rglob("*.py")
)
# What other rooms may take of a stage beside its one function, and why.
DOORS = {
    "pipelines.tidy.identify": "whose document it is, before anything is read of it",
    "pipelines.tidy.extract": "what of a document may be committed (machidata new)",
    "pipelines.tidy.prose": "the title of a document (machidata new)",
    "pipelines.check.files": "a single CSV file (machidata check FILE)",
    "pipelines.check.judge": "frictionless alone (benchmarks)",
    "pipelines.check.tables": "the schema check alone (benchmarks)",
    "pipelines.package.write": "a package into its folder",
    "pipelines.package.descriptor": "the bytes of a descriptor",
    "pipelines.describe.model": "a model without packages (benchmarks)",
    "pipelines.describe.terms": "the words of such a model (benchmarks)",
    "pipelines.describe.rdf": "its statements and their serialisations (benchmarks)",
    "pipelines.describe.gate": "the metadata gate alone (machidata check, benchmarks)",
    "pipelines.describe.for_ckan": "the dicts of packages as CKAN takes them (plans)",
    "pipelines.publish.allowed": "whether a package may leave the house at all",
    "pipelines.publish.shirasagi": "the plan, the ZIP and the API of such a catalog",
    "pipelines.publish.paths": "a name that no catalog can have stops its own package only",
    "pipelines.publish.manifest": "whether the catalog in place once had a list",
    "pipelines.publish.folder": "the record of what was published",
    "pipelines.publish.ckan": "a connection to a CKAN, and what goes wrong with it",
    "pipelines.publish.plan": "a plan as a file and as people read it",
    "pipelines.publish.planning": "what is there and what shall be there, compared",
    "pipelines.publish.applying": "a plan carried out, verified, and given back",
}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def stage_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if parts[0] == "pipelines" and len(parts) > 1 and parts[1] in STAGES else ""


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_knows_only_itself_and_the_nouns(stage: str) -> None:
    files = sorted((ROOT / "pipelines" / stage).rglob("*.py"))
    assert files
    for path in files:
        ours = {name for name in imports(path) if name.startswith("pipelines.")}
        others = {name for name in ours if stage_of(name) != stage}
        strangers = {n for n in others if not any(n == k or n.startswith(f"{k}.") for k in NOUNS)}
        assert not strangers, path.name


def test_nothing_in_pipelines_or_the_command_line_imports_prefect() -> None:
    for path in CODE:
        if path.relative_to(ROOT).parts[0] in {"pipelines", "machidata", "vocab"}:
            assert not [name for name in imports(path) if name.split(".")[0] == "prefect"], path


def test_other_rooms_enter_a_stage_by_its_function_or_a_named_door() -> None:
    used: set[str] = set()
    for path in CODE:
        inside = path.relative_to(ROOT).parts[:2]
        for name in imports(path):
            stage = stage_of(name)
            if not stage or inside == ("pipelines", stage):
                continue
            door = ".".join(name.split(".")[:3])
            if door not in {f"pipelines.{stage}", f"pipelines.{stage}.{stage}"}:
                used.add(door)
    assert used <= {*DOORS, "pipelines.tidy.identify"}
    assert used >= set(DOORS), "a door that nobody uses"


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_rooms_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    # Lists of declarations (nouns, findings) are longer than a room with decisions may be.
    limit = 400 if path.name in {"model.py"} or path.parent.name == "findings" else 290
    assert len(text.splitlines()) <= limit
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name
