"""The proxy that misbehaves, in front of a small server of our own."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import requests

from tests.ckan import faults
from tests.ckan.faults import Rule, Status, page, too_many
from tests.ckan.proxy import Proxy

REVISE = "/api/3/action/package_revise"
SHOW = "/api/3/action/package_show"


class Server(ThreadingHTTPServer):
    """Says what it was asked, and remembers it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Teller)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.asked: list[tuple[str, str, str, bytes]] = []
        self.broken: list[int] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of clients that go away."""


class Teller(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        try:
            body = self.rfile.read(size)
        except ConnectionError:
            self.server.broken.append(size)
            raise
        self.server.asked.append((self.command, self.path, self.headers["Host"], body))
        told = {"result": {"url": f"{self.server.url}/x", "ckan_version": "2.12.0"}}
        self.tell(json.dumps(told | {"size": len(body)}).encode(), "application/json")

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers["Host"], b""))
        self.tell(self.server.url.encode() * 1000, "text/csv")

    do_HEAD = do_GET  # noqa: N815

    def tell(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Location", f"{self.server.url}/there")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made
        made.shutdown()


def post(proxy: Proxy, path: str = REVISE, body: Any = b"x" * 100, **more: Any) -> Any:
    return requests.post(proxy.url + path, data=body, timeout=more.pop("timeout", 5), **more)


def test_without_rules_it_passes_everything_on(server: Server) -> None:
    with Proxy(server.url) as proxy, requests.Session() as session:
        told = session.post(f"{proxy.url}{REVISE}?a=%E8%A8%88", data=b"x" * 100, timeout=5)
        got = session.get(f"{proxy.url}/dataset/%E8%A8%88", timeout=5)
        head = session.head(f"{proxy.url}/file", timeout=5)
    assert told.json()["size"] == 100
    assert [(one[0], one[1]) for one in server.asked] == [
        ("POST", f"{REVISE}?a=%E8%A8%88"),
        ("GET", "/dataset/%E8%A8%88"),
        ("HEAD", "/file"),
    ]
    assert {one[2] for one in server.asked} == {server.url.removeprefix("http://")}
    assert got.content == server.url.encode() * 1000
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(got.content)))
    first, second, _ = proxy.requests
    assert (first.action, first.write, first.size) == ("package_revise", True, 100)
    assert (first.status, first.server, first.fault) == (200, 200, "")
    assert (second.path, second.action, second.write) == ("/dataset/計", "", False)


def test_addresses_of_the_catalog_are_the_proxys_on_our_side(server: Server) -> None:
    with Proxy(server.url) as proxy:
        told = post(proxy, body=f'{{"url": "{proxy.url}/x"}}')
        assert told.json()["result"]["url"] == f"{proxy.url}/x"
        assert told.headers["Location"] == f"{proxy.url}/there"
    assert json.loads(server.asked[0][3]) == {"url": f"{server.url}/x"}


def test_a_body_in_chunks(server: Server) -> None:
    with Proxy(server.url) as proxy:
        assert post(proxy, body=iter([b"ab", b"cde"])).json()["size"] == 5


def test_too_many_requests_once(server: Server) -> None:
    with Proxy(server.url, Rule(too_many(7), action="package_*")) as proxy:
        first, second = post(proxy), post(proxy)
    assert (first.status_code, first.headers["Retry-After"]) == (429, "7")
    assert second.status_code == 200
    assert [(one.status, one.server, one.fault) for one in proxy.of("package_revise")] == [
        (429, 0, "Status"),
        (200, 200, ""),
    ]
    assert len(server.asked) == 1


@pytest.mark.parametrize("after", [False, True])
def test_an_error_before_or_after_the_work_is_done(server: Server, after: bool) -> None:
    with Proxy(server.url, Rule(Status(502, after=after))) as proxy:
        assert post(proxy).status_code == 502
    assert len(server.asked) == after
    assert proxy.requests[0].server == (200 if after else 0)


@pytest.mark.parametrize(
    ("fault", "worked"),
    [
        (faults.ResetBefore(), 0),
        (faults.ResetInRequest(5000), 0),
        (faults.ResetInRequest(5000, forward=True), 0),
        (faults.ResetAfter(), 1),
        (faults.ResetInAnswer(), 1),
        (faults.ResetInAnswer(0), 1),
    ],
)
def test_a_reset_is_a_reset(server: Server, fault: faults.Fault, worked: int) -> None:
    with Proxy(server.url, Rule(fault)) as proxy:
        told = reset(proxy)
        assert len(server.asked) == worked
        assert post(proxy).status_code == 200
    begun = isinstance(fault, faults.ResetInAnswer)
    assert told.startswith(b"HTTP/1.1 200") is begun
    assert proxy.requests[0].size == (100_000 if worked else getattr(fault, "after", 0))
    assert bool(server.broken) is bool(getattr(fault, "forward", False))


def reset(proxy: Proxy) -> bytes:
    """What a client reads until the connection is reset; fails if it ends in another way."""
    body = b"x" * 100_000
    head = f"POST {REVISE} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    told = b""
    with (
        socket.create_connection(("127.0.0.1", proxy.server_port), timeout=5) as connection,
        pytest.raises((ConnectionResetError, BrokenPipeError)),
    ):
        connection.sendall(head + body)
        while True:
            part = connection.recv(65536)
            assert part, "an orderly end"
            told += part
    return told


def test_the_middle_of_an_answer(server: Server) -> None:
    with Proxy(server.url, Rule(faults.ResetInAnswer(10))) as proxy:
        told = reset(proxy)
    head, _, body = told.partition(b"\r\n\r\n")
    assert b"Content-Length: " in head
    assert len(body) == 10


def test_a_slow_answer(server: Server) -> None:
    with Proxy(server.url, Rule(faults.Slow(0.1))) as proxy:
        with pytest.raises(requests.exceptions.ReadTimeout):
            post(proxy, timeout=0.05)
        assert post(proxy).json()["size"] == 100


def test_an_answer_in_drops(server: Server) -> None:
    with Proxy(server.url, Rule(faults.Slow(0.02, piece=30))) as proxy:
        begin = time.monotonic()
        # every piece comes in time: only the whole of it is late
        assert post(proxy, timeout=0.5).json()["size"] == 100
        assert time.monotonic() - begin > 0.04


@pytest.mark.parametrize("forward", [False, True])
def test_no_answer_ever(server: Server, forward: bool) -> None:
    with Proxy(server.url, Rule(faults.Silent(forward))) as proxy:
        with pytest.raises(requests.exceptions.ReadTimeout):
            post(proxy, timeout=0.1)
        assert len(server.asked) == forward


def test_another_version(server: Server) -> None:
    with Proxy(server.url, Rule(faults.version("2.9.1"), times=None)) as proxy:
        told = [post(proxy).json()["result"]["ckan_version"] for _ in range(3)]
    assert told == ["2.9.1"] * 3


def test_a_page_where_json_is_expected(server: Server) -> None:
    with Proxy(server.url, Rule(page())) as proxy:
        told = post(proxy)
    assert told.status_code == 200
    assert told.headers["Content-Type"].startswith("text/html")
    assert told.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("after", [False, True])
def test_something_happens_meanwhile(server: Server, after: bool) -> None:
    found: list[int] = []
    rule = Rule(faults.Meanwhile(lambda: found.append(len(server.asked)), after))
    with Proxy(server.url, rule) as proxy:
        assert post(proxy).status_code == 200
    assert found == [int(after)]


@pytest.mark.parametrize(
    ("rule", "hit"),
    [
        ({"method": "GET"}, [2]),
        ({"action": "package_revise", "nth": 2}, [3]),
        ({"action": "*", "times": None}, [0, 1, 3, 4]),
        ({"write": True, "times": None}, [0, 3, 4]),
        ({"write": False, "times": None}, [1, 2]),
        ({"write": True, "nth": 2, "times": None}, [3, 4]),
        ({"path": "/dataset/*"}, [2]),
        ({"contains": "計画".encode(), "times": None}, [1, 4]),
        ({"action": "package_show", "method": "GET"}, []),
    ],
)
def test_which_requests_are_hit(server: Server, rule: dict[str, Any], hit: list[int]) -> None:
    asked = [(REVISE, "a"), (SHOW, "計画"), ("/dataset/x", ""), (REVISE, "b"), (REVISE, "計画")]
    with Proxy(server.url, Rule(Status(500), **rule)) as proxy:
        for path, body in asked:
            if body:
                post(proxy, path, body.encode())
            else:
                requests.get(proxy.url + path, timeout=5)
    assert [i for i, one in enumerate(proxy.requests) if one.status == 500] == hit


def test_the_first_rule_that_hits_counts(server: Server) -> None:
    rules = [Rule(Status(500)), Rule(Status(503)), Rule(faults.ResetBefore(), nth=3)]
    with Proxy(server.url, *rules) as proxy:
        assert [post(proxy).status_code for _ in range(2)] == [500, 503]
        with pytest.raises(requests.exceptions.ConnectionError):
            post(proxy)
        proxy.rules.append(Rule(Status(504)))
        assert post(proxy).status_code == 504


def test_how_many_requests_came_within_a_time(server: Server) -> None:
    with Proxy(server.url) as proxy:
        for _ in range(3):
            post(proxy)
        time.sleep(0.15)
        post(proxy)
    assert proxy.most_within(0.1) == 3
    assert proxy.most_within(60) == 4
    assert [one.seconds > 0 for one in proxy.writes] == [True] * 4


def test_many_at_once(server: Server) -> None:
    with Proxy(server.url, Rule(faults.Slow(0.1), times=None)) as proxy:
        threads = [threading.Thread(target=post, args=(proxy,)) for _ in range(20)]
        begin = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - begin < 1.5
    assert len(server.asked) == 20


def test_a_catalog_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    broken = pytest.raises(requests.exceptions.ConnectionError)
    with Proxy(f"http://127.0.0.1:{port}") as proxy, broken:
        post(proxy)
    assert proxy.requests[0].status == 0


def test_what_goes_wrong_in_a_rule_is_told(server: Server) -> None:
    def fails(_: Any) -> Any:
        raise ValueError("in the rule")

    rule = Rule(faults.Rewrite(fails))
    broken = contextlib.suppress(requests.exceptions.ConnectionError)
    with pytest.raises(ValueError, match="in the rule"), Proxy(server.url, rule) as proxy, broken:
        post(proxy)
