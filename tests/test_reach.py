"""Asking addresses on loopback: answers, redirects, silence, bounds."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from pipelines.reach import Reach
from tests.describe.score.scored import serving

asked: list[str] = []
# What a server that does not like HEAD answers to it.
HEADLESS = {"get-only": 405, "shy": 404, "endless": 501}


class Handler(BaseHTTPRequestHandler):
    """What a path asks for: `/ok`, `/404`, `/get-only`, `/to/…` (a redirect) …"""

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        asked.append(f"{method} {self.path}")
        name = self.path.removeprefix("/").partition("?")[0]
        if name == "slow":
            time.sleep(3)
        elif name == "nonsense":
            self.wfile.write(b"this is no HTTP\r\n\r\n")
        elif name.startswith("to="):
            self.reply(302, name.removeprefix("to="))
        elif name == "loop":
            self.reply(301, "/loop")
        elif name in HEADLESS:
            self.reply(HEADLESS[name] if method == "HEAD" else 200)
            while name == "endless" and method == "GET" and self.more():
                pass
        else:
            self.reply(int(name) if name.isdigit() else 200)

    def reply(self, status: int, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def more(self) -> bool:
        try:
            self.wfile.write(b"x" * 65536)
        except OSError:
            return False
        return True

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    asked.clear()
    with serving(Handler) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "status", "methods"),
    [
        ("ok", 200, ["HEAD"]),
        ("204", 204, ["HEAD", "GET"]),
        ("404", 404, ["HEAD", "GET"]),
        ("500", 500, ["HEAD", "GET"]),
        ("get-only", 200, ["HEAD", "GET"]),
        ("shy", 200, ["HEAD", "GET"]),
        ("endless", 200, ["HEAD", "GET"]),
        ("nonsense", 0, ["HEAD", "GET"]),
    ],
)
def test_the_status_of_the_answer(base: str, path: str, status: int, methods: list[str]) -> None:
    assert Reach(timeout=5)(base + path) == status
    assert asked == [f"{method} /{path}" for method in methods]


def test_redirects_are_followed_with_the_same_method(base: str) -> None:
    assert Reach()(base + "to=/ok") == 200
    assert asked == ["HEAD /to=/ok", "HEAD /ok"]


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "data:,x",
        "javascript:1",
        "http://",
        "http://[",
        "//",
    ],
)
def test_redirects_to_anything_but_the_web_are_not_followed(base: str, target: str) -> None:
    assert Reach(timeout=5)(f"{base}to={target}") in {0, 302}
    assert all(one.endswith(f"/to={target}") for one in asked)


def test_a_circle_of_redirects_ends(base: str) -> None:
    assert Reach()(base + "loop") == 301
    assert len(asked) < 20


@pytest.mark.parametrize(
    "url",
    ["", "x", "file:///etc/passwd", "ftp://127.0.0.1/", "data:,x", "javascript:1", "http://",
     "http://[", "http://127.0.0.1:x/", "http://a@127.0.0.1/", "//127.0.0.1/", "http://\x00/",
     "http://" + "a" * 70 + "/", "http://\ud800/", "HTTP:ok"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_never_asked(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert Reach()(url) == 0


def test_words_of_an_address_are_escaped(base: str) -> None:
    assert Reach()(base + "まち 一覧.csv?年=令和#place") == 200
    path = "%E3%81%BE%E3%81%A1%20%E4%B8%80%E8%A6%A7.csv?%E5%B9%B4=%E4%BB%A4%E5%92%8C"
    assert asked == [f"HEAD /{path}"]
    assert Reach()(base + "%E3%81%BE.csv") == 200
    assert asked[-1] == "HEAD /%E3%81%BE.csv"


def test_an_address_is_asked_once(base: str) -> None:
    reach = Reach()
    assert [reach(base + "404"), reach(base + "404")] == [404, 404]
    assert len(asked) == 2


def test_only_so_many_addresses_are_asked(base: str) -> None:
    reach = Reach(limit=2)
    assert [reach(f"{base}{n}") for n in ("a", "b", "c", "a")] == [200, 200, None, 200]


def test_only_addresses_below_the_stated_one_are_asked(base: str) -> None:
    reach = Reach(below=base + "catalog/")
    assert [reach(base + "catalog/a"), reach(base + "other")] == [200, None]
    assert asked == ["HEAD /catalog/a"]


def test_a_server_that_says_nothing_is_given_up(base: str) -> None:
    started = time.monotonic()
    assert Reach(timeout=0.3)(base + "slow") == 0
    assert time.monotonic() - started < 2


def test_a_silent_host_is_not_asked_for_ever() -> None:
    with socket.socket() as listening:  # takes connections and never answers
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        taken: list[socket.socket] = []

        def take() -> None:
            try:
                while True:
                    taken.append(listening.accept()[0])
            except OSError:
                return

        threading.Thread(target=take, daemon=True).start()
        reach = Reach(timeout=0.1)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        assert {reach(f"{address}{n}") for n in range(20)} == {0}
        assert len(taken) <= 6
        for one in taken:
            one.close()


def test_a_port_where_nobody_listens_is_no_answer() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
    assert Reach()(address) == 0
