"""A catalog in Turtle → the stars of its datasets (5stardata.info), each with its evidence.

1 on the web under an open licence, 2 data that a program can read, 3 in a format that any software
can use, 4 IRIs for the things in the data, 5 links to other people's data; a star includes those
before it. Without an open licence there is none, and what the data would have is told.

What our own packages earn, and why: the CSV files are three stars, not more, for the IDs in them
are no IRIs. The data cube (`cube.ttl`) is RDF in which every observation, indicator and fiscal year
has an IRI: four. It is five where it says itself what its units, places or other concepts are in
data of others (a unit of QUDT, a GeoNames place). A licence, a class, a property or something that
is only alike (skos:closeMatch) is no such link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.describe.score.links import Links, read_links
from pipelines.describe.score.things import Described, Thing, read_datasets
from pipelines.describe.score.words import file_format, is_open_licence
from pipelines.findings import FindingKind
from pipelines.findings import stars as kinds
from pipelines.model import Finding

__all__ = ["Star", "Stars", "star_findings", "stars"]

KINDS: tuple[type[FindingKind], ...] = (
    kinds.StarLicence,
    kinds.StarStructured,
    kinds.StarFormat,
    kinds.StarIris,
    kinds.StarLinks,
)


@dataclass(frozen=True, slots=True)
class Star:
    """One of the five. `evidence` is what was seen: a licence, a format, a count of IRIs, hosts."""

    number: int
    met: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Stars:
    """A dataset's stars. `level` (0 to 5) is that of the data under an open licence; if there are
    none, the level that the data would have with one.
    """

    iri: str
    name: str
    level: int
    stars: tuple[Star, ...]

    @property
    def earned(self) -> int:
        """How many stars it has: its level under an open licence, else none."""
        return self.level if self.stars[0].met else 0


@dataclass(frozen=True, slots=True)
class _Offer:
    """A form in which data are offered: its level and what shows it, its licences."""

    level: int
    format: str
    licences: tuple[str, ...]
    links: Links | None = None

    @property
    def is_open(self) -> bool:
        return bool(self.licences) and all(map(is_open_licence, self.licences))


def stars(turtle: bytes, linked: Mapping[str, bytes] | None = None) -> tuple[Stars, ...]:
    """The stars of the datasets of a catalog in Turtle, by IRI.

    `linked` has the RDF of datasets' contents (`cube.ttl`), by identifier or IRI, as published
    beside the catalog. Of RDF that is only named as a file's format, four stars can be seen.

    Raises MachidataError `metadata-unreadable`.
    """
    return stars_of(read_datasets(turtle), linked or {})


def stars_of(datasets: Iterable[Described], linked: Mapping[str, bytes]) -> tuple[Stars, ...]:
    """As `stars`, of datasets that have been read."""
    return tuple(_stars(one, linked) for one in datasets)


def _stars(one: Described, linked: Mapping[str, bytes]) -> Stars:
    offers = list(_offers(one, linked))
    opened = [offer for offer in offers if offer.is_open]
    best = max(opened or offers, key=lambda o: (o.level, o.format), default=_Offer(0, "", ()))
    links = best.links or Links(0, ())
    evidence = (
        ", ".join(best.licences),
        best.format,
        best.format,
        f"{links.things} IRI" if best.links else best.format,
        ", ".join(links.hosts),
    )
    met = (bool(opened), *(best.level >= number for number in range(2, 6)))
    found = (Star(n, ok, seen) for n, (ok, seen) in enumerate(zip(met, evidence, strict=True), 1))
    return Stars(one.thing.iri, one.name, best.level, tuple(found))


def _offers(one: Described, linked: Mapping[str, bytes]) -> Iterator[_Offer]:
    """Every form in which data are on the web; a file without a licence has its dataset's."""
    own = one.thing.values("dct:license")
    for file in one.files:
        addresses = (*file.values("dcat:downloadURL"), *file.values("dcat:accessURL"))
        if any(address.startswith(("http://", "https://")) for address in addresses):
            level, words = _format(file)
            yield _Offer(level, words, file.values("dct:license") or own)
    for name in sorted({one.name, one.thing.iri} & linked.keys()):
        links = read_links(linked[name], one.thing.iri)
        if links.things:
            yield _Offer(5 if links.hosts else 4, "RDF", links.licences or own, links)


def _format(file: Thing) -> tuple[int, str]:
    """The level that a file's format is worth, and its name."""
    written = file.values("dct:format")
    known = [found for one in written if (found := file_format(one))]
    levels = [(1, ", ".join(sorted(written)))]
    for one in known:
        readable, free = one.first("machineReadable"), one.first("nonProprietary")
        level = (2 + (free == "true")) if readable == "true" else 1
        levels.append((4 if level == 3 and one.first("linkedData") == "true" else level, one.en))
    return max(levels)


def star_findings(datasets: Sequence[Stars]) -> tuple[Finding, ...]:
    """A finding for each star that a dataset lacks, with what to do."""
    return tuple(
        KINDS[star.number - 1].at(
            row_id=one.name, found=star.evidence or "–", expected=str(one.level)
        )
        for one in datasets
        for star in one.stars
        if not star.met
    )
