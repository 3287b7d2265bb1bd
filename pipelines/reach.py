"""Asks addresses whether they answer: the part of the score that needs the network.

Only http and https are ever asked, redirects to anything else are not followed, and nothing is
downloaded: HEAD first, then GET without reading what comes, for servers that do not like HEAD.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

_WEB = ("http", "https")
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_PATIENCE = 3  # a host that did not answer so often in a row is not asked again


class Reach:
    """URL → HTTP status of its answer; 0 for no answer, None when it was not asked.

    Each address is asked once, at most `limit` of them, and only those that start with `below`
    (all by default: an address of somebody else's catalog may lead anywhere, also into your own
    network). `timeout` is in seconds for each answer; a host that did not answer three times in a
    row counts as silent from then on.
    """

    def __init__(self, timeout: float = 10.0, limit: int = 1000, below: str = "") -> None:
        self._timeout = timeout
        self._limit = limit
        self._below = below
        self._found: dict[str, int] = {}
        self._silent: Counter[str] = Counter()
        self._opener = _opener()

    def __call__(self, url: str) -> int | None:
        """The status of `url`; never raises."""
        if url in self._found:
            return self._found[url]
        if not url.startswith(self._below) or len(self._found) >= self._limit:
            return None
        self._found[url] = status = self._ask(url)
        return status

    def _ask(self, url: str) -> int:
        address, host = _ascii(url)
        if not address or self._silent[host] >= _PATIENCE:
            return 0
        status = 0
        for status in self._answers(address):
            if status == 200:
                break
        self._silent[host] = 0 if status else self._silent[host] + 1
        return status

    def _answers(self, address: str) -> Iterator[int]:
        for method in ("HEAD", "GET"):
            try:
                request = Request(address, method=method, headers={"User-Agent": "machidata"})  # noqa: S310 - only http(s), see _ascii
                with self._opener.open(request, timeout=self._timeout) as answer:
                    yield int(answer.status)
            except HTTPError as error:
                error.close()
                yield int(error.code)
            except (OSError, HTTPException, ValueError):
                yield 0


class _Redirects(HTTPRedirectHandler):
    """Follows redirects with the same method, to http and https only."""

    max_redirections = 5

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        address, _ = _ascii(newurl)
        if not address:
            return None
        return Request(address, method=req.get_method(), headers=dict(req.headers))  # noqa: S310 - http(s)


def _opener() -> OpenerDirector:
    """An opener that knows http and https, and nothing of files, FTP and `data:`."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        _Redirects(),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _ascii(url: str) -> tuple[str, str]:
    """An http(s) address in ASCII, without fragment, and its host; ('', '') for anything else."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:  # UnicodeError is one
        return "", ""
    if parts.scheme not in _WEB or not host or "@" in parts.netloc:
        return "", ""
    place = (f"[{host}]" if ":" in host else host) + port
    path, query = (quote(part, safe=_SAFE) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, place, path or "/", query, "")), place
