"""What every `python -m flows …` has around its flow: an engine, a clock, signals, an ending."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from flows.settings import PRIVATE, apply, user_has_server
from machidata.failures import report
from machidata.messages import say
from machidata.progress import describe_step
from machidata.streams import note
from pipelines.job import Progress, Step


def clocked() -> Progress:
    """A progress that prints each step with the seconds since now."""
    start = time.monotonic()

    def tell(step: Step) -> None:
        note(f"{time.monotonic() - start:5.1f} s  {describe_step(step)}")

    return tell


@contextmanager
def engine(still: Callable[[], None]) -> Iterator[None]:
    """Runs the block with the user's Prefect server, or with one for this run only; `still` is
    called every few seconds while that starts.

    Raises MachidataError `engine-unreachable`, `engine-failed` (exit code 3).
    """
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

            server.wait(still)
            stack.callback(forget_events)
            forget_events()
        from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        # its thread ends only after a second of sleep; the environment cannot say "none"
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            yield


def forget_events() -> None:
    """The run's server keeps no events: none is sent, and none waits for a server that is gone."""
    from prefect.events.clients import NullEventsClient
    from prefect.events.worker import EventsWorker

    EventsWorker.set_client_override(NullEventsClient)
    EventsWorker.drain_all(timeout=5)


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


def guarded(call: Callable[[], int], *, as_json: bool) -> int:
    """The exit code of `call`; what goes wrong is told as an error to read."""
    stop_by_signals()
    try:
        return call()
    except (KeyboardInterrupt, SystemExit):
        note(say("stopped.run"))
        return 130
    except Exception as error:
        if os.environ.get("MACHIDATA_DEBUG") == "1":
            raise
        return report(error, as_json=as_json)
