"""`write_package`: only what changed, whole files, nothing but its own."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.model import MachidataError
from pipelines.package import write
from pipelines.package.write import write_package
from tests.package.makers import made


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_everything_is_written_once(tmp_path: Path) -> None:
    built = made()
    assert write_package(built, tmp_path / "p") == sorted(built.files)
    assert tree(tmp_path / "p") == dict(built.files)


def test_the_second_write_touches_nothing(tmp_path: Path) -> None:
    write_package(made(), tmp_path)
    for path in tmp_path.rglob("*.*"):
        os.utime(path, (1, 1))
    assert write_package(made(), tmp_path) == []
    assert {path.stat().st_mtime for path in tmp_path.rglob("*.*")} == {1}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    write_package(made(), tmp_path)
    (tmp_path / "data" / "022055_goal.csv").write_bytes(b"old")
    assert write_package(made(), tmp_path) == ["data/022055_goal.csv"]


def test_a_stale_table_goes_and_foreign_files_stay(tmp_path: Path) -> None:
    write_package(made(), tmp_path)
    stale = tmp_path / "data" / "022055_budget.csv"
    stale.write_bytes(b"x")
    kept = [tmp_path / "package.yaml", tmp_path / "source" / "a.csv", tmp_path / "data" / "n.txt"]
    for path in kept:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"mine")
    assert write_package(made(), tmp_path) == ["data/022055_budget.csv"]
    assert not stale.exists()
    assert all(path.read_bytes() == b"mine" for path in kept)


def test_a_link_in_the_place_of_a_file_is_replaced_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"mine")
    folder = tmp_path / "p"
    (folder / "data").mkdir(parents=True)
    (folder / "datapackage.json").symlink_to(outside)
    write_package(made(), folder)
    assert outside.read_bytes() == b"mine"
    assert tree(folder)["datapackage.json"] == made().files["datapackage.json"]


def test_a_data_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "data").symlink_to(outside, target_is_directory=True)
    with pytest.raises(MachidataError):
        write_package(made(), tmp_path / "p")
    assert list(outside.iterdir()) == []


def test_the_descriptor_is_written_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(write, "_replace", lambda target, content: order.append(target.name))
    write_package(made(), tmp_path)
    assert order[-1] == "datapackage.json"
    assert len(order) == len(made().files)


def test_a_failed_write_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_package(made(), tmp_path)
    before = tree(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachidataError) as error:
        write_package(made(title="別の題"), tmp_path)
    assert (error.value.code, error.value.exit_code) == ("folder-unreachable", 3)
    assert str(tmp_path) not in str(error.value)
    assert tree(tmp_path) == before


def test_a_folder_that_is_a_file_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(b"")
    with pytest.raises(MachidataError) as error:
        write_package(replace(made()), tmp_path / "p")
    assert error.value.exit_code == 3
