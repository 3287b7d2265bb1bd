"""The report of a package, among its files and in its folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipelines.model import Package
from pipelines.package.write import write_files
from pipelines.report.files import HTML, MARKDOWN, report_files
from pipelines.report.model import report


def reported(package: Package) -> Package:
    """The package with the report of its findings among its files."""
    told = package.declaration
    found = report(package.findings, told.name, told.title, told.title_en)
    return replace(package, files={**package.files, **report_files(found)})


def write_report(package: Package, folder: Path) -> list[str]:
    """Writes the report of a package that has one (`reported`) into its folder, and nothing else;
    the paths that changed. Raises MachidataError `folder-unreachable` (exit code 3).
    """
    files = {name: package.files[name] for name in (MARKDOWN, HTML)}
    return write_files(files, folder, package.declaration.name)
