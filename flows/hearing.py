"""What a command line hears of a flow that it runs: the steps, and the result also when it failed.

A flow that Prefect starts by itself (a schedule) has nobody who hears; its log has the steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from pipelines.job import Progress, Step
from pipelines.model import MachidataError


class IncompleteError(MachidataError):
    """Not all went well, and what did and what did not is in the result: the run has failed."""


@dataclass(slots=True)
class Heard:
    """Who hears: `progress` is told each step, `result` is what the flow has told."""

    progress: Progress
    result: Any = None


_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


@contextmanager
def hearing(progress: Progress) -> Iterator[Heard]:
    """Hears the flows that are called in the block."""
    heard = Heard(progress)
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def tell_result(result: Any) -> None:
    """Tells the result, if anybody hears."""
    heard = _heard.get()
    if heard is not None:
        heard.result = result


def teller() -> Progress:
    """The progress of the flow that runs: for whoever hears, and for the run's log."""
    from prefect.logging import get_run_logger

    from machidata.progress import describe_step

    heard, logger = _heard.get(), get_run_logger()

    def tell(step: Step) -> None:
        logger.info(describe_step(step))
        if heard is not None:
            heard.progress(step)

    return tell
