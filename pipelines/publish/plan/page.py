"""A plan as one HTML file that needs nothing else: to be sent, kept, or opened from a folder."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipelines.publish.plan.model import Plan, RowChange
from pipelines.publish.plan.view import ResourceView, view
from pipelines.publish.plan.view_parts import ROW_SIGNS, repeats_key, rows_shown
from pipelines.publish.plan.words import Language, Words, plain, say, value, value_pair

ROWS = 200
ALL_ROWS = 4_000
"""Changed rows of all tables together, so that a browser on a phone can open the page."""
_FEWEST = 5
_CELL = 200
_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of the table of changes: () where nothing changed."""

    before: Words = ()
    after: Words = ()


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the table of changes."""

    kind: str
    sign: str
    key: Words
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class ChangeTable:
    """The changed rows of a resource with the columns in which anything changed."""

    columns: tuple[Words, ...]
    rows: tuple[RowView, ...]
    left: Words


def plan_page(plan: Plan, language: Language, *, rows: int = ROWS) -> bytes:
    """The page: UTF-8, no script, nothing loaded from anywhere (its policy forbids both).

    Of every table the first `rows` changed rows (fewer where many tables share `ALL_ROWS`, never
    less than 5) and 60 columns are shown. Added, removed and
    changed cells have a sign and a word beside their colour.
    """
    sheet = files("pipelines.publish").joinpath("static/plan.css").read_text("utf-8")
    environment = Environment(
        loader=PackageLoader("pipelines.publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    seen = view(plan, language)
    tables = sum(one.diff is not None for dataset in seen.datasets for one in dataset.resources)
    most = min(rows, max(_FEWEST, ALL_ROWS // max(1, tables)))
    page = environment.get_template("plan.html").render(
        language="ja" if language == "ja" else "en",
        plan=seen,
        severity=plan.severity,
        say=lambda key, **words: say(language, key, **words),
        table=lambda resource: change_table(resource, language, most),
        style=Markup(sheet),  # noqa: S704 – our own file
        policy=_policy(sheet),
    )
    return page.encode("utf-8", "replace")


def _policy(sheet: str) -> str:
    """Content-Security-Policy: our style sheet by its hash, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def change_table(resource: ResourceView, language: Language, rows: int) -> ChangeTable | None:
    """The table of a resource's changed rows; None where there are none to show."""
    diff = resource.diff
    if diff is None or not diff.rows[:rows]:
        return None
    shown = diff.rows[:rows]
    columns = _columns(shown)
    return ChangeTable(
        columns=tuple(value(name, language) for name in columns),
        rows=tuple(_row(row, columns, language) for row in shown),
        left=rows_shown(diff, len(shown), language),
    )


def _columns(shown: tuple[RowChange, ...]) -> list[str]:
    """Columns with a change, but the key's. A row that is shown whole says the order best: it comes
    first.
    """
    whole = sorted(shown, key=lambda row: row.kind == "changed")
    names = dict.fromkeys(
        cell.column for row in whole for cell in row.cells if not repeats_key(row, cell)
    )
    return list(names)[:_COLUMNS]


def _row(row: RowChange, columns: list[str], language: Language) -> RowView:
    cells = {cell.column: cell for cell in row.cells}
    found = []
    for name in columns:
        cell = cells.get(name)
        if cell is None:
            found.append(CellView())
            continue
        before, after = value_pair(cell.before, cell.after, language, _CELL)
        found.append(
            CellView(
                before=() if row.kind == "added" else before,
                after=() if row.kind == "removed" else after,
            )
        )
    key = value(row.key, language)
    return RowView(row.kind, ROW_SIGNS[row.kind], key, tuple(found))
