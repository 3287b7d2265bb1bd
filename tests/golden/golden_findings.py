"""The findings of a package, each at its document, line and column, so that places compare."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from golden_answers import DOCUMENTS

from pipelines import line
from pipelines.check.case import Case, run
from pipelines.check.whole import CHECKS
from pipelines.declaration import load_declaration
from pipelines.model import Declaration, Document, Finding, Tables
from pipelines.read import read

REPOSITORY = Path(__file__).parents[2]
PACKAGES = ("022055-dx-plan", "024465-dx-plan", "082163-dx-plan", "152064-ict-plan")

_NAMES = {file: name for name, file in DOCUMENTS.items()}
_PLACE = re.compile(r"(?:(?P<key>[\w-]+) )?L(?P<line>\d+)(?::C(?P<column>\d+))?")


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding: `line` and `column` are 0 when it names none; `check` tells the stage."""

    code: str
    document: str
    line: int
    column: int
    found: str
    expected: str = ""
    check: bool = True

    @property
    def place(self) -> str:
        if not self.line:
            return "any"
        return f"L{self.line}:C{self.column}" if self.column else f"L{self.line}"

    def __str__(self) -> str:
        return f"{self.code} {self.document} {self.place} {self.found!r} → {self.expected!r}"


@cache
def declaration(package: str) -> Declaration:
    return load_declaration(REPOSITORY / "datapackages" / package)


def texts(package: str, documents: Path | None = None) -> dict[str, str]:
    """The printed text by document: the committed extracts, or the whole documents."""
    declared = declaration(package)
    found = {}
    for source in declared.sources:
        whole = documents / source.document if documents else declared.folder / source.path
        found[_NAMES[source.document]] = whole.read_text(encoding="utf-8")
    return found


def read_texts(package: str, printed: Mapping[str, str]) -> list[tuple[str, Document]]:
    sources = [(source.key, _NAMES[source.document]) for source in declaration(package).sources]
    return [(key, read(printed[name].encode(), DOCUMENTS[name])) for key, name in sources]


def tables_of(package: str, printed: Mapping[str, str]) -> Tables:
    return line.tidy_sources(declaration(package), read_texts(package, printed))


def findings(package: str, printed: Mapping[str, str]) -> list[Seen]:
    """What reading, tidying and checking find; the schema check is left out, which plants no
    fault of print and takes most of the time.
    """
    documents = read_texts(package, printed)
    tables = line.tidy_sources(declaration(package), documents)
    checked = run(CHECKS, Case(tables, tuple(documents)))
    tidied = [replace(_seen(package, finding), check=False) for finding in tables.findings]
    return [*tidied, *(_seen(package, finding) for finding in checked)]


def _seen(package: str, finding: Finding) -> Seen:
    names = {source.key: _NAMES[source.document] for source in declaration(package).sources}
    place = _PLACE.search(finding.place)
    key = place["key"] if place and place["key"] else finding.place.split(" ")[0]
    document = names.get(key, next(iter(names.values())) if len(names) == 1 else "")
    number, column = (int(place["line"]), int(place["column"] or 0)) if place else (0, 0)
    return Seen(finding.code, document, number, column, finding.found, finding.expected)


def new(before: Iterable[Seen], after: Iterable[Seen]) -> list[Seen]:
    """The findings of `after` that `before` has not (as often)."""
    return list((Counter(after) - Counter(before)).elements())
