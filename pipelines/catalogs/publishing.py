"""plan → apply → verify → rollback, for one CKAN."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.catalogs.approval import check_approval, refuse_unplanned
from pipelines.catalogs.session import Session, refuse_half_rolled_back, refuse_unfinished
from pipelines.catalogs.wanting import Built, base_of, build_for, wanted_of, withdrawn_of
from pipelines.job import BASE, Progress, Step, silent
from pipelines.model import Finding, MachidataError
from pipelines.publish.applying.giving_back import Restored, abandon, give_back
from pipelines.publish.applying.journal import Journal, new_run, unfinished
from pipelines.publish.applying.running import Applied, Outcome, Work, go_on, start
from pipelines.publish.applying.verifying import Difference
from pipelines.publish.applying.whole import verify_all
from pipelines.publish.plan.files import digest, plan_bytes
from pipelines.publish.plan.model import DatasetChange, Plan
from pipelines.publish.planning.catalog import Asked, plan_catalog
from pipelines.publish.planning.dataset import Planned
from pipelines.publish.planning.fields import Policy
from pipelines.publish.planning.reading import Setting
from pipelines.publish.planning.record import Record
from pipelines.publish.planning.wanted import Wanted

PLACEHOLDER: tuple[str, str] = (
    "IRI が仮のアドレスのままです。--base か catalogs/NAME.yaml の base に、"
    "フォルダのカタログを置くアドレスを書いてください。",
    "The IRIs stand at a placeholder: say where the folder catalog stands, with --base or with "
    "'base' in catalogs/NAME.yaml.",
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: packages (none: all), the base of our IRIs, what happens to portal edits."""

    root: Path
    names: tuple[str, ...] = ()
    base: str = ""
    policy: Policy = "ask"
    progress: Progress = silent


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan with what apply needs to carry it out."""

    plan: Plan
    planned: Mapping[str, Planned]
    records: Mapping[str, Record]
    blobs: Mapping[str, Mapping[str, bytes]]
    failed: Mapping[str, MachidataError] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 fine, 1 when somebody must decide first, else of the worst package that failed."""
        conflicts = any(one.conflicts for one in self.plan.datasets)
        return max([int(conflicts), *(one.exit_code for one in self.failed.values())])


def prepare(session: Session, asked: Request) -> Prepared:
    """Reads the catalog and makes the plan; writes nothing anywhere.

    Raises MachidataError `apply-unfinished` and those of reading; when no package can be
    published, the first one's error.
    """
    refuse_unfinished(session)
    return _prepared(session, asked)


def _prepared(session: Session, asked: Request) -> Prepared:
    base = base_of(session.catalog, asked.base)
    built = build_for(asked.root, asked.names, base, asked.progress)
    if built.failed and not built.packages:
        raise built.failed[min(built.failed)]
    asked.progress(Step("", "plan", len(built.packages), len(built.packages) + 1))
    failed = dict(built.failed)
    wanted = wanted_of(session, built.packages, base, failed)
    wanted += withdrawn_of(asked.root, session, asked.names)
    return _planned(session, asked, base, wanted, replace(built, failed=failed))


def _planned(
    session: Session, asked: Request, base: str, wanted: Sequence[Wanted], built: Built
) -> Prepared:
    catalog = session.catalog
    what = Asked(catalog.name, catalog.url, base, catalog.approval, catalog.workers, asked.names)
    site = session.status.site_url.rstrip("/") or catalog.url
    setting = Setting(session.ckan, site, session.status.has_datastore, asked.policy)
    records = session.records()
    failed = dict(built.failed)
    plan, planned = plan_catalog(what, setting, session.status, wanted, records, failed)
    if failed and not planned:
        raise failed[min(failed)]
    if base == BASE:
        plan = _with_note(plan, PLACEHOLDER)
    blobs = {
        one.package: {f.sha256: f.data for f in one.files if f.data is not None} for one in wanted
    }
    return Prepared(plan, planned, records, blobs, failed, built.findings)


def _with_note(plan: Plan, note: tuple[str, str]) -> Plan:
    return replace(plan, notes=(*plan.notes, note))


def apply(session: Session, prepared: Prepared, progress: Progress = silent) -> Applied:
    """Carries a plan out that was just made. Raises MachidataError `plan-conflicts`,
    `approval-needed`; what goes wrong in one dataset is told in its outcome.
    """
    refuse_unplanned(session.catalog)
    return _carry_out(session, prepared, progress)


def _carry_out(session: Session, prepared: Prepared, progress: Progress) -> Applied:
    plan = prepared.plan
    stopped = [one for one in plan.datasets if one.conflicts]
    todo = [one for one in prepared.planned.values() if not one.change.conflicts]
    writes = any(one.change.changes or not one.change.recorded for one in todo)
    if stopped and not writes:
        raise _conflicts(stopped)
    if not writes:
        return Applied("", ())
    journal = new_run(session.state, plan_bytes(plan), digest(plan))
    work = _work(session, journal, progress)
    applied = start(work, todo, prepared.records, prepared.blobs)
    left = [
        Outcome(one.name, one.action, one.id, _conflicts([one]), undone=True) for one in stopped
    ]
    return replace(applied, outcomes=(*applied.outcomes, *left))


def apply_plan(
    session: Session,
    root: Path,
    plan: Plan,
    approval: bytes | None = None,
    progress: Progress = silent,
) -> tuple[Prepared, Applied]:
    """Carries out exactly this plan, or refuses: everything is planned again and must come out the
    same. An interrupted apply of this very plan is gone on with.

    `approval` is the approval's file, where the catalog asks for one. Raises MachidataError
    `plan-moved` (the catalog changed), `plan-stale` (our data changed), `plan-other-catalog`,
    `plan-conflicts`, `approval-missing`, `approval-invalid`.
    """
    if plan.url != session.catalog.url:
        raise _other_catalog(session, plan)
    check_approval(session.catalog, plan, approval)
    refuse_half_rolled_back(session)
    run = unfinished(session.state)
    if run and run.folder.name.endswith(digest(plan)[:12]):
        return Prepared(plan, {}, {}, {}), go_on(_work(session, run, progress))
    prepared = prepare(session, request_of(root, plan, progress))
    if digest(prepared.plan) != digest(plan):
        raise _not_the_same(plan, prepared.plan)
    return prepared, _carry_out(session, prepared, progress)


def request_of(root: Path, plan: Plan, progress: Progress = silent) -> Request:
    """What a plan was asked for."""
    policy: Policy = "keep" if plan.policy == "keep" else "ask"
    policy = "overwrite" if plan.policy == "overwrite" else policy
    return Request(root, plan.names, plan.base, policy, progress)


def resume(session: Session, progress: Progress = silent) -> Applied | None:
    """Goes on with an interrupted apply; None when there is none.

    Raises MachidataError `rollback-unfinished`.
    """
    refuse_half_rolled_back(session)
    run = unfinished(session.state)
    return go_on(_work(session, run, progress)) if run else None


def rollback(session: Session, policy: Policy, progress: Progress = silent) -> Restored:
    """Gives the catalog back as it was before the last apply, finished or interrupted.

    Raises MachidataError `rollback-nothing`, `catalog-moved` (edits of the portal since then would
    be lost; `policy` overwrite takes that).
    """
    return give_back(session.state, lambda run: _work(session, run, progress), policy)


def give_up(session: Session) -> Restored:
    """Leaves an interrupted run as it stands; see `giving_back.abandon`."""
    return abandon(session.state)


def verify(session: Session, asked: Request) -> list[Difference]:
    """Reads everything back that we last published: dicts, files, tables, RDF.

    A package that cannot be built is a difference, too: nobody knows what its dataset should be.
    """
    prepared = _prepared(session, asked)
    unknown = [
        Difference(name, "", "package", None, prepared.failed[name].code, True)
        for name in sorted(prepared.failed)
    ]
    return [*unknown, *verify_all(session.site, prepared.planned, prepared.blobs)]


def _work(session: Session, journal: Journal, progress: Progress) -> Work:
    def tell(package: str, step: str) -> None:
        progress(Step(package, step, 0, 1))

    return Work(session.site, journal, session.state, session.catalog.workers, tell)


def _conflicts(stopped: Sequence[DatasetChange]) -> MachidataError:
    """What somebody must decide; the datasets without a conflict are published all the same."""
    names = " ".join(one.name for one in stopped)
    first = stopped[0].conflicts[0]
    return MachidataError(
        "plan-conflicts",
        ja="公開先でも手元でも変わったものがあります。どちらにするか決めてください。",
        en="Something changed both in the catalog and here; somebody must decide.",
        where=", ".join(one.name for one in stopped),
        found=f"{first.resource} {first.what}".strip(),
        expected="--drift keep / overwrite",
        fix_ja=f"公開先の編集を残すなら machidata publish {names} --drift keep、手元を優先するなら "
        f"machidata publish {names} --drift overwrite で計画し直してください（--to も付けます）。",
        fix_en=f"Plan again with: machidata publish {names} --drift keep (the catalog's edits "
        "stay) or --drift overwrite (ours go in); and the same --to.",
        exit_code=1,
    )


def _other_catalog(session: Session, plan: Plan) -> MachidataError:
    return MachidataError(
        "plan-other-catalog",
        ja="計画は別の公開先のものです。",
        en="The plan was made for another catalog.",
        where="--apply",
        found=plan.url,
        expected=session.catalog.url,
        fix_ja="計画を作ったときと同じ --to を指定してください。",
        fix_en="Give the --to that the plan was made with.",
    )


def _not_the_same(plan: Plan, now: Plan) -> MachidataError:
    """Says whether the catalog moved or our data did, and where."""
    before = {one.name: one for one in plan.datasets}
    after = {one.name: one for one in now.datasets}
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    moved = any(_seen(before.get(name)) != _seen(after.get(name)) for name in names)
    return MachidataError(
        "plan-moved" if moved else "plan-stale",
        ja="計画のあとに公開先が変わったため、何も変えていません。"
        if moved
        else "計画のあとに手元のデータか設定が変わったため、何も変えていません。",
        en="The catalog changed since the plan was made; nothing was written."
        if moved
        else "Our data or settings changed since the plan was made; nothing was written.",
        where=", ".join(names) or plan.catalog,
        fix_ja="もう一度計画を作って確かめてください。",
        fix_en="Make the plan again and look at it.",
    )


def _seen(change: DatasetChange | None) -> str:
    return change.seen if change else ""
