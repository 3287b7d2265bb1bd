"""What the server itself says that it was asked: the station's access log, and what is a write."""

from __future__ import annotations

import re
import time
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path

READS = re.compile(
    r".*_(show|list|search|autocomplete|count)|current_package_list_with_resources|am_following_.*"
    r"|package_collaborator_list_for_user|organization_list_for_user|group_list_authz|get_site_user"
    r"|datastore_info|datastore_search_sql"
)
"""The actions that change nothing; all others are taken for writes."""

MARK = "station_log_mark"
"""The parameter of our own questions, which are left out of what is told."""


def is_read(action: str) -> bool:
    """Whether an action of CKAN's API only reads; reads are sent with POST, too."""
    return READS.fullmatch(action) is not None


def action_of(path: str) -> str:
    """The action that a path of the API asks for; empty for every other path."""
    found = re.fullmatch(r"/api/(?:\d/)?action/([^/]+)/?", path)
    return found.group(1) if found else ""


def is_write(method: str, path: str) -> bool:
    """Whether a request asks for a change."""
    action = action_of(path)
    return not is_read(action) if action else method not in {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Request:
    """One line of the log: bytes of the two bodies, the time in milliseconds."""

    method: str
    path: str
    query: str
    status: int
    received: int
    sent: int
    milliseconds: int

    @property
    def action(self) -> str:
        """The action of the API; empty for pages and files."""
        return action_of(self.path)

    @property
    def write(self) -> bool:
        """Whether it asked for a change, be it granted or refused."""
        return is_write(self.method, self.path)


@dataclass(frozen=True)
class Log:
    """The requests between two moments, in the order in which they were finished."""

    requests: tuple[Request, ...]

    @property
    def writes(self) -> list[Request]:
        """Those that asked for a change."""
        return [one for one in self.requests if one.write]

    def actions(self, *names: str) -> list[str]:
        """The actions asked for, in order; only the named ones if there are names."""
        told = [one.action for one in self.requests if one.action]
        return [one for one in told if one in names] if names else told

    def of(self, action: str) -> list[Request]:
        """The requests of one action."""
        return [one for one in self.requests if one.action == action]


def read(file: Path, start: int) -> Log:
    """The complete lines of the log from a byte on."""
    with file.open("rb") as log:
        log.seek(start)
        text = log.read().decode("utf-8", "replace")
    lines = text[: text.rfind("\n") + 1].splitlines()
    made = [_request(line) for line in lines]
    return Log(tuple(one for one in made if MARK not in one.query))


def settled(file: Path, url: str) -> int:
    """The log's length once every request answered so far is in it.

    The server writes a line after it has answered, so the client may be faster: a question of
    our own is waited for, then a moment for what was finished at the same time in other threads.
    """
    mark = f"{MARK}={uuid.uuid4().hex}"
    asked = f"{url}/api/3/action/status_show?{mark}"
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - our own station
        answer.read()
    until = time.monotonic() + 20
    while mark.encode() not in file.read_bytes()[-20_000:]:
        if time.monotonic() > until:
            raise TimeoutError(f"the server's log does not follow: {file}")
        time.sleep(0.005)
    time.sleep(0.02)
    return file.stat().st_size


def _request(line: str) -> Request:
    *numbers, first = line.split("\t", 4)
    method, _, rest = first.partition(" ")
    address = urllib.parse.urlsplit(rest.rpartition(" ")[0])
    status, received, sent, took = (int(one) if one.isdigit() else 0 for one in numbers)
    path = urllib.parse.unquote(address.path)
    return Request(method, path, address.query, status, received, sent, took)
