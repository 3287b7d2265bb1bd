"""`consistency`: the families of checks, one after another, on one index of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipelines.check.case import Case
from pipelines.check.consistency.absent import absent
from pipelines.check.consistency.columns import columns
from pipelines.check.consistency.counts import counts
from pipelines.check.consistency.dates import dates
from pipelines.check.consistency.index import Index
from pipelines.check.consistency.numbering import numbering
from pipelines.check.consistency.periods import periods
from pipelines.check.consistency.series import series
from pipelines.check.consistency.statuses import statuses
from pipelines.check.consistency.targets import targets
from pipelines.model import Finding

Family = Callable[[Index], Iterator[Finding]]

FAMILIES: tuple[Family, ...] = (
    absent,
    numbering,
    counts,
    statuses,
    columns,
    targets,
    series,
    dates,
    periods,
)


def consistency(case: Case) -> Iterator[Finding]:
    """What does not agree within the documents of a package, family after family."""
    index = Index.of(case)
    for family in FAMILIES:
        yield from family(index)
