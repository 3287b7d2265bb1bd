"""The command line itself: help, languages, wrong use, failures, and what it imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from machidata.messages import LANGUAGES, TEXTS, asked, language, say, use
from machidata.render import error_data, error_lines, plain
from pipelines.job import STAGES
from pipelines.model import MachidataError
from tests.cli.conftest import Result

Run = Callable[..., Result]
COMMANDS = [
    "build",
    "read",
    "check",
    "explain",
    "publish",
    "approve",
    "verify",
    "rollback",
    "new",
]
REPOSITORY = Path(__file__).resolve().parents[2]


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own."""
    variables = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
    command = [sys.executable, "-m", "machidata", *arguments]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)


def test_help_lists_the_commands_in_the_order_of_the_contract(machidata: Run) -> None:
    lines = machidata("--help").out.split("Commands:")[1].splitlines()
    assert [line.split()[0] for line in lines if line[2:3].strip()] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_command_has_help_json_and_lang(machidata: Run, command: str, code: str) -> None:
    result = machidata(command, "--lang", code, "--help")
    assert result.code == 0
    assert "--json" in result.out
    assert "--lang" in result.out
    assert TEXTS["option.json"][LANGUAGES.index(code)][:9] in result.out
    assert "option." not in result.out
    assert "help." not in result.out


def test_every_message_has_both_languages_and_the_same_words() -> None:
    import string

    for key, texts in TEXTS.items():
        assert all(texts), key
        names = [{name for _, name, _, _ in string.Formatter().parse(t) if name} for t in texts]
        assert names[0] == names[1], key


def test_every_stage_has_a_name() -> None:
    for stage in (*STAGES, "describe", "publish", "server"):
        assert say(f"stage.{stage}")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
    ],
)
def test_the_language_is_the_locales(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    use("")
    assert language() == expected


def test_lang_is_found_before_the_command_line_is_parsed() -> None:
    assert asked(["build", "--lang", "ja"]) == "ja"
    assert asked(["--lang=en", "x"]) == "en"
    assert asked(["build", "--lang"]) == ""
    assert asked([]) == ""


def test_an_error_says_five_things_in_the_language_of_the_run() -> None:
    error = MachidataError(
        "some-code",
        ja="日本語",
        en="English",
        where="file.txt",
        found="x",
        expected="y",
        fix_ja="直す",
        fix_en="mend",
    )
    use("en")
    assert error_lines(error) == [
        "✗ some-code: English",
        "    where: file.txt",
        "    found: x",
        "    expected: y",
        "    fix: mend",
    ]
    use("ja")
    assert error_lines(error)[0] == "✗ some-code: 日本語"
    assert error_lines(error)[-1] == "    対処: 直す"
    use("")
    assert set(error_data(error)) == {
        *("code", "message", "message_en", "where", "found", "expected"),
        *("fix", "fix_en", "exit_code"),
    }


@given(st.text())
def test_plain_text_has_no_control_characters(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in shown)


@pytest.mark.parametrize(
    "arguments",
    [("unknown",), ("build", "--nonsense"), ("read",), ("read", "x"), ("build", "--lang", "fr")],
)
def test_wrong_use_is_exit_code_2_and_says_how(machidata: Run, arguments: tuple[str, ...]) -> None:
    result = machidata(*arguments)
    assert result.code == 2
    assert "usage" in result.err
    assert "--help" in result.err


def test_no_command_shows_the_help(machidata: Run) -> None:
    result = machidata()
    assert (result.code, "Commands:" in result.err) == (2, True)


def test_errors_as_json(machidata: Run) -> None:
    result = machidata("build", "nothing-like-it", "--json")
    assert result.json["exit_code"] == 2
    assert result.json["error"]["code"] == "package-unknown"
    usage = machidata("build", "--json", "--nonsense")
    assert usage.json["error"]["code"] == "usage"


def test_what_nobody_foresaw_is_no_traceback(
    machidata: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("machidata.commands.build_command", broken)
    result = machidata("build")
    assert (result.code, "internal" in result.err) == (2, True)
    assert "Traceback" not in result.err
    monkeypatch.setenv("MACHIDATA_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        machidata("build")


def test_a_system_error_cannot_be_reached(machidata: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied", "some/file")

    monkeypatch.setattr("machidata.commands.build_command", broken)
    result = machidata("build", "--json")
    assert (result.code, result.json["error"]["where"]) == (3, "some/file")


def test_the_process_ends_with_the_exit_code() -> None:
    assert process("--version").stdout == "machidata, version 0.1.0\n"
    assert process("build", "no-such-package").returncode == 2
    assert process("read", "no/such/file", "--out", "out/x").returncode == 3


def test_a_terminal_that_knows_no_japanese_is_no_failure() -> None:
    result = process("build", "no-such", LC_ALL="ja_JP.UTF-8", PYTHONIOENCODING="ascii")
    assert result.returncode == 2
    assert "package-unknown: \\u300cno-such" in result.stderr


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    command = f'"{sys.executable}" -m machidata --help | true; exit "${{PIPESTATUS[0]}}"'
    variables = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(
        ["bash", "-c", command], env=variables, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_help_imports_nothing_heavy_and_a_build_no_prefect(tmp_path: Path) -> None:
    code = """
import json, sys
from machidata.cli import run
code = run(json.loads(sys.argv[1]))
heavy = {"prefect", "frictionless", "pyoxigraph", "selectolax", "jinja2", "yaml", "rich"}
print("\\n" + json.dumps([code, sorted(heavy & set(sys.modules))]))
"""

    def loaded(*arguments: str) -> tuple[int, list[str]]:
        done = subprocess.run(
            [sys.executable, "-c", code, json.dumps(arguments)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            check=True,
        )
        exit_code, modules = json.loads(done.stdout.splitlines()[-1])
        return exit_code, modules

    assert loaded("--help") == (0, [])
    exit_code, modules = loaded("build", "--out", str(tmp_path / "catalog"))
    assert exit_code == 0
    assert "pyoxigraph" in modules
    assert "prefect" not in modules


def test_nothing_in_pipelines_or_machidata_names_prefect() -> None:
    import ast

    for folder in ("pipelines", "machidata"):
        for path in (REPOSITORY / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in getattr(node, "names", []) if alias]
                module = getattr(node, "module", None) or ""
                if isinstance(node, ast.Import | ast.ImportFrom):
                    assert not [n for n in [module, *names] if n.split(".")[0] == "prefect"], path
