"""The score and the stars of a catalog as written, and what would raise them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipelines.describe.score.points import score, score_findings, violating
from pipelines.describe.score.report import score_json
from pipelines.describe.score.stars import star_findings, stars
from pipelines.model import Finding


def quality(
    turtle: bytes, broken: Iterable[Finding], cubes: Mapping[str, bytes | None]
) -> tuple[bytes, tuple[Finding, ...]]:
    """`score.json` of a catalog in Turtle, and a finding for each point or star that is missing.

    `broken` is what the gate found, `cubes` the RDF of the datasets' contents by identifier. What
    only the network can tell (80 points) is not measured here.
    """
    points = score(turtle, violations=violating(broken))
    earned = stars(turtle, {name: data for name, data in cubes.items() if data})
    return score_json(points, earned), (*score_findings(points.datasets), *star_findings(earned))
