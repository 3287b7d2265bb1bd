"""Made-up tables that satisfy every Table Schema; shared by the tests of check and package."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pipelines.model import Row, Table, Tables, Value
from pipelines.vocabulary import table_schemas

CODE = "022055"
NAME = "青森県五所川原市"
PLAN = "022055-dx-plan"

_FIXED: dict[str, Value] = {
    "全国地方公共団体コード": CODE,
    "地方公共団体名": NAME,
    "計画ID": PLAN,
    "策定年月": "2022-03",
    "改訂年月": "2024-10",
    "時点": "2025-03-31",
    "出典ハッシュ": "0123456789abcdef" * 4,
    "検査": "row-short",
    "表": "plan",
    "行ID": PLAN,
    "列": "名称",
}
_TARGETS = {"施策ID": "policy", "取組ID": "initiative", "指標ID": "indicator"}


def row_id(slug: str, number: int) -> str:
    """The ID of a made-up row; plans number from 1 so that the first is the package's own."""
    return PLAN if slug == "plan" and number == 0 else f"{PLAN}-{slug}-{number}"


def _value(slug: str, field: dict[str, Any], number: int) -> Value:
    name = field["name"]
    known: dict[str, Value] = {
        **_FIXED,
        **{column: row_id(target, 0) for column, target in _TARGETS.items()},
        "ID": row_id(slug, number),
        "上位ID": row_id(slug, number - 1) if number else None,
        "階層": number + 1 if number < 20 else 20,
    }
    if name in known:
        return known[name]
    choices = field.get("constraints", {}).get("enum")
    if choices:
        return str(choices[number % len(choices)])
    by_type: dict[str, Value] = {"integer": 2022 + number % 4, "number": Decimal(number) / 10}
    return by_type.get(field["type"], f"{name}の例{number}")


def sample_row(slug: str, number: int = 0) -> Row:
    """A valid row of a table."""
    return {f["name"]: _value(slug, f, number) for f in table_schemas()[slug]["fields"]}


def sample_tables(rows: int = 3, provenance: int | None = None) -> Tables:
    """Valid tables: `rows` rows in every table but `finding` (made when packaging)."""
    tables = Tables(code=CODE, municipality=NAME, plan_id=PLAN)
    for slug in table_schemas():
        if slug != "finding":
            count = provenance if slug == "provenance" and provenance else rows
            tables.tables[slug] = Table(slug, [sample_row(slug, n) for n in range(count)])
    return tables
