"""`machidata publish --to CATALOG`, `verify` and `rollback`: thin twins of `pipelines.catalogs`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from machidata.catalog_render import (
    applied_data,
    applied_lines,
    difference_lines,
    plan_data,
    restored_data,
    restored_lines,
    verified_data,
)
from machidata.messages import language, say
from machidata.progress import progress
from machidata.render import error_lines, out_json
from machidata.streams import note, out
from pipelines.job import Progress
from pipelines.model import MachidataError
from pipelines.workspace import find_root

if TYPE_CHECKING:
    from pipelines.catalogs.publishing import Prepared, Request
    from pipelines.catalogs.session import Session
    from pipelines.publish.applying.running import Applied
    from pipelines.publish.planning.fields import Policy


@dataclass(frozen=True, slots=True)
class Publishing:
    """What a command line asks of a catalog."""

    to: str
    names: tuple[str, ...] = ()
    base: str = ""
    plan: Path | None = None
    apply: Path | None = None
    drift: Policy = "ask"
    as_json: bool = False


def publish_catalog(asked: Publishing) -> int:
    """`machidata publish --to CATALOG`: plan and apply, or only one of them."""
    from pipelines.catalogs.file import load_catalog
    from pipelines.catalogs.session import opened

    root = find_root()
    catalog = load_catalog(root, asked.to)
    with progress() as tell, opened(root, catalog, writes=asked.plan is None) as session:
        if asked.plan is not None:
            return _plan(session, _request(root, asked, tell), asked.plan, asked.as_json)
        if asked.apply is not None:
            return _apply(session, root, asked.apply, tell, as_json=asked.as_json)
        return _both(session, _request(root, asked, tell), asked.as_json)


def _request(root: Path, asked: Publishing, tell: Progress) -> Request:
    from pipelines.catalogs.publishing import Request

    return Request(root, asked.names, asked.base, asked.drift, tell)


def _plan(session: Session, asked: Request, file: Path, as_json: bool) -> int:
    from pipelines.catalogs.plan_files import write_plan
    from pipelines.catalogs.publishing import prepare

    prepared = prepare(session, asked)
    written = write_plan(prepared.plan, file, language())
    if as_json:
        out_json({**plan_data(prepared), "files": [str(one) for one in written]})
    else:
        _show_plan(prepared)
        out(say("wrote.plan", file=", ".join(str(one) for one in written)))
    return prepared.exit_code


def _show_plan(prepared: Prepared) -> None:
    from pipelines.publish.plan.lines import plan_lines

    for line in plan_lines(prepared.plan, language()):
        out(line)
    for error in prepared.failed.values():
        for line in error_lines(error):
            note(line)


def _apply(session: Session, root: Path, file: Path, tell: Progress, *, as_json: bool) -> int:
    from pipelines.catalogs.plan_files import read_approval, read_plan
    from pipelines.catalogs.publishing import apply_plan

    prepared, applied = apply_plan(session, root, read_plan(file), read_approval(file), tell)
    return _show_applied(prepared, applied, as_json=as_json)


def _both(session: Session, asked: Request, as_json: bool) -> int:
    from pipelines.catalogs.approval import refuse_unplanned
    from pipelines.catalogs.publishing import apply, prepare, resume

    refuse_unplanned(session.catalog)
    gone_on = resume(session, asked.progress)
    if gone_on is not None:
        note(say("resumed", run=gone_on.run))
        if gone_on.open:
            return _show_applied(None, gone_on, as_json=as_json)
    prepared = prepare(session, asked)
    if not as_json:
        _show_plan(prepared)
    applied = apply(session, prepared, asked.progress)
    return _show_applied(prepared, applied, as_json=as_json)


def _show_applied(prepared: Prepared | None, applied: Applied, *, as_json: bool) -> int:
    code = max(applied.exit_code, prepared.exit_code if prepared else 0)
    if as_json:
        told = plan_data(prepared) if prepared else {}
        out_json({**told, **applied_data(applied), "exit_code": code})
        return code
    for line in applied_lines(applied):
        out(line)
    return code


def verify_command(to: str, names: Sequence[str], base: str, *, as_json: bool) -> int:
    """`machidata verify`: exit code 1 when something differs."""
    from pipelines.catalogs.file import load_catalog
    from pipelines.catalogs.publishing import Request, verify
    from pipelines.catalogs.session import opened

    root = find_root()
    catalog = load_catalog(root, to)
    with progress() as tell, opened(root, catalog, writes=False) as session:
        found = verify(session, Request(root, tuple(names), base, progress=tell))
    code = int(bool(found))
    if as_json:
        out_json({"differences": verified_data(found), "exit_code": code})
        return code
    for line in difference_lines(found):
        out(line)
    out(say("verify.differs", count=len(found)) if found else say("verify.equal"))
    return code


def rollback_command(to: str, drift: Policy, *, abandon: bool, as_json: bool) -> int:
    """`machidata rollback`; exit code 1 when something is not as it was before."""
    from pipelines.catalogs.file import load_catalog
    from pipelines.catalogs.publishing import give_up, rollback
    from pipelines.catalogs.session import opened

    root = find_root()
    with progress() as tell, opened(root, load_catalog(root, to), writes=True) as session:
        restored = give_up(session) if abandon else rollback(session, drift, tell)
    if as_json:
        out_json({**restored_data(restored), "exit_code": restored.exit_code})
        return restored.exit_code
    for line in restored_lines(restored):
        out(line)
    return restored.exit_code


def refuse_both(plan: Path | None, apply: Path | None) -> None:
    """Raises MachidataError `usage` when both are given."""
    if plan is None or apply is None:
        return
    raise MachidataError(
        "usage",
        ja="--plan と --apply は同時に使えません。",
        en="--plan and --apply cannot be used together.",
        expected="--plan FILE / --apply FILE",
        fix_ja="先に --plan で計画を書き、確かめてから --apply で実行してください。",
        fix_en="Write a plan with --plan first, look at it, then carry it out with --apply.",
    )
