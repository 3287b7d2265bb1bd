"""A score as JSON: the same bytes for the same score."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

from pipelines.describe.score.metrics import FULL
from pipelines.describe.score.points import CatalogScore, DatasetScore, Score, number
from pipelines.describe.score.stars import Stars


def score_json(found: CatalogScore, stars: Sequence[Stars] = ()) -> bytes:
    """`metadata/score.json`: the catalog's score with all metrics, and of each dataset its points,
    what it lost, and its stars if they are given. A metric that was not measured has null points.
    """
    told = {(one.iri, one.name): one for one in stars}
    report = {
        "method": "MQA (data.europa.eu), 405 points",
        **_summary(found.total),
        "dimensions": _dimensions(found.total),
        "metrics": [
            {
                "code": result.metric.code,
                "dimension": result.metric.dimension,
                "title": {"ja": result.metric.title, "en": result.metric.title_en},
                "points": _number(result.points) if result.measured else None,
                "of": result.metric.points,
                "met": result.met,
                "measured": result.measured,
            }
            for result in found.total.metrics
        ],
        "datasets": [_dataset(one, told.get((one.iri, one.name))) for one in found.datasets],
    }
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _summary(score: Score) -> dict[str, object]:
    return {
        "points": _number(score.points),
        "measuredOf": score.measured_of,
        "notMeasured": score.not_measured,
        "of": FULL,
        "rating": score.rating,
        "bestRating": score.best_rating,
    }


def _dimensions(score: Score) -> dict[str, object]:
    found: dict[str, dict[str, Fraction]] = {}
    for result in score.metrics:
        part = found.setdefault(result.metric.dimension, {"points": Fraction(0), "of": Fraction(0)})
        part["points"] += result.points
        part["of"] += result.metric.points if result.measured else 0
    return {
        name: {
            "points": _number(part["points"]),
            "measuredOf": _number(part["of"]),
        }
        for name, part in found.items()
    }


def _dataset(one: DatasetScore, stars: Stars | None) -> dict[str, object]:
    lost = {result.metric.code: _number(result.lost) for result in one.score.metrics if result.lost}
    found: dict[str, object] = {
        "iri": one.iri,
        "name": one.name,
        **_summary(one.score),
        "lost": lost,
    }
    if stars:
        found["stars"] = {
            "earned": stars.earned,
            "level": stars.level,
            "evidence": [star.evidence if star.met else None for star in stars.stars],
        }
    return found


def _number(points: Fraction) -> int | float:
    written = number(points)
    return float(written) if "." in written else int(written)
