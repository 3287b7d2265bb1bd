"""The server's own log: what was asked, and what of it was a write."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.ckan import log
from tests.ckan.client import Ckan, CkanError
from tests.ckan.station import places

LINE = "200\t46\t1706\t37\tPOST /api/3/action/package_show HTTP/1.1\n"


def test_a_line_of_the_log(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    more = "404\t-\t9\t2\tGET /dataset/%E8%A8%88%09?page=2 HTTP/1.1\n"
    file.write_text(LINE + more, encoding="utf-8")
    first, second = log.read(file, 0).requests
    assert first == log.Request("POST", "/api/3/action/package_show", "", 200, 46, 1706, 37)
    assert (first.action, first.write) == ("package_show", False)
    assert second == log.Request("GET", "/dataset/計\t", "page=2", 404, 0, 9, 2)
    assert (second.action, second.write) == ("", False)
    assert log.read(file, len(LINE)).requests == (second,)


def test_a_line_that_is_not_finished_yet_and_our_own_questions_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "access.log"
    own = f"200\t-\t9\t2\tGET /api/3/action/status_show?{log.MARK}=1 HTTP/1.1\n"
    file.write_text(LINE + own + LINE[:20], encoding="utf-8")
    assert log.read(file, 0).actions() == ["package_show"]


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("/api/3/action/package_show", "package_show"),
        ("/api/action/package_show", "package_show"),
        ("/api/3/action/package_show/", "package_show"),
        ("/dataset/package_show", ""),
        ("/api/3/action/", ""),
    ],
)
def test_the_action_of_a_path(path: str, action: str) -> None:
    assert log.action_of(path) == action


@pytest.mark.parametrize(
    ("method", "path", "write"),
    [
        ("POST", "/api/3/action/package_revise", True),
        ("GET", "/api/3/action/datastore_upsert", True),
        ("POST", "/api/3/action/datastore_search_sql", False),
        ("POST", "/api/3/action/something_new", True),
        ("POST", "/dataset/new", True),
        ("GET", "/datastore/dump/x", False),
    ],
)
def test_what_is_a_write(method: str, path: str, write: bool) -> None:
    assert log.Request(method, path, "", 200, 0, 0, 0).write is write


def test_ckans_own_reads_are_reads_and_its_writes_are_writes(ckan: Ckan) -> None:
    folder = installed(ckan) / "ckan" / "logic" / "action"
    reads, writes = actions(folder / "get.py"), set()
    for name in ("create", "update", "delete", "patch"):
        writes |= actions(folder / f"{name}.py")
    assert {"package_show", "help_show"} <= reads
    assert {"package_revise", "resource_view_create"} <= writes
    assert {name for name in reads if not log.is_read(name)} == set()
    assert {name for name in writes if log.is_read(name)} == set()


def test_the_datastores_too(ckan: Ckan) -> None:
    file = installed(ckan) / "ckanext" / "datastore" / "logic" / "action.py"
    reads = {name for name in actions(file) if log.is_read(name)}
    assert reads == {"datastore_info", "datastore_search", "datastore_search_sql"}


def installed(ckan: Ckan) -> Path:
    [state] = [one for one in places.stations() if one.url == ckan.url]
    [found] = places.venv().glob("lib/python*/site-packages")
    assert state
    return found


def actions(file: Path) -> set[str]:
    """The public functions of a module of CKAN's: its actions."""
    body = ast.parse(file.read_text("utf-8")).body
    return {
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "context" in {argument.arg for argument in node.args.args}
    }


def test_the_server_tells_what_it_was_asked(ckan: Ckan, organization: dict[str, Any]) -> None:
    start = ckan.mark()
    ckan.call("organization_show", id=organization["id"])
    ckan.call("organization_patch", id=organization["id"], title="弘前市")
    with pytest.raises(CkanError):
        ckan.call("package_patch", id="nothing")
    told = ckan.log(start)
    assert told.actions() == ["organization_show", "organization_patch", "package_patch"]
    assert [(one.action, one.status) for one in told.writes] == [
        ("organization_patch", 200),
        ("package_patch", 404),
    ]
    assert told.of("organization_patch")[0].received > 20
    assert ckan.log(ckan.mark()).requests == ()
