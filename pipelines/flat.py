"""Files into one flat folder, whole or not at all as far as a file system allows."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.model import MachidataError

DESCRIPTOR = "datapackage.json"
_OURS = re.compile(r"[0-9]{6}_[a-z]+\.csv")
_LARGEST = 10_000_000
"""Bytes of a descriptor that is looked into; ours have some ten thousand."""


@dataclass(frozen=True, slots=True)
class Written:
    """Names, each list sorted: all files that were written, those among them that replaced other
    bytes, and earlier files of ours that are no longer made and went.
    """

    files: tuple[str, ...]
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def write_flat(files: Mapping[str, bytes], folder: Path) -> Written:
    """Writes `files` into `folder`.

    They are written beside the folder first. A new folder then appears in one step; in a folder
    that is there, our files replace earlier ones of ours (`022055_plan.csv`, `datapackage.json`),
    those that are no longer made go, and foreign files stay. Raises MachidataError
    `folder-unreachable` (exit code 3), `target-is-catalog`, `target-file-foreign` (a
    `datapackage.json` that Machidata did not write); then nothing is changed.
    """
    if (folder / ".machidata-catalog").exists():
        raise MachidataError(
            "target-is-catalog",
            ja="このフォルダはカタログです。表だけを書き込むことはできません。",
            en="This folder is a catalog; bare tables cannot be written into it.",
            where="--out",
            found=str(folder),
            fix_ja="別のフォルダを --out に指定してください。",
            fix_en="Name another folder with --out.",
        )
    try:
        if DESCRIPTOR in files:
            _refuse_foreign(folder / DESCRIPTOR)
        return _write(files, folder)
    except OSError as error:
        raise MachidataError(
            "folder-unreachable",
            ja="このフォルダに書けません。",
            en="This folder cannot be written.",
            where=str(folder),
            found=error.strerror or type(error).__name__,
            fix_ja="場所と権限、ディスクの空きを確かめてください。",
            fix_en="Check the place, its permissions and the free space of the disk.",
            exit_code=3,
        ) from error


def _refuse_foreign(descriptor: Path) -> None:
    if not descriptor.exists() or _is_ours(descriptor):
        return
    raise MachidataError(
        "target-file-foreign",
        ja=f"この {DESCRIPTOR} は、まちデータが書いたものではありません。何も変えていません。",
        en=f"This {DESCRIPTOR} was not written by Machidata; nothing was changed.",
        where=str(descriptor.parent),
        found=DESCRIPTOR,
        expected=f"{DESCRIPTOR} (machidata:municipality)",
        fix_ja="空のフォルダか、別のフォルダを --out に指定してください。",
        fix_en="Name an empty or another folder with --out.",
    )


def _is_ours(descriptor: Path) -> bool:
    """True for a descriptor with our own properties; those of others never have them."""
    if not descriptor.is_file() or descriptor.stat().st_size > _LARGEST:
        return False
    try:
        content = json.loads(descriptor.read_bytes())
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and "machidata:municipality" in content


def _write(files: Mapping[str, bytes], folder: Path) -> Written:
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.resolve().parent))
    try:
        for name, data in files.items():
            (staging / name).write_bytes(data)
        staging.chmod(0o755)
        if not folder.exists():
            staging.rename(folder)
            return Written(tuple(sorted(files)))
        return _exchange(files, staging, folder)
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(staging, ignore_errors=True)


def _exchange(files: Mapping[str, bytes], staging: Path, folder: Path) -> Written:
    there = {entry.name: entry for entry in folder.iterdir()}
    replaced = [
        name
        for name, data in files.items()
        if name in there and there[name].is_file() and there[name].read_bytes() != data
    ]
    stale = sorted(name for name in there if _OURS.fullmatch(name) and name not in files)
    for name in files:
        (staging / name).replace(folder / name)
    for name in stale:
        there[name].unlink()
    return Written(tuple(sorted(files)), tuple(sorted(replaced)), tuple(stale))
