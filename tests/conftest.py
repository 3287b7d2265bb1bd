"""Fixtures for all rooms."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def documents_dir() -> Path:
    """The folder of the whole documents, which are not in the repository."""
    folder = REPOSITORY.parent / "shared" / "documents"
    if not folder.is_dir():
        pytest.skip("the whole documents (../shared/documents) are not here")
    return folder
