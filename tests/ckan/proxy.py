"""A misbehaving proxy in front of a catalog.

    with Proxy(ckan.url, Rule(too_many(1), action="package_revise")) as proxy:
        publish(proxy.url, ckan.token)
    assert proxy.of("package_revise")[0].status == 429

Addresses of the catalog in its answers become the proxy's, and the other way round in requests,
so that nobody leaves the proxy by following a link. Everything is HTTP/1.1 on the loopback address.
"""

from __future__ import annotations

import http.client
import socket
import sys
import threading
import urllib.parse
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any

from tests.ckan import faults
from tests.ckan.faults import Fault, Rule
from tests.ckan.proxy_handler import HOP_BY_HOP, RESETTING, Answer, Handler, Seen, abort


class Proxy(ThreadingHTTPServer):
    """The proxy, running between `with` and its end; `rules` may be changed meanwhile."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, target: str, *rules: Rule) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.target = target.rstrip("/")
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.rules = list(rules)
        self.requests: list[Seen] = []
        self.errors: list[BaseException] = []
        self.lock = threading.Lock()
        self.ended = threading.Event()
        self._open: set[socket.socket] = set()

    def __enter__(self) -> Proxy:
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ended.set()
        self.shutdown()
        self.server_close()
        for one in list(self._open):
            abort(one)
        if self.errors and not kind:
            raise self.errors[0]

    def of(self, action: str) -> list[Seen]:
        """The requests of an action."""
        return [one for one in self.requests if one.action == action]

    @property
    def writes(self) -> list[Seen]:
        """The requests for a change."""
        return [one for one in self.requests if one.write]

    def most_within(self, seconds: float) -> int:
        """How many requests began within any span of that length, at the worst."""
        times = sorted(one.at for one in self.requests)
        return max((sum(t <= x < t + seconds for x in times) for t in times), default=0)

    def fault(self, method: str, path: str, body: bytes | None = None) -> Fault | None:
        """What happens to a request: the first rule that hits it.

        Asked twice: before the body is read (without `body`) for what happens before its end.
        """
        with self.lock:
            for rule in self.rules:
                found = rule.fault  # a rule may have another one for the next
                early = isinstance(found, (faults.ResetBefore, faults.ResetInRequest))
                if (body is None) is not (early and not rule.contains):
                    continue
                if rule.fits(method, path) and rule.contains in (body or b"") and rule.hit():
                    return found
        return None

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        # a reset is not announced by an orderly end
        if _lingers(request):
            super().shutdown_request(request)
        else:
            self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exception()
        # clients go away, that is what is tested
        if error and not isinstance(error, (ConnectionError, TimeoutError)):
            self.errors.append(error)

    def forward(self, seen: Seen, query: str, headers: Any, body: bytes) -> Answer:
        """The catalog's answer to a request."""
        to = urllib.parse.urlsplit(self.target)
        kept = {k: v for k, v in headers.items() if k.lower() not in HOP_BY_HOP}
        ours, theirs = self.url.encode(), self.target.encode()
        if body or seen.method not in {"GET", "HEAD"}:
            body = body.replace(ours, theirs)
            kept["Content-Length"] = str(len(body))
        connection = http.client.HTTPConnection(to.hostname or "", to.port, timeout=300)
        try:
            connection.request(seen.method, query, body, kept | {"Host": to.netloc})
            told = connection.getresponse()
            answer = Answer(told.status, told.getheaders(), told.read())
        finally:
            connection.close()
        seen.server = answer.status
        kind = told.headers.get_content_type()
        if kind == "application/json" or kind.startswith("text/html"):
            answer.body = answer.body.replace(theirs, ours)
        answer.headers = [(k, v.replace(self.target, self.url)) for k, v in answer.headers]
        return answer


def _lingers(one: socket.socket) -> bool:
    try:
        told = one.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)
    except OSError:
        return True
    return told != RESETTING
