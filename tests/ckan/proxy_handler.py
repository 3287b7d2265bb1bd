"""One connection of a client of the proxy: reads its requests and does what the rules say."""

from __future__ import annotations

import http.client
import socket
import struct
import time
import urllib.parse
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from tests.ckan import faults
from tests.ckan.faults import Fault
from tests.ckan.log import action_of, is_write

if TYPE_CHECKING:
    from tests.ckan.proxy import Proxy

RESETTING = struct.pack("ii", 1, 0)
"""SO_LINGER of no time at all: closing is a reset."""

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}
HOP_BY_HOP |= {"accept-encoding", "te", "trailer", "upgrade", "expect", "proxy-connection"}


@dataclass
class Seen:
    """A request: `status` is what the client was told, `server` what the catalog said (0: nothing).

    `at` is a monotonic time, `seconds` how long it took; `fault` names what we did to it.
    """

    method: str
    path: str
    at: float
    size: int = 0
    status: int = 0
    server: int = 0
    seconds: float = 0.0
    fault: str = ""

    @property
    def action(self) -> str:
        """The action of the API; empty for pages and files."""
        return action_of(self.path)

    @property
    def write(self) -> bool:
        """Whether it asked for a change."""
        return is_write(self.method, self.path)


@dataclass
class Answer:
    """What the catalog said."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    server: Proxy

    def serve(self) -> None:
        """A request of any method."""
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        seen = Seen(self.command, path, time.monotonic())
        with self.server.lock:
            self.server.requests.append(seen)
        try:
            self._serve(seen)
        finally:
            seen.seconds = time.monotonic() - seen.at

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_PATCH = serve  # noqa: N815

    def _serve(self, seen: Seen) -> None:
        body = b""
        fault = self.server.fault(seen.method, seen.path)
        if fault is None:
            body = self._body()
            seen.size = len(body)
            fault = self.server.fault(seen.method, seen.path, body)
        seen.fault = type(fault).__name__ if fault else ""
        match fault:
            case faults.ResetBefore():
                self._reset()
            case faults.ResetInRequest():
                self._reset_in_request(seen, fault, body)
            case faults.Status(after=False):
                self._say(seen, Answer(fault.status, list(fault.headers.items()), fault.body))
            case faults.Silent(forward=False):
                self._say_nothing()
            case _:
                self._pass_on(seen, fault, body)

    def _pass_on(self, seen: Seen, fault: Fault | None, body: bytes) -> None:
        if isinstance(fault, faults.Meanwhile) and not fault.after:
            fault.do()
        try:
            answer = self.server.forward(seen, self.path, self.headers, body)
        except (OSError, http.client.HTTPException):
            # the catalog is not there: the client is told as plainly
            self._reset()
            return
        match fault:
            case faults.Status():
                self._say(seen, Answer(fault.status, list(fault.headers.items()), fault.body))
            case faults.ResetAfter():
                self._reset()
            case faults.Silent():
                self._say_nothing()
            case faults.ResetInAnswer():
                half = len(answer.body) // 2 if fault.after is None else fault.after
                self._head(seen, answer)
                self.wfile.write(answer.body[:half])
                self._reset()
            case faults.Slow():
                self._say_slowly(seen, answer, fault)
            case faults.Rewrite():
                answer.body = fault.body(answer.body)
                self._say(seen, answer)
            case faults.Meanwhile(after=True):
                fault.do()
                self._say(seen, answer)
            case _:
                self._say(seen, answer)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self._take(int(self.headers.get("Content-Length") or 0))
        pieces = []
        while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
            pieces.append(self._take(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b"".join(pieces)

    def _take(self, size: int) -> bytes:
        """So many bytes; a client that ends before them has gone away."""
        taken = self.rfile.read(size)
        if len(taken) < size:
            raise ConnectionAbortedError
        return taken

    def _head(self, seen: Seen, answer: Answer) -> None:
        seen.status = answer.status
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        # the answer to HEAD names the length of a body that it does not have
        told = {name.lower(): value for name, value in answer.headers}.get("content-length", "0")
        self.send_header("Content-Length", told if seen.method == "HEAD" else str(len(answer.body)))
        self.end_headers()

    def _say(self, seen: Seen, answer: Answer) -> None:
        self._head(seen, answer)
        if seen.method != "HEAD":
            self.wfile.write(answer.body)

    def _say_slowly(self, seen: Seen, answer: Answer, fault: faults.Slow) -> None:
        step = fault.piece or len(answer.body) or 1
        self.server.ended.wait(fault.seconds)
        self._head(seen, answer)
        for start in range(0, len(answer.body), step):
            if start:
                self.server.ended.wait(fault.seconds)
            self.wfile.write(answer.body[start : start + step])

    def _say_nothing(self) -> None:
        """Until the client closes, or the proxy ends."""
        self.connection.settimeout(0.05)
        while not self.server.ended.is_set():
            try:
                if not self.connection.recv(65536):
                    break
            except TimeoutError:
                continue
        self.close_connection = True

    def _reset_in_request(self, seen: Seen, fault: faults.ResetInRequest, body: bytes) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        part = body[: fault.after] or self.rfile.read(min(fault.after, length))
        seen.size = len(part)
        if fault.forward:
            to = urllib.parse.urlsplit(self.server.target)
            kept = {k: v for k, v in self.headers.items() if k.lower() not in HOP_BY_HOP}
            kept |= {"Host": to.netloc, "Content-Length": str(length)}
            head = "".join(f"{name}: {value}\r\n" for name, value in kept.items())
            server = socket.create_connection((to.hostname or "", to.port or 80))
            server.sendall(f"{seen.method} {self.path} HTTP/1.1\r\n{head}\r\n".encode() + part)
            # time to read it before the reset throws it away
            self.server.ended.wait(0.1)
            abort(server)
        self._reset()

    def _reset(self) -> None:
        """A real reset of the connection, with whatever is unread or unsent thrown away."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESETTING)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Says nothing: what was asked is in `requests`."""


def abort(one: socket.socket) -> None:
    """Resets a connection, if it is still there."""
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESETTING)
        one.close()
    except OSError:
        return
