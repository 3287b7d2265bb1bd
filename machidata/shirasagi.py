"""`machidata publish --to shirasagi[:URL]`: the list, its ZIP and the plan of an import."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from machidata.messages import language, say
from machidata.progress import progress
from machidata.render import build_data, build_lines, finding_data, findings_lines, out_json, plain
from machidata.streams import note, out
from pipelines.catalogs.shirasagi import Shirasagi, ShirasagiResult, address_of, publish_shirasagi
from pipelines.model import MachidataError
from pipelines.workspace import find_root


def shirasagi_command(
    names: tuple[str, ...],
    to: str,
    out_: Path | None,
    base: str,
    forget: tuple[str, ...],
    *,
    plan: Path | None,
    apply: Path | None,
    as_json: bool,
) -> int:
    """Publishes the folder catalog for SHIRASAGI, or only writes the plan of the next import."""
    if apply is not None:
        raise MachidataError(
            "catalog-unsupported",
            ja="SHIRASAGI には書き込みのAPIが無く、計画を実行するのは取り込み先です。",
            en="SHIRASAGI has no API to write to; it is the catalog itself that imports.",
            where="--apply",
            found=to,
            fix_ja="--apply を外してください。",
            fix_en="Leave out --apply.",
        )
    address = address_of(to) or ""
    asked = Shirasagi(find_root(), names, out_, base, address, forget, plan_only=plan is not None)
    with progress() as tell:
        result = publish_shirasagi(asked, progress=tell)
    data = _data(result)
    if plan is not None:
        _write(plan, data)
    if as_json:
        out_json(data)
        return result.exit_code
    for line in build_lines(result.build) if result.build else ():
        out(line)
    warned = [finding for finding in result.findings if finding.severity != "情報"]
    for line in findings_lines(warned) if warned else ():
        note(line)
    for line in result.lines(language()):
        out(plain(line))
    if plan is not None:
        out(say("wrote.plan", file=plain(str(plan))))
    return result.exit_code


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
