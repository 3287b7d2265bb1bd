"""Any plan document → the tidy tables, without a declaration (`machidata read`)."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pipelines.model import (
    Contact,
    Declaration,
    Document,
    MachidataError,
    Municipality,
    Package,
    Source,
)
from pipelines.whose import whose

_OURS = re.compile(r"[0-9]{6}_[a-z]+\.csv")
_NO_DAY = date(1, 1, 1)
"""Stands in a declaration that nobody wrote; taken out of the descriptor again."""


def read_document(path: Path, code: str = "") -> Package:
    """The package of one document: its tables, findings and `files` for one flat folder.

    `code` is the municipality's code; without it the document must name its municipality. Raises
    MachidataError: those of reading and of `pipelines.whose`.
    """
    from pipelines.check import check
    from pipelines.package import package
    from pipelines.read import read
    from pipelines.tidy import tidy

    document = read(path)
    municipality, plan_id, doubts = whose(document, code)
    tables = tidy([("document", document)], plan_id, municipality, {})
    plans = tables.rows("plan")
    title = str(plans[0].get("名称") or "") if plans else ""
    declaration = _declaration(plan_id, municipality, title or document.name, document)
    found = [*doubts, *check(tables)]
    return _flat(package(declaration, municipality, tables, found, {"document": document.sha256}))


def _declaration(name: str, place: Municipality, title: str, document: Document) -> Declaration:
    return Declaration(
        name=name,
        folder=Path(),
        municipality=place.code,
        title=title,
        title_en="",
        description="",
        description_en="",
        licence="",
        frequency="",
        themes=(),
        keywords=(),
        contact=Contact(""),
        sources=(Source("document", document.name, document.name, document.name),),
        issued=_NO_DAY,
        modified=_NO_DAY,
        version="",
    )


def _flat(package: Package) -> Package:
    """The package with its files in one folder and without the days that nobody stated."""
    from pipelines.package.descriptor import to_json

    days = {"created", "machidata:issued", "machidata:modified"}
    content = {key: value for key, value in package.descriptor.items() if key not in days}
    entries = content["resources"]
    if isinstance(entries, list):
        content["resources"] = [{**entry, "path": Path(entry["path"]).name} for entry in entries]
    files = {Path(resource.path).name: resource.data for resource in package.resources}
    return Package(
        declaration=package.declaration,
        municipality=package.municipality,
        tables=package.tables,
        descriptor=content,
        resources=package.resources,
        files={**files, "datapackage.json": to_json(content)},
        findings=package.findings,
    )


def is_readable(package: Package) -> bool:
    """False when no table of a plan was found in the document: then there is nothing to write."""
    return not any(finding.code == "nothing-read" for finding in package.findings)


def write_flat(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Writes `files` into `folder`, whole or not at all as far as a file system allows.

    They are written beside the folder first. A new folder then appears in one step; in a folder
    that is there, our files replace earlier ones of ours (`022055_plan.csv`, `datapackage.json`),
    those that are no longer made go, and foreign files stay. Returns the names, sorted. Raises
    MachidataError `folder-unreachable` (exit code 3), `target-is-catalog`.
    """
    if (folder / ".machidata-catalog").exists():
        raise MachidataError(
            "target-is-catalog",
            ja="このフォルダはカタログです。表だけを書き込むことはできません。",
            en="This folder is a catalog; bare tables cannot be written into it.",
            where="--out",
            found=str(folder),
            fix_ja="別のフォルダを --out に指定してください。",
            fix_en="Name another folder with --out.",
        )
    try:
        _write(files, folder)
    except OSError as error:
        raise MachidataError(
            "folder-unreachable",
            ja="このフォルダに書けません。",
            en="This folder cannot be written.",
            where=str(folder),
            found=error.strerror or type(error).__name__,
            fix_ja="場所と権限、ディスクの空きを確かめてください。",
            fix_en="Check the place, its permissions and the free space of the disk.",
            exit_code=3,
        ) from error
    return sorted(files)


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.resolve().parent))
    try:
        for name, data in files.items():
            (staging / name).write_bytes(data)
        staging.chmod(0o755)
        if not folder.exists():
            staging.rename(folder)
            return
        for name in files:
            (staging / name).replace(folder / name)
        for stale in folder.iterdir():
            if _OURS.fullmatch(stale.name) and stale.name not in files:
                stale.unlink()
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(staging, ignore_errors=True)
