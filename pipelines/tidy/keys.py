"""IDs of rows out of printed numbers, never out of the order of rows (design.md §4).

What has no printed number is known by its owner's number, its year and a digest of its name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from pipelines.tidy.draft import Draft, Entry
from pipelines.tidy.text import digest

_KIND_KEYS = {"基準値": "baseline", "目標値": "target", "実績値": "actual"}


def _clean(number: str) -> str:
    """A printed number as part of an ID: `1_01` → 1-01, `4` → 04."""
    joined = re.sub(r"[^0-9A-Za-z]+", "-", number).strip("-")
    return joined.zfill(2) if joined.isdigit() else joined


def set_keys(draft: Draft) -> None:
    """Gives every entry its key, the part of its ID behind the plan's."""
    for entry in draft.of("initiative"):
        entry.key = _clean(entry.text("番号"))
    for level in (1, 2):
        for entry in draft.policies(level):
            entry.key = _policy_key(draft, entry)
    _tell_apart(draft.of("policy"))
    for entry in draft.of("initiative"):
        if not entry.key:
            # No number is printed: the name stands for it, never the order of the rows.
            above = entry.refs.get("施策ID")
            entry.key = f"{above.key if above is not None else 'x'}-{digest(entry.text('名称'))}"
    _tell_apart(draft.of("initiative"))
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


def _tell_apart(entries: list[Entry]) -> None:
    """A number or name that the document uses twice gets a count; findings say so elsewhere."""
    counts: Counter[str] = Counter()
    for entry in entries:
        counts[entry.key] += 1
        if counts[entry.key] > 1:
            entry.key = f"{entry.key}-{counts[entry.key]}"


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
    names = (entry.text("名称"),) if parent is None else (parent.key, entry.text("名称"))
    return f"{letter}-{digest(*names)}"


def _counted_keys(draft: Draft) -> None:
    """Keys of what has no printed number: its owner, its year, and its place in that cell."""
    counts: Counter[str] = Counter()
    for entry in draft.of("activity"):
        owner = entry.refs.get("取組ID")
        # A name is known by its words; bullets of prose by their place among those of the year,
        # because an extract leaves their words out.
        bullet = owner is not None and entry.key == "b"
        what = "b" if bullet else digest(entry.values.get("_text"))
        base = f"a-{_owner(entry)}-{entry.text('年度') or 'x'}-{what}"
        counts[base] += 1
        if bullet:
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


def natural(key: str) -> list[tuple[int, int, str]]:
    """A key for sorting in which numbers count as numbers (2 before 10)."""
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.findall(r"\d+|\D+", key)
    ]
