"""Writing the tables of one document into a folder, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.flat import Written, write_flat
from pipelines.model import MachidataError

OURS = b'{"machidata:municipality": {}}'
FILES = {"024465_plan.csv": b"a", "datapackage.json": OURS}


def test_a_new_folder_appears_with_its_parents(tmp_path: Path) -> None:
    target = tmp_path / "x" / "y"
    assert write_flat(FILES, target) == Written(("024465_plan.csv", "datapackage.json"))
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


def test_what_was_there_before_is_told(tmp_path: Path) -> None:
    write_flat(FILES, tmp_path / "t")
    assert write_flat(FILES, tmp_path / "t") == Written(tuple(FILES))
    other = {"082163_plan.csv": b"b", "datapackage.json": OURS + b"\n"}
    assert write_flat(other, tmp_path / "t") == Written(
        files=("082163_plan.csv", "datapackage.json"),
        replaced=("datapackage.json",),
        removed=("024465_plan.csv",),
    )


@pytest.mark.parametrize(
    "foreign", [b"{}", b'{"name": "budget"}', b"[1]", b"no json", b"\xff", b"", b"[" * 100_000]
)
def test_a_descriptor_of_somebody_else_stays(tmp_path: Path, foreign: bytes) -> None:
    (tmp_path / "datapackage.json").write_bytes(foreign)
    (tmp_path / "024465_term.csv").write_bytes(b"old")
    with pytest.raises(MachidataError) as caught:
        write_flat(FILES, tmp_path)
    assert (caught.value.code, caught.value.exit_code) == ("target-file-foreign", 2)
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert left == {"datapackage.json": foreign, "024465_term.csv": b"old"}


def test_a_folder_in_the_place_of_the_descriptor_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").mkdir()
    with pytest.raises(MachidataError, match="target-file-foreign"):
        write_flat(FILES, tmp_path)
