"""A catalog in Turtle → its MQA score (405 points), for all of it and for each dataset.

What is scored is what was written, not the model behind it; other people's DCAT can be scored too.
What was not measured is said to be so and counts neither as nothing nor as full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from pipelines.describe.gate.official import is_official
from pipelines.describe.score.metrics import FULL, METRICS, Means, Metric, Reach, measure
from pipelines.describe.score.things import Described, read_datasets
from pipelines.model import Finding

__all__ = ["CatalogScore", "DatasetScore", "MetricResult", "Score", "score", "score_findings"]

Rating: TypeAlias = Literal["Excellent", "Good", "Sufficient", "Bad"]
_RATINGS: tuple[tuple[int, Rating], ...] = ((351, "Excellent"), (221, "Good"), (121, "Sufficient"))


@dataclass(frozen=True, slots=True)
class MetricResult:
    """`met` of the `measured` datasets or files meet the metric; `measured` is 0 if none was."""

    metric: Metric
    met: int
    measured: int

    @property
    def points(self) -> Fraction:
        """The points that the share is worth; 0 when nothing was measured."""
        return Fraction(self.metric.points * self.met, self.measured) if self.measured else _ZERO

    @property
    def lost(self) -> Fraction:
        """The points that are missing; 0 when nothing was measured."""
        return self.metric.points - self.points if self.measured else _ZERO


@dataclass(frozen=True, slots=True)
class Score:
    """The results in the order of the metrics."""

    metrics: tuple[MetricResult, ...]

    @property
    def points(self) -> Fraction:
        """The points of what was measured."""
        return sum((result.points for result in self.metrics), _ZERO)

    @property
    def measured_of(self) -> int:
        """The points that were to be had in what was measured."""
        return sum(result.metric.points for result in self.metrics if result.measured)

    @property
    def not_measured(self) -> int:
        """The points that could not be measured."""
        return FULL - self.measured_of

    @property
    def rating(self) -> Rating:
        """The rating that is certain: with no point of what was not measured."""
        return rating(self.points)

    @property
    def best_rating(self) -> Rating:
        """The rating if all that was not measured is met."""
        return rating(self.points + self.not_measured)


@dataclass(frozen=True, slots=True)
class DatasetScore:
    """A dataset's score; `iri` is '' for a blank node, `name` its identifier, else its IRI."""

    iri: str
    name: str
    score: Score


@dataclass(frozen=True, slots=True)
class CatalogScore:
    """The score of a catalog as a whole, and of its datasets by IRI."""

    total: Score
    datasets: tuple[DatasetScore, ...]


_ZERO = Fraction(0)


def score(
    turtle: bytes, *, reach: Reach | None = None, violations: Collection[str] | None = None
) -> CatalogScore:
    """The MQA score of a catalog in Turtle.

    `reach` gives the HTTP status for an address (`pipelines.reach`); without it 80 points are not
    measured. `violations` are the datasets, by IRI or identifier, that break the mandatory shapes
    of DCAT-AP ('' stands for all of them; see `violating`); without it 30 points are not measured.
    A catalog without datasets has no point, and nothing measured.

    Raises MachidataError `metadata-unreadable`.
    """
    return score_datasets(read_datasets(turtle), Means(reach, violations))


def score_datasets(datasets: Iterable[Described], means: Means) -> CatalogScore:
    """As `score`, of datasets that have been read."""
    met: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    found = []
    for one in datasets:
        counts = measure(one, means)
        for code, (fulfilled, measured) in counts.items():
            met[code] += fulfilled
            asked[code] += measured
        results = tuple(MetricResult(metric, *counts[metric.code]) for metric in METRICS)
        found.append(DatasetScore(one.thing.iri, one.name, Score(results)))
    total = (MetricResult(metric, met[metric.code], asked[metric.code]) for metric in METRICS)
    return CatalogScore(Score(tuple(total)), tuple(found))


def rating(points: Fraction | int) -> Rating:
    """The rating of a number of points; a band is reached with its first whole point."""
    return next((name for least, name in _RATINGS if points >= least), "Bad")


def violating(findings: Iterable[Finding]) -> frozenset[str]:
    """The datasets that break an official shape by what the gate found, for `score`."""
    return frozenset(finding.row_id for finding in findings if is_official(finding))


def score_findings(datasets: Sequence[DatasetScore]) -> tuple[Finding, ...]:
    """A finding for each metric of each dataset that lost points, with what to do."""
    return tuple(_lost(datasets))


def _lost(datasets: Sequence[DatasetScore]) -> Iterator[Finding]:
    for one in datasets:
        for result in one.score.metrics:
            if result.lost:
                yield result.metric.kind.at(
                    row_id=one.name,
                    found=str(result.met),
                    expected=str(result.measured),
                    points=number(result.lost),
                )


def number(points: Fraction) -> str:
    """Points as a plain number with at most two decimals, cut off: 350.999 is not yet 351."""
    hundredths = points * 100 // 1
    whole, rest = divmod(int(hundredths), 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)
