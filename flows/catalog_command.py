"""`python -m flows catalog plan|apply --to NAME`: the flows for a CKAN, with or without a server.

What cannot go well (an unknown catalog, a plan that is not approved) is said before any engine
starts.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flows.running import clocked, engine, guarded
from machidata.catalog_render import applied_data, applied_lines, plan_data, verified_data
from machidata.messages import language, say, use
from machidata.render import error_data, error_lines, out_json
from machidata.streams import note, out
from pipelines.job import Progress, Step
from pipelines.workspace import choose, find_root


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows catalog", description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True, metavar="plan|apply")
    plan = parts.add_parser("plan", help="plan-catalog: write plan.json, .md and .html")
    plan.add_argument("names", nargs="*", metavar="NAME")
    plan.add_argument("--folder", default="", metavar="DIR")
    plan.add_argument("--base", default="", metavar="URL")
    plan.add_argument("--drift", choices=("ask", "keep", "overwrite"), default="ask")
    carry = parts.add_parser("apply", help="apply-catalog: carry a plan out")
    carry.add_argument("--plan", default="", metavar="FILE")
    for part in (plan, carry):
        part.add_argument("--to", required=True, metavar="CATALOG")
        part.add_argument("--lang", choices=("ja", "en"), default="")
        part.add_argument("--json", action="store_true", dest="as_json")
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    """Runs the command line; returns the exit code."""
    asked = _arguments(argv)
    use(asked.lang)
    tell = clocked()
    run = _plan if asked.part == "plan" else _apply
    return guarded(lambda: run(asked, tell), as_json=asked.as_json)


def _plan(asked: argparse.Namespace, tell: Progress) -> int:
    from flows.plan_place import plan_file
    from pipelines.catalogs.file import load_catalog

    root = find_root()
    plan_file(root, load_catalog(root, asked.to), asked.folder)
    choose(root, asked.names)

    def call() -> None:
        from flows.catalogs import plan_catalog

        plan_catalog(asked.to, asked.names, asked.folder, asked.base, asked.drift)

    planned = _heard(call, tell)
    files = [str(one) for one in planned.files]
    if asked.as_json:
        out_json({**plan_data(planned.prepared), "files": files})
        return int(planned.prepared.exit_code)
    from pipelines.publish.plan.lines import plan_lines

    for line in plan_lines(planned.prepared.plan, "ja" if language() == "ja" else "en"):
        out(line)
    for error in planned.prepared.failed.values():
        for line in error_lines(error):
            note(line)
    out(say("wrote.plan", file=", ".join(files)))
    return int(planned.prepared.exit_code)


def _apply(asked: argparse.Namespace, tell: Progress) -> int:
    from flows.plan_place import plan_file
    from pipelines.catalogs.approval import check_approval
    from pipelines.catalogs.file import load_catalog
    from pipelines.catalogs.plan_files import read_approval, read_plan

    root = find_root()
    catalog = load_catalog(root, asked.to)
    file = Path(asked.plan) if asked.plan else plan_file(root, catalog)
    check_approval(catalog, read_plan(file), read_approval(file))

    def call() -> None:
        from flows.catalogs import apply_catalog

        apply_catalog(asked.to, str(file))

    done = _heard(call, tell)
    if asked.as_json:
        unread = error_data(done.unread) if done.unread else None
        differences = verified_data(done.differences)
        told = {**applied_data(done.applied), "differences": differences, "unread": unread}
        out_json({**told, "exit_code": done.exit_code})
        return int(done.exit_code)
    from flows.artifacts import verified_lines

    for line in (*applied_lines(done.applied), *verified_lines(done)):
        out(line)
    return int(done.exit_code)


def _heard(call: Callable[[], None], tell: Progress) -> Any:
    """What the flow tells; a run that failed although it has told is shown by what it told."""
    from flows.hearing import IncompleteError, hearing

    tell(Step("", "server", 0, 1))
    with engine(lambda: tell(Step("", "server", 0, 1))), hearing(tell) as heard:
        try:
            call()
        except IncompleteError:
            if heard.result is None:
                raise
    return heard.result
