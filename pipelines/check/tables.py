"""`check_tables`: every tidy table of a package against its Table Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipelines.check.columns import by_column
from pipelines.check.engine import validate
from pipelines.check.fault import Fault, merge, text_of
from pipelines.check.strict import provenance_faults, strict_faults
from pipelines.model import Finding, Row, Tables
from pipelines.vocabulary import check_digit, table_schemas

_CODE = "全国地方公共団体コード"


def check_tables(tables: Tables) -> list[Finding]:
    """The findings of a package's tables: schema, keys, references and the municipality's code.

    `pipelines.check.engine` knows a clean table and has frictionless judge every other one;
    `pipelines.check.strict` adds what frictionless lets pass. The findings come in the order of
    design.md's tables, then of lines and columns. Every finding is an 誤り, because a table that
    breaks its schema must not be published. A table with a slug that the vocabulary does not know
    is a finding too.
    """
    schemas = table_schemas()
    given = {slug: table.rows for slug, table in tables.tables.items()}
    known = {slug: given[slug] for slug in schemas if slug in given}
    faults = merge(
        [
            Fault(s, 0, "", "", "column", s, "、".join(schemas))
            for s in sorted(given.keys() - known)
        ],
        table_faults(_with_targets(known, schemas), schemas),
        list(provenance_faults(known)),
        list(_code_faults(known, tables.code)),
    )
    order = {slug: number for number, slug in enumerate(schemas)}
    faults.sort(key=lambda f: (order.get(f.table, -1), f.line))
    return [fault.finding() for fault in faults]


def table_faults(
    tables: Mapping[str, Sequence[Row]], schemas: Mapping[str, Mapping[str, Any]]
) -> list[Fault]:
    """Return the schema faults of `tables` (slug → rows), each once.

    References are looked up among `tables` alone; those to other tables are left unchecked.
    """
    columns = by_column(tables)
    strict = [f for s, table in columns.items() for f in strict_faults(s, table, schemas[s])]
    return merge(strict, validate(columns, schemas))


def _with_targets(
    tables: Mapping[str, Sequence[Row]], schemas: Mapping[str, Mapping[str, Any]]
) -> dict[str, Sequence[Row]]:
    """`tables`, and the tables that they point to, without rows: absent is not unchecked."""
    full = dict(tables)
    for slug in tables:
        for key in schemas[slug].get("foreignKeys", ()):
            full.setdefault(key["reference"].get("resource", slug), [])
    return full


def _code_faults(tables: Mapping[str, Sequence[Row]], code: str) -> Iterator[Fault]:
    """Rows whose municipality code is another one than the package's, or a wrong one."""
    right = f"{code[:5]}{check_digit(code[:5])}" if _digits(code) else ""
    if code != right:
        yield Fault("", 0, "", "", "municipality", code, right or "^[0-9]{6}$")
    for slug, rows in tables.items():
        for line, row in enumerate(rows, 2):
            found = row.get(_CODE)
            if found and found != code:
                row_id = text_of(row.get("ID") or "")
                yield Fault(slug, line, row_id, _CODE, "municipality", text_of(found), code)


def _digits(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdigit()
