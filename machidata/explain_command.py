"""`machidata explain`: where a value stands and how it was read."""

from __future__ import annotations

import shutil
from pathlib import Path

from machidata.explain_render import explain_data, explain_lines
from machidata.render import out_json
from machidata.streams import out
from pipelines.workspace import PACKAGES, choose, find_root

WIDTH = 100
"""Columns where no terminal says how many it has."""


def explain_command(
    package: str, row_id: str, column: str, documents: Path | None, *, as_json: bool
) -> int:
    """Shows a row, or one of its columns."""
    from pipelines.explaining import explain

    root = find_root()
    folder = root / PACKAGES / choose(root, [package])[0]
    told = explain(folder, row_id, column, documents)
    if as_json:
        out_json({**explain_data(told), "exit_code": 0})
        return 0
    for line in explain_lines(told, shutil.get_terminal_size((WIDTH, 24)).columns):
        out(line.rstrip())
    return 0
