"""Where the shapes are."""

from __future__ import annotations

from pathlib import Path

SHAPES = Path(__file__).parents[3] / "vocab" / "shapes"
OFFICIAL = SHAPES / "dcat-ap-3.0.1"


def shapes_path(name: str) -> Path:
    """The file of a shapes name such as `japan.ttl`."""
    return SHAPES / name
