"""What was planned, applied, verified and given back, as lines for people and as data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from machidata.messages import say
from machidata.render import error_data, error_lines, finding_data, plain

if TYPE_CHECKING:
    from pipelines.catalogs.publishing import Prepared
    from pipelines.publish.applying.giving_back import Restored
    from pipelines.publish.applying.running import Applied
    from pipelines.publish.applying.verifying import Difference


def plan_data(prepared: Prepared) -> dict[str, Any]:
    """A plan as stable keys: the plan itself, what could not be planned, the findings."""
    from pipelines.publish.plan.files import plan_bytes

    return {
        "plan": json.loads(plan_bytes(prepared.plan)),
        "failed": {name: error_data(error) for name, error in prepared.failed.items()},
        "findings": [finding_data(one) for one in prepared.findings if one.stops],
        "exit_code": prepared.exit_code,
    }


def applied_data(applied: Applied) -> dict[str, Any]:
    """An apply as stable keys."""
    return {
        "run": applied.run,
        "unfinished": applied.open,
        "datasets": [
            {
                "name": one.package,
                "action": one.action,
                "id": one.id,
                "done": one.error is None,
                "undone": one.undone,
                "error": error_data(one.error) if one.error else None,
                "differences": verified_data(one.differences),
            }
            for one in applied.outcomes
        ],
    }


def applied_lines(applied: Applied) -> list[str]:
    """An apply as lines: each dataset, errors in full, what the catalog says in its own way."""
    lines: list[str] = []
    for one in applied.outcomes:
        if one.error is None:
            lines.append(f"✓ {one.package}  {say('applied.' + one.action)}")
            lines += [f"  · {line.strip()}" for line in difference_lines(one.differences)]
            continue
        state = "applied.undone" if one.undone else "applied.open"
        lines.append(f"✗ {one.package}  {say(state)}")
        lines += ["  " + line for line in error_lines(one.error, "·")]
    if applied.open:
        lines.append(say("applied.again"))
    return lines or [say("applied.nothing")]


def difference_lines(found: Sequence[Difference]) -> list[str]:
    """Differences as lines."""
    return [
        f"{'✗' if one.serious else '·'} {where(one)}: {_short(one.expected)} ≠ {_short(one.found)}"
        for one in found
    ]


def where(one: Difference) -> str:
    """Dataset, resource and what of it."""
    return plain(" / ".join(part for part in (one.dataset, one.resource, one.what) if part))


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return plain(text if len(text) <= 80 else text[:79] + "…")


def verified_data(found: Sequence[Difference]) -> list[dict[str, Any]]:
    """Differences as stable keys."""
    return [
        {
            "dataset": one.dataset,
            "resource": one.resource,
            "what": one.what,
            "expected": one.expected,
            "found": one.found,
            "serious": one.serious,
        }
        for one in found
    ]


def restored_data(restored: Restored) -> dict[str, Any]:
    """A rollback as stable keys."""
    return {
        "run": restored.run,
        "datasets": list(restored.datasets),
        "deleted": list(restored.deleted),
        "incomplete": list(restored.incomplete),
    }


def restored_lines(restored: Restored) -> list[str]:
    """A rollback as lines."""
    lines = []
    for name in restored.datasets:
        if name in restored.incomplete:
            lines.append(f"✗ {name}  " + say("rollback.incomplete"))
            continue
        how = "rollback.deleted" if name in restored.deleted else "rollback.back"
        lines.append(f"✓ {name}  " + say(how))
    return [*lines, say("rollback.done", run=restored.run)]
