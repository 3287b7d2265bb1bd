"""`check`: everything that is looked at, schema first."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.check.arithmetic import check_arithmetic
from pipelines.check.case import Case, Check, run
from pipelines.check.consistency import consistency
from pipelines.check.privacy import privacy
from pipelines.check.safety import safety
from pipelines.check.tables import check_tables
from pipelines.check.text import check_text
from pipelines.check.traced import untraced
from pipelines.model import Document, Finding, Tables

CHECKS: tuple[Check, ...] = (untraced, check_arithmetic, consistency, check_text, privacy, safety)
"""The checks beyond the schema, in the order in which their findings are reported."""


def check(tables: Tables, sources: Sequence[tuple[str, Document]] = ()) -> list[Finding]:
    """The findings of a package: its tables against their schemas, then every other check.

    `sources` are the documents by source key; a check that needs them finds nothing without.
    """
    return [*check_tables(tables), *run(CHECKS, Case(tables, tuple(sources)))]
