"""The pretend CKAN of the fast tests does what the real one does."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from pipelines.publish.ckan.client import Ckan as Client
from pipelines.publish.ckan.client import Upload
from pipelines.publish.ckan.errors import CatalogError
from pipelines.publish.ckan.token import Token
from pipelines.publish.planning.fields import flat, flat_resource
from tests.ckan.client import Ckan
from tests.publish.pretend_ckan import PretendCkan

ONE, TWO = (str(uuid.uuid5(uuid.NAMESPACE_URL, f"{name}-{uuid.uuid4()}")) for name in "12")
STAMPS = ("metadata_modified", "last_modified", "created", "package_id")
FOLLOWING = ("access_url", "url", "owner_org", "name", "theme")


def play(client: Any, owner: str, name: str) -> Iterator[tuple[str, Any]]:  # noqa: PLR0915 - a script
    """A script of calls; what each step says of the dataset, without what is by chance."""
    dates: dict[str, set[str]] = {}

    def look(step: str) -> tuple[str, Any]:
        shown = client.read("package_show", id=made["id"])
        said = {key: value for key, value in flat(shown).items() if key not in FOLLOWING}
        resources = [
            {k: v for k, v in flat_resource(one).items() if k not in (*STAMPS, "url")}
            for one in shown["resources"]
        ]
        ends = [str(one["url"]).rpartition("/resource/")[2] for one in shown["resources"]]
        moved = {}
        for one in (shown, *shown["resources"]):
            for key in ("metadata_modified", "last_modified"):
                at = f"{one['id'] if one is not shown else 'dataset'} {key}"
                moved[at] = one.get(key) not in dates.setdefault(at, set())
                dates[at].add(one.get(key))
        return step, [said, shown["state"], resources, ends, moved]

    def refused(step: str, action: str, **data: Any) -> tuple[str, Any]:
        try:
            client.write(action, **data)
        except CatalogError as error:
            return step, type(error).__name__
        return step, "taken"

    extras = [{"key": "b", "value": "2"}, {"key": "a", "value": "1"}]
    tags = [{"name": "kpi"}, {"name": "dx"}]
    fields = {"name": name, "title": " 計画 ", "notes": "説明", "extras": extras, "tags": tags}
    made = client.write("package_create", **fields, owner_org=owner, private=True, odd="gone")
    yield look("created")
    yield refused("the name is taken", "package_create", name=name, title="x", owner_org=owner)
    yield refused("a bad name", "package_create", name="Ä", title="x", owner_org=owner)
    at = {"id": made["id"]}
    resources = [
        {"id": ONE, "name": "一", "identifier": "one", "hash": "h1", "mimetype": "text/csv"},
        {"id": TWO, "name": "二", "url": "https://x.example/two", "description": "d"},
    ]
    files = {"update__resources__0__upload": Upload("024465_One file.csv", b"ID,v\r\na,1\r\n")}
    update = {"resources": resources, "title": "新", "tags": [{"name": "neu"}]}
    told = {"match": at, "filter": ["-resources", "-tags", "-notes"], "update": update}
    client.send("package_revise", told, files)
    yield look("with a file")
    yield refused("moved", "package_revise", match={**at, "metadata_modified": "2000"}, update={})
    yield refused("nobody", "package_revise", match={"id": str(uuid.uuid4())}, update={})

    def shown() -> list[dict[str, Any]]:
        found = client.read("package_show", id=made["id"])["resources"]
        return [{k: v for k, v in one.items() if k != "position"} for one in found]

    same = {"match": at, "filter": ["-resources"], "update": {"resources": shown()}}
    client.write("package_revise", **same)
    yield look("nothing changed")
    both = {"match": at, "filter": ["-resources"], "update": {"resources": shown()[::-1]}}
    client.write("package_revise", **both)
    yield look("turned")
    client.write("package_revise", match=at, update={"resources": [{"description": "by place"}]})
    yield look("merged by place")
    table = {"resource_id": ONE, "force": True, "calculate_record_count": False}
    columns = [{"id": "ID", "type": "text", "info": {"label": "ID"}}]
    client.write("datastore_create", **table, fields=columns, primary_key=["ID"], records=[])
    yield look("a table")
    client.write("datastore_upsert", **table, records=[{"ID": "a"}], method="insert")
    yield look("a row")
    left = {"match": at, "filter": ["-resources"], "update": {"resources": shown()[1:]}}
    client.write("package_revise", **left)
    yield look("one left out")
    client.write("package_delete", id=made["id"])
    yield look("deleted")
    client.write("package_revise", match=at, update={"state": "active", "private": False})
    yield look("revived")
    client.write("datastore_delete", **table)
    yield look("the table dropped")


def test_the_pretend_one_says_what_the_real_one_says(
    ckan_legacy: Ckan, organization_legacy: dict[str, Any], editor_legacy: Ckan
) -> None:
    name = f"pretend-{uuid.uuid4().hex[:8]}"
    pretend = PretendCkan()
    theirs = Client(ckan_legacy.url, Token(editor_legacy.token))
    with theirs:
        real = play(theirs, organization_legacy["id"], name)
        ours = play(pretend, pretend.organizations["024465"], name)
        for (step, expected), (_, said) in zip(real, ours, strict=True):
            if not isinstance(said, list):
                assert said == expected, step
                continue
            for mine, true in zip(said, expected, strict=True):
                assert mine == true, step


@pytest.mark.parametrize("name", ["024465_plan.csv", "計画 Plan.CSV", "../x y.csv"])
def test_names_of_files(
    ckan_legacy: Ckan, organization_legacy: dict[str, Any], editor_legacy: Ckan, name: str
) -> None:
    pretend = PretendCkan()
    urls = []
    with Client(ckan_legacy.url, Token(editor_legacy.token)) as theirs:
        clients: list[tuple[Any, str]] = [(theirs, organization_legacy["id"])]
        for client, owner in [*clients, (pretend, "organization-1")]:
            slug = f"names-{uuid.uuid4().hex[:8]}"
            made = client.write("package_create", name=slug, title="x", owner_org=owner)
            told = {"match": {"id": made["id"]}, "update": {"resources": [{"name": "x"}]}}
            files = {"update__resources__0__upload": Upload(name, b"x")}
            found = client.send("package_revise", told, files)["package"]
            urls.append(found["resources"][0]["url"].rpartition("/")[2])
    assert urls[0] == urls[1]
