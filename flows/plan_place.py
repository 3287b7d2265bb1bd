"""Where the plan for a catalog stands, and what it is called in Prefect's pages."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.catalogs.file import CatalogFile
from pipelines.catalogs.session import state_folder
from pipelines.workspace import refuse_inside

FOLDER = "out/plans"
"""Where plans stand in the repository when no other folder is named; git ignores it."""


def catalog_slug(catalog: CatalogFile) -> str:
    """Small letters, digits and dashes, the same for the same catalog: its name where that has no
    others, else its address.
    """
    plain = re.fullmatch(r"[a-z0-9-]+", catalog.name)
    return catalog.name if plain else state_folder(Path(), catalog).name


def artifact_key(what: str, catalog: CatalogFile) -> str:
    """`plan-aoimori`; Prefect takes small letters, digits and dashes."""
    return f"{what}-{catalog_slug(catalog)}"


def plan_file(root: Path, catalog: CatalogFile, folder: str = "") -> Path:
    """Where the plan for a catalog stands: `folder`/plan.json, or `out/plans/NAME/plan.json`.

    Raises MachidataError `out-in-packages`.
    """
    place = Path(folder) if folder else root / FOLDER / catalog_slug(catalog)
    refuse_inside(place, root, whole=False)
    return place / "plan.json"
