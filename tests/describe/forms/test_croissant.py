"""Croissant: files, record sets and fields; `make judges` has it read by others."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from pipelines.describe.forms.croissant import CONFORMS_TO, croissant, semantic_version
from tests.describe.forms.models import BASE, HOSTILE, make_dataset


def said(**changes: Any) -> dict[str, Any]:
    return json.loads(croissant(make_dataset(**changes)))


def fields(slug: str) -> dict[str, dict[str, Any]]:
    found = next(one for one in said()["recordSet"] if one["@id"] == slug)
    return {one["@id"]: one for one in found["field"]}


def test_every_table_is_a_file_and_a_record_set() -> None:
    dataset = make_dataset()
    found = json.loads(croissant(dataset))
    assert found["conformsTo"] == CONFORMS_TO
    for file, one, records in zip(
        dataset.distributions, found["distribution"], found["recordSet"], strict=True
    ):
        assert one["contentUrl"] == file.download_url
        assert (one["sha256"], one["contentSize"]) == (file.sha256, f"{file.size} B")
        headers = [field["source"]["extract"]["column"] for field in records["field"]]
        assert headers == [column.name for column in file.shape.columns]
        assert {f["source"]["fileObject"]["@id"] for f in records["field"]} == {one["@id"]}


def test_names_are_ascii_and_the_headers_are_in_the_descriptions() -> None:
    for records in said()["recordSet"]:
        for field in records["field"]:
            assert re.fullmatch(r"[a-z0-9_]+/[a-z0-9_]+", field["@id"])
            assert field["description"].startswith(field["source"]["extract"]["column"])


def test_types_keys_and_references() -> None:
    found = fields("observation")
    types = {name.split("/")[1]: field["dataType"] for name, field in found.items()}
    assert types["fiscal_year"] == "sc:Integer"
    assert types["value"] == "sc:Float"
    assert types["local_government_code"] == "sc:Text"
    assert found["observation/indicator_id"]["references"] == {"field": {"@id": "indicator/id"}}
    assert "references" not in fields("policy")["policy/parent_policy_id"]
    keys = {one["@id"]: one["key"] for one in said()["recordSet"]}
    assert keys["observation"] == [{"@id": "observation/id"}]


def test_only_what_is_stated() -> None:
    assert said(licence="CC-BY-4.0")["license"].startswith("https://creativecommons.org/")
    bare = said(licence="")
    assert "license" not in bare
    assert "citeAs" not in bare
    assert bare["creator"]["@id"] == BASE + "organization/022055"


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("1.0.0", "1.0.0"), ("2", "2.0.0"), ("1.3", "1.3.0"), ("2024", "2024.0.0"),
     ("01.2", ""), ("1.2.3.4", ""), ("令和6年版", ""), ("", "")],
)  # fmt: skip
def test_versions(written: str, wanted: str) -> None:
    assert semantic_version(written) == wanted


def test_hostile_words_stay_words() -> None:
    assert said(title=HOSTILE)["name"] == HOSTILE
    assert croissant(make_dataset()) == croissant(make_dataset())
