"""Brings the tidy tables into the columns of the answers: IDs become numbers and names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.model import Row as TidyRow
from pipelines.model import Tables

_LINE = re.compile(r"L(\d+)")


def _text(value: object) -> str:
    return "" if value is None else str(value)


class Flat:
    """The tables of a package with every reference to another table followed."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._by_id = {
            slug: {_text(row["ID"]): row for row in tables.rows(slug)}
            for slug in ("policy", "initiative", "indicator")
        }
        self._lines: dict[str, str] = {}
        for row in tables.rows("provenance"):
            found = _LINE.match(_text(row["位置"]))
            if row["表"] == "measurement" and found and row["列"] in ("値", "原文"):
                self._lines.setdefault(_text(row["行ID"]), found[1])

    def plain(self, slug: str) -> list[dict[str, str]]:
        """The rows of a table with every value as text."""
        return [
            {key: _text(value) for key, value in row.items()} for row in self._tables.rows(slug)
        ]

    def _of(self, slug: str, row: TidyRow | dict[str, str], column: str) -> TidyRow:
        return self._by_id[slug].get(_text(row.get(column)), {})

    def _with_initiative(self, slug: str) -> Iterable[tuple[dict[str, str], TidyRow]]:
        for row in self.plain(slug):
            initiative = self._of("initiative", row, "取組ID")
            row["取組番号"] = _text(initiative.get("番号"))
            row["取組名"] = _shorten(_text(initiative.get("名称")))
            yield row, initiative

    def observations(self) -> list[dict[str, str]]:
        """Observations with 取組番号, 取組名 (twelve characters), 指標 and 枝番."""
        rows = []
        for row, _ in self._with_initiative("observation"):
            row["枝番"] = _text(self._of("indicator", row, "指標ID").get("枝番"))
            row["指標"] = row.get("指標名", "")
            rows.append(row)
        return rows

    def initiatives(self) -> list[dict[str, str]]:
        """Initiatives with 施策, the name of their policy."""
        rows = self.plain("initiative")
        for row in rows:
            row["施策"] = _text(self._of("policy", row, "施策ID").get("名称"))
        return rows

    def activities(self) -> list[dict[str, str]]:
        """Activities with 取組番号."""
        return [row for row, _ in self._with_initiative("activity")]

    def statuses(self) -> list[dict[str, str]]:
        """Statuses with 施策番号 and 基本戦略番号 of the headings above their item."""
        rows = []
        for row, initiative in self._with_initiative("status"):
            policy = self._of("policy", initiative, "施策ID")
            # 項目番号 is the whole chain (1-2-3); the answers hold the printed ③ alone.
            row["項目番号"] = row["項目番号"].rsplit("-", 1)[-1]
            row["施策番号"] = _text(policy.get("番号"))
            row["基本戦略番号"] = _text(self._of("policy", policy, "上位ID").get("番号"))
            rows.append(row)
        return rows

    def goals(self) -> list[dict[str, str]]:
        """Goals with 施策番号."""
        rows = self.plain("goal")
        for row in rows:
            row["施策番号"] = _text(self._of("policy", row, "施策ID").get("番号"))
        return rows

    def measurements(self) -> list[dict[str, str]]:
        """Measurements with 行, the line of the document that their provenance names."""
        rows = self.plain("measurement")
        for row in rows:
            row["行"] = self._lines.get(row["ID"], "")
        return rows


def _shorten(name: str) -> str:
    return "".join(name.split())[:12]
