"""The whole plan: same bytes each time, and what it says of the catalog."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.model import MachidataError
from pipelines.publish.ckan.errors import NoCkan
from pipelines.publish.ckan.status import status
from pipelines.publish.plan.files import load_plan, plan_bytes
from pipelines.publish.planning.catalog import Asked, owner_id, plan_catalog
from pipelines.publish.planning.reading import Setting
from tests.publish.house import BASE, House, csv, wanted, wanted_file
from tests.publish.pretend_ckan import PretendCkan


def sample() -> list[Any]:
    names = ["024465-c", "024465-a", "024465-b"]
    return [wanted(name, wanted_file("plan", csv({"a": len(name)}), name)) for name in names]


def test_the_same_plan_has_the_same_bytes(house: House) -> None:
    house.want(*sample())
    first = plan_bytes(house.plan()[0])
    house.want(*reversed(sample()))
    assert plan_bytes(house.plan()[0]) == first
    assert load_plan(first) == house.plan()[0]
    house.apply()
    house.ckan.edit("024465-b", notes="<script>")
    assert plan_bytes(house.plan()[0]) == plan_bytes(house.plan()[0])


def test_several_threads_make_the_same_plan(house: House) -> None:
    house.want(*sample())
    ckan: Any = house.ckan
    setting = Setting(ckan, ckan.site, True)
    plans = {
        plan_bytes(
            plan_catalog(
                Asked("pretend", ckan.url, BASE, workers=workers),
                setting,
                status(ckan),
                sample(),
                {},
            )[0]
        )
        for workers in (0, 1, 2, 8)
    }
    assert len(plans) == 1


def test_a_plan_says_what_it_is_for(house: House) -> None:
    house.want(*sample())
    house.ckan.version = ""
    plan, planned = house.plan("keep")
    assert (plan.catalog, plan.url, plan.base, plan.policy) == (
        "pretend",
        house.ckan.url,
        BASE,
        "keep",
    )
    assert plan.software == "CKAN"
    assert any("2.10" in en for _, en in plan.notes)
    assert [one.name for one in plan.datasets] == ["024465-a", "024465-b", "024465-c"]
    assert list(planned) == [one.name for one in plan.datasets]


def test_planning_writes_nothing(house: House) -> None:
    house.want(*sample())
    house.plan()
    assert house.ckan.writes == []
    assert not house.state.exists()


def test_an_unknown_organization_names_those_that_are_there(pretend: PretendCkan) -> None:
    ckan: Any = pretend
    assert owner_id(ckan, "024465") == "organization-1"
    with pytest.raises(MachidataError) as error:
        owner_id(ckan, "<b>")
    assert (error.value.code, error.value.expected) == ("catalog-organization", "024465")

    def broken(permission: str) -> Any:
        raise NoCkan("x", "y")

    for answer in (lambda permission: [], broken):
        pretend._organization_list_for_user = answer  # type: ignore[method-assign]
        with pytest.raises(MachidataError) as error:
            owner_id(ckan, "x")
        assert error.value.expected == "-"
