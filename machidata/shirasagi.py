"""`machidata publish --to shirasagi[:URL]`: the list, its ZIP and the plan of an import."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from machidata.messages import language, say
from machidata.progress import progress
from machidata.render import (
    build_data,
    build_lines,
    catalog_lines,
    error_lines,
    finding_data,
    out_json,
    plain,
)
from machidata.streams import out
from pipelines.catalogs.shirasagi import (
    Shirasagi,
    ShirasagiResult,
    address_of,
    licensed_job,
    publish_shirasagi,
)
from pipelines.model import MachidataError
from pipelines.workspace import find_root


def asked_of(
    names: tuple[str, ...],
    to: str,
    out_: Path | None,
    base: str,
    *,
    forget: tuple[str, ...],
    moved: bool,
) -> Shirasagi:
    """What the options ask. Raises MachidataError as `find_root` does."""
    return Shirasagi(find_root(), names, out_, base, address_of(to) or "", forget, moved)


def shirasagi_command(
    asked: Shirasagi, plan: Path | None, apply: Path | None, *, as_json: bool
) -> int:
    """Publishes the folder catalog for SHIRASAGI, or only writes the plan of the next import."""
    if apply is not None:
        licensed_job(asked)
        raise MachidataError(
            "catalog-unsupported",
            ja="SHIRASAGI には書き込みのAPIが無く、計画を実行するのは取り込み先です。",
            en="SHIRASAGI has no API to write to; it is the catalog itself that imports.",
            where="--apply",
            found=str(apply),
            fix_ja="--apply を外してください。",
            fix_en="Leave out --apply.",
        )
    with progress() as tell:
        result = publish_shirasagi(replace(asked, plan_only=plan is not None), progress=tell)
    data = _data(result)
    if plan is not None:
        _write(plan, data)
    if as_json:
        out_json(data)
        return result.exit_code
    for line in _lines(result):
        out(line)
    if plan is not None:
        out(say("wrote.plan", file=plain(str(plan))))
    return result.exit_code


def _lines(result: ShirasagiResult) -> list[str]:
    """The build, or what would stop it; then the plan."""
    planned = [plain(line) for line in result.lines(language())]
    if result.build:
        return [*build_lines(result.build), *planned]
    lines = [line for error in result.failed.values() for line in error_lines(error)]
    lines += [f"✗ {name}  {say('stopped')}" for name in result.stopped]
    return [*lines, *catalog_lines(result.findings), *planned]


def _data(result: ShirasagiResult) -> dict[str, Any]:
    build = build_data(result.build) if result.build else {}
    findings = [finding_data(finding) for finding in result.findings]
    return {
        **build,
        "plan": result.data(),
        "findings": findings,
        "exit_code": result.exit_code,
    }


def _write(path: Path, data: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise MachidataError(
            "file-unwritable",
            ja="計画を書けません。",
            en="The plan cannot be written.",
            where="--plan",
            found=f"{path}: {error.strerror}",
            fix_ja="書けるフォルダのファイル名にしてください。",
            fix_en="Name a file in a folder that can be written to.",
            exit_code=3,
        ) from error
