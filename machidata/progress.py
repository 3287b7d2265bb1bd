"""Progress on standard error: a bar on a terminal, one line a step elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from machidata.messages import say
from machidata.streams import note
from pipelines.job import Progress, Step, silent


def describe_step(step: Step) -> str:
    """`022055-dx-plan: 読む`; steps of the whole run are the catalog's."""
    return f"{step.package or say('catalog')}: {say('stage.' + step.stage)}"


def tell(step: Step) -> None:
    """The step as a line, with how far the run is."""
    note(f"[{step.done + 1:>2}/{step.total}] {describe_step(step)}")


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Progress]:
    """The progress for this process. `quiet` says nothing at all."""
    if quiet:
        yield silent
    elif sys.stderr.isatty():
        with _bar() as tick:
            yield tick
    else:
        yield tell


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    text = TextColumn("{task.description}", markup=False)
    columns = (BarColumn(bar_width=24), MofNCompleteColumn(), text)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tick(step: Step) -> None:
            bar.update(task, total=step.total, completed=step.done, description=describe_step(step))

        yield tick
