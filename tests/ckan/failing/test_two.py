"""Two publishers at once: on one machine a lock keeps them apart, else the catalog's own word."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pipelines.catalogs import publishing, session
from pipelines.catalogs.file import load_catalog
from pipelines.catalogs.wanting import Built
from pipelines.model import Package
from pipelines.publish.applying.journal import one_at_a_time
from pipelines.publish.applying.running import Applied
from pipelines.publish.ckan.limits import Limits
from pipelines.publish.ckan.token import Token
from tests.ckan.client import Ckan
from tests.ckan.failing.editions import BASE, NAME, first, other, second
from tests.ckan.failing.world import CATALOG, Publisher, Told, seen
from tests.ckan.faults import Meanwhile, Rule
from tests.ckan.proxy import Proxy

State = Callable[[], str]
Edition = Callable[[], Package]


@pytest.fixture
def elsewhere(
    proxy: Proxy,
    organization: dict[str, Any],
    editor: Ckan,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Publisher:
    """The same editor at another machine, which knows nothing of the first one's journal."""
    return Publisher(tmp_path / "two", proxy, organization["name"], editor.token, monkeypatch)


def test_one_machine(publisher: Publisher, state: State) -> None:
    """The second one is told to wait, before anything is asked of the catalog."""
    assert publisher.publish(first).code == 0
    folder = next(publisher.state.iterdir())
    asked = len(publisher.proxy.requests)
    with one_at_a_time(folder):
        told = publisher.publish(second)
    assert told.code == 3
    assert told.error["code"] == "catalog-busy"
    assert len(publisher.proxy.requests) == asked
    assert state() == "first"
    assert publisher.publish(second).code == 0
    assert state() == "second"


def meanwhile(
    publisher: Publisher, elsewhere: Publisher, edition: Edition, **rule: Any
) -> list[Told]:
    """Has somebody elsewhere publish a whole edition just before a request of `publisher`'s."""
    told: list[Told] = []

    def publish() -> None:
        # the rule is used up: their requests pass
        told.append(elsewhere.publish(edition))

    publisher.proxy.rules = [Rule(Meanwhile(publish), **rule)]
    return told


@pytest.mark.parametrize("theirs", [first, other])
@pytest.mark.parametrize("moment", ["package_create", "package_revise"])
def test_first_publication(
    publisher: Publisher,
    elsewhere: Publisher,
    ckan: Ckan,
    theirs: Edition,
    moment: str,
) -> None:
    """Both make the dataset. Who comes second leaves the other's alone and says so."""
    told = meanwhile(publisher, elsewhere, theirs, action=moment)
    mine = publisher.publish(first)
    assert told[0].code == 0, told[0].out
    assert mine.code == 2, mine.out
    assert mine.error["code"] == "catalog-moved"
    assert mine.outcome["undone"]
    organization = publisher.organization
    left = seen(ckan, organization)
    assert left["public"]
    assert left["package"]["notes"] == theirs().declaration.description
    again = elsewhere.publish(theirs)
    assert (again.code, again.json["datasets"]) == (0, [])
    agreed = publisher.publish(first, "--drift", "overwrite")
    assert agreed.code == 0, agreed.out
    assert seen(ckan, organization)["package"]["notes"] == first().declaration.description


@pytest.mark.parametrize("theirs", [second, other])
@pytest.mark.parametrize("nth", [1, 5])
def test_update(
    publisher: Publisher,
    elsewhere: Publisher,
    ckan: Ckan,
    state: State,
    theirs: Edition,
    nth: int,
) -> None:
    """Both change it. Before our first write we step back; after it, it is ours or theirs whole."""
    assert publisher.publish(first).code == 0
    told = meanwhile(publisher, elsewhere, theirs, write=True, nth=nth)
    mine = publisher.publish(second)
    assert told, mine.out
    publisher.proxy.rules = []
    found = seen(ckan, publisher.organization)
    if nth > 1 and theirs is other:
        # our new table is foreign to them, and foreign resources stay
        for part in (found["files"], found["tables"]):
            part.pop("FILE term", None)
    whole = consistent(found)
    assert whole, (mine.out, told[0].out, found)
    if nth == 1:
        assert (mine.code, mine.error["code"]) == (2, "catalog-moved")
        assert mine.outcome["undone"]
        assert whole == theirs.__name__
    for _ in range(2):
        last = publisher.publish(second, "--drift", "overwrite")
    assert last.code == 0, last.out
    assert state() == "second"
    assert last.json["datasets"] == []


def consistent(found: dict[str, Any]) -> str:
    """The edition that words, files and tables are all of; '' for a mixture."""
    for edition in (first, second, other):
        made = edition()
        files = {f"FILE {one.slug}": one.sha256 for one in made.resources}
        tables = {f"FILE {one.slug}": one.rows for one in made.resources}
        words = found["package"]["notes"] == made.declaration.description
        counts = {key: table and table["count"] for key, table in found["tables"].items()}
        values = {"99": "second", "77": "other"}
        rows = "".join((found["tables"].get("FILE observation") or {"rows": []})["rows"])
        value = next((name for text, name in values.items() if f'"値": {text}' in rows), "first")
        same = (files, tables, value) == (found["files"], counts, edition.__name__)
        if words and same and found["public"]:
            return edition.__name__
    return ""


@pytest.mark.parametrize("theirs", [second, other])
def test_side_by_side(
    publisher: Publisher,
    elsewhere: Publisher,
    ckan: Ckan,
    state: State,
    monkeypatch: pytest.MonkeyPatch,
    theirs: Edition,
) -> None:
    """Truly at once: both revisions set out together, one is taken, the other steps back."""
    assert publisher.publish(first).code == 0
    gate = threading.Barrier(2, timeout=20)
    rule = Rule(Meanwhile(gate.wait), action="package_revise", times=2)
    publisher.proxy.rules = [rule]
    editions = {publisher.root.resolve(): second(), elsewhere.root.resolve(): theirs()}

    def build(root: Path, *_: object) -> Built:
        return Built((editions[root],), {}, ())

    monkeypatch.setattr(publishing, "build_for", build)
    with ThreadPoolExecutor(2) as pool:
        applied = list(pool.map(_apply, (publisher, elsewhere)))
    assert rule.hits == 2
    errors = [one.outcomes[0].error for one in applied]
    assert [error is None for error in errors].count(True) == 1
    assert [error.code for error in errors if error] == ["catalog-moved"]
    whole = consistent(seen(ckan, publisher.organization))
    assert whole == ("second" if errors[0] is None else theirs.__name__)
    monkeypatch.undo()
    assert publisher.publish(second, "--drift", "overwrite").code == 0
    assert state() == "second"


def _apply(one: Publisher) -> Applied:
    root = one.root.resolve()
    with session.opened(
        root,
        load_catalog(root, CATALOG),
        writes=True,
        token=Token(one.token),
        limits=Limits(sleep=one.clock.sleep, clock=one.clock),
    ) as opened:
        asked = publishing.Request(root, (NAME,), BASE, "overwrite")
        return publishing.apply(opened, publishing.prepare(opened, asked))
