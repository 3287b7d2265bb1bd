"""Writing the tables of one document into a folder, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.model import MachidataError
from pipelines.single import write_flat

FILES = {"024465_plan.csv": b"a", "datapackage.json": b"{}"}


def test_a_new_folder_appears_with_its_parents(tmp_path: Path) -> None:
    target = tmp_path / "x" / "y"
    assert write_flat(FILES, target) == ["024465_plan.csv", "datapackage.json"]
    assert {path.name: path.read_bytes() for path in target.iterdir()} == FILES
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["y"]


def test_only_our_stale_files_go(tmp_path: Path) -> None:
    for name in ("024465_term.csv", "notes.csv", "24465_term.csv", "024465_term.csv.bak"):
        (tmp_path / name).write_text("old")
    write_flat(FILES, tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {*FILES, "notes.csv", "24465_term.csv", "024465_term.csv.bak"}


def test_a_failure_leaves_no_staging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(MachidataError) as caught:
        write_flat(FILES, tmp_path / "new")
    assert (caught.value.code, caught.value.exit_code) == ("folder-unreachable", 3)
    assert list(tmp_path.iterdir()) == []
