"""The marker file of a folder catalog: what stands in it and who wrote it.

A folder with `.machidata-catalog` is ours to replace; the file lists every file that we wrote with
its SHA-256, so that nothing else is ever deleted and a catalog can be verified whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipelines.publish.paths import PACKAGE_NAME, is_safe

MARKER = ".machidata-catalog"
FORMAT = "machidata-catalog/1"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalog's list says of a package; dates are ISO dates."""

    name: str
    title: str
    title_en: str = ""
    publisher: str = ""
    code: str = ""
    description: str = ""
    version: str = ""
    modified: str = ""
    licence: str = ""
    tables: int = 0
    rows: int = 0
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """Path below the catalog → SHA-256 of each written file, and the entries of the list."""

    files: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    def to_bytes(self) -> bytes:
        """The marker file."""
        content = {
            "format": FORMAT,
            "packages": [asdict(entry) for entry in self.entries],
            "files": dict(sorted(self.files.items())),
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

    def entry(self, name: str) -> Entry | None:
        """The entry of a package, None when the catalog has none."""
        return next((entry for entry in self.entries if entry.name == name), None)


def load(folder: Path) -> Manifest | None:
    """The manifest of a catalog of ours; None when the folder is none or its marker is broken.

    Raises OSError when the marker is there and cannot be read.
    """
    try:
        content = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        files = {str(path): str(digest) for path, digest in content["files"].items()}
        entries = tuple(Entry(**entry) for entry in content["packages"])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    # The marker may have been edited: no path in it may lead out of the catalog.
    safe = all(PACKAGE_NAME.fullmatch(entry.name) for entry in entries) and all(map(is_safe, files))
    return Manifest(files, entries) if content.get("format") == FORMAT and safe else None


def damage(folder: Path) -> list[str]:
    """The listed files of a catalog that are missing or changed; `MARKER` itself without marker."""
    manifest = load(folder)
    if manifest is None:
        return [MARKER]
    found = []
    for path, digest in sorted(manifest.files.items()):
        file = folder / path
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            found.append(path)
    return found
