"""Puts a new folder in the place of an old one, so that at every instant a whole one is there.

The new catalog is written into a hidden sibling of the target and flushed to the disk. Then one
system call exchanges the two names: renameat2 with RENAME_EXCHANGE (Linux 3.15 and later; see
rename(2)). A plain folder stays a plain folder, which a versioned folder behind a symbolic link
would not. Where the call is not to be had, two renames follow each other at once; a run that is
killed between them is repaired by the next one.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pipelines.model import MachidataError
from pipelines.publish.manifest import MARKER, Manifest

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


@contextlib.contextmanager
def locked(target: Path, wait: float = 10.0) -> Iterator[None]:
    """Keeps other publishers of the same target out (flock on a hidden sibling file).

    Waits up to `wait` seconds, then raises MachidataError `catalog-busy`. The file goes with the
    lock. Who then gets the lock of a file that is gone tries again: two publishers would else hold
    two different files of that name.
    """
    deadline = time.monotonic() + wait
    path = target.parent / f".{target.name}.lock"
    while True:
        with path.open("ab") as file:
            if _locks(file) and _is_at(path, file):
                try:
                    yield
                finally:
                    path.unlink(missing_ok=True)
                return
        if time.monotonic() >= deadline:
            raise _busy(target)
        time.sleep(0.05)


def _locks(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_at(path: Path, file: BinaryIO) -> bool:
    """True when the open file is the one that has this name now."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _busy(target: Path) -> MachidataError:
    return MachidataError(
        "catalog-busy",
        ja="別の実行がこのカタログを公開しています。",
        en="Another run is publishing this catalog.",
        where=str(target),
        fix_ja="その実行が終わってから、もう一度実行してください。",
        fix_en="Run again when the other one is done.",
        exit_code=3,
    )


def new_staging(target: Path) -> Path:
    """A fresh hidden sibling of the target, already marked as ours. Raises OSError."""
    staging = target.parent / f".{target.name}.staging-{secrets.token_hex(8)}"
    staging.mkdir()
    (staging / MARKER).write_bytes(Manifest().to_bytes())
    return staging


def repair(target: Path) -> None:
    """Clears up after killed runs: call it with the lock held. Raises OSError.

    Left-over staging folders go (they are marked as ours, or still empty). A catalog that the
    two-rename way had moved aside comes back when its place is empty.
    """
    for moved in _siblings(target, "previous"):
        if target.exists():
            remove(moved)
        else:
            moved.rename(target)
    for staging in _siblings(target, "staging"):
        remove(staging)


def _siblings(target: Path, kind: str) -> list[Path]:
    prefix = f".{target.name}.{kind}-"
    found = [
        path
        for path in target.parent.iterdir()
        if path.name.startswith(prefix) and path.is_dir() and not path.is_symlink()
    ]
    return sorted(path for path in found if (path / MARKER).is_file() or not any(path.iterdir()))


def remove(folder: Path) -> None:
    """Deletes a folder of ours, its marker last, so that a killed removal can be taken up again."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != MARKER:
            path.unlink()
    (folder / MARKER).unlink(missing_ok=True)
    folder.rmdir()


def flush(folder: Path) -> None:
    """Forces all files and folders below `folder` to the disk (fsync). Raises OSError."""
    for parent, _, files in os.walk(folder):
        for name in files:
            path = Path(parent) / name
            if not path.is_symlink():
                _fsync(path)
        _fsync(Path(parent))


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def switch(staging: Path, target: Path) -> None:
    """Puts `staging` in the place of `target`; what stood there is removed. Raises OSError."""
    if not target.exists():
        staging.rename(target)
        _fsync(target.parent)
        return
    if exchange(staging, target):
        _fsync(target.parent)
        remove(staging)
        return
    aside = target.parent / f".{target.name}.previous-{secrets.token_hex(8)}"
    target.rename(aside)
    staging.rename(target)
    _fsync(target.parent)
    remove(aside)


def exchange(one: Path, two: Path) -> bool:
    """Exchanges two names in one step; False when this system or file system cannot.

    Raises OSError when it could, but not with these two.
    """
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    names = os.fsencode(one), os.fsencode(two)
    if call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(two))
