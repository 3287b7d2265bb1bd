"""What ckanext-dcat serves, against what it should say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.publish.house import House, csv, wanted, wanted_file

PLAN = wanted_file("plan", csv({"a": 1, "b": None}))


@pytest.fixture
def published(house: House) -> House:
    house.want(wanted("one", PLAN))
    house.apply()
    return house


@pytest.mark.parametrize(
    ("graph", "what"),
    [
        (lambda data: b"", "Dataset"),
        (lambda data: b"<html>", "text/turtle"),
        (lambda data: b"\xff\xfe", "text/turtle"),
        (lambda data: data.replace("計画 one".encode(), "別".encode()), "title"),
        (lambda data: data.replace(PLAN.sha256.encode(), b"0" * 64), "checksum"),
        (lambda data: data.replace(b"accessURL", b"otherURL"), "accessURL"),
        (lambda data: data.replace(b"byteSize", b"otherSize"), "byteSize"),
        (lambda data: data.replace(b"distribution", b"other"), "distribution"),
    ],
)
def test_the_rdf_is_compared(published: House, graph: Callable[[bytes], bytes], what: str) -> None:
    published.ckan.graph = graph
    found = published.verify()
    assert found
    assert all(one.what == "ttl" and not one.serious for one in found)
    assert any(what in str(one.expected) for one in found)


def test_without_ckanext_dcat_there_is_no_rdf(published: House) -> None:
    published.rdf = False
    published.ckan.graph = lambda data: b"<html>"
    assert published.verify() == []
