"""What nobody foresaw."""

from __future__ import annotations

from pipelines.model import MachidataError


def internal(error: Exception, where: str = "") -> MachidataError:
    """What nobody foresaw, as an error that a person can report; it stops its own package only."""
    return MachidataError(
        "internal",
        ja="予期しない誤りです。入力は変えていません。",
        en="Something went wrong that was not foreseen; your input was not changed.",
        where=where,
        found=f"{type(error).__name__}: {error}",
        fix_ja="MACHIDATA_DEBUG=1 を付けて実行し、その出力とともに知らせてください。",
        fix_en="Run it again with MACHIDATA_DEBUG=1 and report what it prints.",
    )
