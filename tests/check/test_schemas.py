"""Contract tests over every Table Schema and every field (design.md section 4)."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import pytest

from pipelines.vocabulary import scheme, table_schemas

HEAD = ["全国地方公共団体コード", "ID", "地方公共団体名"]
CONTRACT = {
    "plan": "名称, 版, 開始年度, 終了年度, 策定年月, 改訂年月, 出典, 出典ハッシュ, 備考",
    "policy": "計画ID, 上位ID, 階層, 番号, 名称",
    "initiative": (
        "計画ID, 施策ID, 番号, 名称, 担当課, 担当グループ, 内容, 期待される効果, 継続区分"
    ),
    "indicator": "計画ID, 取組ID, 枝番, 名称, 単位, 値の種別, 望ましい方向",
    "observation": (
        "計画ID, 取組ID, 指標ID, 指標名, 年度, 年度_和暦, 時点, 種別, 値, 単位, 状態, 限定, "
        "欠測理由, 原文"
    ),
    "activity": "計画ID, 取組ID, 年度, 内容",
    "status": "計画ID, 取組ID, 項目番号, 項目名, 年度, 記号, 進捗",
    "measurement": "計画ID, 取組ID, 名称, 値, 単位, 限定, 担当課, 年度, 原文",
    "goal": "計画ID, 施策ID, 番号, 内容, 値, 単位, 期限年度",
    "term": "計画ID, 索引, 用語, 解説",
    "provenance": "表, 行ID, 列, 出典ハッシュ, 位置, 原文, 適用規則",
    "finding": ("検査, 重大度, 対象表, 対象ID, 位置, 記載値, 期待値, 説明, 説明_英語, 対処"),
}
REFERENCES = {
    "計画ID": "plan",
    "施策ID": "policy",
    "上位ID": "policy",
    "取組ID": "initiative",
    "指標ID": "indicator",
}
PROSE = {"内容", "期待される効果", "解説", "説明"}
FIELD_KEYS = {
    "name",
    "title",
    "description",
    "type",
    "rdfType",
    "physicalName",
    "bareNumber",
    "decimalChar",
    "constraints",
    "machidata:scheme",
    "machidata:prose",
}

SCHEMAS = table_schemas()
FIELDS = [(slug, field) for slug, schema in SCHEMAS.items() for field in schema["fields"]]
FIELD_IDS = [f"{slug}-{field['physicalName']}" for slug, field in FIELDS]


def test_every_table_has_exactly_one_schema_file() -> None:
    folder = files("vocab").joinpath("schemas")
    names = {item.name for item in folder.iterdir() if item.name.endswith(".json")}
    assert names == {f"{slug}.json" for slug in CONTRACT}
    assert list(SCHEMAS) == list(CONTRACT)


@pytest.mark.parametrize("slug", CONTRACT)
def test_the_headers_are_those_of_the_contract(slug: str) -> None:
    names = [field["name"] for field in SCHEMAS[slug]["fields"]]
    assert names == HEAD + CONTRACT[slug].split(", ")


@pytest.mark.parametrize("slug", CONTRACT)
def test_a_schema_states_what_it_is(slug: str) -> None:
    schema = SCHEMAS[slug]
    assert schema["$schema"] == "https://datapackage.org/profiles/2.0/tableschema.json"
    assert schema["name"] == slug
    assert schema["title"]
    assert schema["machidata:title_en"]
    assert schema["description"].endswith("。")
    assert schema["primaryKey"] == ["ID"]
    assert schema["missingValues"] == [""]
    # `exact` is the default; the published profile 2.0 refuses the word itself (it wants a list
    # where the standard wants a string), so the default is left to speak
    assert schema.get("fieldsMatch", "exact") == "exact"


@pytest.mark.parametrize("slug", CONTRACT)
def test_a_schema_file_is_written_in_one_way(slug: str) -> None:
    text = files("vocab").joinpath("schemas", f"{slug}.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(("slug", "field"), FIELDS, ids=FIELD_IDS)
def test_a_field_is_fully_described(slug: str, field: dict[str, Any]) -> None:
    assert field.keys() <= FIELD_KEYS
    assert re.fullmatch(r"[A-Z][A-Za-z ]+", field["title"]), "an English title"
    assert field["description"].endswith("。"), "a Japanese description"
    assert re.fullmatch(r"[a-z][a-z0-9_]*", field["physicalName"])
    assert re.fullmatch(r"https?://\S+", field["rdfType"])
    assert field["type"] in {"string", "integer", "number"}


@pytest.mark.parametrize(("slug", "field"), FIELDS, ids=FIELD_IDS)
def test_constraints_fit_the_type(slug: str, field: dict[str, Any]) -> None:
    allowed = {
        "string": {"required", "pattern", "enum"},
        "integer": {"required", "minimum", "maximum"},
        "number": set(),
    }
    constraints = field.get("constraints", {})
    assert constraints.keys() <= allowed[field["type"]]
    if "pattern" in constraints:
        pattern = constraints["pattern"]
        assert pattern.startswith("^")
        assert pattern.endswith("$")
        # a top-level `a|b` is read in different ways, and `\d` takes full-width digits for digits
        assert "|" not in re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)", "", pattern)
        assert "\\d" not in pattern
        assert re.compile(pattern)
    if "enum" in constraints:
        assert len(set(constraints["enum"])) == len(constraints["enum"])


@pytest.mark.parametrize("name", sorted({field["name"] for _, field in FIELDS}))
def test_the_same_name_means_the_same_everywhere(name: str) -> None:
    same = [field for _, field in FIELDS if field["name"] == name]
    for key in ("title", "description", "type", "rdfType", "physicalName", "machidata:scheme"):
        assert len({str(field.get(key)) for field in same}) == 1, key
    rules = [{**f.get("constraints", {}), "required": None} for f in same]
    assert all(rule == rules[0] for rule in rules), "only `required` may differ between tables"


def test_no_physical_name_or_title_stands_for_two_columns() -> None:
    for key in ("physicalName", "title"):
        pairs = {(field[key], field["name"]) for _, field in FIELDS}
        assert len(pairs) == len({first for first, _ in pairs}), key


@pytest.mark.parametrize("slug", CONTRACT)
def test_the_identifying_columns_are_required(slug: str) -> None:
    fields = {field["name"]: field for field in SCHEMAS[slug]["fields"]}
    for name in HEAD:
        assert fields[name]["constraints"]["required"] is True
    assert fields["全国地方公共団体コード"]["constraints"]["pattern"] == "^[0-9]{6}$"


@pytest.mark.parametrize("slug", CONTRACT)
def test_every_reference_has_its_target_and_every_id_column_its_reference(slug: str) -> None:
    schema = SCHEMAS[slug]
    names = [field["name"] for field in schema["fields"]]
    found = {}
    for key in schema.get("foreignKeys", ()):
        (column,) = key["fields"]
        target = key["reference"].get("resource", slug)
        assert key["reference"].get("resource") != slug, "a self reference leaves `resource` out"
        assert key["reference"]["fields"] == SCHEMAS[target]["primaryKey"]
        found[column] = target
    assert found == {name: REFERENCES[name] for name in names if name in REFERENCES}


def test_only_the_plan_must_always_be_referred_to() -> None:
    for slug, field in FIELDS:
        required = field.get("constraints", {}).get("required", False)
        if field["name"] == "計画ID":
            assert required
        elif field["name"] in REFERENCES and (slug, field["name"]) != ("observation", "指標ID"):
            assert not required


def test_running_text_is_marked() -> None:
    marked = {field["name"] for _, field in FIELDS if field.get("machidata:prose")}
    assert marked == PROSE
    assert all(f.get("machidata:prose") for _, f in FIELDS if f["name"] in PROSE)


def test_fiscal_years_are_whole_numbers_and_values_are_decimals() -> None:
    for _, field in FIELDS:
        if field["name"].endswith("年度"):
            assert field["type"] == "integer"
            assert field["constraints"]["minimum"] == 1868  # the first year of 明治
        if field["name"] == "値":
            assert (field["type"], field["bareNumber"], field["decimalChar"]) == (
                "number",
                True,
                ".",
            )


WITH_SCHEME = [(slug, f) for slug, f in FIELDS if "machidata:scheme" in f]


@pytest.mark.parametrize(
    ("slug", "field"), WITH_SCHEME, ids=[f["physicalName"] for _, f in WITH_SCHEME]
)
def test_every_choice_is_a_concept_of_its_scheme(slug: str, field: dict[str, Any]) -> None:
    labels = {concept.ja for concept in scheme(field["machidata:scheme"])}
    enum = field.get("constraints", {}).get("enum", ())
    assert {part for choice in enum for part in choice.split(";")} <= labels


def test_closed_vocabularies_are_enums_and_open_ones_are_not() -> None:
    cited: dict[bool, set[str]] = {True: set(), False: set()}
    for _, field in WITH_SCHEME:
        cited["enum" in field.get("constraints", {})].add(field["machidata:scheme"])
    closed = {"kinds", "missing", "progress", "continuation", "severity", "measures", "directions"}
    assert cited == {True: closed, False: {"units", "qualifiers", "words", "marks"}}


def test_the_tables_named_in_provenance_exist() -> None:
    (field,) = [f for slug, f in FIELDS if slug == "provenance" and f["name"] == "表"]
    assert field["constraints"]["enum"] == [
        s for s in SCHEMAS if s not in ("provenance", "finding")
    ]
