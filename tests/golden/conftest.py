"""Fixtures of the golden tests: the whole documents, each read once, and their tidy tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from golden_answers import DOCUMENTS
from golden_tables import Flat


@pytest.fixture(scope="session")
def tidied(documents_dir: Path) -> Callable[..., Flat]:
    """Reads and tidies one or several documents as one package (by their names in the answers)."""

    @cache
    def run(*names: str) -> Flat:
        from pipelines.read import read
        from pipelines.tidy import identify, tidy

        documents = [(name, read(documents_dir / DOCUMENTS[name])) for name in names]
        municipality, plan_id = identify(documents[0][1], None)
        return Flat(tidy(documents, plan_id, municipality, {}))

    return run


@pytest.fixture(scope="session")
def lines_of(documents_dir: Path) -> Callable[[str], list[str]]:
    """The lines of a document."""

    def run(name: str) -> list[str]:
        return (documents_dir / DOCUMENTS[name]).read_text(encoding="utf-8").split("\n")

    return run
