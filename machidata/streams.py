"""Standard output and standard error, also where they are full, closed or know no Japanese."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from pipelines.model import MachidataError


def prepare() -> None:
    """A stream that cannot show a character, or is closed, must not end the run."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # `>&-`
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        else:
            getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")


def out(text: str) -> None:
    """A line on standard output. Raises as `flush` does."""
    with _going_out():
        sys.stdout.write(text + "\n")


def flush() -> None:
    """Sends out what waits. Raises MachidataError `output-failed` (exit code 3), and
    BrokenPipeError when nobody reads any more; from then on nothing is written.
    """
    with _going_out():
        sys.stdout.flush()


def note(text: str) -> None:
    """A line on standard error, at once; where that cannot be written, nothing."""
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        drop(sys.stderr)


def drop(stream: TextIO) -> None:
    """Leads a stream that failed to nowhere: Python would try it again at its end, and complain."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextlib.contextmanager
def _going_out() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        drop(sys.stdout)
        raise
    except OSError as error:
        drop(sys.stdout)
        raise output_failed(error) from error


def output_failed(error: OSError) -> MachidataError:
    """The error for a standard output that takes no more (exit code 3)."""
    return MachidataError(
        "output-failed",
        ja="結果を標準出力に書けません。",
        en="The result could not be written to standard output.",
        where="stdout",
        found=error.strerror or type(error).__name__,
        fix_ja="出力先のディスクの空きを確かめて、もう一度実行してください。",
        fix_en="Check the free space where it goes, then run again.",
        exit_code=3,
    )
