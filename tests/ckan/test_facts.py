"""What the publishing code relies on, held to every version of CKAN that is installed.

README.md, "Publishing", says more; a fact that changes with a version is told here too.
"""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
import requests

from tests.ckan.client import Ckan, CkanError

FILE = ("plan.csv", "ID,値\r\na,1\r\n".encode())
FIELDS: list[dict[str, Any]] = [
    {"id": "ID", "type": "text", "info": {"label": "識別"}},
    {"id": "値", "type": "numeric"},
]
MORE = {"format": "CSV", "hash": "sha256:1", "issued": "2024-01-01", "description": "表"}

Found = dict[str, Any]


@pytest.fixture
def new(any_editor: Ckan, any_organization: Found) -> Found:
    """A dataset without resources."""
    return create(any_editor, any_organization)


@pytest.fixture
def full(any_editor: Ckan, new: Found) -> Found:
    """A dataset with three files, each with a table, a dictionary and a view."""
    for name in "abc":
        asked = {"package_id": new["id"], "name": name} | MORE
        made = any_editor.send("resource_create", {"upload": (f"{name}.csv", FILE[1])}, asked)
        table(any_editor, made["id"])
        any_editor.call(
            "resource_view_create", resource_id=made["id"], view_type="text_view", title="表"
        )
    return show(any_editor, new)


def create(ckan: Ckan, organization: Found, **more: Any) -> Found:
    asked = {"name": f"test-{uuid.uuid4().hex[:12]}", "title": "計画", "notes": "表"} | more
    made: Found = ckan.call("package_create", owner_org=organization["id"], **asked)
    return made


def show(ckan: Ckan, dataset: Found) -> Found:
    found: Found = ckan.call("package_show", id=dataset["id"])
    return found


def table(ckan: Ckan, resource: str) -> None:
    asked = {"resource_id": resource, "force": True, "fields": FIELDS, "primary_key": ["ID"]}
    ckan.call("datastore_create", **asked, records=[{"ID": "a", "値": 1}])


def revise(ckan: Ckan, dataset: Found, files: Found | None = None, **asked: Any) -> Found:
    fields = {"match": {"id": dataset["id"]}} | asked
    answer = ckan.send("package_revise", files or {}, fields)
    made: Found = answer["package"]
    return made


def refused(ckan: Ckan, action: str, **data: Any) -> tuple[int, Any]:
    with pytest.raises(CkanError) as error:
        ckan.call(action, **data)
    return error.value.status, error.value.error


def beside(ckan: Ckan, resource: Found) -> tuple[int, int, Any]:
    """Views, rows and the dictionary of a resource."""
    views = ckan.call("resource_view_list", id=resource["id"])
    rows = ckan.call("datastore_search", resource_id=resource["id"])["total"]
    return len(views), rows, ckan.call("datastore_info", id=resource["id"])["fields"][0]["info"]


def changed(before: Found, after: Found) -> set[str]:
    return {key for key in before | after if before.get(key) != after.get(key)}


def test_an_editor_gives_ids_to_resources_and_not_to_datasets(
    any_editor: Ckan, any_organization: Found
) -> None:
    own = str(uuid.uuid4())
    with pytest.raises(CkanError) as error:
        create(any_editor, any_organization, id=own)
    assert (error.value.status, set(error.value.error)) == (409, {"id", "__type"})
    made = create(any_editor, any_organization, resources=[{"id": own, "url": FILE[0]}])
    assert made["resources"][0]["id"] == own


def test_an_editors_draft_is_public_at_once_and_private_is_not(
    any_ckan: Ckan, any_editor: Ckan, any_organization: Found
) -> None:
    nobody = any_ckan.as_user("", "")
    assert create(any_editor, any_organization, state="draft")["state"] == "active"
    private = create(any_editor, any_organization, private=True)
    assert refused(nobody, "package_show", id=private["id"])[0] == 403
    assert revise(any_editor, private, update={"private": False})["private"] is False
    assert show(nobody, private)["id"] == private["id"]


def test_a_revise_of_what_moved_changes_nothing(any_editor: Ckan, new: Found) -> None:
    moved = any_editor.call("package_patch", id=new["id"], title="改訂")
    match = {"id": new["id"], "metadata_modified": new["metadata_modified"]}
    status, error = refused(any_editor, "package_revise", match=match, update={"title": "x"})
    assert (status, error["match"]) == (409, ["metadata_modified"])
    assert show(any_editor, new) == moved


def test_of_two_publishers_at_once_one_wins(any_editor: Ckan, new: Found) -> None:
    match = {"id": new["id"], "metadata_modified": new["metadata_modified"]}
    ends: list[int] = []

    def publish(title: str) -> None:
        try:
            any_editor.call("package_revise", match=match, update={"title": title})
            ends.append(200)
        except CkanError as error:
            ends.append(error.status)

    threads = [threading.Thread(target=publish, args=(f"計画{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == [200, 409, 409, 409]


def test_a_whole_list_in_one_call(any_editor: Ckan, full: Found) -> None:
    a, b, c = full["resources"]
    own = str(uuid.uuid4())
    revise(
        any_editor,
        full,
        {
            "update__resources__1__upload": ("a.csv", b"ID\r\n"),
            "update__resources__2__upload": ("new.csv", b"N\r\n"),
        },
        filter=["-resources"],
        update={"resources": [b, a | {"name": "A"}, {"id": own, "name": "new"}]},
    )
    moved, updated, added = show(any_editor, full)["resources"]
    assert changed(b, moved) == {"position"}
    assert changed(a, updated) == {
        *("position", "name", "size", "last_modified", "metadata_modified"),
    }
    assert (added["id"], added["size"], added["url"][-8:]) == (own, 3, "/new.csv")
    assert beside(any_editor, a) == beside(any_editor, b) == (1, 1, {"label": "識別"})
    assert refused(any_editor, "resource_show", id=c["id"])[0] == 404


def test_a_list_alone_is_laid_over_by_position(any_editor: Ckan, full: Found) -> None:
    a, b, _ = full["resources"]
    listed = [{"id": b["id"], "name": "B"}, {"id": a["id"], "name": "A"}]
    revise(any_editor, full, update={"resources": listed})
    found = show(any_editor, full)["resources"]
    assert [one["id"] for one in found[:2]] == [b["id"], a["id"]]
    # what the dicts lacked is that of the other one; what is not listed stays
    assert [one["url"][-5:] for one in found] == ["a.csv", "b.csv", "c.csv"]


def test_a_resource_left_out_comes_back_with_all_that_was_beside_it(
    any_ckan: Ckan, any_editor: Ckan, full: Found
) -> None:
    a, b, c = full["resources"]
    revise(any_editor, full, filter=["-resources"], update={"resources": [a, b]})
    # its rows could be read all the time
    assert beside_nobody(any_ckan, c) == 1
    assert requests.get(c["url"], timeout=10).status_code == 404
    revise(any_editor, full, filter=["-resources"], update={"resources": [a, b, c]})
    assert changed(c, show(any_editor, full)["resources"][2]) <= {"position"}
    assert beside(any_editor, c) == (1, 1, {"label": "識別"})
    assert requests.get(c["url"], timeout=10).content == FILE[1]


def beside_nobody(ckan: Ckan, resource: Found) -> int:
    answer = ckan.as_user("", "").call("datastore_search", resource_id=resource["id"])
    return int(answer["total"])


def test_resource_delete_drops_the_table(any_editor: Ckan, full: Found) -> None:
    gone = full["resources"][0]["id"]
    any_editor.call("resource_delete", id=gone)
    assert refused(any_editor, "datastore_search", resource_id=gone)[0] == 404


def test_a_refused_revise_leaves_the_files(any_editor: Ckan, full: Found) -> None:
    files = {"update__resources__0__upload": ("a.csv", b"other")}
    for bad in ({"name": "Bad Name"}, {"owner_org": "nobody"}):
        with pytest.raises(CkanError) as error:
            revise(any_editor, full, files, update=bad)
        assert error.value.status == 409
    assert show(any_editor, full) == full
    assert requests.get(full["resources"][0]["url"], timeout=10).content == FILE[1]


def test_the_same_bytes_are_an_upload_like_any_other(any_editor: Ckan, full: Found) -> None:
    first = full["resources"][0]
    files = {f"update__resources__{first['id']}__upload": ("a.csv", FILE[1])}
    revise(any_editor, full, files)
    after = show(any_editor, full)["resources"]
    assert changed(first, after[0]) == {"last_modified", "metadata_modified"}
    assert [changed(*pair) for pair in zip(full["resources"][1:], after[1:], strict=True)] == [
        set(),
        set(),
    ]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("022055_plan.csv", "022055_plan.csv"),
        ("計画 Plan-2_ä.v2.CSV", "-plan-2_a.v2.csv"),
        ("計画.csv", ".csv"),
        ("a b(c).csv", "a-bc.csv"),
        ("../x.csv", "x.csv"),
        ("x" * 120 + ".csv", "x" * 96 + ".csv"),
    ],
)
def test_names_of_files(any_editor: Ckan, new: Found, name: str, kept: str) -> None:
    asked = {"package_id": new["id"]}
    made = any_editor.send("resource_create", {"upload": (name, b"x")}, asked)
    assert made["url"].rpartition("/")[2] == kept


def test_a_deleted_dataset_comes_back_whole(any_editor: Ckan, full: Found) -> None:
    any_editor.call("package_delete", id=full["id"])
    assert show(any_editor, full)["state"] == "deleted"
    revise(any_editor, full, update={"state": "active"})
    assert changed(full, show(any_editor, full)) == {"metadata_modified"}
    assert beside(any_editor, full["resources"][0]) == (1, 1, {"label": "識別"})


def test_the_name_of_a_deleted_dataset_is_given_away(
    any_editor: Ckan, any_organization: Found, new: Found
) -> None:
    any_editor.call("package_delete", id=new["id"])
    other = create(any_editor, any_organization, name=new["name"])
    assert other["id"] != new["id"]
    assert show(any_editor, new)["name"] == new["id"]


def test_which_dates_the_datastore_moves(any_ckan: Ckan, any_editor: Ckan, full: Found) -> None:
    asked = {"resource_id": full["resources"][0]["id"], "force": True}
    any_editor.call("datastore_upsert", **asked, records=[{"ID": "a", "値": 2}])
    any_editor.call("datastore_create", **asked, fields=FIELDS)
    any_editor.call("datastore_delete", **asked, filters={"ID": ["a"]})
    assert show(any_editor, full) == full
    any_editor.call("datastore_delete", **asked)
    after = show(any_editor, full)
    # before 2.12 no date tells that a table came or went
    latest = any_ckan.call("status_show")["ckan_version"].startswith("2.12")
    dates = ["metadata_modified"] if latest else []
    assert changed(full, after) == {"resources", *dates}
    assert changed(full["resources"][0], after["resources"][0]) == {"datastore_active", *dates}


def test_what_a_table_does_not_say(any_editor: Ckan, full: Found) -> None:
    asked = {"resource_id": full["resources"][0]["id"], "force": True}
    text = [FIELDS[0], FIELDS[1] | {"type": "text"}]
    any_editor.call("datastore_create", **asked, fields=text)
    fields = any_editor.call("datastore_info", id=asked["resource_id"])["fields"]
    assert [one["type"] for one in fields] == ["text", "numeric"]
    for _ in range(2):
        any_editor.call("datastore_upsert", **asked, records=[{"ID": None, "値": 1}])
    found = any_editor.call("datastore_search", resource_id=asked["resource_id"])["records"]
    assert [one["ID"] for one in found] == ["a", None, None]


def test_names_of_columns_are_cut_in_silence(any_editor: Ckan, new: Found) -> None:
    long = "年" * 22
    asked = {"resource": {"package_id": new["id"]}, "fields": [{"id": long, "type": "text"}]}
    made = any_editor.call("datastore_create", **asked)
    [field] = any_editor.call("datastore_info", id=made["resource_id"])["fields"]
    assert field["id"] == long[:21]


def test_empty_is_no_number(any_ckan: Ckan, any_editor: Ckan, full: Found) -> None:
    asked = {"resource_id": full["resources"][0]["id"], "force": True}
    records = [{"ID": "a", "値": ""}]
    if any_ckan.call("status_show")["ckan_version"].startswith("2.10"):
        assert refused(any_editor, "datastore_upsert", **asked, records=records)[0] == 409
    else:
        any_editor.call("datastore_upsert", **asked, records=records)
        found = any_editor.call("datastore_search", resource_id=asked["resource_id"])
        assert found["records"][0]["値"] is None


@pytest.mark.parametrize("key", ["uri", "extras_uri"])
def test_a_dataset_is_found_by_its_uri(
    any_ckan: Ckan, any_editor: Ckan, any_organization: Found, key: str
) -> None:
    uri = f"https://machidata.example/dataset/{uuid.uuid4().hex}"
    made = create(any_editor, any_organization, uri=uri, private=True)
    more = {"include_private": True, "include_drafts": True}
    found = any_editor.call("package_search", fq=f'{key}:"{uri}"', **more)
    assert [one["id"] for one in found["results"]] == [made["id"]]
    nobody = any_ckan.as_user("", "")
    assert nobody.call("package_search", fq=f'{key}:"{uri}"', **more)["count"] == 0
