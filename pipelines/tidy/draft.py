"""The tables while they are being read: entries that know their relations and origins, no IDs yet.

Readers of layouts add entries here; `pipelines.tidy.assemble` gives them IDs and turns them into
tables. The same policy, initiative or indicator met twice (in two documents, or in a heading and a
table) is one entry, so that documents of one package join.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from pipelines.findings import tidy as f
from pipelines.model import Block, Cell, Finding, Place, Value
from pipelines.tidy.text import letters
from pipelines.tidy.values import Reading
from pipelines.tidy.years import Moment

_SIMILAR = 0.85
"""Names of the same measure that agree at least this much are one initiative (reported)."""
_ALIKE = 0.5
"""Names under the same printed number that agree less than this are two initiatives."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was printed: place, text as printed, rules that made the value of it."""

    place: Place
    text: str
    rules: tuple[str, ...] = ()

    @classmethod
    def of(cls, cell: Cell | Block, *rules: str) -> Origin:
        """The origin of a value read from a cell or line, with its text as printed."""
        mended = ("corrected",) if cell.printed else ()
        return cls(cell.place, cell.as_printed, (*rules, *mended))


@dataclass(eq=False, slots=True)
class Entry:
    """A row to be: values and origins by column, relations to other entries by column.

    `key` becomes the ID behind the plan's ID; readers set it where printed numbers give it. `met`
    are the places at which the documents name the plan, a policy, an initiative or an indicator.
    """

    slug: str
    values: dict[str, Value] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    refs: dict[str, Entry | None] = field(default_factory=dict)
    key: str = ""
    met: list[Origin] = field(default_factory=list)

    def put(self, column: str, value: Value, origin: Origin | None) -> Entry:
        """Sets a column unless it has a value already; empty values are not set."""
        if value in (None, "") or self.values.get(column) not in (None, ""):
            return self
        self.values[column] = value
        if origin is not None:
            self.origins[column] = origin
        return self

    def text(self, column: str) -> str:
        """The value of a column as text, '' when it has none."""
        value = self.values.get(column)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A value of a timetable: its indicator is found once every document has been read."""

    initiative: Entry
    reading: Reading
    year: Moment
    cell: Cell
    kind: str
    year_cell: Cell | None = None


@dataclass(slots=True)
class Draft:
    """Everything read so far.

    `entries` by slug in printed order; `late` the readings of a schedule that wait until all
    indicators are known; `keys` the source key of each document (by its hash) where a package has
    several: then the places of findings name it. `about` stands beside `findings`.
    """

    plan: Entry = field(default_factory=lambda: Entry("plan"))
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    late: list[Waiting] = field(default_factory=list)
    omitted: bool = False
    about: list[Entry | None] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    reading: str = ""

    def add(self, entry: Entry) -> Entry:
        """Keeps an entry as it is."""
        self.entries.setdefault(entry.slug, []).append(entry)
        return entry

    def of(self, slug: str) -> list[Entry]:
        """The entries of a table in the order in which they were read."""
        return self.entries.get(slug, [])

    def report(self, finding: Finding, about: Entry | None = None) -> None:
        """Keeps a finding, once; `about` is the entry whose ID the finding will carry."""
        key = self.keys.get(self.reading, "")
        if key and finding.place:
            finding = replace(finding, place=f"{key} {finding.place}")
        if finding not in self.findings:
            self.findings.append(finding)
            self.about.append(about)

    def policy(
        self,
        level: int,
        number: str,
        name: str,
        origin: Origin,
        parent: Entry | None,
        number_origin: Origin | None = None,
    ) -> Entry:
        """The policy of a level with this number (or, where none is printed, this name)."""
        for entry in self.of("policy"):
            if entry.values["階層"] == level and self._same_policy(entry, number, name, parent):
                self._agree(entry, number, name, origin)
                entry.met.append(origin)
                if parent is not None and entry.refs.get("上位ID") is None:
                    entry.refs["上位ID"] = parent
                return entry
        entry = Entry("policy", refs={"上位ID": parent}, met=[origin])
        entry.put("階層", level, origin).put("名称", name, origin)
        entry.put("番号", number, number_origin or origin)
        return self.add(entry)

    def _same_policy(self, entry: Entry, number: str, name: str, parent: Entry | None) -> bool:
        above = entry.refs.get("上位ID")
        if parent is not None and above is not None and above is not parent:
            return False
        printed = entry.text("番号")
        if number and printed:
            return number.lstrip("0") == printed.lstrip("0")
        return bool(name) and letters(name) == letters(entry.text("名称"))

    def _agree(self, entry: Entry, number: str, name: str, origin: Origin) -> None:
        entry.put("番号", number, origin)
        known = entry.text("名称")
        if not name or name == known:
            return
        if letters(name) != letters(known) or _inserted(name) != _inserted(known):
            self.report(
                f.NameDiffers.at(
                    table="policy",
                    place=origin.place,
                    found=name,
                    expected=known,
                    number=self._chain(entry),
                ),
                entry,
            )
        if letters(name) == letters(known) and len(name) > len(known):
            # The same name with its explanation in brackets says more.
            entry.values["名称"], entry.origins["名称"] = name, origin

    def _chain(self, entry: Entry | None) -> str:
        """The numbers of a policy from the top down: 基本戦略2, (2) → 2-2."""
        numbers: list[str] = []
        while entry is not None:
            numbers.insert(0, entry.text("番号"))
            entry = entry.refs.get("上位ID")
        return "-".join(number for number in numbers if number)

    def initiative(
        self,
        number: str,
        name: str,
        origin: Origin,
        policy: Entry | None,
        number_origin: Origin | None = None,
    ) -> Entry:
        """The initiative with this number, or of this name where one of the two has no number."""
        entry = self._find_initiative(number, name, origin, policy)
        if entry is None:
            entry = self.add(Entry("initiative"))
        entry.met.append(origin)
        entry.put("番号", number, number_origin or origin).put("名称", name, origin)
        if policy is not None and entry.refs.get("施策ID") is None:
            entry.refs["施策ID"] = policy
        return entry

    def _find_initiative(
        self, number: str, name: str, origin: Origin, policy: Entry | None
    ) -> Entry | None:
        open_ones = []
        for entry in self.of("initiative"):
            printed = entry.text("番号")
            if number and printed:
                if number == printed and self._same_named(entry, name, origin):
                    return entry
                continue
            if letters(entry.text("名称")) == letters(name):
                return entry
            open_ones.append(entry)
        return self._similar(open_ones, name, origin, policy)

    def _same_named(self, entry: Entry, name: str, origin: Origin) -> bool:
        """Whether a number met again means the same initiative; what differs is reported."""
        known = entry.text("名称")
        if not name or letters(name) == letters(known):
            return True
        ratio = SequenceMatcher(None, letters(known), letters(name)).ratio()
        number = entry.text("番号")
        if ratio >= _ALIKE:
            self.report(
                f.NameDiffers.at(
                    table="initiative",
                    place=origin.place,
                    found=name,
                    expected=known,
                    number=number,
                )
            )
            return True
        self.report(f.NumberRepeated.at(table="initiative", place=origin.place, found=number))
        return False

    def _similar(
        self, candidates: list[Entry], name: str, origin: Origin, policy: Entry | None
    ) -> Entry | None:
        for entry in candidates:
            known = entry.text("名称")
            ratio = SequenceMatcher(None, letters(known), letters(name)).ratio()
            if policy is not None and entry.refs.get("施策ID") is policy and ratio >= _SIMILAR:
                self.report(
                    f.JoinInexact.at(
                        table="initiative", place=origin.place, found=name, expected=known
                    )
                )
                return entry
        return None

    def indicators(self, initiative: Entry) -> list[Entry]:
        """The indicators of an initiative in printed order."""
        return [e for e in self.of("indicator") if e.refs.get("取組ID") is initiative]

    def indicator(self, initiative: Entry, branch: str, name: str, origin: Origin) -> Entry:
        """The indicator of an initiative with a branch number (枝番)."""
        for entry in self.indicators(initiative):
            if entry.text("枝番") == branch:
                entry.met.append(origin)
                return entry
        entry = Entry("indicator", refs={"取組ID": initiative}, met=[origin])
        entry.put("枝番", branch, origin).put("名称", name, origin)
        return self.add(entry)

    def policies(self, level: int) -> Iterable[Entry]:
        """The policies of a level."""
        return (entry for entry in self.of("policy") if entry.values["階層"] == level)


def _inserted(name: str) -> list[str]:
    """What stands in brackets inside a name; behind it, it is an explanation."""
    return re.findall(r"[(（]([^()（）]*)[)）](?=.)", name)
