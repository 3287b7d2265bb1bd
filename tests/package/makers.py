"""A made-up declaration and package for the tests of this room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.model import Contact, Declaration, Finding, Package, Source
from pipelines.package import package
from pipelines.vocabulary import municipalities
from tests.check.samples import sample_tables

HASHES = {"plan": "ab" * 32, "progress": "cd" * 32}


def declaration(**changes: Any) -> Declaration:
    base = Declaration(
        name="022055-dx-plan",
        folder=Path("datapackages/022055-dx-plan"),
        municipality="022055",
        title="五所川原市DX推進計画",
        title_en="DX plan of Goshogawara",
        description="計画と進捗の表。",
        description_en="The plan and its progress.",
        licence="",
        frequency="ANNUAL",
        themes=("GOVE",),
        keywords=("DX", "計画"),
        contact=Contact("例の課", "Example section", "dx@example.jp"),
        sources=(
            Source("plan", "source/plan.txt", "plan.txt", "計画", "Plan", "https://example.jp/p"),
            Source("progress", "source/progress.txt", "", "進捗"),
        ),
        issued=date(2026, 3, 31),
        modified=date(2026, 4, 1),
        version="1.0.0",
        publisher_url="https://example.jp/",
    )
    return replace(base, **changes)


def made(rows: int = 3, findings: tuple[Finding, ...] = (), **changes: Any) -> Package:
    return package(
        declaration(**changes), municipalities()["022055"], sample_tables(rows), findings, HASHES
    )
