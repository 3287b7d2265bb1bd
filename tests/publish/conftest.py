"""A pretend CKAN, and a house that publishes to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.publish.house import House
from tests.publish.pretend_ckan import PretendCkan


@pytest.fixture
def pretend() -> PretendCkan:
    return PretendCkan()


@pytest.fixture
def house(pretend: PretendCkan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Whether bytes reach the disk is not what these tests ask; test_journal.py does."""
    monkeypatch.setattr(os, "fsync", lambda number: None)
    return House(pretend, tmp_path / "state")
