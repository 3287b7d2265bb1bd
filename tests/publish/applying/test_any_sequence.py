"""Whatever we and the portal do, in whatever order, with failures at any write: stateful tests."""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from pipelines.publish.planning.fields import Policy, flat, flat_resource
from tests.publish.house import House, changed, csv, tables, wanted, wanted_file
from tests.publish.pretend_ckan import Fault, Killed, PretendCkan

NAMES = ("one", "two")
KEYS = ("plan", "kpi", "goal")
names = st.sampled_from(NAMES)
keys = st.sampled_from(KEYS)
words = st.sampled_from(["あ", "い", "", "<b>う</b>", "=1+1"])
numbers = st.dictionaries(st.sampled_from("abc"), st.none() | st.integers(-3, 3), max_size=3)
policies: st.SearchStrategy[Policy] = st.sampled_from(["ask", "keep", "overwrite"])
FAULTS = ("before", "after", "refused", "down-before", "down-after", "kill-before", "kill-after")
STAMPS = ("metadata_modified", "last_modified", "position")


def nth(number: int, *kinds: str) -> Fault:
    """Nothing at the first writes, then these faults one after the other, then nothing."""
    left: Iterator[str] = iter(("",) * number + kinds)
    return lambda action: next(left, "")


def picture(ckan: PretendCkan, name: str) -> Any:
    """All that a reader can see of a dataset; None for none."""
    package = ckan.shown(name)
    if not package or package["state"] == "deleted":
        return None
    resources = [
        {k: v for k, v in flat_resource(one).items() if k not in STAMPS}
        for one in package["resources"]
    ]
    some = [one["id"] for one in package["resources"]]
    rows = tables(ckan)
    data = [(ckan.files.get(id_), rows.get(id_)) for id_ in some]
    return copy.deepcopy((flat(package), resources, data))


class AnySequence(RuleBasedStateMachine):
    """Ours: `house.datasets`. Theirs: `edits`, what the portal's people wrote and must not lose."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.ckan = PretendCkan()
        self.house = House(self.ckan, self.folder / "state")
        self.edits: dict[tuple[str, str, str], Any] = {}
        self.known: dict[tuple[str, str], str] = {}
        self.fsync = mock.patch("os.fsync", lambda number: None)
        self.fsync.start()

    def teardown(self) -> None:
        self.fsync.stop()
        shutil.rmtree(self.folder)

    @initialize(rows=numbers)
    def begin(self, rows: dict[str, int | None]) -> None:
        self.house.want(wanted("one", wanted_file("plan", csv(rows))))

    # ours

    @rule(name=names, key=keys, rows=numbers)
    def we_change_a_table(self, name: str, key: str, rows: dict[str, int | None]) -> None:
        one = self.house.datasets.get(name) or wanted(name)
        made = wanted_file(key, csv(rows), name)
        found = [made if file.key == key else file for file in one.files]
        self.house.datasets[name] = changed(one, *(found if made in found else [*found, made]))

    @rule(name=names, word=words)
    def we_change_a_field(self, name: str, word: str) -> None:
        if name in self.house.datasets:
            one = self.house.datasets[name]
            self.house.datasets[name] = changed(one, notes=word or None)

    @rule(name=names, key=keys)
    def we_take_a_table_away(self, name: str, key: str) -> None:
        one = self.house.datasets.get(name)
        if one and len(one.files) > 1:
            left = [file for file in one.files if file.key != key]
            self.house.datasets[name] = changed(one, *left)

    @rule(name=names)
    def we_turn_the_order(self, name: str) -> None:
        one = self.house.datasets.get(name)
        if one:
            self.house.datasets[name] = changed(one, *reversed(one.files))

    @rule(name=names)
    def we_no_longer_declare_it(self, name: str) -> None:
        if len(self.house.datasets) > 1:
            self.house.datasets.pop(name, None)

    # theirs

    def there(self, name: str) -> dict[str, Any]:
        package = self.ckan.shown(name)
        return package if package.get("state") == "active" and not self.house.open_run() else {}

    @rule(name=names, what=st.sampled_from(["notes", "author", "title"]), word=words)
    def they_change_a_field(self, name: str, what: str, word: str) -> None:
        if self.there(name) and (word or what != "title"):
            self.ckan.edit(name, **{what: word})
            self.edits[name, "", what] = word

    @rule(name=names, number=st.integers(0, 3), word=words)
    def they_describe_a_resource(self, name: str, number: int, word: str) -> None:
        resources = self.there(name).get("resources", [])
        if number < len(resources):
            id_ = resources[number]["id"]
            self.ckan.edit_resource(id_, description=word)
            self.edits[name, id_, "description"] = word

    @rule(name=names, number=st.integers(0, 3))
    def they_upload_another_file(self, name: str, number: int) -> None:
        resources = self.there(name).get("resources", [])
        if number < len(resources):
            self.ckan.edit_resource(resources[number]["id"], data=csv({"theirs": 1}))

    @rule(name=names, number=st.integers(0, 3))
    def they_delete_a_resource(self, name: str, number: int) -> None:
        resources = self.there(name).get("resources", [])
        if number < len(resources):
            self.ckan.drop_resource(resources[number]["id"])
            self.forget(name, resources[number]["id"])

    @rule(name=names)
    def they_turn_the_order(self, name: str) -> None:
        if self.there(name):
            self.ckan.edit(name, resources=list(reversed(self.there(name)["resources"])))

    @rule(name=names)
    def they_add_a_resource(self, name: str) -> None:
        package = self.there(name)
        if package and len(package["resources"]) < 5:
            link = {"url": "https://elsewhere.example/x.pdf", "name": "写真"}
            self.ckan.edit(name, resources=[*package["resources"], link])
            id_ = self.ckan.shown(name)["resources"][-1]["id"]
            self.edits[name, id_, "name"] = "写真"

    @rule(name=names, rows=numbers)
    def they_change_a_table(self, name: str, rows: dict[str, int | None]) -> None:
        for one in self.there(name).get("resources", []):
            table = self.ckan.store.tables.get(one["id"])
            if table and table.rows:
                number = min(table.rows)
                table.rows[number]["値"] = len(rows)
                return

    @rule(name=names)
    def they_delete_it(self, name: str) -> None:
        package = self.there(name)
        if package:
            self.ckan.datasets[package["id"]]["state"] = "deleted"
            self.forget(name)

    def forget(self, name: str, id_: str = "") -> None:
        """What they themselves threw away."""
        self.edits = {
            key: v for key, v in self.edits.items() if key[0] != name or (id_ and key[1] != id_)
        }

    # publishing

    @precondition(lambda self: not self.house.open_run())
    @rule(policy=policies)
    def publish(self, policy: Policy) -> None:
        plan, planned = self.house.plan(policy)
        assert plan == self.house.plan(policy)[0], "the same plan twice"
        if any(one.conflicts for one in plan.datasets):
            assert policy == "ask"
            return
        applied = self.house.carry_out(plan, planned)
        assert not applied.open
        assert [one.error for one in applied.outcomes if one.error] == []
        self.settled(policy)

    def settled(self, policy: Policy) -> None:
        """What holds when an apply is done."""
        # a deletion of theirs stays under `keep` alone
        again, _ = self.house.plan("keep" if policy == "keep" else "ask")
        assert [(one.name, one.action) for one in again.datasets if one.changes] == []
        assert not any(one.conflicts for one in again.datasets) or policy == "keep"
        for one in again.datasets:
            # resources of theirs are told and stay; what neither has any more stays away
            ours = self.house.datasets.get(one.name)
            keys = {file.key for file in ours.files} if ours else set()
            drift = [
                found
                for found in one.drift
                if found.what != "added" and (found.what != "removed" or found.resource in keys)
            ]
            if policy == "overwrite":
                assert drift == []
            if not drift:
                self.shows_what_is_wanted(one.name)
        for name in NAMES if policy == "overwrite" else ():
            self.overwritten(name)
        assert not [one for one in self.house.verify() if one.serious and not again_drift(again)]

    def ours(self, name: str, id_: str, what: str) -> bool:
        record = self.house.records().get(name)
        if record is None:
            return False
        if not id_:
            return what in record.sent or what in ("notes", "title")
        return any(one.id == id_ and what in one.sent for one in record.files.values())

    def shows_what_is_wanted(self, name: str) -> None:
        one = self.house.datasets.get(name)
        if one is None:
            return
        package = self.ckan.shown(name)
        assert package["private"] is False
        assert {k: flat(package).get(k) for k in one.fields} == flat_of(one.fields)
        shown = {r.get("identifier"): r for r in package["resources"]}
        mine = [r["identifier"] for r in package["resources"] if "identifier" in r]
        assert mine[: len(one.files)] == [file.key for file in one.files]
        for file in one.files:
            resource = shown[file.key]
            assert self.ckan.files[resource["id"]] == file.data
            assert resource["hash"] == file.sha256

    @precondition(lambda self: not self.house.open_run())
    @rule(
        policy=policies,
        number=st.integers(0, 6),
        kind=st.sampled_from(FAULTS),
        more=st.lists(st.sampled_from(["before", "after"]), max_size=3),
    )
    def publish_with_a_fault(self, policy: Policy, number: int, kind: str, more: list[str]) -> None:
        plan, planned = self.house.plan(policy)
        if any(one.conflicts for one in plan.datasets):
            return
        before = {name: picture(self.ckan, name) for name in NAMES}
        self.ckan.fault = nth(number, kind, *more)
        try:
            applied = self.house.carry_out(plan, planned)
        except Killed:
            applied = None
        finally:
            self.ckan.fault = nth(0)
            self.ckan.down = False
        for one in applied.outcomes if applied else ():
            if one.undone:
                assert picture(self.ckan, one.package) == before[one.package]
            elif one.error is None and policy == "overwrite":
                self.overwritten(one.package)
        if self.house.open_run():
            self.go_on(before, policy)
        elif applied and not any(one.error for one in applied.outcomes):
            self.settled(policy)

    def go_on(self, before: dict[str, Any], policy: Policy) -> None:
        for _ in range(3):
            applied = self.house.resume()
            if applied is None or not applied.open:
                break
        assert self.house.open_run() is None
        again, _ = self.house.plan("keep")
        left = {one.name for one in again.datasets if one.changes}
        for name in NAMES:
            now = picture(self.ckan, name)
            assert name not in left or now == before[name], "neither before nor as planned"
            if policy == "overwrite" and name not in left:
                self.overwritten(name)

    def overwritten(self, name: str) -> None:
        """They were asked; what they wrote into fields of ours is gone."""
        self.edits = {
            key: v for key, v in self.edits.items() if key[0] != name or not self.ours(*key)
        }

    @invariant()
    def ids_never_change(self) -> None:
        for name in NAMES:
            package = self.ckan.shown(name)
            if not package:
                continue
            assert self.known.setdefault((name, ""), package["id"]) == package["id"]
            for one in package["resources"]:
                if "identifier" in one:
                    key = (name, one["identifier"])
                    assert self.known.setdefault(key, one["id"]) == one["id"]

    @invariant()
    def no_edit_of_theirs_is_lost(self) -> None:
        for (name, id_, what), value in self.edits.items():
            package = self.ckan.shown(name)
            shown = next(
                (r for r in package["resources"] if r["id"] == id_), package if not id_ else {}
            )
            assert (shown.get(what) or "") == value, (name, id_, what)


def again_drift(plan: Any) -> bool:
    return any(one.drift for one in plan.datasets)


def flat_of(fields: Any) -> dict[str, Any]:
    return {k: v.strip() if isinstance(v, str) else v for k, v in fields.items()}


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(
    max_examples=20,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
