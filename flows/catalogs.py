"""Two flows for a CKAN: `plan-catalog` reads and writes a plan, `apply-catalog` carries it out.

Between them somebody looks at the plan and, where the catalog asks for it, signs it. Parameters are
plain texts, so that both can be deployed; tokens are none of them (`flows/secrets.py`).
Only what reads is tried again: an apply that was interrupted is gone on with by the next run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

from flows.artifacts import applied_markdown
from flows.catalog_results import Carried, Planned, apply_incomplete, plan_incomplete
from flows.hearing import tell_result, teller
from flows.outcome import Held
from flows.plan_place import artifact_key, plan_file
from flows.retrying import AGAIN, QUIET
from flows.secrets import token_of
from machidata.messages import language
from pipelines.catalogs.approval import check_approval
from pipelines.catalogs.file import CatalogFile, load_catalog
from pipelines.catalogs.plan_files import read_approval, read_plan, write_plan
from pipelines.catalogs.publishing import (
    Prepared,
    Request,
    apply_plan,
    prepare,
    request_of,
    verify,
)
from pipelines.catalogs.session import opened
from pipelines.job import Progress, Step
from pipelines.model import MachidataError
from pipelines.publish.applying.running import Applied
from pipelines.publish.applying.verifying import Difference
from pipelines.publish.plan.markdown import plan_markdown
from pipelines.publish.plan.model import Plan
from pipelines.publish.planning.fields import Policy
from pipelines.workspace import find_root


@task(task_run_name="{to}: 計画する", **AGAIN, **QUIET)
def make_plan(to: str, asked: Held[tuple[CatalogFile, Request]]) -> Held[Prepared]:
    """Reads the catalog and makes the plan."""
    catalog, request = asked.thing
    with opened(request.root, catalog, writes=False, token=token_of(catalog.token)) as session:
        return Held(prepare(session, request))


Order = tuple[Path, CatalogFile, Plan, bytes | None, Progress]


@task(task_run_name="{to}: 計画を実行する", **QUIET)
def carry_out(to: str, order: Held[Order]) -> Held[tuple[Prepared, Applied]]:
    """Carries a plan out, or goes on with it. Never tried again by Prefect."""
    root, catalog, plan, approval, progress = order.thing
    with opened(root, catalog, writes=True, token=token_of(catalog.token)) as session:
        return Held(apply_plan(session, root, plan, approval, progress))


@task(task_run_name="{to}: 読み返して確かめる", **AGAIN, **QUIET)
def read_back(to: str, asked: Held[tuple[CatalogFile, Request]]) -> Held[list[Difference]]:
    """Reads everything back that the plan is about."""
    catalog, request = asked.thing
    request.progress(Step("", "verify", 0, 1))
    with opened(request.root, catalog, writes=False, token=token_of(catalog.token)) as session:
        return Held(verify(session, request))


_flow: Any = {"persist_result": False, "retries": 0}


@flow(name="plan-catalog", flow_run_name="{to}: 公開を計画する", **_flow)
def plan_catalog(
    to: str,
    names: Sequence[str] = (),
    folder: str = "",
    base: str = "",
    drift: Policy = "ask",
) -> Held[Planned]:
    """Plans what `names` (all without any) would change in the catalog `to`.

    The plan stands in `folder` (default `out/plans/NAME`) as plan.json, .md and .html, and in
    Prefect's pages as the artifact `plan-NAME`. Raises MachidataError; IncompleteError
    (`plan-incomplete`) when a package could not be planned or somebody must decide first.
    """
    root = find_root()
    catalog = load_catalog(root, to)
    file = plan_file(root, catalog, folder)
    request = Request(root, tuple(names), base, drift, teller())
    prepared = make_plan(to, Held((catalog, request))).thing
    files = write_plan(prepared.plan, file, language())
    _show("plan", catalog, plan_markdown(prepared.plan, "ja" if language() == "ja" else "en"))
    result = Planned(prepared, tuple(files))
    tell_result(result)
    if prepared.exit_code:
        raise plan_incomplete(prepared)
    return Held(result)


@flow(name="apply-catalog", flow_run_name="{to}: 計画を実行する", **_flow)
def apply_catalog(to: str, plan: str = "") -> Held[Carried]:
    """Carries out the plan in the file `plan` (default: the one of plan-catalog) for the catalog
    `to`, approved where the catalog asks for it, and reads everything back.

    What was done stands in the artifact `applied-NAME` and beside the plan (`plan.applied.md`).
    Raises MachidataError; IncompleteError (`apply-incomplete`) when a dataset failed or differs.
    """
    root = find_root()
    catalog = load_catalog(root, to)
    file = Path(plan) if plan else plan_file(root, catalog)
    stored, approval, tell = read_plan(file), read_approval(file), teller()
    check_approval(catalog, stored, approval)
    one_at_a_time = carry_out.with_options(tags=[artifact_key("apply", catalog)])
    prepared, applied = one_at_a_time(to, Held((root, catalog, stored, approval, tell))).thing
    result = _compared(to, catalog, request_of(root, stored, tell), Carried(prepared, applied))
    text = applied_markdown(catalog, result)
    _show("applied", catalog, text)
    file.with_name(f"{file.name.removesuffix('.json')}.applied.md").write_text(text, "utf-8")
    tell_result(result)
    if result.exit_code:
        raise apply_incomplete(result)
    return Held(result)


def _compared(to: str, catalog: CatalogFile, request: Request, done: Carried) -> Carried:
    """With what differs in the datasets that were not given back; an apply that was interrupted is
    not compared. What is done is done: when the catalog cannot be read now, that is told beside.
    """
    if done.applied.open:
        return done
    failed = {one.package for one in done.applied.outcomes if one.error}
    try:
        found = read_back(to, Held((catalog, request))).thing
    except MachidataError as error:
        return replace(done, unread=error)
    return replace(done, differences=tuple(one for one in found if one.dataset not in failed))


def _show(what: str, catalog: CatalogFile, text: str) -> None:
    key = artifact_key(what, catalog)
    create_markdown_artifact(text, key=key, description=f"{catalog.name} ({catalog.url})")
