"""The line as plain functions: declaration → documents → tables → findings → package → catalog.

The command line and the Prefect flows are both thin twins of this module, so they cannot differ.
The stages are imported inside the functions: asking for help must not load an HTML parser.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import source_files
from pipelines.job import BASE, STAGES, BuildResult, Job, Progress, Step, silent
from pipelines.model import (
    Declaration,
    Document,
    Finding,
    MachidataError,
    Metadata,
    Package,
    Tables,
)
from pipelines.opendata_rows import LIST_PATH
from pipelines.unforeseen import internal

if TYPE_CHECKING:
    from pipelines.publish.folder import Publication

read_sources = source_files.read_sources


def tidy_sources(declaration: Declaration, documents: Sequence[tuple[str, Document]]) -> Tables:
    """The tidy tables of a package out of its documents."""
    from pipelines.tidy import tidy
    from pipelines.vocabulary import municipalities

    municipality = municipalities()[declaration.municipality]
    return tidy(documents, declaration.name, municipality, declaration.hints)


def check_tables(tables: Tables, documents: Sequence[tuple[str, Document]] = ()) -> list[Finding]:
    """What the checks find in the tables and the documents that they were read from; the tables
    bring their own findings of the reading.
    """
    from pipelines.check import check

    return check(tables, documents)


def pack(
    declaration: Declaration,
    documents: Sequence[tuple[str, Document]],
    tables: Tables,
    findings: Sequence[Finding],
) -> Package:
    """The package, in memory."""
    from pipelines.package import package
    from pipelines.vocabulary import municipalities

    hashes = {key: document.sha256 for key, document in documents}
    municipality = municipalities()[declaration.municipality]
    declared, printed = (
        _as_read(declaration, documents),
        source_files.extracts(declaration, documents),
    )
    return package(declared, municipality, tables, findings, hashes, printed)


def _as_read(declaration: Declaration, documents: Sequence[tuple[str, Document]]) -> Declaration:
    """The declaration without the extracts that were not read: a hash is of what was read."""
    names = {key: document.name for key, document in documents}
    sources = tuple(
        replace(one, path="") if one.document and names.get(one.key) == one.document else one
        for one in declaration.sources
    )
    return replace(declaration, sources=sources)


def build_package(
    folder: Path, documents: Path | None = None, begin: Callable[[str], None] = lambda stage: None
) -> Package:
    """The line for one package: `folder` holds its package.yaml; `begin` hears of each stage.

    Nothing is written. Raises MachidataError when the package cannot be built at all.
    """
    from pipelines.declaration import load_declaration
    from pipelines.publish.paths import check_package_name

    begin("read")
    check_package_name(folder.name)
    declaration = load_declaration(folder)
    sources = read_sources(declaration, documents)
    begin("tidy")
    tables = tidy_sources(declaration, sources)
    begin("check")
    findings = check_tables(tables, sources)
    begin("package")
    return pack(declaration, sources, tables, findings)


def describe_packages(
    job: Job, packages: Sequence[Package], failed: Mapping[str, MachidataError]
) -> tuple[list[Package], Metadata, dict[str, MachidataError]]:
    """The packages that can be described, the catalog's metadata, and the failed ones.

    A declaration whose words the vocabulary does not know (a theme, a licence), or that claims what
    another has (an edition), fails its own package only. What stays in the catalog keeps its
    description. Raises the first package's MachidataError when none is left.
    """
    from pipelines.describe import describe

    bad = dict(failed)

    def told(good: Sequence[Package]) -> Metadata:
        keep = job.kept(bad)
        before = _previous(job, packages)
        return describe(good, job.base, previous=before, keep=keep, forget=job.forget)

    try:
        if packages:
            return list(packages), told(packages), bad
    except MachidataError as error:
        if error.code in {"base-changed", "previous-metadata-invalid", "previous-list-invalid"}:
            raise
    good: list[Package] = []
    for package in packages:
        try:
            told([*good, package])
            good.append(package)
        except MachidataError as reason:
            bad[package.declaration.name] = reason
    if not good:
        raise bad[min(bad)]
    return good, told(good), bad


def _previous(job: Job, packages: Sequence[Package]) -> dict[str, bytes]:
    """What the catalog in place says of its packages: what stays in it keeps its description, and
    its list keeps what was ever in it.
    """
    names = {*job.declared, *(package.declaration.name for package in packages)}
    files = [
        f"{name}/metadata/{file}" for name in names for file in ("description.json", "cube.ttl")
    ]
    found = {path: job.target / path for path in files if (job.target / path).is_file()}
    listed = job.list_in_place()
    here = {} if listed is None else {LIST_PATH: listed}
    return {**{path: file.read_bytes() for path, file in found.items()}, **here}


def with_metadata(package: Package, metadata: Metadata) -> Package:
    """The package with its own description among its files, what was found, and its report."""
    from pipelines.report.package import reported

    own = metadata.packages.get(package.declaration.name)
    if own is not None:
        findings = (*package.findings, *own.findings)
        package = replace(package, files={**package.files, **own.files}, findings=findings)
    return reported(package)


def described(package: Package, base: str = BASE) -> Package:
    """A package with its metadata, what was found, and its report, as if alone in a catalog.

    Raises MachidataError as `pipelines.describe.describe` does.
    """
    from pipelines.describe import describe

    own = Metadata({}) if package.has_errors else describe([package], base)
    return with_metadata(package, own)


def publish_packages(
    job: Job,
    packages: Sequence[Package],
    metadata: Metadata,
    failed: Mapping[str, MachidataError],
) -> Publication:
    """Puts the catalog in place at `job.target`."""
    from pipelines.publish import publish

    return publish(packages, metadata, job.target, keep=job.kept(failed))


def commit(job: Job, packages: Sequence[Package]) -> tuple[str, ...]:
    """Writes the packages into their own folders; the paths that changed. Of a package with errors
    only the report is written: its last good data stay.
    """
    from pipelines.package.write import write_package
    from pipelines.report.package import write_report

    changed: list[str] = []
    for package in packages if job.commit else ():
        name = package.declaration.name
        write = write_report if package.has_errors else write_package
        changed += [f"{name}/{path}" for path in write(package, job.folder(name))]
    return tuple(changed)


def build(job: Job, progress: Progress = silent) -> BuildResult:
    """The whole line, one package after the other; an error in one stops no other.

    Raises MachidataError only for what concerns all: the catalog cannot be written, or no package
    could be built (then the first package's error).
    """
    return finish(job, *build_packages(job, progress), progress)


def build_packages(
    job: Job, progress: Progress = silent
) -> tuple[list[Package], dict[str, MachidataError]]:
    """The packages of a job, and why others could not be built. Nothing is written."""
    packages: list[Package] = []
    failed: dict[str, MachidataError] = {}
    for number, name in enumerate(job.names):

        def begin(stage: str, name: str = name, number: int = number) -> None:
            progress(Step(name, stage, number * len(STAGES) + STAGES.index(stage), job.steps))

        try:
            packages.append(build_package(job.folder(name), job.documents, begin))
        except MachidataError as error:
            failed[name] = error
        except Exception as error:
            if os.environ.get("MACHIDATA_DEBUG") == "1":
                raise
            failed[name] = internal(error, name)
    return packages, failed


def finish(
    job: Job,
    packages: Sequence[Package],
    failed: Mapping[str, MachidataError],
    progress: Progress = silent,
) -> BuildResult:
    """Describes, publishes and commits what was built; see `build` for what it raises."""
    progress(Step("", "describe", job.steps - 2, job.steps))
    packages, metadata, failed = describe_packages(job, packages, failed)
    packages = [with_metadata(package, metadata) for package in packages]
    progress(Step("", "publish", job.steps - 1, job.steps))
    publication = publish_packages(job, packages, metadata, failed)
    changed = commit(job, packages)
    return BuildResult(tuple(packages), failed, publication, changed, metadata.findings)
