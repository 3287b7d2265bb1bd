"""The report of a package: its findings by severity, by code, and by what to do about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.findings import kind_of
from pipelines.model import Finding, Severity

SEVERITIES: tuple[tuple[Severity, str], ...] = (
    ("誤り", "Errors"),
    ("警告", "Warnings"),
    ("情報", "Notes"),
)
"""The severities, gravest first, with what their findings are called in English."""


@dataclass(frozen=True, slots=True)
class Told:
    """Findings of one code that are mended in the same way; `fix` may be empty."""

    fix: str
    fix_en: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """The findings of one code within a severity; an unknown code is its own title."""

    code: str
    title: str
    title_en: str
    told: tuple[Told, ...]

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(len(one.findings) for one in self.told)


@dataclass(frozen=True, slots=True)
class Section:
    """The findings of one severity; `accepted` of them package.yaml lets stand."""

    severity: Severity
    severity_en: str
    kinds: tuple[Kind, ...]
    count: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a package.

    `sections` are those of all three severities, gravest first, empty ones included.
    """

    name: str
    title: str
    title_en: str
    sections: tuple[Section, ...]

    @property
    def stops(self) -> bool:
        """Whether the package is not published: it has an 誤り that nobody accepted."""
        errors = self.sections[0]
        return errors.count > errors.accepted

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(section.count for section in self.sections)


def report(
    findings: Iterable[Finding], name: str = "", title: str = "", title_en: str = ""
) -> Report:
    """The report of `findings`: severities by weight, codes in alphabetical order, and within a
    code the order given.
    """
    every = list(findings)
    sections = (_section(every, severity, english) for severity, english in SEVERITIES)
    return Report(name, title, title_en, tuple(sections))


def titles(code: str) -> tuple[str, str]:
    """(Japanese, English) title of a code; an unknown code is its own title."""
    kind = kind_of(code)
    return (kind.title or code, kind.title_en or code) if kind else (code, code)


def _section(findings: Iterable[Finding], severity: Severity, english: str) -> Section:
    some = [finding for finding in findings if finding.severity == severity]
    by_code: dict[str, list[Finding]] = {}
    for finding in some:
        by_code.setdefault(finding.code, []).append(finding)
    kinds = tuple(Kind(code, *titles(code), _told(by_code[code])) for code in sorted(by_code))
    return Section(severity, english, kinds, len(some), sum(bool(one.accepted) for one in some))


def _told(findings: Iterable[Finding]) -> tuple[Told, ...]:
    by_fix: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        by_fix.setdefault((finding.fix, finding.fix_en), []).append(finding)
    return tuple(Told(*fix, tuple(some)) for fix, some in by_fix.items())
