"""The GET API of a SHIRASAGI and of its relatives, and answers that are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pipelines.model import MachidataError
from pipelines.opendata_rows import write_list
from pipelines.publish.shirasagi.getting import LARGEST, Getter
from pipelines.publish.shirasagi.reading import read_catalog
from tests.publish.shirasagi.pretend import (
    ADDRESS,
    Pretend,
    Render,
    ckan,
    kagawa,
    mikawa,
    served,
    shirasagi,
)
from tests.publish.shirasagi.test_rules import BASE, row

ROWS = [row("a"), row("a", "y"), row("b")]


def catalog(render: Render = shirasagi) -> Pretend:
    pretend = Pretend()
    pretend.render = render
    pretend.imports(write_list(ROWS))
    return pretend


@pytest.mark.parametrize("render", [shirasagi, ckan, kagawa, mikawa])
def test_every_relative_is_understood(render: Render) -> None:
    found = read_catalog(ADDRESS, catalog(render).fetch)
    assert [(one.title, one.updated) for one in found] == [("a", "2026-04-01"), ("b", "2026-04-01")]
    assert [[file.address for file in one.files] for one in found] == [
        [f"{BASE}a/x.csv", f"{BASE}a/y.csv"],
        [f"{BASE}b/x.csv"],
    ]
    assert found[0].files[0].licence == "表示（CC BY）"


def test_ids_and_pages_are_those_of_the_catalog() -> None:
    (one, _) = read_catalog(ADDRESS, catalog().fetch)
    assert (one.id, one.page) == ("uuid-1", f"{ADDRESS}dataset/1.html")


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS[:-1], f"{ADDRESS}api", f" {ADDRESS}api/"])
def test_the_address_may_be_written_in_several_ways(address: str) -> None:
    pretend = catalog()
    read_catalog(address, pretend.fetch)
    assert pretend.asked == [
        f"{ADDRESS}api/package_list?limit=100&offset=0",
        f"{ADDRESS}api/package_show?id=uuid-1",
        f"{ADDRESS}api/package_show?id=uuid-4",
    ]


@pytest.mark.parametrize(
    "address",
    ["ftp://x.example/", "x.example", "file:///etc/passwd", "https://u:p@x.example/",
     "https://x.example/?q", "https://[", "https:///api", ""],
)  # fmt: skip
def test_other_addresses_are_refused_before_anything_is_asked(address: str) -> None:
    with pytest.raises(MachidataError) as caught:
        read_catalog(address, Pretend().fetch)
    assert (caught.value.code, caught.value.exit_code) == ("catalog-address-invalid", 2)


def many(count: int) -> Pretend:
    pretend = Pretend()
    pretend.others = [{"uuid": f"n {n}&=", "name": f"題{n}", "filename": "x"} for n in range(count)]
    return pretend


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (99, 1), (100, 2), (250, 3)])
def test_a_large_catalog_comes_in_pages(count: int, pages: int) -> None:
    pretend = many(count)
    found = read_catalog(ADDRESS, pretend.fetch)
    assert [one.title for one in found] == [f"題{n}" for n in range(count)]
    assert sum("package_list" in url for url in pretend.asked) == pages


def test_a_catalog_that_does_not_page_gives_all_at_once() -> None:
    pretend = many(250)

    def fetch(url: str) -> tuple[int, bytes]:
        if "package_list" in url:
            url = f"{ADDRESS}api/package_list?limit=1000&offset=0"
        return pretend.fetch(url)

    assert len(read_catalog(ADDRESS, fetch)) == 250
    assert sum("package_list" in url for url in pretend.asked) == 2


def test_too_many_datasets_are_an_error_not_an_endless_reading() -> None:
    with pytest.raises(MachidataError) as caught:
        read_catalog(ADDRESS, many(30).fetch, most=20)
    assert caught.value.code == "catalog-too-large"


@pytest.mark.parametrize("status", [200, 404])
def test_a_dataset_that_vanished_meanwhile_is_left_out(status: int) -> None:
    pretend = catalog()

    def fetch(url: str) -> tuple[int, bytes]:
        if "uuid-1" in url:
            return status, b'{"success": false, "error": {"message": "Not found"}}'
        return pretend.fetch(url)

    assert [one.title for one in read_catalog(ADDRESS, fetch)] == ["b"]


def answering(**answers: object) -> Callable[[str], tuple[int, bytes]]:
    """A catalog with fixed answers for `list` and `show`, JSON unless they are bytes."""
    fixed: dict[str, Any] = {"list": {"success": True, "result": ["n"]}, "show": {}, **answers}

    def fetch(url: str) -> tuple[int, bytes]:
        answer = fixed["list" if "package_list" in url else "show"]
        return 200, answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    return fetch


@pytest.mark.parametrize(
    "answers",
    [
        {"list": b""},
        {"list": b"<html>maintenance</html>"},
        {"list": b"\xff\xfe"},
        {"list": b"[" * 100_000},
        {"list": []},
        {"list": {"success": "yes", "result": []}},
        {"list": {"success": True}},
        {"list": {"success": True, "result": "x"}},
        {"list": {"success": True, "result": [1]}},
        {"list": {"success": True, "result": [""]}},
        {"list": {"success": False, "error": {"limit": "Must be a natural number"}}},
        {"list": b" " * (LARGEST + 1)},
        {"show": {"success": True, "result": []}},
        {"show": {"success": True, "result": [{}, {}]}},
        {"show": {"success": True, "result": {"name": "題"}}},
        {"show": {"success": True, "result": {"uuid": "u", "name": {}}}},
        {"show": {"success": True, "result": {"uuid": "u", "name": "題", "resources": "x"}}},
        {"show": {"success": True, "result": {"uuid": "u", "name": "題", "resources": ["x"]}}},
    ],
)
def test_what_is_no_answer_of_such_an_api_is_a_clear_error(answers: dict[str, object]) -> None:
    with pytest.raises(MachidataError) as caught:
        read_catalog(ADDRESS, answering(**answers))
    error = caught.value
    assert (error.code, error.exit_code) == ("catalog-answer-invalid", 3)
    assert error.where.startswith(f"{ADDRESS}api/package_")
    assert len(error.found) <= 200


def test_odd_values_of_a_good_answer_are_nothing_stated() -> None:
    shown = {"uuid": "u", "name": "題" * 5000, "updated": "99999-01-01", "url": True}
    shown |= {"resources": [{"name": None, "license": "x", "updated": "2026-03-31T15:00:00Z"}]}
    (one,) = read_catalog(ADDRESS, answering(show={"success": True, "result": shown}))
    assert (len(one.title), one.updated, one.page) == (2000, "", "")
    assert (one.files[0].title, one.files[0].licence) == ("", "x")
    assert one.files[0].updated == "2026-04-01"  # the day in Japan


@pytest.mark.parametrize("status", [0, 302, 401, 404, 500, 503])
def test_another_status_is_a_catalog_that_does_not_answer(status: int) -> None:
    with pytest.raises(MachidataError) as caught:
        read_catalog(ADDRESS, lambda url: (status, b""))
    assert (caught.value.code, caught.value.exit_code) == ("catalog-unreachable", 3)
    assert str(status) in caught.value.found


def test_over_http() -> None:
    waits: list[float] = []
    with served(catalog()) as address:
        found = read_catalog(address, Getter(pause=0.7, sleep=waits.append))
    assert [one.title for one in found] == ["a", "b"]
    assert waits == [0.7, 0.7]


def test_a_redirect_is_not_followed() -> None:
    with served(catalog()) as address:
        assert Getter()(f"{address}moved/") == (302, b"")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "file:///etc/passwd", "data:,x", "http://"])
def test_what_cannot_be_reached(url: str) -> None:
    with pytest.raises(MachidataError) as caught:
        Getter(timeout=1.0)(url)
    assert (caught.value.code, caught.value.exit_code) == ("catalog-unreachable", 3)
