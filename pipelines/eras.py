"""Japanese eras: the names of fiscal years."""

from __future__ import annotations

from pipelines.vocabulary import scheme


def japanese_year(year: int) -> str:
    """2022 → 令和4年度, by the era that names the fiscal year; '' before the first era."""
    # Reiwa began on 1 May 2019, yet fiscal 2019 is called 令和元年度 by common use.
    eras = [(int(era.first("first")), era.ja) for era in scheme("eras")]
    started = [era for era in eras if era[0] <= year]
    if not started:
        return ""
    first, name = max(started)
    number = year - first + 1
    return f"{name}{'元' if number == 1 else number}年度"
