"""Builds every package twice, in different circumstances, and compares all bytes.

The two catalogs must be equal to each other, and their data and descriptors to those committed in
`datapackages/`. Run by `make test`; exit code 1 with the names of the files that differ.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "datapackages"

CIRCUMSTANCES = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "ja_JP.UTF-8", "LC_ALL": "ja_JP.UTF-8"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LANG": "C", "LC_ALL": "C"},
)


def build(out: Path, circumstances: dict[str, str], names: tuple[str, ...] = ()) -> None:
    """Builds into `out` in a process of its own. Raises CalledProcessError when it fails."""
    command = [sys.executable, "-m", "machidata", "build", *names, "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **circumstances}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    if done.returncode:
        sys.stderr.buffer.write(done.stdout + done.stderr)
        done.check_returncode()


def tree(folder: Path) -> dict[str, bytes]:
    """Path below `folder` → bytes, for every file."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def package_files(files: dict[str, bytes]) -> dict[str, bytes]:
    """Those of `files` that are committed too: `NAME/data/*`, `NAME/metadata/*`, the descriptor and
    the report.
    """
    alone = (["datapackage.json"], ["findings.md"], ["findings.html"])
    chosen = {}
    for path, data in files.items():
        parts = path.split("/")
        if parts[1:] in alone or parts[1:2] in (["data"], ["metadata"]):
            chosen[path] = data
    return chosen


def differences(left: dict[str, bytes], right: dict[str, bytes]) -> list[str]:
    """The paths that are on one side only or differ, sorted."""
    return sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))


def main() -> int:
    """Builds, compares and says what differs."""
    with tempfile.TemporaryDirectory(prefix="machidata-") as folder:
        outs = [Path(folder) / name for name in ("a", "b")]
        for out, circumstances in zip(outs, CIRCUMSTANCES, strict=True):
            build(out, circumstances)
        first, second = (tree(out) for out in outs)
    runs = differences(first, second)
    committed = differences(package_files(first), package_files(tree(PACKAGES)))
    for path in runs:
        print(f"differs between two runs: {path}")
    for path in committed:
        print(f"differs from what is committed: datapackages/{path}")
    if runs or committed:
        return 1
    print(f"rebuilt twice: {len(first)} files, equal to each other and to datapackages/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
