"""The DataStore of the station: tables, dictionaries, rights, views."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

import pytest

from tests.ckan.client import Ckan, CkanError

FIELDS = [
    {"id": "全国地方公共団体コード", "type": "text", "info": {"label": "コード", "notes": "code"}},
    {"id": "ID", "type": "text"},
    {"id": "値", "type": "numeric"},
    {"id": "時点", "type": "date"},
]
ROWS = [
    {"全国地方公共団体コード": "022055", "ID": "a", "値": "1.50", "時点": "2024-04-01"},
    {"全国地方公共団体コード": "022055", "ID": "b", "値": None, "時点": None},
]
FILE = ("022055_plan.csv", "ID,値\r\na,1.50\r\n".encode())


@pytest.fixture
def table(ckan: Ckan, organization: dict[str, Any], editor: Ckan) -> str:
    """An uploaded resource with a table in the DataStore, made by an editor; its id."""
    dataset = editor.call(
        "package_create",
        **{"name": f"test-{uuid.uuid4().hex[:12]}", "title": "計画", "notes": "表"},
        owner_org=organization["id"],
    )
    made = editor.send("resource_create", {"upload": FILE}, {"package_id": dataset["id"]})
    asked = {"resource_id": made["id"], "force": True}
    editor.call("datastore_create", **asked, fields=FIELDS, primary_key=["ID"], records=ROWS)
    return str(made["id"])


def rows(ckan: Ckan, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ckan.call("datastore_search", resource_id=table)["records"]
    return found


def test_an_upsert_changes_its_rows_and_no_others(editor: Ckan, table: str) -> None:
    before = rows(editor, table)
    changed = [ROWS[0] | {"値": "2.50"}, ROWS[0] | {"ID": "c", "値": 0}]
    editor.call("datastore_upsert", resource_id=table, force=True, records=changed)
    after = rows(editor, table)
    assert [row["値"] for row in after] == [2.5, None, 0]
    assert after[:2] == [before[0] | {"値": 2.5}, before[1]]


def test_the_dictionary_and_the_types_are_kept(editor: Ckan, table: str) -> None:
    fields = editor.call("datastore_info", id=table)["fields"]
    assert [(one["id"], one["type"]) for one in fields] == [(f["id"], f["type"]) for f in FIELDS]
    assert fields[0]["info"] == FIELDS[0]["info"]
    assert [one["id"] for one in fields if one["schema"]["is_index"]] == ["ID"]
    assert editor.call("resource_show", id=table)["datastore_active"] is True


def test_the_dump_has_japanese_columns_and_no_mark_at_the_start(ckan: Ckan, table: str) -> None:
    dumped = ckan.get(f"/datastore/dump/{table}").decode("utf-8")
    header, *lines = csv.reader(io.StringIO(dumped))
    assert header == ["_id", *(field["id"] for field in FIELDS)]
    assert lines == [["1", "022055", "a", "1.50", "2024-04-01"], ["2", "022055", "b", "", ""]]


def test_without_force_an_upload_is_refused(editor: Ckan, table: str) -> None:
    with pytest.raises(CkanError) as refused:
        editor.call("datastore_upsert", resource_id=table, records=ROWS)
    assert refused.value.status == 409
    assert "read-only" in refused.value.error


def test_a_member_may_not_write(ckan: Ckan, member: Ckan, table: str) -> None:
    with pytest.raises(CkanError) as refused:
        member.call("datastore_upsert", resource_id=table, force=True, records=ROWS)
    assert refused.value.status == 403
    assert len(rows(member, table)) == 2


@pytest.mark.parametrize("kind", ["text_view", "image_view", "datatables_view"])
def test_views_that_ckan_brings(editor: Ckan, table: str, kind: str) -> None:
    made = editor.call("resource_view_create", resource_id=table, title="表", view_type=kind)
    assert made["id"] in [one["id"] for one in editor.call("resource_view_list", id=table)]


def test_without_scheming_too(editor_legacy: Ckan, organization_legacy: dict[str, Any]) -> None:
    dataset = editor_legacy.call(
        "package_create", name=f"test-{uuid.uuid4().hex[:12]}", owner_org=organization_legacy["id"]
    )
    asked = {"resource": {"package_id": dataset["id"]}, "fields": FIELDS, "records": ROWS}
    made = editor_legacy.call("datastore_create", **asked, primary_key=["ID"])
    assert len(rows(editor_legacy, made["resource_id"])) == 2
