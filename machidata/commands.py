"""What the commands do: call the line, show what it says, return the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from machidata.messages import say
from machidata.progress import progress
from machidata.render import (
    build_data,
    build_lines,
    count,
    error_lines,
    finding_data,
    findings_lines,
    out_json,
    package_data,
    plain,
    summary,
    written_lines,
)
from machidata.streams import note, out
from pipelines.job import Job, Step, plan_job
from pipelines.metadata_file import FORMS, check_metadata
from pipelines.model import Finding, MachidataError, Package
from pipelines.workspace import PACKAGES, choose, find_root, refuse_inside

if TYPE_CHECKING:
    from machidata.catalog_commands import Publishing


def build_command(
    names: Sequence[str], documents: Path | None, out_: Path | None, base: str, *, as_json: bool
) -> int:
    """`machidata build`."""
    return _run(plan_job(find_root(), names, documents, out_, base), as_json=as_json)


def publish_command(
    names: Sequence[str], out_: Path | None, asked: Publishing, *, as_json: bool
) -> int:
    """`machidata publish`: to the folder what `build` does, without writing the packages' own
    folders; to another catalog by a plan.
    """
    from machidata.catalog_commands import publish_catalog, refuse_both

    refuse_both(asked.plan, asked.apply)
    if asked.apply is None:
        _refuse_unlicensed(names, asked.to)
    if asked.to != "folder":
        return publish_catalog(asked)
    if asked.plan is not None or asked.apply is not None:
        raise MachidataError(
            "catalog-unsupported",
            ja="フォルダのカタログは一度に入れ替わるので、--plan と --apply はありません。",
            en="The folder catalog is exchanged in one step: it has no --plan and --apply.",
            where="--to",
            found=asked.to,
            expected="ckan:https://… / catalogs/NAME.yaml",
            fix_ja="--plan と --apply を外してください。",
            fix_en="Leave --plan and --apply out.",
        )
    job = plan_job(find_root(), names, None, out_, asked.base, commit=False)
    return _run(job, as_json=as_json)


def _refuse_unlicensed(names: Sequence[str], to: str) -> None:
    from pipelines.declaration import load_declaration
    from pipelines.publish.allowed import FOLDER, refuse_unlicensed

    if to != FOLDER:
        root = find_root()
        chosen = [root / PACKAGES / name for name in choose(root, names)]
        refuse_unlicensed([load_declaration(folder) for folder in chosen], to)


def _run(job: Job, *, as_json: bool) -> int:
    from pipelines.line import build

    with progress() as tell:
        result = build(job, tell)
    if as_json:
        out_json(build_data(result))
    else:
        for line in build_lines(result):
            out(line)
    return result.exit_code


def read_command(document: Path, folder: Path, code: str, *, as_json: bool) -> int:
    """`machidata read`: the tables of one document; nothing is written when it has none."""
    from pipelines.flat import Written, write_flat
    from pipelines.single import is_readable, read_document

    with progress() as tell:
        tell(Step(plain(document.name), "read", 0, 1))
        refuse_inside(folder, _root(), whole=True)
        package = read_document(document, code)
    written = write_flat(package.files, folder) if is_readable(package) else Written(())
    if as_json:
        findings = [finding_data(finding) for finding in package.findings]
        result: dict[str, Any] = {**package_data(package), "findings": findings}
        result |= {"out": str(folder), "files": list(written.files)}
        result |= {"replaced": list(written.replaced), "removed": list(written.removed)}
        out_json({**result, "exit_code": _code(package)})
        return _code(package)
    for resource in package.resources if written.files else ():
        out(f"{Path(resource.path).name}  {say('rows', count=resource.rows)}")
    for line in findings_lines(package.findings):
        note(line)
    for line in written_lines(written, folder):
        out(line)
    return _code(package)


def _root() -> Path | None:
    """The repository, None where there is none: reading a document needs none."""
    try:
        return find_root()
    except MachidataError:
        return None


def _code(package: Package) -> int:
    return int(package.has_errors)


def check_command(target: str, schema: str, code: str, *, as_json: bool) -> int:
    """`machidata check`: a CSV file, a document, metadata, or a package by its name or folder."""
    with progress() as tell:
        tell(Step(plain(target), "check", 0, 1))
        findings = _of_file(target, schema, code)
        package = _of_package(target) if findings is None else None
        findings = package.findings if package else findings or ()
        files = _report(package) if package else []
    exit_code = int(any(finding.stops for finding in findings))
    if as_json:
        found = [finding_data(finding) for finding in findings]
        result = {"target": target, "counts": count(findings), "findings": found}
        out_json({**result, "files": files, "exit_code": exit_code})
        return exit_code
    for line in findings_lines(findings):
        out(line)
    if findings:
        out(summary(findings))
    if files:
        out(say("wrote.report", files=" ".join(files)))
    return exit_code


def _of_file(target: str, schema: str, code: str) -> Sequence[Finding] | None:
    """The findings of a file; None when the target is a package."""
    path = Path(target)
    if (schema or path.suffix) and not path.exists():
        raise MachidataError(
            "file-missing",
            ja="ファイルがありません。",
            en="There is no such file.",
            found=target,
            fix_ja="ファイル名を確かめてください。",
            fix_en="Check the name of the file.",
            exit_code=3,
        )
    if not schema and path.suffix.lower() in FORMS and path.is_file():
        return check_metadata(path)
    if schema or path.suffix.lower() == ".csv":
        from pipelines.check.files import check_file

        return check_file(path, schema)
    if path.is_file():
        from pipelines.single import read_document

        return read_document(path, code).findings
    return None


def _of_package(target: str) -> Package:
    from pipelines.line import build_package, described

    root = find_root()
    name = Path(target).resolve().name if Path(target).is_dir() else target
    return described(build_package(root / PACKAGES / choose(root, [name])[0]))


def _report(package: Package) -> list[str]:
    """Writes the report into the package's folder; its paths below the repository. Where that
    cannot be written, the findings themselves are still shown.
    """
    from pipelines.report.files import HTML, MARKDOWN
    from pipelines.report.package import write_report

    name = package.declaration.name
    try:
        write_report(package, find_root() / PACKAGES / name)
    except MachidataError as error:
        for line in error_lines(error):
            note(line)
        return []
    return [f"{PACKAGES}/{name}/{file}" for file in (MARKDOWN, HTML)]


def new_command(name: str, document: Path, code: str, *, as_json: bool) -> int:
    """`machidata new`."""
    from pipelines.scaffold import new_package

    made = new_package(find_root(), name, document, code)
    if as_json:
        findings = [finding_data(finding) for finding in made.findings]
        files = list(made.files)
        out_json({"name": name, "files": files, "findings": findings, "exit_code": 0})
        return 0
    for line in findings_lines(made.findings) if made.findings else ():
        note(line)
    out(say("wrote.package", folder=f"{PACKAGES}/{name}"))
    return 0
