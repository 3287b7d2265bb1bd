"""A repository with two small packages, and a pretend CKAN at its catalog's address."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from machidata.messages import use
from pipelines.catalogs import session
from tests.cli.conftest import PACKAGE, make_package
from tests.publish.pretend_ckan import PretendCkan

NAMES = ("024465-one-plan", "024465-two-plan")
SECRET = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0LXRva2Vu.Zm9yLXRlc3RzLW9ubHk"  # noqa: S105 - made up


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> PretendCkan:
    """What stands at https://ckan.example.jp."""
    ckan = PretendCkan()

    def connect(url: str, *_: Any, **__: Any) -> PretendCkan:
        assert url == ckan.url
        return ckan

    monkeypatch.setattr(session, "Ckan", connect)
    monkeypatch.setattr(os, "fsync", lambda number: None)
    return ckan


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository, and the working folder in it; `--to town` is the pretend CKAN."""
    for name in NAMES:
        make_package(tmp_path, name, declaration=PACKAGE + 'licence: "CC-BY-4.0"\n')
    (tmp_path / "catalogs").mkdir()
    text = "url: https://ckan.example.jp\nrate: 0\nbase: https://data.example.jp/\n"
    (tmp_path / "catalogs" / "town.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MACHIDATA_ROOT", str(tmp_path))
    monkeypatch.setenv("MACHIDATA_CKAN_TOKEN", SECRET)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "MACHIDATA_DEBUG", "MACHIDATA_STATE"):
        monkeypatch.delenv(name, raising=False)
    use("")
    return tmp_path
