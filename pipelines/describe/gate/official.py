"""Which findings of the gate are of the official shapes.

A fault that an official shape and one of ours find is told once, in the words of ours and as
seriously as the graver of the two (see `gate`).
"""

from __future__ import annotations

from functools import cache

from pipelines.describe.gate.facts import ShapeInfo
from pipelines.describe.gate.shapes import DEFAULT_SHAPES, OFFICIAL, compiled
from pipelines.model import Finding

_OWN = tuple(name for name in DEFAULT_SHAPES if not str(name).startswith(OFFICIAL))
_OFFICIAL = tuple(name for name in DEFAULT_SHAPES if str(name).startswith(OFFICIAL))


def is_official(finding: Finding) -> bool:
    """Whether an error breaks a mandatory official shape.

    It does when it is of an official shape; when ours asks for less than an error, so that an
    official one made it one; or when an official one too asks for the property that is missing.
    """
    if finding.severity != "誤り":
        return False
    own = _own().get(finding.code)
    if own is None:
        return finding.code.startswith("dcat-ap-")
    return own.severity != "Violation" or (own.about, own.path) in _needed()


@cache
def _own() -> dict[str, ShapeInfo]:
    return {info.code: info for info in compiled(_OWN).info.values() if info.code}


@cache
def _needed() -> frozenset[tuple[str, str]]:
    return frozenset(
        (info.about, info.path)
        for info in compiled(_OFFICIAL).info.values()
        if info.severity == "Violation" and "minCount" in info.says
    )
