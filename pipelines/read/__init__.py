"""read: the bytes of a document → a `Document` of blocks and grids, every cell with its place.

A document format is one module that gives a `Format`; it is listed in `FORMATS`, most particular
first. The content decides, not the file's name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines.model import Document, MachidataError
from pipelines.read.decode import refuse_large
from pipelines.read.text import read_text

__all__ = ["read"]


@dataclass(frozen=True, slots=True)
class Format:
    """A document format: its name, a test of the first bytes, and its reader (bytes, name)."""

    name: str
    accepts: Callable[[bytes], bool]
    reader: Callable[[bytes, str], Document]


def _anything(data: bytes) -> bool:
    # Text has no signature; it stands last, and its reader refuses what is no text.
    return True


FORMATS: tuple[Format, ...] = (Format("text", _anything, read_text),)


def read(source: Path | bytes, name: str = "") -> Document:
    """Read a document from a file or from its bytes.

    `name` (default: the file's name) is kept without folders. Raises MachidataError:
    `file-missing` and `file-unreadable` (exit code 3), `file-too-large`, `file-empty`,
    `file-binary`, `format-unsupported`, `encoding-unknown`, `line-too-long`, `row-too-wide` and
    `too-many-cells` (exit code 2).
    """
    plain_name = PurePosixPath((name or _name(source)).replace("\\", "/")).name
    data = source if isinstance(source, bytes) else _load(source, plain_name)
    refuse_large(len(data), plain_name)
    chosen = next(format_ for format_ in FORMATS if format_.accepts(data[:4096]))
    return chosen.reader(data, plain_name)


def _name(source: Path | bytes) -> str:
    return "document" if isinstance(source, bytes) else source.name


def _load(path: Path, name: str) -> bytes:
    try:
        if path.is_file():
            refuse_large(path.stat().st_size, name)
            return path.read_bytes()
    except OSError as error:
        raise MachidataError(
            "file-unreadable",
            ja="ファイルを開けません。",
            en="The file cannot be opened.",
            where=name,
            found=error.strerror or type(error).__name__,
            fix_ja="ファイルを読む権限があるかを確かめてください。",
            fix_en="Check that you may read the file.",
            exit_code=3,
        ) from error
    raise MachidataError(
        "file-missing",
        ja="ファイルがありません。",
        en="There is no such file.",
        where=name,
        expected="文書のファイル (a document file)",
        fix_ja="ファイルの名前とフォルダを確かめてください。",
        fix_en="Check the file's name and folder.",
        exit_code=3,
    )
