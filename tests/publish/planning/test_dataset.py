"""One dataset: from what is there to what shall be there."""

from __future__ import annotations

import pytest

from pipelines.model import MachidataError
from pipelines.publish.planning.fields import Policy
from pipelines.publish.planning.wanted import STATUS_EXTRA, STOPPED, WITHDRAWN
from tests.publish.house import OWNER, House, changed, csv, wanted, wanted_file

PLAN, KPI = wanted_file("plan", csv({"a": 1})), wanted_file("kpi", csv({"a": 1}))
NEW_PLAN = wanted_file("plan", csv({"a": 2, "b": 3}))
ONE = wanted("one", PLAN, KPI)


@pytest.fixture
def published(house: House) -> House:
    house.want(ONE)
    assert house.apply().exit_code == 0
    house.ckan.writes.clear()
    return house


def actions(house: House, policy: Policy = "ask") -> list[str]:
    """The dataset's action, then those of its resources."""
    change = house.plan(policy)[0].datasets[0]
    return [change.action, *(f"{one.key} {one.action}" for one in change.resources)]


def drift(house: House, policy: Policy = "ask") -> list[tuple[str, str, str]]:
    found = house.plan(policy)[0].datasets[0].drift
    return [(one.resource, one.what, one.decision) for one in found]


def test_nothing_there_is_a_creation(house: House) -> None:
    house.want(ONE)
    assert actions(house) == ["create", "plan create", "kpi create"]
    change = house.plan()[0].datasets[0]
    assert (change.id, change.seen, change.severity, change.recorded) == ("", "", "none", True)
    assert change.version
    assert change.version.published == ""
    assert house.ckan.writes == [], "planning writes nothing"


def test_all_as_it_was_is_kept(published: House) -> None:
    assert actions(published) == ["keep", "plan keep", "kpi keep"]
    assert published.ckan.writes == []


def test_only_what_changed_is_updated(published: House) -> None:
    published.want(changed(ONE, NEW_PLAN, KPI, version="1.1.0"))
    assert actions(published) == ["update", "plan update", "kpi keep"]
    change = published.plan()[0].datasets[0]
    assert [one.name for one in change.fields] == ["version"]
    assert change.severity == "additive"
    assert change.version
    assert (change.version.derived, change.version.too_low) == ("1.1.0", False)
    assert change.changelog
    store = change.resources[0].store
    assert store
    assert (store.how, store.written) == ("rows", 2)


def test_a_new_table_and_one_that_is_gone(published: House) -> None:
    goal = wanted_file("goal", csv({}))
    published.want(changed(ONE, goal, PLAN))
    assert actions(published) == ["update", "goal create", "plan keep", "kpi withdraw"]
    assert published.plan()[0].datasets[0].severity == "breaking"
    published.apply()
    shown = published.ckan.shown("one")
    assert [one["identifier"] for one in shown["resources"]] == ["goal", "plan", "kpi"]
    assert shown["resources"][2]["status"] == WITHDRAWN
    assert len(published.ckan.store.tables) == 3
    assert actions(published)[0] == "keep"
    assert drift(published) == []


def test_a_withdrawn_dataset_stays_as_it_is(published: House) -> None:
    before = published.ckan.shown("one")
    published.want()
    assert actions(published) == ["withdraw", "plan withdraw", "kpi withdraw"]
    assert published.plan()[0].datasets[0].reordered is False
    published.apply()
    shown = published.ckan.shown("one")
    assert {"key": STATUS_EXTRA.removeprefix("extras."), "value": STOPPED} in shown["extras"]
    assert [one["last_modified"] for one in shown["resources"]] == [
        one["last_modified"] for one in before["resources"]
    ]
    assert (shown["state"], shown["private"]) == ("active", False)
    assert actions(published)[0] == "keep"
    published.want(ONE)
    assert actions(published) == ["update", "plan update", "kpi update"]
    published.apply()
    assert "status" not in published.ckan.shown("one")["resources"][0]


def test_a_withdrawn_dataset_that_somebody_deleted_is_not_brought_back(published: House) -> None:
    published.ckan.write("package_delete", id="one")
    published.want()
    plan, planned = published.plan()
    assert (plan.datasets, planned) == ((), {})
    published.ckan.datasets.clear()
    assert published.plan()[0].datasets == ()


def test_a_withdrawn_dataset_without_one_of_its_resources(published: House) -> None:
    """We no longer have the bytes either: not even `overwrite` can put them back."""
    published.ckan.drop_resource(published.ckan.shown("one")["resources"][0]["id"])
    published.want()
    assert drift(published, "overwrite") == [("plan", "removed", "keep")]
    assert actions(published, "overwrite") == ["withdraw", "kpi withdraw"]
    assert published.apply("overwrite").exit_code == 0


def test_a_deleted_dataset_is_revived_under_its_ids(published: House) -> None:
    before = published.ckan.shown("one")
    published.ckan.write("package_delete", id="one")
    published.want(changed(ONE, title="新しい計画"))
    assert actions(published)[0] == "revive"
    published.apply()
    shown = published.ckan.shown("one")
    assert (shown["id"], shown["title"], shown["state"]) == (before["id"], "新しい計画", "active")
    assert shown["private"] is False
    assert [one["id"] for one in shown["resources"]] == [one["id"] for one in before["resources"]]


def test_a_dataset_of_another_with_our_name_is_refused(house: House) -> None:
    extras = [{"key": "uri", "value": "https://else.example/1"}]
    house.ckan.write("package_create", name="one", title="x", owner_org=OWNER, extras=extras)
    house.want(ONE)
    with pytest.raises(MachidataError) as error:
        house.plan()
    assert (error.value.code, error.value.found) == ("catalog-name-taken", extras[0]["value"])


@pytest.mark.parametrize(
    ("policy", "decision"), [("ask", "conflict"), ("keep", "conflict"), ("overwrite", "overwrite")]
)
def test_a_dataset_that_nobody_marked_is_not_taken_over_unasked(
    house: House, policy: Policy, decision: str
) -> None:
    house.ckan.write("package_create", name="one", title="手作業", owner_org=OWNER)
    house.want(ONE)
    assert drift(house, policy) == [("", "dataset", decision)]


def test_a_lost_record_is_said_and_mended(published: House) -> None:
    (published.state / "records" / "one.json").unlink()
    assert published.plan()[0].datasets[0].recorded is False
    assert actions(published)[0] == "keep"
    published.apply()
    assert published.ckan.writes == []
    assert published.plan()[0].datasets[0].recorded is True


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("ask", [("", "order", "keep")]),
        ("keep", [("", "order", "keep")]),
        ("overwrite", [("", "order", "overwrite")]),
    ],
)
def test_an_order_that_the_portal_chose(
    published: House, policy: Policy, expected: list[tuple[str, str, str]]
) -> None:
    resources = published.ckan.shown("one")["resources"]
    published.ckan.edit("one", resources=list(reversed(resources)))
    assert drift(published, policy) == expected
    assert published.plan(policy)[0].datasets[0].reordered == (policy == "overwrite")
    goal = wanted_file("goal", csv({}))
    published.want(changed(ONE, goal, PLAN, KPI))
    published.apply(policy)
    keys = [one["identifier"] for one in published.ckan.shown("one")["resources"]]
    assert keys == (["goal", "plan", "kpi"] if policy == "overwrite" else ["kpi", "plan", "goal"])
    assert drift(published) == ([] if policy == "overwrite" else expected)


def test_our_own_new_order_is_no_drift(published: House) -> None:
    goal = wanted_file("goal", csv({}))
    published.want(changed(ONE, KPI, goal, PLAN))
    published.apply()
    assert drift(published) == []
    assert actions(published)[0] == "keep"


def test_an_order_on_which_both_agree_is_no_drift(published: House) -> None:
    resources = published.ckan.shown("one")["resources"]
    published.ckan.edit("one", resources=list(reversed(resources)))
    published.want(changed(ONE, KPI, PLAN))
    assert drift(published) == []


def test_resources_of_the_portal_stand_behind_ours(published: House) -> None:
    resources = published.ckan.shown("one")["resources"]
    link = {"url": "https://e.example/x.pdf", "name": "写真"}
    published.ckan.edit("one", resources=[*resources, link])
    goal = wanted_file("goal", csv({}))
    published.want(changed(ONE, PLAN, KPI, goal))
    published.apply()
    names = [one["name"] for one in published.ckan.shown("one")["resources"]]
    assert names == ["表 plan", "表 kpi", "表 goal", "写真"]
    assert actions(published)[0] == "keep"


@pytest.mark.parametrize(
    ("policy", "file", "decision"),
    [
        ("ask", PLAN, "keep"),
        ("ask", NEW_PLAN, "conflict"),
        ("keep", NEW_PLAN, "keep"),
        ("overwrite", PLAN, "overwrite"),
    ],
)
def test_a_resource_that_the_portal_removed(
    published: House, policy: Policy, file: object, decision: str
) -> None:
    before = published.ckan.shown("one")["resources"][0]["id"]
    published.ckan.drop_resource(before)
    published.want(changed(ONE, file, KPI))  # type: ignore[arg-type]
    assert drift(published, policy) == [("plan", "removed", decision)]
    if decision == "conflict":
        return
    published.apply(policy)
    left = [one["id"] for one in published.ckan.shown("one")["resources"]]
    assert (before in left) == (decision == "overwrite")
    assert drift(published, "keep") == (
        [] if decision == "overwrite" else [("plan", "removed", "keep")]
    )


def test_the_digest_of_the_target_is_that_of_what_would_be_written(published: House) -> None:
    def target() -> str:
        return published.plan()[0].datasets[0].target

    first = target()
    assert first == target()
    published.want(changed(ONE, notes="新"))
    second = target()
    published.want(changed(ONE, NEW_PLAN, KPI))
    assert len({first, second, target()}) == 3
