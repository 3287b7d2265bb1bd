"""Requests against a server that misbehaves: what is tried again, and what is said."""

from __future__ import annotations

import json
import logging
import socket
import threading
from typing import Any

import pytest

from pipelines.model import MachidataError
from pipelines.publish.ckan.client import Ckan, Upload
from pipelines.publish.ckan.errors import (
    Busy,
    CatalogError,
    Moved,
    NoCkan,
    NotAllowed,
    NotThere,
    Refused,
    Uncertain,
    Unreachable,
)
from pipelines.publish.ckan.pace import Pace
from pipelines.publish.ckan.token import Token
from tests.publish.ckan.conftest import SECRET, Hours
from tests.publish.ckan.server import Step, page, refused, said, serving

BROKEN = [
    Step(how="reset"),
    Step(body=b'{"success": true, "result": 1}', how="half"),
    page(500),
    page(502),
    page(503),
    page(504),
    refused(500, {"__type": "Search Connection Error", "message": "…"}),
]


def test_a_result_and_how_it_was_asked(hours: Hours) -> None:
    with serving(said({"名前": "計画"})) as server, Ckan(f"{server.url}/", Token(SECRET)) as ckan:
        assert ckan.url == server.url
        assert ckan.read("package_show", id="計画", name_or_id=None) == {"名前": "計画"}
    (seen,) = server.seen
    assert (seen.method, seen.path) == ("POST", "/api/3/action/package_show")
    assert json.loads(seen.body) == {"id": "計画", "name_or_id": None}
    assert seen.headers["authorization"] == SECRET
    assert seen.headers["user-agent"].startswith("machidata")
    assert seen.headers["content-type"] == "application/json"


@pytest.mark.parametrize("step", BROKEN, ids=lambda step: f"{step.how}-{step.status}")
def test_a_read_is_tried_again(step: Step, hours: Hours) -> None:
    with serving(step, said(7)) as server:
        assert Ckan(server.url, limits=hours.limits()).read("site_read") == 7
        assert len(server.seen) == 2
    assert len(hours.slept) == 1
    assert 0.25 <= hours.slept[0] <= 0.5


@pytest.mark.parametrize("step", BROKEN, ids=lambda step: f"{step.how}-{step.status}")
def test_a_write_that_may_have_happened_is_never_repeated(step: Step, hours: Hours) -> None:
    with serving(step, said(7)) as server, pytest.raises(Uncertain) as told:
        Ckan(server.url, limits=hours.limits()).write("package_create", name="plan")
    assert len(server.seen) == 1
    assert told.value.exit_code == 3
    assert told.value.where == f"{server.url} package_create plan"


def test_reads_end_after_the_tries_and_wait_longer_each_time(hours: Hours) -> None:
    with serving(page(502)) as server, pytest.raises(Unreachable) as told:
        Ckan(server.url, limits=hours.limits(tries=5)).read("package_list")
    assert len(server.seen) == 5
    assert hours.slept == sorted(hours.slept)
    assert hours.slept[3] >= 2
    assert (told.value.status, told.value.exit_code) == (502, 3)
    assert "壊れました" in told.value.found


def test_the_same_request_waits_the_same_time(hours: Hours) -> None:
    waits = []
    for name in ("a", "a", "b"):
        with serving(page(502), said()) as server:
            Ckan(server.url, limits=hours.limits()).read("package_show", id=name)
        waits.append(hours.slept.pop())
    assert waits[0] == waits[1] != waits[2]


@pytest.mark.parametrize("writes", [False, True])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_waited_for(status: int, writes: bool, hours: Hours) -> None:
    busy = page(status, **{"Retry-After": "17"})
    with serving(busy, busy, said("done")) as server:
        ckan = Ckan(server.url, limits=hours.limits(tries=1))
        assert (ckan.write if writes else ckan.read)("package_create", name="x") == "done"
        assert len(server.seen) == 3
    assert hours.now == 1000 + 34


def test_retry_after_as_a_date_counts_from_the_servers_own(hours: Hours) -> None:
    told = {
        "Date": "Wed, 21 Oct 2015 07:28:00 GMT",
        "Retry-After": "Wed, 21 Oct 2015 07:28:09 GMT",
    }
    with serving(page(429, **told), said()) as server:
        Ckan(server.url, limits=hours.limits()).read("x")
    assert hours.now == 1009


@pytest.mark.parametrize("told", ["3600", "Tue, 14 Nov 2023 23:59:59 GMT", "9" * 9])
def test_more_patience_than_we_have_is_busy_at_once(told: str, hours: Hours) -> None:
    with (
        serving(page(429, **{"Retry-After": told})) as server,
        Ckan(server.url, limits=hours.limits()) as ckan,
    ):
        with pytest.raises(Busy) as first:
            ckan.write("package_create", name="x")
        with pytest.raises(Busy):
            ckan.read("package_show", id="y")  # the whole catalog is closed
        assert len(server.seen) == 1
    assert hours.slept == []
    assert first.value.seconds > 120
    assert first.value.exit_code == 3
    assert first.value.code == "catalog-busy-requests"


@pytest.mark.parametrize("told", ["0", "-5", "soon", "", "１７"])
def test_a_catalog_that_is_always_busy_ends(told: str, hours: Hours) -> None:
    with serving(page(429, **{"Retry-After": told.encode().decode("latin-1")})) as server:
        with pytest.raises(Busy):
            Ckan(server.url, limits=hours.limits()).read("x")
        assert 5 < len(server.seen) < 20
    assert hours.now <= 1000 + 120


def test_a_429_holds_the_other_threads_too(hours: Hours) -> None:
    pace = Pace(clock=hours.clock, sleep=hours.sleep)
    with serving(page(429, **{"Retry-After": "30"}), said()) as server:
        ckan = Ckan(server.url, limits=hours.limits(), pace=pace)
        ckan.read("x")
        other = Ckan(server.url, limits=hours.limits(), pace=pace)
        pace.pause(10)
        other.read("y")
    assert hours.now == 1040


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_refused_connections_are_tried_again_by_writes_too(hours: Hours) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(Unreachable) as told:
        Ckan(url, limits=hours.limits()).write("package_create", name="x")
    assert len(hours.slept) == 2
    assert told.value.exit_code == 3


@pytest.mark.parametrize("how", ["silent", "drip", "drip-body"])
def test_slow_answers_end(how: str, hours: Hours) -> None:
    slow = Step(how=how, body=b'{"success": true, "result": "' + b"x" * 5000 + b'"}')
    limits = hours.limits(read=0.2 if how == "silent" else 5.0, total=0.3, tries=2)
    with serving(slow) as server:
        with pytest.raises(Uncertain):
            Ckan(server.url, limits=limits).write("package_create", name="x")
        assert len(server.seen) == 1
        with pytest.raises(Unreachable) as told:
            Ckan(server.url, limits=limits).read("package_show", id="x")
        assert len(server.seen) == 3
    assert "slow" in told.value.found or "broken" in told.value.found


def test_a_connection_cut_while_sending_is_uncertain(hours: Hours) -> None:
    upload = Upload("a.csv", b"x" * 8_000_000)
    with serving(Step(how="reset-early")) as server, pytest.raises(Uncertain):
        Ckan(server.url, limits=hours.limits()).send("resource_create", {}, {"upload": upload})
    assert len(server.seen) == 1


ODD = [
    page(200),
    Step(200, b"\xff\xfe\x00", {"Content-Type": "text/plain"}),
    Step(200, b"[1, 2]"),
    Step(200, b'{"success": false, "result": 1}'),
    Step(200, b'{"success": true}'),
    Step(200, b'{"success": "yes", "result": 1}'),
    Step(200, b"[" * 100_000 + b"]" * 100_000),
    Step(200, b'{"success": true, "result": ' + b"9" * 5000 + b"}"),
    Step(204, b""),
]


@pytest.mark.parametrize("step", ODD, ids=range(len(ODD)))
def test_answers_that_no_ckan_gives(step: Step, hours: Hours) -> None:
    with serving(step) as server:
        ckan = Ckan(server.url, limits=hours.limits())
        with pytest.raises(NoCkan):
            ckan.read("package_list")
        with pytest.raises(Uncertain):
            ckan.write("package_create", name="x")
        assert len(server.seen) == 2


def test_answers_that_are_too_large_are_not_read(hours: Hours) -> None:
    huge = said("x" * 100_000)
    with serving(huge) as server:
        ckan = Ckan(server.url, limits=hours.limits(answer=50_000, file=99_000))
        with pytest.raises(NoCkan) as told:
            ckan.read("x")
        assert told.value.code == "catalog-answer-large"
        with pytest.raises(Uncertain):
            ckan.write("x")
        with pytest.raises(NoCkan) as told:
            ckan.fetch("/big.csv?secret=1")
        assert told.value.asked == "GET /big.csv"


def test_statuses_become_errors(hours: Hours) -> None:
    cases: list[tuple[Step, type[CatalogError], str]] = [
        (refused(404, {"__type": "Not Found Error", "message": "無い"}), NotThere, "無い"),
        (page(404), NoCkan, "壊れました"),
        (page(405), NoCkan, ""),
        (page(413), Refused, "壊れました"),
        (Step(400, '"Bad request: 知らない"'.encode()), Refused, "知らない"),
        (page(400), NoCkan, ""),
        (page(403), NotAllowed, "壊れました"),
        (refused(409, {"__type": "Search Error", "message": "query"}), Refused, "query"),
    ]
    for step, kind, words in cases:
        with serving(step) as server, pytest.raises(kind) as told:
            Ckan(server.url, limits=hours.limits()).read("package_show", id="p")
        assert len(server.seen) == 1
        assert told.value.status == step.status
        assert words in told.value.found
        assert told.value.exit_code == 2


def test_a_refusal_names_the_fields(hours: Hours) -> None:
    error = {
        "__type": "Validation Error",
        "name": ["使われています\u202e\x07"],
        "resources": [{}, {"issued": ["日付ではありません", "短い"]}],
        "match__id": "足りません",
        "<b>odd</b>": {"deep": [[["x" * 5000]]]},
    }
    with serving(refused(409, error)) as server, pytest.raises(Refused) as told:
        Ckan(server.url, limits=hours.limits()).write("package_create", name="plan")
    fields = told.value.fields
    assert fields["name"] == ["使われています"]
    assert fields["resources.1.issued"] == ["日付ではありません", "短い"]
    assert fields["match__id"] == ["足りません"]
    assert "odd.deep.0.0" in fields
    assert len(fields["odd.deep.0.0"][0]) <= 300
    assert "__type" not in fields
    assert len(told.value.found) < 1100


def test_a_match_that_failed_is_moved(hours: Hours) -> None:
    unmatched = {"__type": "Validation Error", "match": ["metadata_modified", "resources__0__id"]}
    match = {"id": "p", "metadata_modified": "2026", "resources": [{"id": "r"}]}
    with serving(refused(409, unmatched)) as server:
        ckan = Ckan(server.url, limits=hours.limits())
        with pytest.raises(Moved) as told:
            ckan.write("package_revise", match=match)
        with pytest.raises(Moved):
            ckan.send("package_revise", {"match": match}, {"update__x": Upload("a", b"")})
        with pytest.raises(Moved):
            flat = {"match__id": "p", "match__metadata_modified": "2", "match__resources__0__id": 1}
            ckan.write("package_revise", **flat)
        with pytest.raises(Refused):  # nothing of the kind was asked for: our own mistake
            ckan.write("package_revise", match={"id": "p"})
        with pytest.raises(Refused):
            ckan.write("package_update", match=match)
    assert told.value.keys == ["metadata_modified", "resources__0__id"]
    assert told.value.where.endswith("package_revise p")


def test_a_search_that_fails_after_a_write_is_uncertain(hours: Hours) -> None:
    step = refused(409, {"__type": "Search Error", "message": "x"})
    with serving(step) as server, pytest.raises(Uncertain):
        Ckan(server.url, limits=hours.limits()).write("package_create", name="x")


DENIED = refused(403, {"__type": "Authorization Error", "message": "Access denied: 利用者"})


@pytest.mark.parametrize(
    ("who", "token", "code"),
    [
        (said({"name": "suzuki"}), SECRET, "catalog-rights"),
        (refused(404, {"__type": "Not Found Error"}), SECRET, "catalog-token"),
        (page(502), SECRET, "catalog-denied"),
        (said({"name": "suzuki"}), "", "catalog-token-needed"),
    ],
)
def test_a_wrong_token_is_told_from_missing_rights(
    who: Step, token: str, code: str, hours: Hours
) -> None:
    with serving(DENIED, who) as server, pytest.raises(NotAllowed) as told:
        given = Token(token) if token else None
        Ckan(server.url, given, limits=hours.limits(tries=1)).write("package_create", name="x")
    assert told.value.code == code
    assert told.value.asked == "package_create x"
    assert "利用者" in told.value.found
    assert len(server.seen) == (2 if token else 1)


def test_uploads_are_sent_as_package_revise_reads_them(hours: Hours) -> None:
    with serving(said({"package": {}})) as server:
        Ckan(server.url, Token(SECRET), limits=hours.limits()).send(
            "package_revise",
            {"match": {"id": "p"}, "update__title": "2024", "filter": ["-resources"]},
            {"update__resources__0__upload": Upload('計画"\r\nx.csv', "a\n１\n".encode())},
        )
    (seen,) = server.seen
    assert seen.headers["content-type"].startswith("multipart/form-data; boundary=")
    parts = seen.body.split(seen.headers["content-type"].partition("boundary=")[2].encode())
    told = [part.decode().strip("\r\n-") for part in parts[1:-1]]
    assert told[0].endswith('name="match"\r\n\r\n{"id": "p"}')
    assert told[1].endswith('name="update__title"\r\n\r\n"2024"')
    assert told[2].endswith('name="filter"\r\n\r\n["-resources"]')
    assert "Content-Type: text/csv\r\n\r\na\n１\n" in told[3] + "\n"
    assert told[3].count("\r\n") == 3  # no line of the file's name becomes a header


def test_other_actions_get_texts_as_they_are(hours: Hours) -> None:
    with serving(said()) as server:
        Ckan(server.url).send("resource_create", {"name": "2024"}, {"upload": Upload("a", b"")})
    assert b'name="name"\r\n\r\n2024\r\n' in server.seen[0].body


def test_a_page_is_fetched(hours: Hours) -> None:
    with serving(Step(200, "a\n１\n".encode(), {"Content-Type": "text/csv; charset=x"})) as server:
        got = Ckan(f"{server.url}/data", Token(SECRET)).fetch("/dataset/p.csv?x=1")
    assert (got.status, got.data, got.media) == (200, "a\n１\n".encode(), "text/csv")
    assert got.url == f"{server.url}/data/dataset/p.csv?x=1"
    assert server.seen[0].method == "GET"
    assert server.seen[0].headers["accept-encoding"] == "identity"


def test_what_cannot_be_fetched(hours: Hours) -> None:
    cases = [(404, NotThere), (410, NotThere), (403, NotAllowed), (500, Unreachable), (418, NoCkan)]
    for status, kind in cases:
        with serving(page(status)) as server, pytest.raises(kind):
            Ckan(server.url, limits=hours.limits()).fetch("/x")


def test_the_token_stays_on_the_catalogs_own_host(hours: Hours) -> None:
    with serving(said("file")) as other:
        away = page(302, Location=f"{other.url}/there")
        with serving(page(302, Location="/here"), away) as server:
            ckan = Ckan(server.url, Token(SECRET), limits=hours.limits())
            assert ckan.fetch("/start").url == f"{other.url}/there"
            ckan.fetch(f"{other.url}/directly")
    assert [seen.path for seen in server.seen] == ["/start", "/here"]
    assert all(seen.headers["authorization"] == SECRET for seen in server.seen)
    assert len(other.seen) == 2
    assert not any("authorization" in seen.headers for seen in other.seen)


def test_redirects_of_files_end(hours: Hours) -> None:
    with serving(page(302, Location="/again")) as server, pytest.raises(NoCkan):
        Ckan(server.url, limits=hours.limits()).fetch("/x")
    assert len(server.seen) == 6
    away = page(302, Location="file:///etc/passwd")
    with serving(away) as server, pytest.raises(MachidataError) as told:
        Ckan(server.url, limits=hours.limits()).fetch("/x")
    assert told.value.code == "catalog-url-invalid"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_api_is_not_followed_to_another_address(status: int, hours: Hours) -> None:
    with serving(said()) as other:
        to = page(status, Location=f"{other.url}/api/3/action/x?token={SECRET}")
        with serving(to) as server, pytest.raises(NoCkan) as told:
            Ckan(server.url, Token(SECRET), limits=hours.limits()).write("package_create")
    assert other.seen == []
    assert other.url in told.value.found
    assert SECRET not in told.value.found


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ckan.example.jp",
        "ftp://a.jp",
        "https://u:pw-hidden@a.jp",
        "http://a:99999",
        "http://a b",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(MachidataError) as told:
        Ckan(url)
    assert told.value.code == "catalog-url-invalid"
    assert "pw-hidden" not in f"{told.value!r}{told.value.found}{told.value.where}"


def test_cookies_proxies_and_netrc_have_no_say(
    hours: Hours, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serving(said(1, **{"Set-Cookie": "ckan=1; Path=/"})) as server:
        ckan = Ckan(server.url, Token(SECRET), limits=hours.limits(tries=1))
        ckan.read("x")
        ckan.read("x")
        Ckan(server.url, limits=hours.limits()).read("x")
    assert not any("cookie" in seen.headers for seen in server.seen)
    assert [seen.headers.get("authorization") for seen in server.seen] == [SECRET, SECRET, None]


def test_threads_share_a_client_each_with_its_connection(hours: Hours) -> None:
    with serving(said("ok")) as server, Ckan(server.url, limits=hours.limits()) as ckan:
        start = threading.Barrier(4)
        results: list[Any] = []

        def work(number: int) -> None:
            start.wait(5)
            results.extend(ckan.read("package_show", id=f"{number}-{turn}") for turn in range(5))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert results == ["ok"] * 20
        asked = sorted(json.loads(seen.body)["id"] for seen in server.seen)
        assert asked == [f"{number}-{turn}" for number in range(4) for turn in range(5)]
        assert len(server.connections) == 4  # kept alive, one for each thread


ECHOES = [
    refused(409, {"__type": "Validation Error", "name": [f"{SECRET}"], SECRET: ["x"]}),
    refused(404, {"__type": "Not Found Error", "message": f"Token {SECRET[:12]}… unknown"}),
    refused(403, {"__type": "Authorization Error", "message": SECRET}),
    page(400, f"<a href='/?t={''.join(f'%{ord(c):02x}' for c in SECRET)}'>x</a>{SECRET}"),
    page(500, "".join(f"&#{ord(letter)};" for letter in SECRET)),
    page(502, f"<p>{SECRET[:20]}<wbr>{SECRET[20:]}</p>"),
    page(418, "".join(f"%25{ord(letter):02X}" for letter in SECRET)),
    page(503, "\x00".join(SECRET)),
    page(200, SECRET.upper()),
    Step(400, json.dumps(f"Bad request: {SECRET}").encode()),
    page(307, Location=f"http://{SECRET}@x.example/{SECRET}"),
    page(200, **{"Content-Type": f"text/{SECRET}"}),
    Step(how="reset"),
    Step(how="half", body=SECRET.encode()),
    page(429, **{"Retry-After": "99999", "X": SECRET}),
]


@pytest.mark.parametrize("step", ECHOES, ids=range(len(ECHOES)))
@pytest.mark.parametrize("writes", [False, True])
def test_the_token_shows_nowhere(
    step: Step, writes: bool, hours: Hours, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(step) as server:
        ckan = Ckan(server.url, Token(SECRET), limits=hours.limits(tries=2))
        with pytest.raises(CatalogError) as told:
            (ckan.write if writes else ckan.read)("package_create", name="x")
    shown = f"{told.value!r} {vars(told.value)} {told.value.args} {caplog.text} {ckan!r}".lower()
    assert server.seen[0].headers["authorization"] == SECRET
    assert SECRET[:8].lower() not in shown
    assert SECRET[20:28].lower() not in shown
    assert SECRET[-8:].lower() not in shown
    # nor does a chain of exceptions carry the request, whose headers have it
    assert told.value.__cause__ is None
    assert told.value.__context__ is None
