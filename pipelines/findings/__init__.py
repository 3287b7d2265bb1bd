"""Every finding that the line can report, declared once; one module for each room that reports.

from pipelines.findings import tidy as f
draft.report(f.ValueUnknown.at(place=place, found=text))
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from pipelines.findings.kind import REGISTRY, FindingKind

__all__ = ["REGISTRY", "FindingKind", "every"]


def every() -> dict[str, type[FindingKind]]:
    """All kinds by code, those of modules that nobody imported yet included, in order of code."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(sorted(REGISTRY.items()))
