"""Lets the cyclic garbage collector rest while many small things are made that have no cycles."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def uncollected(function: Callable[P, R]) -> Callable[P, R]:
    """The function without the collector's passes over all that it has made so far.

    They find nothing in a graph of tuples and lists, and cost a third of the time of a large
    catalog (`benchmarks/rdf.py`). The collector is left as it was found, also after an error.
    """

    @functools.wraps(function)
    def paused(*arguments: P.args, **named: P.kwargs) -> R:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return function(*arguments, **named)
        finally:
            if was_on:
                gc.enable()

    return paused
