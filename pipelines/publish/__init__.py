"""Packages and their metadata → a folder catalog, put in place in one step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.model import Metadata, Package

if TYPE_CHECKING:
    from pipelines.publish.folder import Publication

__all__ = ["publish"]


def publish(
    packages: Sequence[Package], metadata: Metadata, target: Path, *, keep: Collection[str] = ()
) -> Publication:
    """Publishes to the folder catalog at `target` and says what was done.

    The catalog is replaced as a whole: at every instant `target` is the old or the new one, and a
    killed run leaves the old one. A package with an error is not published; its previous edition
    stays, marked as such. The previous editions of the packages named in `keep` stay as well, all
    others go. Files in the folder that we did not write stay where they are.

    Same arguments and same previous catalog, same bytes. Raises MachidataError:
    `target-not-catalog`, `target-file-foreign`, `package-name-invalid`, `package-repeated`,
    `table-name-invalid`, `path-invalid` (exit code 2), `catalog-busy`, `disk-full`,
    `target-unreachable` (exit code 3).
    """
    from pipelines.publish.folder import publish_folder

    return publish_folder(packages, metadata, target, keep)
