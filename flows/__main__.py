"""`python -m flows [NAME…]`: the Prefect flow over the packages, with or without a server.

Same options, same result and same exit codes as `machidata build`. `python -m flows catalog …`
plans for a CKAN and applies (`catalog_command.py`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from flows.running import clocked, engine, guarded
from flows.settings import PRIVATE, apply
from machidata.ending import ended
from machidata.messages import use
from machidata.render import build_data, build_lines, out_json
from machidata.streams import out
from pipelines.job import BuildResult, Job, Progress, Step, plan_job
from pipelines.workspace import find_root


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--documents", type=Path, metavar="DIR")
    parser.add_argument("--out", type=Path, metavar="DIR")
    parser.add_argument("--base", default="", metavar="URL")
    parser.add_argument("--lang", choices=("ja", "en"), default="")
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--prepare", action="store_true", help="only make the engine ready")
    return parser.parse_args(argv)


def run_flow(job: Job, progress: Progress) -> BuildResult:
    """Runs the flow for `job`: with the user's Prefect server, or with one for this run only."""
    with engine(lambda: progress(Step("", "server", 0, job.steps))):
        from flows.outcome import Held
        from flows.publish import publish_all, publish_package

        if len(job.names) == 1:
            return publish_package(job.names[0], Held(job), Held(progress)).thing
        return publish_all(Held(job), Held(progress)).thing


def main(argv: Sequence[str]) -> int:
    """Runs the command line; returns the exit code."""
    if argv[:1] == ["catalog"]:
        from flows.catalog_command import main as catalog

        return catalog(argv[1:])
    asked = _arguments(argv)
    use(asked.lang)
    tell = clocked()
    tell(Step("", "server", 0, 1))
    return guarded(lambda: _publish(asked, tell), as_json=asked.as_json)


def _publish(asked: argparse.Namespace, tell: Progress) -> int:
    if asked.prepare:
        from flows.server import prepare

        apply(PRIVATE)
        return 0 if prepare() else 3
    job = plan_job(find_root(), asked.names, asked.documents, asked.out, asked.base)
    result = run_flow(job, tell)
    if asked.as_json:
        out_json(build_data(result))
    else:
        for text in build_lines(result):
            out(text)
    return result.exit_code


if __name__ == "__main__":
    sys.exit(ended(lambda: main(sys.argv[1:])))
