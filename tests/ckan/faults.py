"""What may go wrong between a publisher and a catalog, as small objects for the proxy."""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.ckan.log import action_of, is_write


@dataclass(frozen=True)
class Status:
    """An answer of our own; with `after` the server does its work first and nobody hears of it."""

    status: int
    body: bytes = b'{"success": false, "error": {"__type": "Test Error"}}'
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    after: bool = False


def too_many(seconds: float | str = 1) -> Status:
    """429 Too Many Requests; `seconds` may be an HTTP date, too."""
    return Status(429, b"slow down", {"Retry-After": str(seconds), "Content-Type": "text/plain"})


def page(status: int = 200, after: bool = False) -> Status:
    """A page for people where JSON is expected, as log-ins and firewalls send it."""
    text = "<!DOCTYPE html><html><body><h1>メンテナンス中</h1></body></html>"
    return Status(status, text.encode(), {"Content-Type": "text/html; charset=utf-8"}, after)


@dataclass(frozen=True)
class ResetBefore:
    """The connection is reset when the head of the request is read: nothing comes to the server."""


@dataclass(frozen=True)
class ResetInRequest:
    """It is reset after that many bytes of the request's body.

    With `forward` the server gets these bytes and the same reset, otherwise nothing.
    """

    after: int
    forward: bool = False


@dataclass(frozen=True)
class ResetAfter:
    """The server does its work; the connection is reset before any byte of the answer."""


@dataclass(frozen=True)
class ResetInAnswer:
    """It is reset after that many bytes of the answer's body; None: in its middle."""

    after: int | None = None


@dataclass(frozen=True)
class Slow:
    """The answer comes late; with `piece` so many bytes of its body every `seconds`."""

    seconds: float
    piece: int = 0


@dataclass(frozen=True)
class Silent:
    """No answer, ever, until the client gives up; with `forward` the server does its work."""

    forward: bool = False


@dataclass(frozen=True)
class Rewrite:
    """The server's JSON answer, changed."""

    change: Callable[[Any], Any]

    def body(self, answer: bytes) -> bytes:
        """The changed answer; what is no JSON stays."""
        try:
            told = json.loads(answer)
        except ValueError:
            return answer
        return json.dumps(self.change(told), ensure_ascii=False).encode()


def version(name: str) -> Rewrite:
    """`status_show` names another version of CKAN."""

    def change(told: Any) -> Any:
        told["result"]["ckan_version"] = name
        return told

    return Rewrite(change)


@dataclass(frozen=True)
class Meanwhile:
    """Something happens in the catalog before (or `after`) the request gets there."""

    do: Callable[[], object]
    after: bool = False


Fault = (
    Status
    | ResetBefore
    | ResetInRequest
    | ResetAfter
    | ResetInAnswer
    | Slow
    | Silent
    | Rewrite
    | Meanwhile
)


@dataclass
class Rule:
    """Which requests something happens to.

    All that is given must fit: the method, the action and the path as patterns (`datastore_*`),
    `write` (True: only changes, False: only reads) and `contains` (bytes of the body). Of the
    requests that fit, the `nth` (from 1) and those after it are hit, `times` in all; None: each.
    """

    fault: Fault
    method: str = ""
    action: str = ""
    path: str = ""
    write: bool | None = None
    contains: bytes = b""
    nth: int = 1
    times: int | None = 1
    seen: int = field(default=0, init=False)
    hits: int = field(default=0, init=False)

    def fits(self, method: str, path: str) -> bool:
        """Whether method, action and path are those of the rule."""
        wanted = ((self.method, method), (self.action, action_of(path)), (self.path, path))
        # no pattern, not even `*`, names an action where there is none
        if not all(not want or (is_ and fnmatch.fnmatchcase(is_, want)) for want, is_ in wanted):
            return False
        return self.write is None or self.write is is_write(method, path)

    def hit(self) -> bool:
        """Counts a request that fits, and says whether it is hit."""
        self.seen += 1
        if self.seen < self.nth or (self.times is not None and self.hits >= self.times):
            return False
        self.hits += 1
        return True
