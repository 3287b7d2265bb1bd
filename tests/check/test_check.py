"""`check` on clean tables and on one planted fault at a time."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.check import check
from pipelines.check.columns import Columns
from pipelines.check.judge import judged
from pipelines.check.strict import strict_faults
from pipelines.check.tables import table_faults
from pipelines.model import Table, Tables
from pipelines.vocabulary import table_schemas
from tests.check.samples import PLAN, row_id, sample_row, sample_tables


def codes(tables: Tables) -> list[tuple[str, str, str]]:
    return [(f.code, f.table, f.place) for f in check(tables)]


def planted(slug: str, column: str, value: object, row: int = 1) -> Tables:
    tables = sample_tables()
    tables.tables[slug].rows[row][column] = value  # type: ignore[assignment]
    return tables


def test_clean_tables_have_no_findings() -> None:
    assert check(sample_tables(rows=9)) == []


def test_no_tables_have_no_findings() -> None:
    assert check(Tables(code="022055", municipality="青森県五所川原市", plan_id=PLAN)) == []


def test_the_finding_table_has_a_schema_that_is_checked_too() -> None:
    tables = sample_tables()
    tables.tables["finding"] = Table("finding", [sample_row("finding", n) for n in range(3)])
    assert check(tables) == []
    tables.rows("finding")[2]["重大度"] = "重大"
    assert codes(tables) == [("schema-enum", "finding", "行4 重大度")]


CELL_FAULTS = [
    # table, column, value, code
    ("observation", "年度", "令和4年度", "schema-type"),
    ("observation", "年度", "２０２２", "schema-type"),  # frictionless takes it for 2022
    ("observation", "年度", "2_022", "schema-type"),  # and this
    ("observation", "年度", " 2022 ", "schema-type"),  # and this
    ("observation", "年度", "2022", "schema-type"),  # a year is an int, never text
    ("observation", "年度", Decimal("2022"), "schema-type"),
    ("observation", "年度", Decimal("Infinity"), "schema-type"),
    ("observation", "年度", Decimal("1E+999999"), "schema-type"),
    ("observation", "年度", Decimal("sNaN"), "schema-type"),
    ("observation", "値", Decimal("sNaN"), "schema-type"),
    ("observation", "年度", True, "schema-type"),
    ("observation", "年度", 2022.0, "schema-type"),
    ("observation", "年度", 4, "schema-range"),
    ("observation", "年度", 20222, "schema-range"),
    ("observation", "年度", 10**5000, "schema-range"),
    ("observation", "年度", None, "schema-required"),
    ("observation", "値", "14000", "schema-type"),
    ("observation", "値", "NaN", "schema-type"),
    ("observation", "値", Decimal("NaN"), "schema-type"),
    ("observation", "値", Decimal("Infinity"), "schema-type"),
    ("observation", "値", float("inf"), "schema-type"),
    ("observation", "値", 1.5, "schema-type"),
    ("observation", "値", Decimal("1E+999999"), "schema-range"),
    ("observation", "値", Decimal("1E-999999"), "schema-range"),
    ("observation", "値", 10**5000, "schema-range"),
    ("observation", "種別", "見込値", "schema-enum"),
    ("observation", "種別", "", "schema-required"),
    ("observation", "欠測理由", "不明", "schema-enum"),
    ("observation", "時点", "2025-13", "schema-pattern"),
    ("observation", "時点", "2025-03-31\n", "schema-pattern"),  # `$` lets the break pass
    ("observation", "指標名", 12, "schema-type"),
    ("observation", "指標名", 10**5000, "schema-type"),
    ("observation", "指標ID", "022055-dx-plan-indicator-99", "schema-reference"),
    ("observation", "取組ID", "022055-dx-plan-99", "schema-reference"),
    ("policy", "上位ID", "022055-dx-plan-policy-99", "schema-reference"),
    ("policy", "計画ID", "022055-other", "schema-reference"),
    ("policy", "計画ID", None, "schema-required"),
    ("policy", "階層", 0, "schema-range"),
    ("plan", "策定年月", "2022-3", "schema-pattern"),
    ("plan", "出典ハッシュ", "abc", "schema-pattern"),
    ("plan", "名称", "   ", "schema-required"),
    ("plan", "名称", "制御\x0b文字", "schema-character"),
    ("plan", "名称", "壊れた\ud83d", "schema-character"),
    ("initiative", "継続区分", "完了;新規", "schema-enum"),
    ("status", "進捗", "順調", "schema-enum"),
    ("activity", "ID", row_id("activity", 0), "schema-key"),
    ("activity", "ID", None, "schema-required"),
    ("activity", "ID", "令和4", "schema-pattern"),
    ("activity", "ID", "../x", "schema-pattern"),
    ("activity", "全国地方公共団体コード", "22055", "schema-pattern"),
    ("activity", "全国地方公共団体コード", "022063", "schema-municipality"),
    ("provenance", "行ID", "022055-dx-plan-plan-99", "schema-reference"),
    ("provenance", "表", "finding", "schema-enum"),
]


@pytest.mark.parametrize(
    ("slug", "column", "value", "code"),
    CELL_FAULTS,
    ids=[f"{slug}-{column}-{n}" for n, (slug, column, _, _) in enumerate(CELL_FAULTS)],
)
def test_a_planted_fault_is_found_at_its_cell(
    slug: str, column: str, value: object, code: str
) -> None:
    found = [f for f in check(planted(slug, column, value)) if f.table == slug]
    at_cell = [f for f in found if f.place == f"行3 {column}"]
    assert code in [f.code for f in at_cell]
    assert len({(f.code, f.place) for f in found}) == len(found), "a fault is reported twice"
    assert all(f.severity == "誤り" and f.message and f.message_en for f in found)


ALLOWED = [
    ("observation", "値", Decimal("-3.20")),
    ("observation", "値", 14000),
    ("observation", "値", None),
    ("observation", "指標名", "<script>alert(1)</script>"),
    ("observation", "原文", "一行目\n二行目"),
    ("observation", "時点", "2025"),
    ("goal", "期限年度", None),
    ("initiative", "継続区分", "新規;完了"),
    ("policy", "上位ID", None),
    ("indicator", "取組ID", ""),
]


@pytest.mark.parametrize(("slug", "column", "value"), ALLOWED)
def test_what_is_allowed_is_not_reported(slug: str, column: str, value: object) -> None:
    assert check(planted(slug, column, value)) == []


def test_a_finding_says_where_what_and_how_to_fix() -> None:
    (finding,) = check(planted("observation", "種別", "見込値"))
    assert finding.row_id == row_id("observation", 1)
    assert finding.found == "見込値"
    assert finding.expected == "基準値 / 目標値 / 実績値"
    assert "見込値" in finding.message
    assert "見込値" in finding.message_en
    assert "実績値" in finding.fix
    assert "実績値" in finding.fix_en


def test_a_repeated_id_names_the_line_of_the_first() -> None:
    (finding,) = check(planted("activity", "ID", row_id("activity", 0)))
    assert (finding.place, finding.found, finding.expected) == (
        "行3 ID",
        row_id("activity", 0),
        "行2",
    )


def test_an_unknown_column_is_not_dropped_silently() -> None:
    tables = sample_tables()
    tables.rows("goal")[0]["達成率"] = Decimal(3)
    (finding,) = check(tables)
    assert (finding.code, finding.place, finding.found) == ("schema-column", "行2", "達成率")


def test_an_absent_column_counts_as_empty() -> None:
    tables = sample_tables()
    del tables.rows("goal")[0]["単位"]
    assert check(tables) == []
    del tables.rows("goal")[0]["計画ID"]
    assert codes(tables) == [("schema-required", "goal", "行2 計画ID")]


def test_an_unknown_table_is_a_finding() -> None:
    tables = sample_tables()
    tables.tables["budget"] = Table("budget", [])
    assert codes(tables) == [("schema-column", "budget", "")]


def test_a_reference_to_a_table_that_is_absent_is_a_fault() -> None:
    tables = sample_tables(rows=1)
    for slug in ("initiative", "provenance"):
        del tables.tables[slug]
    found = codes(tables)
    assert found
    assert {code for code, _, _ in found} == {"schema-reference"}
    assert {place for _, _, place in found} == {"行2 取組ID"}


def test_a_wrong_check_digit_is_found_once_for_the_package() -> None:
    tables = sample_tables(rows=1)
    tables.code = "022054"
    for table in tables:
        for row in table.rows:
            row["全国地方公共団体コード"] = "022054"
    (finding,) = check(tables)
    assert (finding.code, finding.found, finding.expected) == (
        "schema-municipality",
        "022054",
        "022055",
    )


def test_there_is_no_cap_on_the_number_of_findings() -> None:
    tables = sample_tables(rows=1200)
    for row in tables.rows("term"):
        row["用語"] = None
    assert len(check(tables)) == 1200


def test_a_huge_hostile_value_is_shortened_in_the_finding() -> None:
    (finding,) = check(planted("observation", "種別", "<b>\u202e" + "x" * 1_000_000))
    assert len(finding.found) < 300
    assert "\u202e" not in finding.message


def test_findings_come_in_the_order_of_tables_and_lines() -> None:
    tables = sample_tables()
    tables.tables = dict(reversed(tables.tables.items()))
    tables.rows("term")[2]["用語"] = None
    tables.rows("term")[0]["用語"] = None
    tables.rows("plan")[1]["名称"] = None
    assert [(t, p) for _, t, p in codes(tables)] == [
        ("plan", "行3 名称"),
        ("term", "行2 用語"),
        ("term", "行4 用語"),
    ]


def test_frictionless_itself_sees_what_it_is_there_for() -> None:
    """The engine alone, without our rules: types, enums, patterns, required, keys, references."""
    for slug, column, value, rule in [
        ("observation", "年度", "令和4年度", "type"),
        ("observation", "種別", "見込値", "enum"),
        ("observation", "年度", 4, "range"),
        ("plan", "策定年月", "2022-3", "pattern"),
        ("plan", "名称", None, "required"),
        ("activity", "ID", row_id("activity", 0), "key"),
        ("goal", "施策ID", "nowhere", "reference"),
    ]:
        tables = planted(slug, column, value)
        rows = {s: t.rows for s, t in tables.tables.items()}
        assert [f.rule for f in judged(rows, table_schemas())] == [rule], (slug, column)


def test_the_holes_of_frictionless_are_real() -> None:
    """If frictionless learns to refuse these, our own rule is no longer needed for them."""
    for column, value in [("年度", "２０２２"), ("年度", "2_022"), ("値", Decimal("Infinity"))]:
        rows = {s: t.rows for s, t in planted("observation", column, value).tables.items()}
        assert judged(rows, table_schemas()) == []
        schema = table_schemas()["observation"]
        assert strict_faults("observation", Columns(rows["observation"]), schema)


def test_a_pattern_with_alternatives_is_held_to_the_whole_value() -> None:
    schema: dict[str, Any] = {
        "name": "t",
        "fields": [{"name": "ID", "type": "string", "constraints": {"pattern": "a|b"}}],
        "primaryKey": ["ID"],
    }
    assert [f.rule for f in table_faults({"t": [{"ID": "axxx"}]}, {"t": schema})] == ["pattern"]
    assert table_faults({"t": [{"ID": "b"}]}, {"t": schema}) == []


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.text(),
    st.lists(st.integers(), max_size=2),
)


@settings(max_examples=25, deadline=None)
@given(value=anything, column=st.sampled_from(["ID", "年度", "値", "種別", "指標ID", "原文"]))
def test_no_value_breaks_the_check(value: object, column: str) -> None:
    findings = check(planted("observation", column, value))
    assert all(f.code.startswith("schema-") for f in findings)


def test_the_same_tables_give_the_same_findings() -> None:
    make: Callable[[], Tables] = lambda: planted("observation", "種別", "見込値")  # noqa: E731
    assert check(make()) == check(make())
