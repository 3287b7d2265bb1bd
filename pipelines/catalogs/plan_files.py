"""A plan on the disk: the plan itself, and beside it what people read."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pipelines.catalogs.approval import LARGEST_FILE, approval_path
from pipelines.model import MachidataError
from pipelines.publish.plan.files import FORMAT, load_plan, plan_bytes
from pipelines.publish.plan.markdown import plan_markdown
from pipelines.publish.plan.model import Plan
from pipelines.publish.plan.page import plan_page


def write_plan(plan: Plan, file: Path, language: str) -> list[Path]:
    """Writes `file`, and with the endings .md and .html what it says for people.

    An earlier plan is replaced, anything else stays. Raises MachidataError `plan-unwritable`
    (exit code 3).
    """
    words: Literal["ja", "en"] = "ja" if language == "ja" else "en"
    parts = {
        file: plan_bytes(plan),
        file.with_suffix(".md"): plan_markdown(plan, words).encode("utf-8"),
        file.with_suffix(".html"): plan_page(plan, words),
    }
    if len(parts) < 3:
        raise _unwritable(file, file.suffix, "plan.json")
    _refuse_others(file, list(parts))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for path, data in parts.items():
            path.write_bytes(data)
    except OSError as error:
        raise _unwritable(file, error.strerror or type(error).__name__, "") from error
    return list(parts)


def _refuse_others(file: Path, parts: list[Path]) -> None:
    """What is no plan is not written over: neither the file nor the pages beside it."""
    there = [path for path in parts if path.exists()]
    if not there:
        return
    try:
        with file.open("rb") as stream:
            ours = FORMAT.encode() in stream.read(200)
    except OSError:
        ours = False
    if not ours:
        raise _unwritable(there[0], "計画でないファイル / no plan", "plan.json")


def read_plan(file: Path) -> Plan:
    """The plan of a file.

    Raises MachidataError `plan-missing` (exit code 3), `plan-invalid`, `plan-changed`.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise MachidataError(
            "plan-missing",
            ja="計画のファイルを読めません。",
            en="The file of the plan cannot be read.",
            where=str(file),
            found=error.strerror or type(error).__name__,
            fix_ja="machidata publish … --plan FILE で計画を作ってください。",
            fix_en="Make a plan with: machidata publish … --plan FILE",
            exit_code=3,
        ) from error
    return load_plan(data)


def read_approval(file: Path) -> bytes | None:
    """The approval beside a plan's file as it stands there; None where there is none.

    It is not looked at here. Raises OSError when there is one that cannot be read.
    """
    try:
        with approval_path(file).open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        return None


def write_approval(file: Path, data: bytes) -> Path:
    """Puts an approval beside a plan's file; gives where. Raises OSError."""
    path = approval_path(file)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
    return path


def _unwritable(file: Path, found: str, expected: str) -> MachidataError:
    return MachidataError(
        "plan-unwritable",
        ja="計画のファイルを書けません。",
        en="The file of the plan cannot be written.",
        where="--plan",
        found=f"{file}: {found}",
        expected=expected,
        fix_ja="書けるフォルダと、.md でも .html でもない名前を指定してください。",
        fix_en="Name a folder that can be written, and a file that is no .md or .html.",
        exit_code=3,
    )
