"""A small repository of made-up packages, and the command line inside this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from machidata.cli import run
from machidata.messages import use

PLAN = """\
階上町DX試験計画

NO\t取組\tKPI\t令和4年度\t令和5年度
1\t窓口の見本\t見本の件数\t12件\t34件
2\t研修の見本\t受講した人数\t約50名\t-
"""

PACKAGE = """\
municipality: "024465"
title: 試験計画
contact: {name: 試験課, url: "https://example.jp/"}
issued: "2026-04-01"
sources:
  - {key: plan, path: source/plan.txt, document: whole.txt, title: 試験計画}
"""


def make_package(root: Path, name: str, plan: str = PLAN, declaration: str = PACKAGE) -> Path:
    """Writes a package folder and returns it."""
    folder = root / "datapackages" / name
    (folder / "source").mkdir(parents=True)
    (folder / "source" / "plan.txt").write_text(plan, encoding="utf-8")
    (folder / "package.yaml").write_text(declaration, encoding="utf-8")
    return folder


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two packages, and the working folder in it."""
    make_package(tmp_path, "024465-one-plan")
    make_package(tmp_path, "024465-two-plan")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MACHIDATA_ROOT", str(tmp_path))
    for name in ("LC_ALL", "LC_MESSAGES", "MACHIDATA_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    use("")
    return tmp_path


class Result:
    """What a command line did."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


@pytest.fixture
def machidata(root: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Runs a command line in this process."""

    def call(*arguments: object) -> Result:
        capfd.readouterr()
        code = run([str(one) for one in arguments])
        captured = capfd.readouterr()
        return Result(code, captured.out, captured.err)

    return call
