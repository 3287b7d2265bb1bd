"""How a process ends when its reader is gone, its output is full or somebody stops it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from machidata.messages import say


def ended(call: Callable[[], int]) -> int:
    """The exit code of `call`, which may write to standard output.

    A reader that has left is no error (0); an output that takes no more is one (3, told on
    standard error, which may still be read); a stop by the user is 130.
    """
    for stream in (sys.stdout, sys.stderr):
        # a terminal that cannot show a character must not end the run
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    try:
        code = call()
        sys.stdout.flush()
    except BrokenPipeError:  # `machidata check … | head`: the reader has seen enough
        _forget_output()
        return 0
    except OSError as error:
        from machidata.failures import report

        _forget_output()
        return report(OSError(error.errno, error.strerror, "stdout"), as_json=False)
    except KeyboardInterrupt:
        sys.stderr.write(say("stopped.run") + "\n")
        return 130
    return code


def _forget_output() -> None:
    """What is still buffered goes nowhere: writing it at the end would fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
