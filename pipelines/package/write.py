"""Writes a package into its folder: only what changed, each file at once or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipelines.model import MachidataError, Package

_LAST = "datapackage.json"


def write_package(package: Package, folder: Path) -> list[str]:
    """Write all files of a package; return the paths that changed, sorted.

    A file whose bytes are the same is left alone, so that its time of change says something. A
    `data/*.csv` that the package does not have (any more) is removed; nothing else is touched.
    Raises MachidataError `folder-unreachable` (exit code 3); files are replaced one by one and
    the descriptor last, so that it never names bytes that are not there yet.
    """
    with _reaching(package.declaration.name):
        return _write(package, folder)


def write_files(files: Mapping[str, bytes], folder: Path, package: str) -> list[str]:
    """Write these files (path below `folder` → bytes) alone, as `write_package` does."""
    with _reaching(package):
        return _put(files, folder)


@contextlib.contextmanager
def _reaching(package: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MachidataError(
            "folder-unreachable",
            ja="パッケージのフォルダに書けません。",
            en="The package's folder cannot be written.",
            where=package,
            found=error.strerror or type(error).__name__,
            fix_ja="フォルダの権限とディスクの空きを確かめてください。",
            fix_en="Check the folder's permissions and the free space of the disk.",
            exit_code=3,
        ) from error


def _put(files: Mapping[str, bytes], folder: Path) -> list[str]:
    changed = []
    for name, content in sorted(files.items(), key=lambda item: (item[0] == _LAST, item)):
        target = folder / name
        if target.is_symlink() or not target.is_file() or target.read_bytes() != content:
            _replace(target, content)
            changed.append(name)
    return changed


def _write(package: Package, folder: Path) -> list[str]:
    data = folder / "data"
    if data.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, "data is a link")
    data.mkdir(parents=True, exist_ok=True)
    changed = _put(package.files, folder)
    for stale in sorted(data.glob("*.csv")):
        name = f"data/{stale.name}"
        if name not in package.files:
            stale.unlink()
            changed.append(name)
    return sorted(changed)


def _replace(target: Path, content: bytes) -> None:
    """Put `content` in place of `target` in one step (POSIX rename)."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
