"""What the observations of a package link to: concepts, fiscal years, initiatives."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from dataclasses import replace
from datetime import date

from pipelines.describe.cube import terms as t
from pipelines.describe.cube.cells import words
from pipelines.describe.cube.model import Code, CodeList, FiscalYear, Link, Named
from pipelines.describe.iris import Names
from pipelines.describe.model import text
from pipelines.eras import japanese_year
from pipelines.model import Package, Row

_FIRST_YEAR, _LAST_YEAR = 1868, 2200  # the bounds of 年度 in the Table Schemas


class Codes:
    """Makes links and keeps what they lead to, by IRI. The first description stands."""

    def __init__(self, package: Package, names: Names) -> None:
        declared = package.declaration
        self._names = names
        self._name = declared.name
        self._titles = text(declared.title, declared.title_en)
        self._labels = {
            slug: {words(row, "ID"): words(row, "名称") for row in package.tables.rows(slug)}
            for slug in ("initiative", "indicator")
        }
        self.codes: dict[str, Code] = {}
        self.lists: dict[str, CodeList] = {}
        self.years: dict[str, FiscalYear] = {}
        self.initiatives: dict[str, Named] = {}

    def year(self, row: Row) -> Link | None:
        """The fiscal year of a row; None when it has none."""
        year = row.get("年度")
        if not isinstance(year, int) or not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        iri = self._names.at("fiscal-year", str(year))
        label = text(japanese_year(year), f"Fiscal year {year}")
        self.years[iri] = FiscalYear(iri, label, date(year, 4, 1), date(year + 1, 3, 31))
        return Link(iri)

    def indicator(self, row: Row) -> Link | None:
        """The indicator that a row observes; None when it names none."""
        identifier = words(row, "指標ID")
        if not identifier:
            return None
        label = self._labels["indicator"].get(identifier) or words(row, "指標名") or identifier
        iri = self._names.at("indicator", identifier)
        initiative = self.initiative(words(row, "取組ID"))
        return self.own("indicators", Code(iri, text(label), initiative=initiative))

    def initiative(self, identifier: str) -> str:
        """The IRI of an initiative of the table `initiative`; '' for another."""
        label = self.initiative_name(identifier)
        if not label:
            return ""
        iri = self._names.at("initiative", identifier)
        self.initiatives[iri] = Named(iri, text(label), identifier)
        return iri

    def initiative_name(self, identifier: str) -> str:
        """The name of an initiative, '' when it is not known."""
        return self._labels["initiative"].get(identifier, "")

    def word(self, name: str, written: str) -> Link:
        """The concept of a vocabulary; a word that it lacks becomes one of the package's own."""
        known = self.known(name, written)
        return known or self.coined("words", f"{name}~{written}", Code("", text(written)))

    def known(self, name: str, written: str) -> Link | None:
        """The concept of `vocab/{name}.ttl` for a word; None when it has none."""
        code = t.vocabulary_code(name, written)
        if code is None:
            return None
        self.lists[code.schemes[0]] = t.vocabulary_list(name)
        self.codes[code.iri] = code
        return Link(code.iri)

    def coined(self, key: str, part: str, code: Code) -> Link:
        """A concept of the package whose IRI is a part of its list's."""
        return self.own(key, replace(code, iri=self._names.fragment(self._list(key), part)))

    def own(self, key: str, code: Code) -> Link:
        """A concept of the package: in its list, and in that of all packages if there is one."""
        iri = self._list(key)
        self.lists[iri] = CodeList(
            iri, {tag: f"{words} – {t.LISTS[key][tag]}" for tag, words in self._titles.items()}
        )
        schemes = [iri]
        if shared := t.OPEN_LISTS.get(key):
            self.lists[shared.iri] = shared
            schemes.append(shared.iri)
        self.codes.setdefault(code.iri, replace(code, schemes=tuple(schemes)))
        return Link(code.iri)

    def only(self, linked: Collection[str]) -> Codes:
        """The same with nothing but what these IRIs lead to."""
        kept = copy(self)
        kept.codes = {iri: self.codes[iri] for iri in sorted(self.codes) if iri in linked}
        kept.years = {iri: self.years[iri] for iri in sorted(self.years) if iri in linked}
        schemes = {scheme for code in kept.codes.values() for scheme in code.schemes}
        kept.lists = {iri: self.lists[iri] for iri in sorted(schemes)}
        named = {code.initiative for code in kept.codes.values()}
        kept.initiatives = {i: self.initiatives[i] for i in sorted(named) if i}
        return kept

    def _list(self, key: str) -> str:
        return self._names.at("cube", self._name, key)
