"""What the flows for a CKAN give, and how they say that not all went well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows.hearing import IncompleteError
from pipelines.catalogs.publishing import Prepared
from pipelines.model import MachidataError
from pipelines.publish.applying.running import Applied
from pipelines.publish.applying.verifying import Difference


@dataclass(frozen=True, slots=True)
class Planned:
    """What plan-catalog made: the plan with what could not be planned, and its files."""

    prepared: Prepared
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What apply-catalog did, and what differed when it was read back."""

    prepared: Prepared
    applied: Applied
    differences: tuple[Difference, ...] = ()
    unread: MachidataError | None = None
    """Why nothing could be read back."""

    @property
    def exit_code(self) -> int:
        """0 fine, 1 when data differ, else the worst of the errors."""
        serious = any(one.serious for one in self.differences)
        codes = (self.applied.exit_code, self.prepared.exit_code)
        return max(int(serious), self.unread.exit_code if self.unread else 0, *codes)


def plan_incomplete(prepared: Prepared) -> IncompleteError:
    """Packages could not be planned, or somebody must decide first."""
    conflicts = [one.name for one in prepared.plan.datasets if one.conflicts]
    errors = [prepared.failed[name] for name in sorted(prepared.failed)]
    return IncompleteError(
        "plan-incomplete",
        ja=f"計画できないパッケージが {len(errors)} 件、判断が必要なデータセットが "
        f"{len(conflicts)} 件あります。",
        en=f"{len(errors)} packages could not be planned, {len(conflicts)} datasets need a "
        "decision.",
        where=", ".join(sorted({*prepared.failed, *conflicts})),
        found=", ".join(one.code for one in errors),
        fix_ja="計画（plan.md）で確かめ、直すか --drift で選んでから計画し直してください。",
        fix_en="See the plan (plan.md); repair it or decide with --drift, then plan again.",
        exit_code=prepared.exit_code,
    )


def apply_incomplete(done: Carried) -> IncompleteError:
    """Datasets failed, were interrupted, or are not as they should be."""
    failed = {one.package: one.error for one in done.applied.outcomes if one.error}
    differing = sorted({one.dataset for one in done.differences if one.serious})
    codes = [failed[name].code for name in sorted(failed)]
    unread = [done.unread.code] if done.unread else []
    return IncompleteError(
        "apply-incomplete",
        ja=f"公開できなかったデータセットが {len(failed)} 件、あるべき姿と違うものが "
        f"{len(differing)} 件あります。",
        en=f"{len(failed)} datasets could not be published, {len(differing)} are not as they "
        "should be.",
        where=", ".join(sorted({*failed, *differing})),
        found=", ".join([*codes, *unread]),
        fix_ja="もう一度実行すると、止まったところから続けます。"
        if done.applied.open
        else "原因を直し、計画し直してください。",
        fix_en="Run it again: it goes on where it stopped."
        if done.applied.open
        else "Repair the cause and plan again.",
        exit_code=done.exit_code,
    )
