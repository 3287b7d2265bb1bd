"""Kinds of fault that are not about one write: rights, versions, patience, what is installed."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.ckan.client import Ckan
from tests.ckan.conftest import fresh_user
from tests.ckan.failing.editions import first, second
from tests.ckan.failing.world import Publisher, Told, seen
from tests.ckan.faults import (
    Meanwhile,
    ResetBefore,
    Rewrite,
    Rule,
    Silent,
    Slow,
    Status,
    page,
    too_many,
    version,
)

State = Callable[[], str]


def refused(told: Told, exit_code: int, *codes: str) -> None:
    """The error says what, where and what to do."""
    assert told.code == exit_code, told.out
    assert told.error["code"] in codes, told.error
    assert told.error["where"]
    assert told.error["fix"]
    assert told.error["fix_en"]
    assert told.error["code"] in told.err or told.out


def without(*names: str) -> Rewrite:
    """A catalog that lacks these extensions."""

    def change(told: Any) -> Any:
        kept = [one for one in told["result"]["extensions"] if one not in names]
        return {**told, "result": {**told["result"], "extensions": kept}}

    return Rewrite(change)


@pytest.mark.parametrize("seconds", [40, "date"])
def test_retry_after(publisher: Publisher, state: State, seconds: float | str) -> None:
    """What the catalog asks for is waited, by all requests."""
    if seconds == "date":
        publisher.limits["today"] = lambda: 1_800_000_000.0
        seconds = email.utils.formatdate(1_800_000_040, usegmt=True)
    fault = too_many(seconds)
    if isinstance(seconds, str):
        now = email.utils.formatdate(1_800_000_000, usegmt=True)
        fault = Status(429, b"", {**fault.headers, "Date": now})
    publisher.proxy.rules = [Rule(fault, action="package_revise")]
    begun = publisher.clock.now
    assert publisher.publish(first).code == 0
    assert 40 <= publisher.clock.now - begun < 60
    assert state() == "first"


@pytest.mark.parametrize("action", ["package_create", "package_revise", "datastore_create"])
def test_longer_than_patience(publisher: Publisher, state: State, action: str) -> None:
    """An hour is not waited: it ends, invisible to readers, and goes on when the hour is over."""
    publisher.proxy.rules = [Rule(too_many(3600), action=action)]
    told = publisher.publish(first)
    refused(told, 3, "catalog-busy-requests")
    assert "3600" in told.error["found"]
    assert "public: True" not in state()
    publisher.clock.now += 3600
    assert publisher.publish(first).code == 0
    assert state() == "first"


@pytest.mark.parametrize(
    "fault",
    [Status(500), ResetBefore(), page(502)],
    ids=["500", "reset", "page"],
)
def test_reading(publisher: Publisher, state: State, fault: Any) -> None:
    """A read that fails twice is asked again; one that fails for ever ends before any write."""
    rules = [Rule(fault, action=one, times=2) for one in ("status_show", "datastore_info")]
    publisher.proxy.rules = [*rules, Rule(fault, path="*.ttl", times=2)]
    assert publisher.publish(first).code == 0
    publisher.proxy.rules = [Rule(fault, action="package_show", times=None)]
    told = publisher.publish(second)
    refused(told, 3, "catalog-unreachable", "catalog-busy-requests")
    assert state() == "first"


def test_page_instead_of_json(publisher: Publisher) -> None:
    """A log-in page with 200 is no CKAN, and nothing is tried against it."""
    publisher.proxy.rules = [Rule(page(), times=None)]
    refused(publisher.publish(first), 2, "catalog-no-ckan")
    assert len(publisher.proxy.requests) == 1


def test_wrong_token(publisher: Publisher, state: State) -> None:
    """Reads answer as to anybody; the first write says what it is."""
    right, publisher.token = publisher.token, "wrong-" + "0123456789abcdef" * 4
    refused(publisher.publish(first), 2, "catalog-token")
    assert publisher.leaks() == []
    assert state() == "none"
    publisher.token = right
    assert publisher.publish(first).code == 0
    assert state() == "first"


def test_no_rights(publisher: Publisher, member: Ckan, state: State) -> None:
    """A member of the organization who may write nothing."""
    right, publisher.token = publisher.token, member.token
    told = publisher.publish(first)
    refused(told, 2, "catalog-rights")
    assert told.outcome["undone"]
    assert publisher.leaks() == []
    assert state() == "none"
    publisher.token = right
    assert publisher.publish(first).code == 0
    assert publisher.leaks() == []
    assert state() == "first"


def test_token_revoked_in_the_middle(
    publisher: Publisher, ckan: Ckan, organization: dict[str, Any], state: State
) -> None:
    """Between files and tables the token goes: nothing is public; a new token goes on."""
    users = fresh_user(ckan, organization, "editor")
    passing = next(users)
    lasting, publisher.token = publisher.token, passing.token

    def revoke() -> None:
        ckan.call("api_token_revoke", token=passing.token)

    publisher.proxy.rules = [Rule(Meanwhile(revoke), action="datastore_create")]
    told = publisher.publish(first)
    refused(told, 2, "catalog-token")
    assert told.json["unfinished"]
    assert not told.outcome["undone"]
    assert "public: True" not in state()
    again = publisher.publish(first)
    assert again.code == 2
    assert publisher.leaks() == []
    publisher.token = lasting
    assert publisher.publish(first).code == 0
    assert state() == "first"
    next(users, None)


def test_rights_lost_in_the_middle(
    publisher: Publisher, ckan: Ckan, editor: Ckan, organization: dict[str, Any], state: State
) -> None:
    """An update whose editor becomes a member half-way: open until somebody may write again."""
    assert publisher.publish(first).code == 0

    def role(name: str) -> None:
        ckan.call(
            "organization_member_create", id=organization["id"], username=editor.user, role=name
        )

    rule = Rule(Meanwhile(lambda: role("member")), action="datastore_upsert")
    publisher.proxy.rules = [rule]
    told = publisher.publish(second)
    refused(told, 2, "catalog-rights")
    assert told.json["unfinished"]
    role("editor")
    assert publisher.publish(second).code == 0
    assert state() == "second"


@pytest.mark.parametrize("fault", [Silent(forward=True), Silent(), Slow(0.3, piece=20)])
def test_time_out(publisher: Publisher, state: State, fault: Any) -> None:
    """No answer, and one in drops: after a while the connection is cut, and what is there read."""
    assert publisher.publish(first).code == 0
    publisher.limits |= {"read": 4.0, "total": 5.0}
    publisher.proxy.rules = [Rule(fault, action="package_revise")]
    assert publisher.publish(second).code == 0
    assert state() == "second"


@pytest.mark.parametrize(
    ("name", "code"), [("2.9.11", 2), ("2.10.4", 0), ("2.11.1", 0), ("3.0", 0)]
)
def test_versions(publisher: Publisher, state: State, name: str, code: int) -> None:
    """2.9 is refused before anything else; a version nobody tried is published to with a word."""
    publisher.proxy.rules = [Rule(version(name), action="status_show", times=None)]
    told = publisher.publish(first)
    assert told.code == code, told.out
    if code:
        refused(told, 2, "catalog-version")
        assert name in told.error["found"]
        assert [one.action for one in publisher.proxy.requests] == ["status_show"]
        return
    assert ("3.0" in str(told.json["plan"]["notes"])) is (name == "3.0")
    assert state() == "first"


def test_without_datastore(publisher: Publisher, ckan: Ckan, state: State) -> None:
    """Files and metadata are published, tables are not; they follow when the plug-in comes."""
    publisher.proxy.rules = [Rule(without("datastore"), action="status_show", times=None)]
    told = publisher.publish(first)
    assert told.code == 0, told.out
    assert "DataStore" in str(told.json["plan"]["notes"])
    assert not [one for one in publisher.proxy.writes if one.action.startswith("datastore")]
    found = seen(ckan, publisher.organization)
    assert found["public"]
    assert len(found["files"]) == 3
    assert set(found["tables"].values()) == {None}
    assert publisher.publish(first).json["datasets"] == []
    publisher.proxy.rules = []
    assert publisher.publish(first).code == 0
    assert state() == "first"


def test_without_dcat(publisher: Publisher, state: State) -> None:
    """No RDF is asked for, and none is missed."""
    publisher.proxy.rules = [
        Rule(without("dcat"), action="status_show", times=None),
        Rule(Status(404, b""), path="*.ttl", times=None),
    ]
    told = publisher.publish(first)
    assert told.code == 0
    assert told.outcome["differences"] == []
    assert not [one for one in publisher.proxy.requests if one.path.endswith(".ttl")]
    assert state() == "first"


def test_rate(publisher: Publisher, state: State) -> None:
    """`rate` of catalogs/NAME.yaml holds for all workers together, by the proxy's own record."""
    publisher.rate = 8.0
    publisher.write()
    publisher.limits |= {"sleep": time.sleep, "clock": time.monotonic}
    assert publisher.publish(first).code == 0
    assert publisher.proxy.most_within(1.0) <= 9
    assert state() == "first"
