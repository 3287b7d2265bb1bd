"""Series: packages that state the same series are its editions, one after the other.

DCAT 3 (section 11, dataset series): every edition points at its series (dcat:inSeries) and at the
one before it (dcat:prev); the series points at its first and last edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.describe.iris import Names
from pipelines.describe.model import Dataset, Edition, Period, Series
from pipelines.model import MachidataError


def series_of(
    datasets: Sequence[Dataset], names: Names
) -> tuple[tuple[Series, ...], tuple[Dataset, ...]]:
    """The series of these datasets, by name, and the datasets with the edition before each.

    The words of a series are those of its last edition. Raises MachidataError `edition-repeated`
    when two packages state the same edition of a series, `series-of-another` when they are of
    different municipalities.
    """
    members: dict[str, list[tuple[Edition, Dataset]]] = {}
    for dataset in datasets:
        if dataset.edition:
            members.setdefault(dataset.edition.series, []).append((dataset.edition, dataset))
    found, chained = [], {dataset.iri: dataset for dataset in datasets}
    for iri in sorted(members):
        editions = sorted(members[iri], key=lambda one: (one[0].label, one[1].identifier))
        _refuse_conflicts(editions)
        found.append(_series(editions, names))
        before = ""
        for edition, one in editions:
            chained[one.iri] = replace(one, edition=replace(edition, previous=before))
            before = one.iri
    return tuple(found), tuple(chained.values())


def _refuse_conflicts(editions: Sequence[tuple[Edition, Dataset]]) -> None:
    for (before, one), (after, other) in pairwise(editions):
        if before.label == after.label:
            raise MachidataError(
                "edition-repeated",
                ja="同じシリーズの同じ版を、二つのパッケージが名乗っています。",
                en="Two packages state the same edition of a series.",
                where=f"{one.identifier}, {other.identifier}: series.edition",
                found=after.label,
                fix_ja="package.yaml の series.edition に、その版の年度を書いてください。",
                fix_en="Write each package's own year as series.edition in its package.yaml.",
            )
        if one.publisher.identifier != other.publisher.identifier:
            raise MachidataError(
                "series-of-another",
                ja="一つのシリーズに、別の自治体のパッケージがあります。",
                en="A series has packages of different municipalities.",
                where=f"{one.identifier}, {other.identifier}: series.name",
                found=after.name,
                fix_ja="自治体ごとに別の series.name にしてください（例 022055-dx-reports）。",
                fix_en="Give each municipality's series its own name, such as 022055-dx-reports.",
            )


def _series(editions: Sequence[tuple[Edition, Dataset]], names: Names) -> Series:
    datasets = [dataset for _, dataset in editions]
    part, last = editions[-1]
    places = {one.place.iri: one.place for one in datasets}
    themes = {theme.iri: theme for one in datasets for theme in one.themes}
    return Series(
        iri=part.series,
        identifier=part.name,
        title=part.title,
        description=part.description or part.title,
        publisher=last.publisher,
        contact=last.contact,
        frequency=last.frequency,
        themes=tuple(themes[iri] for iri in sorted(themes)),
        places=tuple(places[iri] for iri in sorted(places)),
        period=_period(datasets, names.fragment(part.series, "period")),
        issued=min(one.issued for one in datasets),
        modified=max(one.modified for one in datasets),
        first=datasets[0].iri,
        last=last.iri,
    )


def _period(editions: Sequence[Dataset], iri: str) -> Period | None:
    periods = [one.period for one in editions if one.period]
    starts = [period.start for period in periods if period.start]
    ends = [period.end for period in periods if period.end]
    if not (starts or ends):
        return None
    return Period(iri, min(starts, default=None), max(ends, default=None))
