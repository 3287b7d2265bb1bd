"""How a process ends: an output that is full, a reader that has left, a stop."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from machidata.ending import ended

REPOSITORY = Path(__file__).resolve().parents[2]
FULL = Path("/dev/full")


def end(body: str, output: Path) -> subprocess.CompletedProcess[str]:
    """Runs `ended` over a function with `body` in a process of its own."""
    code = (
        f"import sys\nfrom machidata.ending import ended\ndef call():\n    {body}\n    return 0\n"
    )
    with output.open("w") as stream:
        return subprocess.run(
            [sys.executable, "-c", f"{code}sys.exit(ended(call))"],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "MACHIDATA_LANG": "en"},
            stdout=stream,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("size", [1, 1_000_000])
def test_an_output_that_is_full_is_an_error(size: int) -> None:
    result = end(f"sys.stdout.write('x' * {size})", FULL)
    assert result.returncode == 3
    assert "stdout" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_that_has_left_is_none(tmp_path: Path) -> None:
    result = end("raise BrokenPipeError", tmp_path / "out")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_stop_has_its_own_code(tmp_path: Path) -> None:
    result = end("raise KeyboardInterrupt", tmp_path / "out")
    assert result.returncode == 130
    assert len(result.stderr.splitlines()) == 1


def test_every_other_code_is_passed_on() -> None:
    assert [ended(lambda code=code: code) for code in (0, 1, 2, 3)] == [0, 1, 2, 3]  # type: ignore[misc]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("machidata --help", "unreachable"),
        ("machidata check 082163-dx-plan --json", "output-failed"),
        ("machidata check 082163-dx-plan", "output-failed"),
        ("machidata build no-such-plan --json", "package-unknown"),
        ("flows no-such-plan --json", "package-unknown"),
    ],
)
def test_a_command_tells_one_error_where_its_output_is_full(arguments: str, code: str) -> None:
    command = f'"{sys.executable}" -m {arguments} > /dev/full'
    done = subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "LC_ALL": "C", "PYTHONUNBUFFERED": ""},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (2 if code == "package-unknown" else 3)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert code in done.stderr


def test_a_log_that_is_full_or_closed_does_not_stop_the_work(tmp_path: Path) -> None:
    for redirected in ("2>/dev/full", "2>&-", ">&- 2>&-"):
        out = tmp_path / redirected.replace("/", "")
        command = f'"{sys.executable}" -m machidata build --out "{out}" {redirected}'
        done = subprocess.run(
            ["bash", "-c", command],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            cwd=REPOSITORY,
            check=False,
        )
        assert done.returncode == 0
        assert (out / "index.html").is_file()
