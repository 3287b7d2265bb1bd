"""Reading back: equal, or exactly what differs; the RDF too; the whole catalog."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.publish.applying.verifying import Difference
from tests.publish.house import House, csv, wanted, wanted_file

PLAN, KPI = wanted_file("plan", csv({"a": 1, "b": None})), wanted_file("kpi", csv({"a": 1}))


@pytest.fixture
def published(house: House) -> House:
    house.want(wanted("one", PLAN, KPI))
    house.apply()
    return house


def first(house: House) -> str:
    return str(house.ckan.shown("one")["resources"][0]["id"])


def said(found: list[Difference]) -> set[tuple[str, str, bool]]:
    return {(one.resource, one.what, one.serious) for one in found}


def test_all_is_as_it_should_be(published: House) -> None:
    assert published.verify() == []


def rows(house: House) -> None:
    house.ckan.store.tables[first(house)].rows[1]["値"] = 7


def gone_row(house: House) -> None:
    del house.ckan.store.tables[first(house)].rows[1]


def no_table(house: House) -> None:
    del house.ckan.store.tables[first(house)]


def kinds(house: House) -> None:
    house.ckan.store.tables[first(house)].fields["値"]["type"] = "text"


def words(house: House) -> None:
    house.ckan.store.tables[first(house)].fields["値"]["info"] = {"label": "別"}


def silent_bytes(house: House) -> None:
    """Not even the date says it."""
    house.ckan.files[first(house)] = b"other"


def resource_gone(house: House) -> None:
    house.ckan.drop_resource(first(house))


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (rows, ("plan", "rows")),
        (gone_row, ("plan", "rows")),
        (no_table, ("plan", "rows")),
        (kinds, ("plan", "rows")),  # an edit of the portal, as the plan tells it
        (words, ("plan", "dictionary")),
        (silent_bytes, ("plan", "file")),
        (resource_gone, ("plan", "removed")),
        (lambda house: house.ckan.edit("one", notes="x"), ("", "field:notes")),
        (lambda house: house.ckan.edit("one", title="x"), ("", "field:title")),
        (lambda house: house.ckan.write("package_delete", id="one"), ("", "dataset")),
        (
            lambda house: house.ckan.edit_resource(first(house), description="x", mimetype="a/b"),
            ("plan", "field:mimetype"),
        ),
    ],
)
def test_what_differs_is_named(
    published: House, damage: Callable[[House], None], expected: tuple[str, str]
) -> None:
    damage(published)
    found = published.verify()
    assert expected in {(one.resource, one.what) for one in found}
    assert {one.resource for one in found} <= {expected[0]}


def test_what_was_never_published(house: House) -> None:
    house.want(wanted("one", PLAN))
    assert ("", "dataset", True) in said(house.verify())
