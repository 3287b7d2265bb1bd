"""Tables → data cubes. A row that lacks what a cube needs (a year, a known kind) is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipelines.describe import terms
from pipelines.describe.cube import terms as t
from pipelines.describe.cube.cells import digest, moment, number, parts, words
from pipelines.describe.cube.codes import Codes
from pipelines.describe.cube.model import (
    Code,
    Component,
    Cube,
    Datum,
    Link,
    Named,
    Observation,
    PackageCubes,
    Statement,
    Term,
)
from pipelines.describe.iris import Names
from pipelines.describe.model import text
from pipelines.describe.places import place_of
from pipelines.model import Package, Row

_Said = list[tuple[Component, Term]]


def build_cubes(package: Package, names: Names) -> PackageCubes:
    """All cubes of a package; those without observations are absent.

    Raises MachidataError `licence-unknown` when the package states a licence that the vocabulary
    does not know.
    """
    declared, town = package.declaration, package.municipality
    builder = _Builder(package, names)
    builder.read_observations()
    builder.read_statuses()
    builder.read_measurements()
    licence = terms.licence(declared.licence, declared.name)
    cubes = tuple(builder.cube(key) for key in t.COMPONENTS if builder.found[key])
    codes = builder.codes.only(_linked(cubes))
    return PackageCubes(
        dataset=Named(names.at("dataset", declared.name), text(declared.title, declared.title_en)),
        modified=declared.modified,
        place=Named(builder.place.iri, text(town.full_name), town.code),
        publisher=Named(names.at("organization", town.code), text(town.full_name), town.code),
        licence=Named(licence.iri, licence.title, licence.spdx or licence.key) if licence else None,
        cubes=cubes,
        codes=tuple(codes.codes.values()),
        code_lists=tuple(codes.lists.values()),
        years=tuple(codes.years.values()),
        initiatives=tuple(codes.initiatives.values()),
    )


def _linked(cubes: Sequence[Cube]) -> set[str]:
    statements = (said for cube in cubes for one in cube.observations for said in one.statements)
    return {said.value.iri for said in statements if isinstance(said.value, Link)}


class _Builder:
    """Gathers the observations of each cube."""

    def __init__(self, package: Package, names: Names) -> None:
        self.package = package
        self.names = names
        self.codes = Codes(package, names)
        self.place = Link(place_of(package, names).iri)
        self.found: dict[str, dict[str, Observation]] = defaultdict(dict)

    def read_observations(self) -> None:
        """Rows of `observation` → the cubes value, state and gap."""
        for row in self._rows("observation"):
            kind, year = self.codes.known("kinds", words(row, "種別")), self.codes.year(row)
            indicator = self.codes.indicator(row)
            if kind is None or year is None or indicator is None:
                continue
            where: _Said = [(t.AREA, self.place), (t.INDICATOR, indicator)]
            where += [(t.PERIOD, year), (t.KIND, kind)]
            value, state, reason = number(row), words(row, "状態"), words(row, "欠測理由")
            how = self._how_to_read(row)
            if value is not None:
                self._add("value", row, [*where, (t.VALUE, value), *how])
            if state:
                self._add("state", row, [*where, (t.STATE, self.codes.word("words", state)), *how])
            if value is None and not state and reason:
                why = self.codes.word("missing", reason)
                self._add("gap", row, [*where, (t.REASON, why), *how])

    def read_statuses(self) -> None:
        """Rows of `status` → the cube progress."""
        for row in self._rows("status"):
            progress, year = self.codes.known("progress", words(row, "進捗")), self.codes.year(row)
            initiative, notation = words(row, "取組ID"), words(row, "項目番号")
            label = words(row, "項目名") or self.codes.initiative_name(initiative) or notation
            if progress is None or year is None or not label:
                continue
            item = self.codes.coined(
                "items",
                f"{initiative}~{notation or digest(label)}",
                Code("", text(label), (), notation, self.codes.initiative(initiative)),
            )
            where: _Said = [(t.AREA, self.place), (t.ITEM, item), (t.PERIOD, year)]
            self._add("progress", row, [*where, (t.PROGRESS, progress)])

    def read_measurements(self) -> None:
        """Rows of `measurement` that have a year → the cube figure.

        The same words with another unit or from another department are another figure.
        """
        for row in self._rows("measurement"):
            value, year, label = number(row), self.codes.year(row), words(row, "名称")
            if value is None or year is None or not label:
                continue
            initiative, department = words(row, "取組ID"), words(row, "担当課")
            figure = self.codes.coined(
                "figures",
                digest(initiative, label, department, words(row, "単位")),
                Code("", text(label), (), "", self.codes.initiative(initiative), department),
            )
            where: _Said = [(t.AREA, self.place), (t.FIGURE, figure), (t.PERIOD, year)]
            how = [pair for pair in self._how_to_read(row) if pair[0] in (t.UNIT, t.QUALIFIER)]
            self._add("figure", row, [*where, (t.VALUE, value), *how])

    def cube(self, key: str) -> Cube:
        """One cube with what was found for it, observations in the order of their IDs."""
        components = t.COMPONENTS[key]
        found = sorted(self.found[key].values(), key=lambda one: one.identifier)
        numbered = _numbered(found)
        sequenced = numbered is not found
        if sequenced:
            others = tuple(c for c in components if c.role != "dimension")
            components = (*components[: -len(others)], t.SEQUENCE, *others)
        declared = self.package.declaration
        titles = text(declared.title, declared.title_en)
        return Cube(
            iri=self._iri(key),
            structure=self._iri(f"{key}-structure"),
            table=self.names.at("dataset", declared.name, t.TABLES[key]),
            title={tag: f"{title} – {t.TITLES[key][tag]}" for tag, title in titles.items()},
            description=t.about(key, sequenced),
            components=components,
            observations=tuple(numbered),
        )

    def _rows(self, slug: str) -> list[Row]:
        """The rows that have an ID, in the order of years and IDs: the file's order is nothing."""
        rows = [row for row in self.package.tables.rows(slug) if words(row, "ID")]
        return sorted(rows, key=lambda row: (words(row, "年度"), words(row, "ID")))

    def _iri(self, key: str) -> str:
        return self.names.at("cube", self.package.declaration.name, key)

    def _add(self, key: str, row: Row, said: _Said) -> None:
        identifier = words(row, "ID")
        iri = self.names.fragment(self._iri(key), identifier)
        statements = tuple(Statement(component, value) for component, value in said)
        self.found[key].setdefault(iri, Observation(iri, identifier, statements))

    def _how_to_read(self, row: Row) -> _Said:
        said: _Said = []
        if unit := words(row, "単位"):
            said.append((t.UNIT, self.codes.word("units", unit)))
        for word in parts(words(row, "限定")):
            said.append((t.QUALIFIER, self.codes.word("qualifiers", word)))
        if reason := words(row, "欠測理由"):
            said.append((t.STATUS, self.codes.word("missing", reason)))
        if when := moment(row):
            said.append((t.MOMENT, when))
        return said


def _numbered(found: Sequence[Observation]) -> Sequence[Observation]:
    """The same, with numbers by ID once two observations share all dimensions (IC-12)."""
    shared: dict[tuple[Term, ...], list[Observation]] = defaultdict(list)
    for one in found:
        where = (said.value for said in one.statements if said.component.role == "dimension")
        shared[tuple(where)].append(one)
    if len(shared) == len(found):
        return found
    numbered = [
        replace(one, statements=(*one.statements, Statement(t.SEQUENCE, _ordinal(place))))
        for group in shared.values()
        for place, one in enumerate(group, 1)
    ]
    return sorted(numbered, key=lambda one: one.identifier)


def _ordinal(place: int) -> Datum:
    return Datum(str(place), "positiveInteger")
