"""Fixtures for all rooms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `-n`, all tests of tests/ckan run in one worker: what the server's log says is theirs.

    (xdist's own `--dist loadgroup` finds no groups with this pytest.)
    """
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return "ckan" if nodeid.startswith("tests/ckan/") else nodeid

    return Scheduling(config, log) if config.getoption("dist") == "load" else None


@pytest.fixture(scope="session")
def documents_dir() -> Path:
    """The folder of the whole documents, which are not in the repository."""
    folder = REPOSITORY.parent / "shared" / "documents"
    if not folder.is_dir():
        pytest.skip("the whole documents (../shared/documents) are not here")
    return folder
