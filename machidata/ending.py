"""How a process ends when its reader is gone, its output is full or somebody stops it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from machidata.messages import say
from machidata.streams import drop, flush, note, output_failed, prepare
from pipelines.model import MachidataError


def ended(call: Callable[[], int]) -> int:
    """The exit code of `call`, which may write to standard output.

    A reader that has left is no error (0); an output that takes no more is one (3, told on
    standard error, which may still be read); a stop by the user is 130.
    """
    prepare()
    code = 0
    try:
        code = call()
        flush()
    except BrokenPipeError:  # `machidata check … | head`: the reader has seen enough
        drop(sys.stdout)
        return 0
    except (MachidataError, OSError) as error:
        from machidata.failures import report

        drop(sys.stdout)
        known = error if isinstance(error, MachidataError) else output_failed(error)
        return max(code, report(known, as_json=False))
    except KeyboardInterrupt:
        note(say("stopped.run"))
        return 130
    return code
