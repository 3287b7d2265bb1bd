"""Series: packages that state the same series are its editions, one after the other.

DCAT 3 (section 11, dataset series): every edition points at its series (dcat:inSeries) and at the
one before it (dcat:prev); the series points at its first and last edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.describe.iris import Names
from pipelines.describe.model import Concept, Dataset, Edition, Period, Place, Series, Text, text
from pipelines.model import Declaration, MachidataError, SeriesPart


def series_of(
    datasets: Sequence[Dataset], declarations: Sequence[Declaration], names: Names
) -> tuple[tuple[Series, ...], tuple[Dataset, ...]]:
    """The series of these datasets, by name, and the datasets with the edition before each.

    The words of a series are those of its last edition. Raises MachidataError `edition-repeated`
    when two packages state the same edition of a series.
    """
    parts = {declared.name: declared.series for declared in declarations if declared.series}
    members: dict[str, list[Dataset]] = {}
    for dataset in datasets:
        if dataset.edition:
            members.setdefault(dataset.edition.series, []).append(dataset)
    found, chained = [], {dataset.iri: dataset for dataset in datasets}
    for iri in sorted(members):
        editions = sorted(members[iri], key=lambda one: (_label(one), one.identifier))
        _refuse_repeated(editions)
        last = parts[editions[-1].identifier]
        if last is not None:
            found.append(_series(iri, last, editions, names))
        for before, one in pairwise(editions):
            chained[one.iri] = replace(one, edition=Edition(iri, _label(one), before.iri))
    return tuple(found), tuple(chained.values())


def _label(dataset: Dataset) -> str:
    return dataset.edition.label if dataset.edition else ""


def _refuse_repeated(editions: Sequence[Dataset]) -> None:
    for before, one in pairwise(editions):
        if _label(before) == _label(one):
            raise MachidataError(
                "edition-repeated",
                ja="同じシリーズの同じ版を、二つのパッケージが名乗っています。",
                en="Two packages state the same edition of a series.",
                where=f"{before.identifier}, {one.identifier}: series.edition",
                found=_label(one),
                fix_ja="package.yaml の series.edition に、その版の年度を書いてください。",
                fix_en="Write each package's own year as series.edition in its package.yaml.",
            )


def _series(iri: str, part: SeriesPart, editions: Sequence[Dataset], names: Names) -> Series:
    last = editions[-1]
    title = text(part.title, part.title_en)
    places = {one.place.iri: one.place for one in editions}
    themes = {theme.iri: theme for one in editions for theme in one.themes}
    return Series(
        iri=iri,
        identifier=part.name,
        title=title,
        description=_description(part, title),
        publisher=last.publisher,
        contact=last.contact,
        frequency=last.frequency,
        themes=_sorted_themes(themes),
        places=_sorted_places(places),
        period=_period(editions, names.fragment(iri, "period")),
        issued=min(one.issued for one in editions),
        modified=max(one.modified for one in editions),
        first=editions[0].iri,
        last=last.iri,
    )


def _description(part: SeriesPart, title: Text) -> Text:
    return text(part.description, part.description_en) or title


def _sorted_themes(themes: dict[str, Concept]) -> tuple[Concept, ...]:
    return tuple(themes[iri] for iri in sorted(themes))


def _sorted_places(places: dict[str, Place]) -> tuple[Place, ...]:
    return tuple(places[iri] for iri in sorted(places))


def _period(editions: Sequence[Dataset], iri: str) -> Period | None:
    periods = [one.period for one in editions if one.period]
    starts = [period.start for period in periods if period.start]
    ends = [period.end for period in periods if period.end]
    if not (starts or ends):
        return None
    return Period(iri, min(starts, default=None), max(ends, default=None))
