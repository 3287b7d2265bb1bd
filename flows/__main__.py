"""`python -m flows [NAME…]`: the Prefect flow over the packages, with or without a server.

Same options, same result and same exit codes as `machidata build`.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from flows.settings import PRIVATE, apply, user_has_server
from machidata.ending import ended
from machidata.failures import report
from machidata.messages import say, use
from machidata.progress import describe_step
from machidata.render import build_data, build_lines, out_json
from machidata.streams import note, out
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


def clocked() -> Progress:
    """A progress that prints each step with the seconds since now."""
    start = time.monotonic()

    def tell(step: Step) -> None:
        note(f"{time.monotonic() - start:5.1f} s  {describe_step(step)}")

    return tell


def run_flow(job: Job, progress: Progress) -> BuildResult:
    """Runs the flow for `job`: with the user's Prefect server, or with one for this run only."""
    apply(PRIVATE)
    with ExitStack() as stack:
        if user_has_server():
            from flows.configured import configured_server

            stack.enter_context(configured_server())
        else:
            from flows.server import temporary_server

            server = stack.enter_context(temporary_server())
            os.environ["PREFECT_API_URL"] = server.url
            stack.callback(os.environ.pop, "PREFECT_API_URL", None)
            import prefect  # noqa: F401 - while the server starts

            server.wait(lambda: progress(Step("", "server", 0, job.steps)))
            stack.callback(forget_events)
            forget_events()
        return _call(job, progress)


def forget_events() -> None:
    """The run's server keeps no events: none is sent, and none waits for a server that is gone."""
    from prefect.events.clients import NullEventsClient
    from prefect.events.worker import EventsWorker

    EventsWorker.set_client_override(NullEventsClient)
    EventsWorker.drain_all(timeout=5)


def _call(job: Job, progress: Progress) -> BuildResult:
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.outcome import Held
    from flows.publish import publish_all, publish_package

    # the heartbeat's thread ends only after a second of sleep; the environment cannot say "none"
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        if len(job.names) == 1:
            return publish_package(job.names[0], Held(job), Held(progress)).thing
        return publish_all(Held(job), Held(progress)).thing


def stop_by_signals() -> None:
    """Ctrl-C and a scheduler's SIGTERM end the run: the server and its folder go first."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


def _stop(number: int, frame: object) -> None:
    for again in (signal.SIGINT, signal.SIGTERM):
        signal.signal(again, _stop_at_once)
    # not KeyboardInterrupt: raised inside `exec`, CPython would report a signal as exit code
    raise SystemExit(130)


def _stop_at_once(number: int, frame: object) -> None:
    os._exit(130)  # the server sees the pipe close, and tidies up after us


def main(argv: Sequence[str]) -> int:
    """Runs the command line; returns the exit code."""
    asked = _arguments(argv)
    use(asked.lang)
    tell = clocked()
    tell(Step("", "server", 0, 1))
    stop_by_signals()
    try:
        if asked.prepare:
            from flows.server import prepare

            apply(PRIVATE)
            return 0 if prepare() else 3
        job = plan_job(find_root(), asked.names, asked.documents, asked.out, asked.base)
        result = run_flow(job, tell)
    except (KeyboardInterrupt, SystemExit):
        note(say("stopped.run"))
        return 130
    except Exception as error:
        if os.environ.get("MACHIDATA_DEBUG") == "1":
            raise
        return report(error, as_json=asked.as_json)
    if asked.as_json:
        out_json(build_data(result))
    else:
        for text in build_lines(result):
            out(text)
    return result.exit_code


if __name__ == "__main__":
    sys.exit(ended(lambda: main(sys.argv[1:])))
