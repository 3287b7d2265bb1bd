"""The proxy in front of the real CKAN: what a publisher sees, and what the server has done."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

import pytest
import requests

from tests.ckan import faults
from tests.ckan.client import Ckan, CkanError
from tests.ckan.faults import Rule
from tests.ckan.proxy import Proxy

FILE = ("plan.csv", b"ID\r\n" + b"a\r\n" * 30_000)


@pytest.fixture
def dataset(editor: Ckan, organization: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = editor.call(
        "package_create",
        **{"name": f"test-{uuid.uuid4().hex[:12]}", "title": "計画", "notes": "表"},
        owner_org=organization["id"],
    )
    return made


def through(editor: Ckan, proxy: Proxy) -> Ckan:
    return dataclasses.replace(editor, url=proxy.url)


def test_files_go_through_and_their_addresses_are_the_proxys(
    editor: Ckan, dataset: dict[str, Any]
) -> None:
    with Proxy(editor.url) as proxy:
        asked = {"package_id": dataset["id"]}
        made = through(editor, proxy).send("resource_create", {"upload": FILE}, asked)
        assert made["url"].startswith(f"{proxy.url}/dataset/{dataset['id']}/resource/")
        assert requests.get(made["url"], timeout=10).content == FILE[1]
    kept = editor.call("resource_show", id=made["id"])["url"]
    assert kept == made["url"].replace(proxy.url, editor.url)


@pytest.mark.parametrize(
    ("fault", "done"),
    [
        (faults.Status(503), 0),
        (faults.Status(502, after=True), 1),
        (faults.ResetBefore(), 0),
        (faults.ResetInRequest(40_000), 0),
        (faults.ResetInRequest(40_000, forward=True), 0),
        (faults.ResetAfter(), 1),
        (faults.ResetInAnswer(), 1),
    ],
)
def test_what_is_done_when_an_upload_goes_wrong(
    editor: Ckan, dataset: dict[str, Any], fault: faults.Fault, done: int
) -> None:
    with (
        Proxy(editor.url, Rule(fault, action="resource_create")) as proxy,
        pytest.raises((requests.exceptions.RequestException, CkanError)),
    ):
        asked = {"package_id": dataset["id"]}
        through(editor, proxy).send("resource_create", {"upload": FILE}, asked)
    assert proxy.requests[0].fault == type(fault).__name__
    assert editor.call("package_show", id=dataset["id"])["num_resources"] == done


def test_another_version_is_told(editor: Ckan) -> None:
    with Proxy(editor.url, Rule(faults.version("2.10.4"), action="status_show")) as proxy:
        assert through(editor, proxy).call("status_show")["ckan_version"] == "2.10.4"
    assert editor.call("status_show")["ckan_version"].startswith("2.12")
