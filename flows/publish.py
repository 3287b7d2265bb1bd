"""The flows: one package, or all of them at once, then the catalog.

    read → tidy → check → package   (for each package, side by side)
    describe → publish              (once)

The tasks call `pipelines.line` and nothing else. Import `flows.settings` and apply it first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prefect import flow, task
from prefect.futures import PrefectFuture
from prefect.task_runners import ThreadPoolTaskRunner

from flows.outcome import Held, Outcome, split
from flows.retrying import AGAIN, QUIET
from pipelines import line
from pipelines.declaration import load_declaration
from pipelines.job import STAGES, BuildResult, Job, Progress, Step
from pipelines.model import Declaration, Document, Finding, MachidataError, Package, Tables
from pipelines.unforeseen import internal
from pipelines.vocabulary import municipalities

Documents = list[tuple[str, Document]]
Failures = Mapping[str, MachidataError]
WORKERS = 4


class Run:
    """What all tasks of a run share: the job and its progress."""

    def __init__(self, job: Job, progress: Progress) -> None:
        self.job = job
        self.progress = progress
        self._done = 0

    def begin(self, package: str, stage: str) -> None:
        """Tells that a step begins; counted as they come, because packages run side by side."""
        self.progress(Step(package, stage, self._done, self.job.steps))
        self._done += 1


@task(task_run_name="{label}: 読む", **QUIET)
def read_package(label: str, name: str, run: Held[Run]) -> Held[tuple[Declaration, Documents]]:
    """The declaration and the documents of a package."""
    run.thing.begin(name, "read")
    declaration = load_declaration(run.thing.job.folder(name))
    return Held((declaration, line.read_sources(declaration, run.thing.job.documents)))


@task(task_run_name="{label}: 整える", **QUIET)
def tidy_package(
    label: str, name: str, run: Held[Run], found: Held[tuple[Declaration, Documents]]
) -> Held[Tables]:
    """The tidy tables."""
    run.thing.begin(name, "tidy")
    return Held(line.tidy_sources(*found.thing))


@task(task_run_name="{label}: 検査する", **QUIET)
def check_package(
    label: str,
    name: str,
    run: Held[Run],
    found: Held[tuple[Declaration, Documents]],
    tables: Held[Tables],
) -> Held[list[Finding]]:
    """The findings."""
    run.thing.begin(name, "check")
    return Held(line.check_tables(tables.thing, found.thing[1]))


@task(task_run_name="{label}: まとめる", **QUIET)
def pack_package(
    label: str,
    name: str,
    run: Held[Run],
    found: Held[tuple[Declaration, Documents]],
    tables: Held[Tables],
    findings: Held[list[Finding]],
) -> Held[Package]:
    """The package, in memory."""
    run.thing.begin(name, "package")
    return Held(line.pack(*found.thing, tables.thing, findings.thing))


@task(task_run_name="カタログ: 目録を書いて公開する", **AGAIN, **QUIET)
def publish_catalog(
    run: Held[Run], packages: Held[list[Package]], failed: Held[Failures]
) -> Held[BuildResult]:
    """The metadata and the catalog; tried again when the catalog cannot be reached."""
    here = run.thing
    result = line.finish(
        here.job,
        packages.thing,
        failed.thing,
        here.progress,
    )
    return Held(result)


Chain = dict[str, PrefectFuture[Any]]


def submit_package(name: str, run: Held[Run]) -> Chain:
    """The four tasks of a package, each waiting for the one before; stage → future."""
    label = _label(run.thing.job, name)
    found: Any = read_package.submit(label, name, run)
    tables: Any = tidy_package.submit(label, name, run, found)
    findings: Any = check_package.submit(label, name, run, found, tables)
    packed = pack_package.submit(label, name, run, found, tables, findings)
    return dict(zip(STAGES, (found, tables, findings, packed), strict=True))


def _label(job: Job, name: str) -> str:
    """The municipality's name, or the package's while its declaration cannot be read."""
    try:
        return municipalities()[load_declaration(job.folder(name)).municipality].name
    except MachidataError:
        return name


def outcome(name: str, chain: Chain) -> Outcome:
    """What became of a package: the error of the first stage that failed counts."""
    for stage in STAGES:
        result = chain[stage].result(raise_on_failure=False)
        if isinstance(result, MachidataError):
            return Outcome(name, error=result)
        if isinstance(result, Exception):
            return Outcome(name, error=internal(result, name))
    return Outcome(name, package=result.thing)


def _run(job: Job, progress: Progress) -> Held[BuildResult]:
    run = Held(Run(job, progress))
    chains = {name: submit_package(name, run) for name in job.names}
    packages, failed = split([outcome(name, chain) for name, chain in chains.items()])
    return publish_catalog(run, Held(packages), Held(failed))


def _runner(workers: int) -> Any:
    return ThreadPoolTaskRunner(max_workers=workers)


_flow: Any = {"validate_parameters": False, "persist_result": False}


@flow(
    name="publish-package",
    flow_run_name="{label}: 公開する",
    task_runner=_runner(1),
    **_flow,
)
def publish_package(label: str, job: Held[Job], progress: Held[Progress]) -> Held[BuildResult]:
    """The line for one package (`job` names it), up to the catalog."""
    return _run(job.thing, progress.thing)


@flow(
    name="publish-all",
    flow_run_name="すべて公開する",
    task_runner=_runner(WORKERS),
    **_flow,
)
def publish_all(job: Held[Job], progress: Held[Progress]) -> Held[BuildResult]:
    """The line for all packages of `job`, side by side, then the catalog once."""
    return _run(job.thing, progress.thing)
