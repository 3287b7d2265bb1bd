"""One HTTP request and what came of it; nothing is judged and nothing repeated here."""

from __future__ import annotations

import ipaddress
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Literal, Protocol
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from requests.utils import get_environ_proxies

from pipelines.publish.ckan.limits import Limits
from pipelines.publish.ckan.token import Token
from pipelines.publish.ckan.watched import Watch, WatchedAdapter

try:
    from importlib.metadata import version

    AGENT = f"machidata/{version('machidata')}"
except ImportError:  # the package is used from its folder, not installed
    AGENT = "machidata"

# What ended a request without an answer. Only the first two leave no doubt: nothing was sent.
Kind = Literal["unreachable", "insecure", "broken", "slow", "large"]


@dataclass(frozen=True)
class Answer:
    """What a server answered: headers in lower case, the body as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def media(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Fault:
    """No answer: what happened, and whether any byte of the request had left."""

    kind: Kind
    sent: bool
    words: str


@dataclass(frozen=True)
class Asked:
    """A request that is ready to be sent; a GET without a body."""

    method: Literal["GET", "POST"]
    url: str
    largest: int
    body: bytes | None = field(default=None, repr=False)
    media: str = ""
    with_token: bool = True


class Wire(Protocol):
    """What sends a request; the tests of the judging put their own in its place."""

    def __call__(self, asked: Asked) -> Answer | Fault:
        """The answer, or why there is none."""
        ...

    def close(self) -> None:
        """Lets go of the connections."""
        ...


class _Bearer(AuthBase):
    """Puts the token into one request only; sessions and our own variables never hold it."""

    def __init__(self, token: Token | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is not None:
            request.headers["Authorization"] = self._token.reveal()
        return request


class Sessions:
    """A session of requests for each thread, all with the same token and limits."""

    def __init__(self, token: Token | None, limits: Limits) -> None:
        self._token, self._limits = token, limits
        self._mine = threading.local()
        self._all: list[requests.Session] = []
        self._lock = threading.Lock()

    def __call__(self, asked: Asked) -> Answer | Fault:
        """Sends the request once; redirects are answers like others."""
        with Watch(self._limits.total) as watch:
            try:
                got = self._exchange(asked)
                # Cut in the middle of its headers, an answer looks like a whole one without a body.
                return Fault("slow", True, "total") if watch.expired else got
            except requests.exceptions.SSLError as error:
                kind: Kind = "broken" if watch.sent else "insecure"
                words = type(error).__name__
            except (requests.Timeout, TimeoutError) as error:
                kind, words = ("slow" if watch.sent else "unreachable"), type(error).__name__
            except (requests.RequestException, OSError, ValueError) as error:
                kind, words = ("broken" if watch.sent else "unreachable"), type(error).__name__
            # Not the exception itself leaves this room: it holds the request with its headers.
            return Fault("slow" if watch.expired else kind, watch.sent, words)

    def _exchange(self, asked: Asked) -> Answer | Fault:
        limits = self._limits
        headers = {"Content-Type": asked.media} if asked.media else {}
        if asked.method == "GET":
            # The bytes of a file as they are, never packed on the way.
            headers["Accept-Encoding"] = "identity"
        answer = self._session().request(
            asked.method,
            asked.url,
            data=asked.body,
            headers=headers,
            auth=_Bearer(self._token if asked.with_token else None),
            timeout=(limits.connect, limits.read),
            allow_redirects=False,
            stream=True,
            proxies=_proxies(asked.url),
        )
        with answer:
            parts: list[bytes] = []
            size = 0
            for part in answer.iter_content(1 << 16):
                parts.append(part)
                size += len(part)
                if size > asked.largest:
                    return Fault("large", True, f"> {asked.largest}")
            told = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status_code, told, b"".join(parts))

    def _session(self) -> requests.Session:
        found: requests.Session | None = getattr(self._mine, "session", None)
        if found is None:
            found = requests.Session()
            # Neither a .netrc (it would replace our token) nor a proxy for loopback addresses.
            found.trust_env = False
            found.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
            found.headers["User-Agent"] = AGENT
            found.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            found.mount("http://", WatchedAdapter())
            found.mount("https://", WatchedAdapter())
            self._mine.session = found
            with self._lock:
                self._all.append(found)
        return found

    def close(self) -> None:
        """Closes the connections of all threads; a later request opens new ones."""
        with self._lock:
            sessions, self._all = self._all, []
            self._mine = threading.local()
        for session in sessions:
            session.close()


def loopback(url: str) -> bool:
    """Whether the address is this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _proxies(url: str) -> dict[str, str]:
    """The proxies that the environment names for an address; none for this machine."""
    return {} if loopback(url) else {k: v for k, v in get_environ_proxies(url).items() if v}
