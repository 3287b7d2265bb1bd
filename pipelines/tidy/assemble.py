"""Draft entries → tidy tables: IDs out of printed numbers, relations as IDs, provenance rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from pipelines import findings as f
from pipelines.model import Finding, Municipality, Row, Table, Tables
from pipelines.tidy.context import Context
from pipelines.tidy.draft import Draft, Entry, Origin, Waiting
from pipelines.tidy.emit import Observed, observation
from pipelines.tidy.text import digest, narrow
from pipelines.vocabulary import scheme, table_schemas

_KIND_KEYS = {"基準値": "baseline", "目標値": "target", "実績値": "actual"}
_ORDER = [
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


def assemble(context: Context, plan_id: str, municipality: Municipality) -> Tables:
    """The tables of a package from its draft; joins what waited, orders, numbers, and traces."""
    draft = context.draft
    for waiting in draft.late:
        _join(context, waiting)
    draft.entries["plan"] = [draft.plan]
    _keys(draft)
    _drop_repeats(draft, plan_id)
    # Goals of which an extract kept nothing counted for the keys of the others; now they go.
    draft.entries["goal"] = [e for e in draft.of("goal") if not e.values.get("_left_out")]
    for indicator in draft.of("indicator"):
        _describe_indicator(draft, indicator)
    tables = Tables(municipality.code, municipality.full_name, plan_id)
    ids = _ids(draft, plan_id)
    for slug in _ORDER:
        rows = [_row(entry, ids, tables) for entry in _ordered(draft, slug)]
        if rows:
            tables.tables[slug] = Table(slug, rows)
    tables.tables["provenance"] = Table("provenance", list(_provenance(draft, ids, tables)))
    if draft.omitted:
        draft.report(f.PROSE_OMITTED.at(row_id=plan_id))
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
        indicator.put("値の種別", "割合" if ratio else "数値", None)
    elif any(e.text("状態") for e in found):
        indicator.put("値の種別", "状態", None)


# --- keys ------------------------------------------------------------------------------------


def _clean(number: str) -> str:
    """A printed number as part of an ID: `1_01` → 1-01, `4` → 04."""
    joined = re.sub(r"[^0-9A-Za-z]+", "-", number).strip("-")
    return joined.zfill(2) if joined.isdigit() else joined


def _keys(draft: Draft) -> None:
    repeated: Counter[str] = Counter()
    for entry in draft.of("initiative"):
        key = _clean(entry.text("番号"))
        repeated[key] += 1
        entry.key = f"{key}-{repeated[key]}" if key and repeated[key] > 1 else key
    for level in (1, 2):
        for entry in draft.policies(level):
            entry.key = _policy_key(draft, entry)
    for entry in draft.of("initiative"):
        if not entry.key:
            # No number is printed: the name stands for it, never the order of the rows.
            above = entry.refs.get("施策ID")
            entry.key = f"{above.key if above is not None else 'x'}-{digest(entry.text('名称'))}"
    makers: dict[str, Callable[[Entry], str]] = {
        "indicator": lambda e: f"{_key(e, '取組ID')}-{e.text('枝番')}",
        "observation": lambda e: (
            f"{_key(e, '指標ID')}-{e.text('年度')}-{_KIND_KEYS.get(e.text('種別'), 'value')}"
        ),
        "status": lambda e: f"{_key(e, '取組ID')}-{e.text('年度')}",
        "term": lambda e: f"t-{digest(e.text('用語'))}",
    }
    for slug, make in makers.items():
        for entry in draft.of(slug):
            entry.key = make(entry)
    _counted_keys(draft)


def _key(entry: Entry, column: str) -> str:
    other = entry.refs.get(column)
    return other.key if other is not None else "x"


def _policy_key(draft: Draft, entry: Entry) -> str:
    """`p1` or `s04` from the printed number; without one, from the first initiative below it."""
    letter = "p" if entry.values["階層"] == 1 else "s"
    number = entry.text("番号")
    parent = entry.refs.get("上位ID")
    if number and letter == "p":
        return f"p{number}"
    if number:
        # Numbers that start again below each policy ((1), (2) …) need the policy's before them.
        numbers = Counter(e.text("番号") for e in draft.policies(2) if e.text("番号"))
        if max(numbers.values()) > 1 and parent is not None:
            return f"s{parent.text('番号')}-{number}"
        return f"s{_clean(number)}"
    for initiative in draft.of("initiative"):
        above = initiative.refs.get("施策ID")
        if initiative.key and (above is entry or (above and above.refs.get("上位ID") is entry)):
            return f"{letter}-i{initiative.key}"
    return f"{letter}-{digest(entry.text('名称'))}"


def _counted_keys(draft: Draft) -> None:
    """Keys of what has no printed number: its owner, its year, and its place in that cell."""
    counts: Counter[str] = Counter()
    for entry in draft.of("activity"):
        owner = entry.refs.get("取組ID")
        what = entry.key if owner else digest(entry.values.get("_text"))
        base = f"a-{_owner(entry)}-{entry.text('年度') or 'x'}-{what}"
        counts[base] += 1
        if owner:
            entry.key = f"{base}{counts[base]}"
        else:
            entry.key = base if counts[base] == 1 else f"{base}-{counts[base]}"
    for entry in draft.of("goal"):
        owner = entry.refs.get("_取組") or entry.refs.get("施策ID")
        base = f"g-{owner.key if owner else 'x'}-{entry.key}"
        counts[base] += 1
        entry.key = base if counts[base] == 1 else f"{base}-{counts[base]}"
    for entry in draft.of("measurement"):
        words = (entry.text("名称"), entry.text("単位"), entry.text("担当課"), entry.text("限定"))
        base = f"m-{_owner(entry)}-{entry.text('年度') or 'x'}-{digest(*words)}"
        counts[base] += 1
        entry.key = base if counts[base] == 1 else f"{base}-{counts[base]}"


def _owner(entry: Entry) -> str:
    """The key of the initiative, else of the policy, that an entry belongs to; x without one."""
    owner = entry.refs.get("取組ID") or entry.refs.get("_施策")
    return owner.key if owner is not None else "x"


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
    if said[0] != said[1]:
        place = next(iter(second.origins.values())).place
        draft.reading = place.source
        row_id = f"{plan_id}-{first.key}"
        draft.report(
            f.VALUE_DIFFERS.at(
                table=first.slug, row_id=row_id, place=place, found=said[1], expected=said[0]
            )
        )


# --- rows ------------------------------------------------------------------------------------


def _ids(draft: Draft, plan_id: str) -> dict[int, str]:
    found = {id(draft.plan): plan_id}
    for slug in _ORDER[1:]:
        for entry in draft.of(slug):
            found[id(entry)] = f"{plan_id}-{entry.key}"
    return found


def _natural(key: str) -> list[tuple[int, int, str]]:
    return [
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in re.findall(r"\d+|\D+", key)
    ]


def _ordered(draft: Draft, slug: str) -> list[Entry]:
    if slug in {"plan", "term", "measurement", "activity"}:
        return draft.of(slug)
    return sorted(draft.of(slug), key=lambda entry: _natural(entry.key))


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


def _provenance(draft: Draft, ids: dict[int, str], tables: Tables) -> list[Row]:
    rows: list[Row] = []
    for slug in _ORDER:
        fields = table_schemas()[slug]["fields"]
        physical = {field["name"]: field["physicalName"] for field in fields}
        for entry in _ordered(draft, slug):
            for column, title in physical.items():
                origin = entry.origins.get(column)
                if origin is None or entry.values.get(column) in (None, ""):
                    continue
                rows.append(
                    {
                        "全国地方公共団体コード": tables.code,
                        "ID": f"{ids[id(entry)]}.{slug}.{title}",
                        "地方公共団体名": tables.municipality,
                        "表": slug,
                        "行ID": ids[id(entry)],
                        "列": column,
                        "出典ハッシュ": origin.place.source,
                        "位置": str(origin.place),
                        "原文": origin.text,
                        "適用規則": ";".join(_rules(entry.values[column], origin)),
                    }
                )
    return rows


def _rules(value: object, origin: Origin) -> list[str]:
    """The rules that made a value of the printed text, those that show in the text included."""
    rules = list(origin.rules)
    if not isinstance(value, str) or value == origin.text:
        return rules
    if "figure" in rules or "mark" in rules:
        return rules
    bare, printed = re.sub(r"\s", "", value), re.sub(r"\s", "", origin.text)
    if bare == printed:
        return [*rules, "close-blanks"]
    if narrow(bare) in narrow(printed):
        return [*rules, "part"]
    return rules or ["normalised"]
