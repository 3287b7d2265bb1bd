"""Two editions of a made-up dataset: the second has other words, other rows and one table more."""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pipelines import line
from pipelines.model import Finding, Package, Table, Tables
from tests.factory import TOWNS, make_package, make_tables

NAME = "022055-fault-plan"
BASE = "https://opendata.example.jp/"

NOTE = Finding("note", "情報", "indicator", message="数は年度末のもの", message_en="End of year")


@functools.cache
def first() -> Package:
    """Three tables: indicator, observation, finding."""
    return _package(_tables("indicator", "observation"))


@functools.cache
def second() -> Package:
    """Another description, one row of `observation` changed, one gone, one new; and `term`."""
    tables = _tables("indicator", "observation", "term")
    rows = tables.tables["observation"].rows
    rows[0] = {**rows[0], "値": Decimal(99)}
    rows[1] = {**rows[1], "ID": f"{NAME}-new"}
    return _package(tables, description="二つめの版の説明です。", version="1.1.0")


@functools.cache
def other() -> Package:
    """What somebody else publishes under the same name: other words and another row."""
    tables = _tables("indicator", "observation")
    tables.tables["observation"].rows[0] = {
        **tables.tables["observation"].rows[0],
        "値": Decimal(77),
    }
    return _package(tables, description="別の担当者の説明です。")


def _tables(*slugs: str) -> Tables:
    town = TOWNS[NAME[:6]]
    made = make_tables(NAME, town)
    kept = Tables(code=made.code, municipality=made.municipality, plan_id=made.plan_id)
    for slug in slugs:
        kept.tables[slug] = Table(slug, list(made.tables[slug].rows))
    return kept


def _package(tables: Tables, **changes: Any) -> Package:
    made = make_package(NAME, (NOTE,), tables, **changes)
    descriptor = json.loads(json.dumps(made.descriptor))
    for one in descriptor["resources"]:
        one["schema"]["primaryKey"] = ["ID"]
    return line.described(replace(made, descriptor=descriptor), BASE)
