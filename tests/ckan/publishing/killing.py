"""Processes that end in the middle: a child that kills itself at an exact point of its work."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any, NoReturn

from pipelines.publish.applying import journal, running
from pipelines.publish.applying.journal import Journal
from pipelines.publish.ckan.client import Ckan as Client


def die() -> NoReturn:
    """As kill -9 does: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def in_child(act: Callable[[], object], prepare: Callable[[], None]) -> bool:
    """Runs `act` in a child of this process, after `prepare`; says whether it was killed.

    Raises AssertionError when it ended with an error.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            prepare()
            act()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


class At:
    """Dies at the `number`-th (from 1) call of what was prepared: before it is done, or after."""

    def __init__(self, number: int, *, after: bool = False) -> None:
        self.number, self.after = number, after

    def wrap(self, way: Callable[..., Any]) -> Callable[..., Any]:
        """The function with a death in it."""

        def call(*given: Any, **more: Any) -> Any:
            self.number -= 1
            if self.number == 0 and not self.after:
                die()
            told = way(*given, **more)
            if self.number == 0:
                die()
            return told

        return call

    def requests(self) -> None:
        """Counts the requests that write; the child's own copy of the client changes."""
        Client.write = self.wrap(Client.write)  # type: ignore[method-assign]
        Client.send = self.wrap(Client.send)  # type: ignore[method-assign]

    def notes(self) -> None:
        """Counts what goes to the disk: the files and the lines of the journal, the record."""
        Journal.event = self.wrap(Journal.event)  # type: ignore[method-assign]
        whole = self.wrap(journal.write_for_good)
        journal.write_for_good = whole
        running.write_record = self.wrap(running.write_record)


def count(act: Callable[[], object]) -> tuple[int, int]:
    """How many requests that write, and how many notes on the disk, `act` makes."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            requests, notes = At(-1), At(-1)
            requests.requests()
            notes.notes()
            act()
            os.write(into, f"{-1 - requests.number} {-1 - notes.number}".encode())
            code = 0
        finally:
            os._exit(code)
    os.close(into)
    _, status = os.waitpid(child, 0)
    with os.fdopen(out, "rb") as told:
        numbers = told.read().split()
    assert status == 0
    return int(numbers[0]), int(numbers[1])
