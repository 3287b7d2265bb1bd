"""Errors, findings and results as text for people and as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from machidata.messages import pick, say
from machidata.streams import out
from pipelines.job import BuildResult
from pipelines.model import Finding, MachidataError, Package

if TYPE_CHECKING:
    from pipelines.flat import Written
    from pipelines.report.model import Kind

SEVERITIES = ("誤り", "警告", "情報")
SHOWN = 20
"""Findings of one code shown on a terminal; --json has all of them."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """`text` without control characters: what a document holds must not steer a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\n", " ").replace("\t", " "))


def out_json(value: object) -> None:
    """`value` as JSON on standard output: keys as given, one document."""
    out(json.dumps(value, ensure_ascii=False, indent=2))


def error_data(error: MachidataError) -> dict[str, Any]:
    """An error as stable keys: code, both languages, where, found, expected, fix, exit_code."""
    return {
        "code": error.code,
        "message": error.ja,
        "message_en": error.en,
        "where": error.where,
        "found": error.found,
        "expected": error.expected,
        "fix": error.fix_ja,
        "fix_en": error.fix_en,
        "exit_code": error.exit_code,
    }


def error_lines(error: MachidataError, mark: str = "✗") -> list[str]:
    """An error as lines: its code and sentence, then where, found, expected and fix if stated."""
    parts = {
        "where": error.where,
        "found": error.found,
        "expected": error.expected,
        "fix": pick(error.fix_ja, error.fix_en),
    }
    head = f"{mark} {error.code}: {plain(pick(error.ja, error.en))}"
    return [head, *(f"    {say('label.' + key)}: {plain(v)}" for key, v in parts.items() if v)]


def finding_data(finding: Finding) -> dict[str, str]:
    """A finding as stable keys; `accepted` is the reason of an accepted one, '' of the others."""
    from pipelines.report.model import titles

    title, title_en = titles(finding.code)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "table": finding.table,
        "row_id": finding.row_id,
        "place": finding.place,
        "found": finding.found,
        "expected": finding.expected,
        "message": finding.message,
        "message_en": finding.message_en,
        "title": title,
        "title_en": title_en,
        "accepted": finding.accepted,
        "fix": finding.fix,
        "fix_en": finding.fix_en,
    }


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Severity → number of findings; all three severities are there."""
    every = [str(finding.severity) for finding in findings]
    return {severity: every.count(severity) for severity in SEVERITIES}


def findings_lines(findings: Sequence[Finding], shown: int = SHOWN) -> list[str]:
    """Findings by severity, errors first, and by code; of each its place, of each code what to
    do, once.
    """
    from pipelines.report.model import report

    lines: list[str] = []
    for section in report(findings).sections:
        if section.count:
            lines.append(f"{say('severity.' + section.severity)} ({section.count})")
        for kind in section.kinds:
            lines.append(f"  {kind.code}  {pick(kind.title, kind.title_en)} ({kind.count})")
            lines += _kind_lines(kind, shown)
    return lines or [say("findings.none")]


def _kind_lines(kind: Kind, shown: int) -> list[str]:
    lines: list[str] = []
    left = shown
    for told in kind.told:
        some = told.findings[:left]
        left -= len(some)
        lines += [line for finding in some for line in _finding_lines(finding)]
        fix = plain(pick(told.fix, told.fix_en)) if some else ""
        lines += [f"    → {fix}"] if fix else []
    more = kind.count - shown
    return [*lines, "    " + say("findings.more", count=more)] if more > 0 else lines


def _finding_lines(finding: Finding) -> list[str]:
    """Where it is and what is wrong; found and expected where no sentence says them."""
    where = " ".join(part for part in (finding.table, finding.row_id, finding.place) if part)
    message = pick(finding.message, finding.message_en)
    said = f"{message}\n{pick(finding.fix, finding.fix_en)}"
    values = {"found": finding.found, "expected": finding.expected}
    told = [f"{say('label.' + key)}: {v}" for key, v in values.items() if v and v not in said]
    told += [f"{say('label.accepted')}: {finding.accepted}"] if finding.accepted else []
    head = [f"    {plain(where)}"] if where else []
    return [*head, f"      {plain(message)}", *(f"      {plain(line)}" for line in told)]


def summary(findings: Iterable[Finding]) -> str:
    """How many findings of each severity, in one phrase."""
    every = list(findings)
    counts = count(every)
    words = say("summary", errors=counts["誤り"], warnings=counts["警告"], notes=counts["情報"])
    accepted = sum(bool(finding.accepted) for finding in every)
    return words + (say("summary.accepted", count=accepted) if accepted else "")


def package_data(package: Package) -> dict[str, Any]:
    """A package as stable keys: name, title, tables (slug → rows), findings by severity."""
    return {
        "name": package.declaration.name,
        "title": package.declaration.title,
        "municipality": package.municipality.code,
        "tables": {resource.slug: resource.rows for resource in package.resources},
        "counts": count(package.findings),
    }


def build_data(result: BuildResult) -> dict[str, Any]:
    """A build as stable keys; `status` of a package is published, kept, stopped or failed."""
    publication = result.publication
    packages = []
    for package in result.packages:
        errors = [finding_data(f) for f in package.findings if f.stops]
        status = _status(result, package.declaration.name)
        packages.append({**package_data(package), "status": status, "errors": errors})
    packages += [
        {"name": name, "status": "failed", "error": error_data(error)}
        for name, error in result.failed.items()
    ]
    return {
        "catalog": str(publication.target),
        "packages": sorted(packages, key=lambda entry: str(entry["name"])),
        "kept": list(publication.kept),
        "changed": list(result.changed),
        "findings": [finding_data(finding) for finding in result.findings],
        "exit_code": result.exit_code,
    }


def _status(result: BuildResult, name: str) -> str:
    publication = result.publication
    known = {"published": publication.published, "kept": publication.kept}
    return next((status for status, names in known.items() if name in names), "stopped")


def build_lines(result: BuildResult) -> list[str]:
    """A build as lines: each package with its rows and findings, errors in full."""
    lines: list[str] = []
    for package in result.packages:
        name = package.declaration.name
        rows = sum(resource.rows for resource in package.resources)
        status = say(_status(result, name))
        mark = "✗" if package.has_errors else "✓"
        title = plain(package.municipality.full_name)
        size = say("rows", count=rows)
        lines.append(f"{mark} {name}  {title}  {status}  {size}  {summary(package.findings)}")
        errors = [finding for finding in package.findings if finding.stops]
        lines += ["  " + line for line in (findings_lines(errors) if errors else [])]
    for name, error in result.failed.items():
        lines.append(f"✗ {name}  {say('failed')}")
        lines += ["  " + line for line in error_lines(error, "·")]
    lines += catalog_lines(result.findings)
    if result.changed:
        lines.append(say("changed", count=len(result.changed)))
    lines.append(say("wrote.catalog", folder=plain(str(result.publication.target))))
    return lines


def catalog_lines(findings: Iterable[Finding]) -> list[str]:
    """What is found of a whole catalog: errors, and what importers of its list would lose."""
    told = [
        finding
        for finding in findings
        if finding.stops or (finding.severity == "警告" and finding.table == "opendata-list")
    ]
    return findings_lines(told) if told else []


def written_lines(written: Written, folder: Path) -> list[str]:
    """What was written into a folder, and what of before was replaced or removed there."""
    if not written.files:
        return [say("wrote.nothing")]
    before = {"replaced": written.replaced, "removed": written.removed}
    lines = [say(key, names=", ".join(names)) for key, names in before.items() if names]
    where = plain(str(folder))
    return [*lines, say("wrote.tables", count=len(written.files), folder=where)]
