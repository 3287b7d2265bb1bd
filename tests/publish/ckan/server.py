"""A server on loopback that misbehaves as told: one step of the script for each request."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast


@dataclass(frozen=True)
class Step:
    """An answer, or the way in which there is none.

    `how`: "answer"; "reset" (read all, then cut hard), "reset-early" (cut after the headers),
    "half" (cut in the middle of the body), "silent" (never answers), "drip" (a byte now and then,
    the headers already), "drip-body".
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    how: str = "answer"


@dataclass(frozen=True)
class Seen:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Faulty(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, script: Sequence[Step]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = list(script)
        self.seen: list[Seen] = []
        self.connections: set[tuple[str, int]] = set()
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def next(self) -> Step:
        """The last step of the script serves all later requests."""
        with self.lock:
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what we test."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def faulty(self) -> Faulty:
        return cast(Faulty, self.server)

    def do_POST(self) -> None:
        step = self.faulty.next()
        if step.how == "reset-early":
            self.remember(b"")
            return self.cut()
        self.remember(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        return getattr(self, step.how.replace("-", "_"))(step)

    do_GET = do_POST  # noqa: N815 - the name that http.server calls

    def remember(self, body: bytes) -> None:
        told = {name.lower(): value for name, value in self.headers.items()}
        with self.faulty.lock:
            self.faulty.seen.append(Seen(self.command, self.path, told, body))
            self.faulty.connections.add(self.client_address)

    def head(self, step: Step, length: int) -> bytes:
        told = {"Content-Type": "application/json;charset=utf-8", **step.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        return f"HTTP/1.1 {step.status} X\r\n{lines}Content-Length: {length}\r\n\r\n".encode()

    def answer(self, step: Step) -> None:
        self.wfile.write(self.head(step, len(step.body)) + step.body)

    def half(self, step: Step) -> None:
        self.wfile.write(self.head(step, len(step.body)) + step.body[: len(step.body) // 2])
        self.cut(hard=False)

    def reset(self, step: Step) -> None:
        self.cut()

    def silent(self, step: Step) -> None:
        self.faulty.over.wait(20)
        self.close_connection = True

    def drip(self, step: Step) -> None:
        self.trickle(self.head(step, len(step.body)) + step.body)

    def drip_body(self, step: Step) -> None:
        self.wfile.write(self.head(step, len(step.body)))
        self.trickle(step.body)

    def trickle(self, data: bytes) -> None:
        for at in range(len(data)):
            with contextlib.suppress(OSError):
                self.wfile.write(data[at : at + 1])
            if self.faulty.over.wait(0.02):
                break
        self.close_connection = True

    def cut(self, hard: bool = True) -> None:
        self.close_connection = True
        if hard:  # RST instead of FIN
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        with contextlib.suppress(OSError):
            self.rfile.close()
            self.wfile.close()
            self.connection.close()

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@contextlib.contextmanager
def serving(*script: Step) -> Iterator[Faulty]:
    """A running server; it is gone afterwards."""
    server = Faulty(script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def said(result: Any = None, **headers: str) -> Step:
    """CKAN's answer with a result."""
    body = json.dumps({"help": "h", "success": True, "result": result}).encode()
    return Step(200, body, headers)


def refused(status: int, error: Any, **headers: str) -> Step:
    """CKAN's answer with an error."""
    body = json.dumps({"help": "h", "success": False, "error": error}).encode()
    return Step(status, body, headers)


def page(status: int, text: str = "<html><body>壊れました</body></html>", **headers: str) -> Step:
    """A page of HTML, as gateways give them."""
    return Step(status, text.encode(), {"Content-Type": "text/html; charset=utf-8", **headers})
