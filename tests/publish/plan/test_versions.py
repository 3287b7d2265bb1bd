"""Version numbers and the change log of the data."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.publish.plan.model import (
    SEVERITIES,
    DatasetChange,
    FieldChange,
    TableDiff,
    Version,
    version_numbers,
)
from pipelines.publish.plan.tables import Column, TableText, diff_tables
from pipelines.publish.plan.versions import changelog, derive
from tests.publish.plan.sample import resource, sample


@pytest.mark.parametrize(
    ("published", "none", "revision", "additive", "breaking"),
    [
        ("1.2.3", "1.2.3", "1.2.4", "1.3.0", "2.0.0"),
        ("0.9.0", "0.9.0", "0.9.1", "0.10.0", "1.0.0"),
        ("1.2", "1.2", "1.2.1", "1.3.0", "2.0.0"),
        ("3", "3", "3.0.1", "3.1.0", "4.0.0"),
        ("v1.0.0", "v1.0.0", "1.0.1", "1.1.0", "2.0.0"),
        ("1.0.0-rc.1+5", "1.0.0-rc.1+5", "1.0.1", "1.1.0", "2.0.0"),
        ("", "", "", "", ""),
        ("令和6年版", *["令和6年版"] * 4),
        ("2024-04", *["2024-04"] * 4),
        ("2024-04-01", *["2024-04-01"] * 4),
        ("2024.04.01", *["2024.04.01"] * 4),
        ("1.2.3.4", *["1.2.3.4"] * 4),
        ("9" * 5000, *["9" * 5000] * 4),
    ],
)
def test_the_version_that_a_change_asks_for(
    published: str, none: str, revision: str, additive: str, breaking: str
) -> None:
    assert [derive(published, one) for one in SEVERITIES] == [none, revision, additive, breaking]


@given(st.text("0123456789.v-a ", max_size=12), st.sampled_from(SEVERITIES[1:]))
def test_a_derived_version_is_higher_or_the_published_one(published: str, severity: str) -> None:
    derived = derive(published, severity)  # type: ignore[arg-type]
    if derived != published:
        assert version_numbers(derived) > version_numbers(published)
    assert not Version(published, derived, derived).too_low
    assert Version(published, published, derived).too_low == (derived != published)


@pytest.mark.parametrize(
    ("declared", "derived", "expected"),
    [
        ("1.1.0", "1.2.0", True),
        ("1.2", "1.2.0", False),
        ("1.10.0", "1.9.9", False),
        ("令和7年版", "1.2.0", False),
        ("1.0.0", "", False),
        ("1.0.0", "9" * 5000, False),
    ],
)
def test_a_version_that_is_too_low(declared: str, derived: str, *, expected: bool) -> None:
    assert Version("1.0.0", declared, derived).too_low is expected


def of(diff: TableDiff | None, **changes: object) -> DatasetChange:
    one = resource("t", "表", diff=diff, **changes)
    return DatasetChange("d", "i", "x", "題", "update", resources=(one,))


def test_sentences_on_rows_and_columns() -> None:
    changed, created = sample().datasets[:2]
    assert changed.changelog == (
        (
            "表「指標」: 列を追加（方向）、1 行を追加（dx-05-1）、"
            "2 行の値を変更（dx-04-1、dx-04-2、列: 方向）。",
            "Table 指標: columns added (方向), 1 row added (dx-05-1), "
            "values of 2 rows changed (dx-04-1, dx-04-2; columns: 方向).",
        ),
        (
            "表「実績値」: 1 行を削除（dx-04-2-2023）、"
            "2 行の値を変更（dx-04-1-2023、dx-04-1-2024、列: 値）。",
            "Table 実績値: 1 row removed (dx-04-2-2023), "
            "values of 2 rows changed (dx-04-1-2023, dx-04-1-2024; columns: 値).",
        ),
        ("表「用語」を追加しました（7 行）。", "Table 用語 added (7 rows)."),
        ("表「目標」の配信を停止しました。", "Table 目標 withdrawn."),
    )
    assert created.changelog == (("表 1 件で公開を始めました。", "First published, with 1 table."),)


def test_a_long_list_says_how_many_more() -> None:
    old = TableText((Column("ID"),), ("ID",), [])
    new = TableText((Column("ID"),), ("ID",), [(f"r{n}",) for n in range(1_500)])
    assert changelog(of(diff_tables(old, new))) == (
        (
            "表「表」: 1,500 行を追加（r0、r1、r2、ほか 1,497）。",
            "Table 表: 1,500 rows added (r0, r1, r2, 1,497 more).",
        ),
    )


def test_structure_and_tables_without_a_key() -> None:
    diff = TableDiff(
        columns_removed=("甲",),
        columns_retyped=(("乙", "string", "integer"),),
        columns_moved=True,
        key_changed=True,
        added=2,
        removed=1,
        keyed=False,
    )
    ((ja, en),) = changelog(of(diff))
    assert ja == (
        "表「表」: 列を削除（甲）、列の型を変更（乙）、列の位置を変更、主キーを変更、"
        "行の入れ替え（追加 2、削除 1）。"
    )
    assert en == (
        "Table 表: columns removed (甲), types of columns changed (乙), columns moved, "
        "primary key changed, rows replaced (2 added, 1 removed)."
    )


def test_what_is_no_change_of_data_is_not_told() -> None:
    assert changelog(of(TableDiff(unchanged=3), fields=(FieldChange("a", 1, 2),))) == ()
    assert changelog(of(TableDiff(unchanged=3, keyed=False))) == ()
    assert changelog(of(None)) == ()


def test_a_file_that_could_not_be_compared_and_datasets_that_go_and_come_back() -> None:
    changed = sample().datasets[0]
    file = changed.resources[0].file
    assert changelog(of(None, file=file)) == (
        ("「表」のファイルを置き換えました。", "The file of 表 was replaced."),
    )
    assert changelog(replace(changed, action="withdraw")) == (
        ("配信を停止しました。", "Withdrawn."),
    )
    back = changelog(replace(changed, action="revive"))
    assert back == (("公開を再開しました。", "Published again."), *changed.changelog)
