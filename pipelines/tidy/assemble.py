"""Draft entries → tidy tables: IDs out of printed numbers, relations as IDs, provenance rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipelines.findings import tidy as f
from pipelines.model import Document, Finding, Municipality, Place, Row, Table, Tables
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Draft, Entry, Origin, Waiting
from pipelines.tidy.emit import Observed, observation
from pipelines.tidy.keys import natural, set_keys
from pipelines.tidy.trace import tracer
from pipelines.vocabulary import scheme, table_schemas

ORDER = [
    "plan",
    "policy",
    "initiative",
    "indicator",
    "observation",
    "activity",
    "status",
    "measurement",
    "goal",
    "term",
]
"""The tidy tables that are read; findings and provenance come of them."""


def assemble(
    context: Context, plan_id: str, municipality: Municipality, documents: Sequence[Document]
) -> Tables:
    """The tables of a package from its draft; joins what waited, orders, numbers, and traces."""
    draft = context.draft
    for waiting in draft.late:
        _join(context, waiting)
    draft.entries["plan"] = [draft.plan]
    set_keys(draft)
    _drop_repeats(draft, plan_id)
    # Goals of which an extract kept nothing counted for the keys of the others; now they go.
    draft.entries["goal"] = [e for e in draft.of("goal") if not e.values.get("_left_out")]
    for indicator in draft.of("indicator"):
        _describe_indicator(draft, indicator)
    tables = Tables(municipality.code, municipality.full_name, plan_id)
    ids = _ids(draft, plan_id)
    trace = tracer(draft, tables, documents, municipality)
    traced: list[Row] = []
    for slug in ORDER:
        entries = _ordered(draft, slug)
        rows = [_row(entry, ids, tables) for entry in entries]
        if rows:
            tables.tables[slug] = Table(slug, rows)
        for entry, row in zip(entries, rows, strict=True):
            traced.extend(trace.rows(entry, row))
    tables.tables["provenance"] = Table("provenance", traced)
    if draft.omitted:
        draft.report(f.ProseOmitted.at(row_id=plan_id))
    tables.findings = [
        _about(finding, entry, ids)
        for finding, entry in zip(draft.findings, draft.about, strict=True)
    ]
    return tables


def _about(finding: Finding, entry: Entry | None, ids: dict[int, str]) -> Finding:
    """A finding with the table and the ID of the row that it is about."""
    if entry is None or id(entry) not in ids:
        return finding
    return replace(finding, table=entry.slug, row_id=ids[id(entry)])


def _join(context: Context, waiting: Waiting) -> None:
    """Finds the indicator of a timetable value: the initiative's only one of its kind of unit."""
    known = context.draft.indicators(waiting.initiative)
    fitting = [e for e in known if _same_dimension(context.draft, e, waiting.reading.unit_key)]
    if len(fitting) == 1:
        indicator = fitting[0]
    else:
        branch = str(1 + sum("-" not in e.text("枝番") for e in known))
        name = waiting.initiative.text("名称")
        origin = waiting.initiative.origins.get("名称") or Origin.of(waiting.cell)
        indicator = context.draft.indicator(waiting.initiative, branch, name, origin)
    seen = Observed(
        indicator,
        waiting.reading,
        waiting.year,
        waiting.kind,
        waiting.cell,
        waiting.year_cell,
    )
    observation(context, seen)


def _same_dimension(draft: Draft, indicator: Entry, unit_key: str) -> bool:
    dimensions = {u.notation: u.first("dimension") for u in scheme("units")}
    keys = {
        str(entry.values.get("_unit_key") or "")
        for entry in draft.of("observation")
        if entry.refs["指標ID"] is indicator
    } - {""}
    return bool(keys) and dimensions.get(unit_key) in {dimensions.get(key) for key in keys}


def _describe_indicator(draft: Draft, indicator: Entry) -> None:
    """Sets unit and kind of values from the observations: 割合 for %, 数値, else 状態."""
    found = [e for e in draft.of("observation") if e.refs["指標ID"] is indicator]
    for entry in found:
        if entry.text("単位"):
            indicator.put("単位", entry.values["単位"], entry.origins.get("単位"))
            break
    numeric = [e for e in found if isinstance(e.values.get("値"), Decimal)]
    if numeric:
        ratio = all(e.values.get("単位") == "%" for e in numeric)
        indicator.put("値の種別", "割合" if ratio else "数値", _derived(numeric[0], "値"))
        return
    stated = next((e for e in found if e.text("状態")), None)
    if stated is not None:
        indicator.put("値の種別", "状態", _derived(stated, "状態"))


def _derived(entry: Entry, column: str) -> Origin | None:
    """The origin of what follows from a value of another row."""
    origin = entry.origins.get(column)
    return origin and Origin(origin.place, origin.text, ("derived",))


def _drop_repeats(draft: Draft, plan_id: str) -> None:
    """The same observation printed twice is one row; where the two differ, a finding says so."""
    for slug in ("observation", "status", "term"):
        kept: dict[str, Entry] = {}
        for entry in draft.of(slug):
            first = kept.setdefault(entry.key, entry)
            if first is not entry:
                _compare(draft, plan_id, first, entry)
        draft.entries[slug] = list(kept.values())


def _compare(draft: Draft, plan_id: str, first: Entry, second: Entry) -> None:
    columns = ("値", "単位", "状態", "欠測理由", "記号")
    said = [" ".join(e.text(c) for c in columns if e.text(c)) for e in (first, second)]
    places = [_place(first), _place(second)]
    draft.reading = places[1].source
    if said[0] != said[1]:
        row_id = f"{plan_id}-{first.key}"
        draft.report(
            f.ValueDiffers.at(
                table=first.slug, row_id=row_id, place=places[1], found=said[1], expected=said[0]
            )
        )
    elif places[0].source == places[1].source and places[0].line != places[1].line:
        line = Place(places[1].source, places[1].line)
        draft.report(f.RowRepeated.at(place=line, found=f"L{places[0].line}"))


def _place(entry: Entry) -> Place:
    """The cell that an observation, a status or a term is read from."""
    told = (entry.origins.get(column) for column in ("原文", "記号", "用語", "種別", "年度"))
    return next(origin.place for origin in told if origin is not None)


def _ids(draft: Draft, plan_id: str) -> dict[int, str]:
    found = {id(draft.plan): plan_id}
    for slug in ORDER[1:]:
        for entry in draft.of(slug):
            found[id(entry)] = f"{plan_id}-{entry.key}"
    return found


def _ordered(draft: Draft, slug: str) -> list[Entry]:
    if slug in {"plan", "term", "measurement", "activity"}:
        return draft.of(slug)
    return sorted(draft.of(slug), key=lambda entry: natural(entry.key))


def _row(entry: Entry, ids: dict[int, str], tables: Tables) -> Row:
    row: Row = {
        "全国地方公共団体コード": tables.code,
        "ID": ids[id(entry)],
        "地方公共団体名": tables.municipality,
    }
    for field in table_schemas()[entry.slug]["fields"][3:]:
        name = field["name"]
        if name == "計画ID":
            row[name] = tables.plan_id
        elif name == "指標名":
            indicator = entry.refs.get("指標ID")
            row[name] = indicator.values.get("名称") if indicator is not None else None
        elif name in entry.refs:
            other = entry.refs[name]
            row[name] = ids[id(other)] if other is not None else None
        else:
            row[name] = entry.values.get(name)
    return row
