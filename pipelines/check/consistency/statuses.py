"""Progress marks: items printed again with another mark, and declared numbers of marks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from pipelines.check.consistency.index import Index, Printed, said, year
from pipelines.eras import japanese_year
from pipelines.findings import consistency as f
from pipelines.model import Finding
from pipelines.vocabulary import scheme

_AGAIN = re.compile(r"\s*[(（]再掲[)）]\s*$")
_NUMBER = re.compile(r"(\d{1,4})\s?(?:項目|件|個|事業|取組)?")
_SHORT = 20
_NOTHING = "記載なし"


def statuses(index: Index) -> Iterator[Finding]:
    """Marks that do not agree with each other or with their declared number."""
    if not index.of_table("status"):
        return
    yield from _again(index)
    yield from _numbers(index)


def _again(index: Index) -> Iterator[Finding]:
    """An item marked 再掲 has the marks of the item that it repeats."""
    first: dict[tuple[str, int | None], str] = {}
    for row in index.of_table("status"):
        if not _AGAIN.search(said(row, "項目名")):
            first.setdefault((said(row, "項目名"), year(row)), said(row, "進捗"))
    for row in index.of_table("status"):
        name = said(row, "項目名")
        if not _AGAIN.search(name):
            continue
        wanted = first.get((_AGAIN.sub("", name), year(row)))
        if wanted is not None and wanted != said(row, "進捗"):
            yield f.StatusDiffers.at(
                table="status",
                row_id=said(row, "ID"),
                place=index.where(row, "記号", "進捗"),
                found=said(row, "進捗"),
                expected=wanted,
                what=_AGAIN.sub("", name)[:60],
                year=japanese_year(year(row) or 0),
            )


def _numbers(index: Index) -> Iterator[Finding]:
    """A row that gives a mark and a number: how often the mark is in the table, in some year."""
    by_year: dict[int, Counter[str]] = defaultdict(Counter)
    for row in index.of_table("status"):
        by_year[year(row) or 0][said(row, "進捗")] += 1
    told = [found for found in by_year.values() if set(found) - {_NOTHING}]
    for mark, status, number in _declared(index):
        listed = [found[status] for found in told]
        if listed and int(number.text) not in listed:
            yield f.MarkCountDiffers.at(
                table="status",
                place=index.case.at(number.place),
                found=number.text,
                expected="、".join(str(one) for one in listed),
                what=mark,
            )


def _declared(index: Index) -> Iterator[tuple[str, str, Printed]]:
    """(mark, its status, the number) of rows with one number and one mark or its meaning."""
    lines: dict[tuple[str, int], list[Printed]] = defaultdict(list)
    for printed in index.texts:
        if printed.cell is not None and len(printed.text) <= _SHORT:
            lines[(printed.place.source, printed.place.line)].append(printed)
    for row in lines.values():
        marks = [(one.text.strip(), s) for one in row if (s := _status(one.text.strip()))]
        numbers = [one for one in row if _NUMBER.fullmatch(one.text.strip())]
        meant = {status for _, status in marks}
        if len(numbers) == 1 and len(meant) == 1 and meant != {_NOTHING}:
            match = _NUMBER.fullmatch(numbers[0].text.strip())
            if match is not None:
                number = Printed(numbers[0].place, match[1])
                yield marks[0][0], marks[0][1], number


@cache
def _status(text: str) -> str:
    concept = scheme("marks").match(text) if len(text) <= _SHORT else None
    return concept.first("status") if concept is not None else ""
