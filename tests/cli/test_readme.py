"""The README's terminal sessions are what the commands print today."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.findings import every

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "machidata", *arguments]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "LANG": "C.UTF-8"}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_the_build_prints_what_the_readme_shows(tmp_path: Path) -> None:
    done = run("build", "--lang", "ja", "--out", str(tmp_path / "catalog"))
    assert done.returncode == 0
    shown = [line for line in README.splitlines() if line.startswith("✓ ")]
    assert len(shown) == 4
    assert shown == [line for line in done.stdout.splitlines() if line.startswith("✓ ")]


def test_the_failing_file_fails_as_the_readme_shows(tmp_path: Path) -> None:
    table = (ROOT / "datapackages/082163-dx-plan/data/082163_status.csv").read_text("utf-8-sig")
    broken = table.replace(",2023,○,進行中", ",令和5年度,○,順調", 1)
    (tmp_path / "082163_status.csv").write_text(broken, "utf-8-sig")
    done = run("check", "082163_status.csv", "--lang", "ja", cwd=tmp_path)
    assert done.returncode == 1
    session = README.split("$ machidata check 082163_status.csv --lang ja\n")[1]
    shown = session.split("$ echo $?")[0]
    assert shown.splitlines() == done.stdout.splitlines()  # the progress goes to stderr


def test_the_findings_that_the_docs_name_are_declared() -> None:
    reading = (ROOT / "docs/reading.md").read_text("utf-8")
    named = {"join-inexact", "row-short", "row-shifted", "row-long", "span-unknown"}
    assert all(f"`{code}`" in reading for code in named)
    assert named <= every().keys()


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#]+)\)", README))
def test_the_readme_links_to_files_that_exist(path: str) -> None:
    assert (ROOT / path).is_file()
