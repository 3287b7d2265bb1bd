"""Every finding that the line can report, declared once; one module for each room that reports.

from pipelines.findings import tidy as f
draft.report(f.ValueUnknown.at(place=place, found=text))
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pipelines.findings.kind import REGISTRY, FindingKind

__all__ = ["REGISTRY", "SHAPES", "FindingKind", "every", "kind_of", "room_of"]

SHAPES = "shapes"
"""The room of the codes that `vocab/shapes` declares."""


def every() -> dict[str, type[FindingKind]]:
    """All kinds by code, those of modules that nobody imported yet included, in order of code."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(sorted(REGISTRY.items()))


def kind_of(code: str) -> type[FindingKind] | None:
    """The kind of a code, those of `vocab/shapes` included; None for an unknown code."""
    from pipelines.findings.shapes import shape_kinds

    found = REGISTRY.get(code) or every().get(code)
    return found or shape_kinds().get(code)


def room_of(code: str) -> str:
    """The module that declares a code (`tidy`), `SHAPES` for one of `vocab/shapes`, '' for an
    unknown one.
    """
    kind = kind_of(code)
    if kind is None:
        return ""
    return kind.__module__.rpartition(".")[2] if code in REGISTRY else SHAPES
