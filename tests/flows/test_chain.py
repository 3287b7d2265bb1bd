"""The flows' logic with futures and tasks called as plain functions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import flows  # noqa: F401 - sets telemetry off before Prefect is imported

publish = pytest.importorskip("flows.publish")

from flows import retrying  # noqa: E402
from flows.outcome import Held  # noqa: E402
from pipelines.job import Step, plan_job  # noqa: E402
from pipelines.model import MachidataError  # noqa: E402
from tests.cli.conftest import make_package  # noqa: E402

NAME = "024465-one-plan"


class Done:
    """A future that is over."""

    def __init__(self, value: object) -> None:
        self.value = value

    def result(self, raise_on_failure: bool = True) -> object:
        assert not raise_on_failure
        return self.value


@pytest.fixture
def run(tmp_path: Path) -> Any:
    make_package(tmp_path, NAME)
    steps: list[Step] = []
    held = Held(publish.Run(plan_job(tmp_path), steps.append))
    return held, steps


def test_the_tasks_in_their_order_make_the_catalog(run: Any) -> None:
    held, steps = run
    found = publish.read_package.fn("町", NAME, held)
    tables = publish.tidy_package.fn("町", NAME, held, found)
    findings = publish.check_package.fn("町", NAME, held, found, tables)
    package = publish.pack_package.fn("町", NAME, held, found, tables, findings)
    result = publish.publish_catalog.fn(held, Held([package.thing]), Held({})).thing
    assert result.exit_code == 0
    assert result.publication.published == (NAME,)
    stages = ["read", "tidy", "check", "package", "describe", "publish"]
    assert [step.stage for step in steps] == stages


def test_the_first_error_of_a_chain_counts() -> None:
    error = MachidataError("source-missing", ja="", en="")
    chain = {"read": Done(Held(1)), "tidy": Done(error), "check": Done(ValueError("upstream"))}
    outcome = publish.outcome(NAME, {**chain, "package": Done(ValueError("upstream"))})
    assert (outcome.package, outcome.error) == (None, error)


def test_a_fault_of_the_program_is_an_internal_error() -> None:
    chain = {stage: Done(ZeroDivisionError("x")) for stage in publish.STAGES}
    outcome = publish.outcome(NAME, chain)
    assert outcome.error is not None
    assert (outcome.error.code, outcome.error.where) == ("internal", NAME)


def test_a_package_is_called_by_its_municipality(run: Any, tmp_path: Path) -> None:
    held, _ = run
    assert publish._label(held.thing.job, NAME) == "階上町"
    (tmp_path / "datapackages" / NAME / "package.yaml").write_text("broken: [")
    assert publish._label(held.thing.job, NAME) == NAME


def test_names_of_tasks_say_what_they_do() -> None:
    tasks = (
        publish.read_package,
        publish.tidy_package,
        publish.check_package,
        publish.pack_package,
        publish.publish_catalog,
    )
    names = [task.task_run_name for task in tasks]
    assert len(set(names)) == len(names)
    assert all(
        "読む" in n or "整える" in n or "検査" in n or "まとめ" in n or "公開" in n for n in names
    )
    assert [task.retries for task in tasks] == [0, 0, 0, 0, 2]


def test_a_catalog_that_cannot_be_reached_is_tried_again() -> None:
    class State:
        def __init__(self, error: Exception | None) -> None:
            self.error = error

        def result(self) -> None:
            if self.error:
                raise self.error

    retry = retrying.worth_retrying
    busy = MachidataError("catalog-busy", ja="", en="", exit_code=3)
    assert retry(None, None, State(busy))
    assert not retry(None, None, State(MachidataError("target-not-catalog", ja="", en="")))
    assert not retry(None, None, State(None))


def test_telemetry_is_off() -> None:
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
