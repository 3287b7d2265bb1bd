"""Writes a package into its folder: only what changed, each file at once or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from pipelines.model import MachidataError, Package


def write_package(package: Package, folder: Path) -> list[str]:
    """Write `data/*.csv` and `datapackage.json`; return the paths that changed, sorted.

    A file whose bytes are the same is left alone, so that its time of change says something. A
    `data/*.csv` that the package does not have (any more) is removed; nothing else is touched.
    Raises MachidataError `folder-unreachable` (exit code 3); files are replaced one by one and
    the descriptor last, so that it never names bytes that are not there yet.
    """
    try:
        return _write(package, folder)
    except OSError as error:
        raise MachidataError(
            "folder-unreachable",
            ja="パッケージのフォルダに書けません。",
            en="The package's folder cannot be written.",
            where=package.declaration.name,
            found=error.strerror or type(error).__name__,
            fix_ja="フォルダの権限とディスクの空きを確かめてください。",
            fix_en="Check the folder's permissions and the free space of the disk.",
            exit_code=3,
        ) from error


def _write(package: Package, folder: Path) -> list[str]:
    data = folder / "data"
    if data.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, "data is a link")
    data.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in sorted(package.files.items(), key=lambda item: ("/" not in item[0], item)):
        target = folder / name
        if target.is_symlink() or not target.is_file() or target.read_bytes() != content:
            _replace(target, content)
            changed.append(name)
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
