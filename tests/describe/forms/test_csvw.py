"""The CSVW table group says what the Table Schemas say; `make judges` has it judged by others."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from pipelines.describe.forms.csvw import FILE, column_names, csvw, datatype
from pipelines.describe.model import Column, TableShape, text
from tests.describe.forms.models import BASE, HOSTILE, make_dataset


def group(**changes: Any) -> dict[str, Any]:
    return json.loads(csvw(make_dataset(**changes)))


def table(slug: str) -> dict[str, Any]:
    return next(one for one in group()["tables"] if one["url"] == f"022055_{slug}.csv")


def columns(slug: str) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in table(slug)["tableSchema"]["columns"]}


def column(**said: Any) -> Column:
    return Column(
        **{"name": "列", "title": text("列"), "description": {}, "kind": "string", **said}
    )


def test_addresses_are_the_names_of_the_files_beside_it() -> None:
    dataset = make_dataset()
    urls = [one["url"] for one in json.loads(csvw(dataset))["tables"]]
    assert FILE == "data/csv-metadata.json"
    assert [f"data/{url}" for url in urls] == [file.path for file in dataset.distributions]


def test_a_file_elsewhere_is_reached_from_there() -> None:
    dataset = make_dataset()
    moved = replace(dataset.distributions[0], path="other/a b.csv")
    found = json.loads(csvw(replace(dataset, distributions=(moved,))))
    assert found["tables"][0]["url"] == "../other/a%20b.csv"


def test_headers_stand_in_titles_and_english_beside_them() -> None:
    dataset = make_dataset()
    for one, file in zip(json.loads(csvw(dataset))["tables"], dataset.distributions, strict=True):
        said = [column["titles"] for column in one["tableSchema"]["columns"]]
        assert said == [column.name for column in file.shape.columns]
    english = {"@value": "Fiscal year", "@language": "en"}
    assert columns("observation")["fiscal_year"]["rdfs:label"] == english


def test_names_are_variables_of_uri_templates() -> None:
    shape = TableShape(
        tuple(
            column(name=name, physical_name=physical)
            for name, physical in [
                ("一", "one"), ("二", "same"), ("三", "same"), ("四", "_four"), ("_五-", ""),
            ]
        )
    )  # fmt: skip
    names = column_names(shape)
    assert names["一"] == "one"
    assert names["二"] == "%E4%BA%8C"
    assert names["四"] == "%E5%9B%9B"
    assert names["_五-"] == "%5F%E4%BA%94%2D"
    assert all(re.fullmatch(r"(?!_)([0-9A-Za-z_]|%[0-9A-F]{2})+", name) for name in names.values())
    assert len(set(names.values())) == len(shape.columns)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, "string"),
        ({"pattern": "^[0-9]{6}$"}, {"base": "string", "format": "^[0-9]{6}$"}),
        ({"words": ("有", "a.b|c")}, {"base": "string", "format": r"^(?:有|a\.b\|c)$"}),
        ({"pattern": "[0-9]+"}, {"base": "string", "format": "^(?:[0-9]+)$"}),
        ({"pattern": "^a|b$"}, {"base": "string", "format": "^(?:^a|b$)$"}),
        ({"kind": "integer", "least": "1868"}, {"base": "integer", "minimum": 1868}),
        ({"kind": "number", "least": "-0.5", "most": "1"},
         {"base": "decimal", "minimum": "-0.5", "maximum": 1}),
        ({"kind": "date"}, "date"),
        ({"kind": "yearmonth"}, "gYearMonth"),
        ({"kind": "time"}, "string"),
        ({"kind": "geopoint"}, "string"),
    ],
)  # fmt: skip
def test_datatypes(said: dict[str, Any], wanted: object) -> None:
    assert datatype(column(**said)) == wanted


def test_keys_and_links() -> None:
    schema = table("observation")["tableSchema"]
    assert schema["primaryKey"] == ["id"]
    assert schema["aboutUrl"] == f"{BASE}dataset/022055-dx-plan/observation#row={{id}}"
    assert {
        "columnReference": ["plan_id"],
        "reference": {"resource": "022055_plan.csv", "columnReference": ["id"]},
    } in schema["foreignKeys"]
    wanted = f"{BASE}dataset/022055-dx-plan/indicator#row={{indicator_id}}"
    assert columns("observation")["indicator_id"]["valueUrl"] == wanted


def test_a_key_that_may_be_empty_is_a_link_alone() -> None:
    schema = table("policy")["tableSchema"]
    keys = [key["columnReference"] for key in schema["foreignKeys"]]
    assert ["parent_policy_id"] not in keys
    assert columns("policy")["parent_policy_id"]["valueUrl"].endswith("#row={parent_policy_id}")


def test_a_key_to_a_table_that_is_not_here_is_left_out() -> None:
    dataset = make_dataset()
    files = tuple(file for file in dataset.distributions if file.slug == "observation")
    found = json.loads(csvw(replace(dataset, distributions=files)))["tables"][0]["tableSchema"]
    assert "foreignKeys" not in found
    assert not [one for one in found["columns"] if "valueUrl" in one]


def test_only_a_stated_licence() -> None:
    assert "dc:license" in group(licence="CC-BY-4.0")
    bare = group(licence="")
    assert "dc:license" not in json.dumps(bare)
    assert bare["dc:rights"]["@id"] == BASE + "rights/undetermined"


def test_hostile_words_stay_words() -> None:
    found = group(title=HOSTILE, description=HOSTILE)
    assert {"@value": HOSTILE, "@language": "ja"} in found["dc:title"]


def test_bytes() -> None:
    data = csvw(make_dataset())
    assert data == csvw(make_dataset())
    assert data.endswith(b"}\n")
    assert b"\r" not in data
    assert "年度".encode() in data
