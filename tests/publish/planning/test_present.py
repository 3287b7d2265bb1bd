"""Finding our dataset, and its state in one word."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.publish.ckan.errors import Unreachable
from pipelines.publish.planning.present import (
    Present,
    bytes_of,
    digest_of,
    find,
    iri_of,
    list_iris,
    show,
)
from tests.publish.house import BASE, OWNER, House, csv, wanted, wanted_file
from tests.publish.pretend_ckan import PretendCkan


def make(ckan: PretendCkan, name: str, uri: str = "", **fields: Any) -> dict[str, Any]:
    extras = [{"key": "uri", "value": uri}] if uri else []
    made = {"name": name, "title": name, "owner_org": OWNER, "extras": extras, **fields}
    return dict(ckan.write("package_create", **made))


def test_a_dataset_is_found_by_id_then_iri_then_name(pretend: PretendCkan) -> None:
    ckan: Any = pretend
    mine = wanted("one")
    assert find(ckan, mine, "", {}) == {}
    by_name = make(pretend, "one")
    assert find(ckan, mine, "", {})["id"] == by_name["id"]
    by_iri = make(pretend, "other", f"{BASE}one")
    listed = list_iris(ckan, OWNER)
    assert listed == {f"{BASE}one": by_iri["id"]}
    assert find(ckan, mine, "", listed)["id"] == by_iri["id"]
    by_id = make(pretend, "third")
    assert find(ckan, mine, by_id["id"], listed)["id"] == by_id["id"]
    assert find(ckan, mine, "purged", listed)["id"] == by_iri["id"]


def test_the_list_has_many_pages_and_skips_the_deleted(pretend: PretendCkan) -> None:
    ckan: Any = pretend
    for number in range(7):
        make(pretend, f"d{number}", f"{BASE}{number % 5}", private=number == 1)
    pretend.write("package_delete", id="d4")
    make(pretend, "no-iri")
    asked = pretend._package_search
    pretend._package_search = lambda **data: asked(**{**data, "rows": 3})  # type: ignore[method-assign]
    listed = list_iris(ckan, OWNER)
    assert sorted(listed) == [f"{BASE}{n}" for n in range(4)]
    assert listed[f"{BASE}0"] == pretend.shown("d0")["id"], "the first wins"


def test_a_deleted_dataset_is_seen_as_such(pretend: PretendCkan) -> None:
    ckan: Any = pretend
    make(pretend, "one")
    pretend.write("package_delete", id="one")
    present = Present(show(ckan, "one"))
    assert (present.there, present.deleted) == (False, True)
    assert (Present().there, Present().deleted, Present().digest) == (False, False, "")


def test_an_outage_is_no_absence(pretend: PretendCkan) -> None:
    ckan: Any = pretend
    pretend.down = True
    with pytest.raises(Unreachable):
        show(ckan, "one")


@pytest.mark.parametrize("answer", [None, [], "x", 3])
def test_an_answer_that_is_no_dict_is_nothing(answer: Any) -> None:
    class Odd:
        def read(self, action: str, **data: Any) -> Any:
            return answer

    ckan: Any = Odd()
    assert show(ckan, "one") == {}


def test_the_digest_tells_every_change_but_passing_ones() -> None:
    package = {"id": "1", "title": "a", "resources": [{"id": "r"}], "num_tags": 1}
    one = Present(package, {"r": "h"}, {"r": "s"})
    assert (
        one.digest
        == Present({**package, "num_tags": 2, "isopen": True}, {"r": "h"}, {"r": "s"}).digest
    )
    assert one.digest != Present({**package, "title": "b"}, {"r": "h"}, {"r": "s"}).digest
    assert one.digest != Present(package, {"r": "x"}, {"r": "s"}).digest
    assert one.digest != Present(package, {"r": "h"}, {"r": "x"}).digest
    assert one.resource("r") == {"id": "r"}
    assert one.resource("x") is None
    assert digest_of({"b": 1, "a": "\ud800"}) == digest_of({"a": "\ud800", "b": 1})


def test_an_iri_as_a_field_or_an_extra() -> None:
    assert iri_of({"uri": "x"}) == "x"
    assert iri_of({"extras": [{"key": "uri", "value": "y"}]}) == "y"
    assert iri_of({"extras": [{"key": "uri", "value": None}]}) == ""
    assert iri_of({"extras": None}) == ""


def test_bytes_are_asked_of_the_address_that_we_know(house: House) -> None:
    """Whatever the catalog calls itself: the token goes nowhere else."""
    data = csv({"a": 1})
    house.ckan.site = "http://inside.example:5000"
    house.want(wanted("one", wanted_file("plan", data)))
    house.apply()
    ckan: Any = house.ckan
    resource = house.ckan.shown("one")["resources"][0]
    assert resource["url"].startswith("http://inside.example:5000/dataset/")
    house.ckan.fetched.clear()
    assert bytes_of(ckan, resource) == data
    assert house.ckan.fetched[0].startswith("/dataset/")


@pytest.mark.parametrize(
    "resource", [{"url_type": "", "url": "https://x.example"}, {"url_type": "upload"}]
)
def test_a_link_has_no_bytes_of_ours(pretend: PretendCkan, resource: dict[str, Any]) -> None:
    ckan: Any = pretend
    assert bytes_of(ckan, resource) is None
    gone = {"url_type": "upload", "url": "/dataset/d/resource/r/download/x.csv"}
    assert bytes_of(ckan, gone) is None
