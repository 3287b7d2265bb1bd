"""A plan as what a reader is told, in order: the terminal, Markdown and HTML only lay it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.publish.plan.files import digest
from pipelines.publish.plan.model import Action, DatasetChange, Plan, ResourceChange, TableDiff
from pipelines.publish.plan.view_parts import (
    Line,
    diff_lines,
    drift_line,
    field_lines,
    file_lines,
    store_lines,
)
from pipelines.publish.plan.words import Language, Words, joined, say, sentence, value

_ACTIONS: tuple[Action, ...] = ("create", "update", "withdraw", "revive", "keep")
_IDENTITY = 60  # characters of a title in a heading


@dataclass(frozen=True, slots=True)
class ResourceView:
    """What happens to a resource; of its `diff` the lines have the counts, not the rows."""

    title: Words
    heading: Line
    lines: tuple[Line, ...]
    diff: TableDiff | None


@dataclass(frozen=True, slots=True)
class DatasetView:
    """What happens to a dataset. `severity` is the key of its words."""

    heading: Line
    severity: str
    lines: tuple[Line, ...]
    drift: tuple[Line, ...]
    version: tuple[Line, ...]
    changelog: tuple[Line, ...]
    resources: tuple[ResourceView, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan. `datasets` are those with something to tell; of the others there are only the names
    (`kept`).
    """

    summary: Words
    facts: tuple[Line, ...]
    decisions: tuple[Line, ...]
    notes: tuple[Line, ...]
    datasets: tuple[DatasetView, ...]
    kept: tuple[Words, ...]


def view(plan: Plan, language: Language) -> PlanView:
    """All that is said of a plan, in one language."""
    told = [one for one in plan.datasets if _worth_telling(one)]
    decisions = tuple(line for one in plan.datasets for line in _decisions(one, language))
    return PlanView(
        summary=_summary(plan, len(decisions), language),
        facts=_facts(plan, language),
        decisions=(*decisions, *_how(plan, language)),
        notes=_sentences(plan.notes, language),
        datasets=tuple(_dataset(one, language) for one in told),
        kept=tuple(value(one.name, language) for one in plan.datasets if not _worth_telling(one)),
    )


def _worth_telling(dataset: DatasetChange) -> bool:
    return dataset.changes or bool(dataset.drift) or not dataset.recorded or _too_low(dataset)


def _too_low(dataset: DatasetChange) -> bool:
    return dataset.version is not None and dataset.version.too_low


def _summary(plan: Plan, decisions: int, language: Language) -> Words:
    count = Counter(one.action for one in plan.datasets)
    if plan.changes:
        counts = [say(language, f"count-{a}", n=count[a]) for a in _ACTIONS if count[a]]
        told = say(language, "summary", catalog=plan.catalog, counts=joined(counts, language))
    else:
        told = say(language, "summary-nothing", catalog=plan.catalog, kept=len(plan.datasets))
    return (*told, *say(language, "summary-decisions", n=decisions)) if decisions else told


def _facts(plan: Plan, language: Language) -> tuple[Line, ...]:
    facts = [
        Line(say(language, "fact-url", url=plan.url, software=plan.software)),
        Line(say(language, "fact-severity", severity=say(language, plan.severity))),
        Line(say(language, "fact-digest", digest=digest(plan))),
    ]
    if plan.approval:
        facts.append(Line(say(language, "fact-approval"), "warning"))
    return tuple(facts)


def _decisions(dataset: DatasetChange, language: Language) -> list[Line]:
    """What somebody must decide or mend before this dataset can be applied."""
    found = [
        Line(
            say(language, "of", name=dataset.name, sentence=drift_line(one, language).words),
            "conflict",
        )
        for one in dataset.conflicts
    ]
    if dataset.version is not None and _too_low(dataset):
        low = say(language, "version-low", name=dataset.name, derived=dataset.version.derived)
        found.append(Line(low, "warning"))
    return found


def _how(plan: Plan, language: Language) -> list[Line]:
    """How to say what was decided, where there is a conflict."""
    if not any(one.conflicts for one in plan.datasets):
        return []
    return [Line(say(language, "decide-how"))]


def _sentences(pairs: Iterable[tuple[str, str]], language: Language) -> tuple[Line, ...]:
    return tuple(Line(sentence(ja if language == "ja" else en)) for ja, en in pairs)


def _heading(
    kind: str, change: DatasetChange | ResourceChange, name: str, language: Language
) -> Line:
    title = value(change.title or name, language, _IDENTITY)
    subject = say(language, kind, title=title, name=name)
    action = say(language, change.action)
    return Line(say(language, "heading", subject=subject, action=action), change.action)


def _dataset(dataset: DatasetChange, language: Language) -> DatasetView:
    lines = []
    if dataset.action in {"withdraw", "revive"}:
        lines.append(Line(say(language, f"{dataset.action}-means")))
    lines += field_lines(dataset.fields, language)
    if dataset.reordered:
        lines.append(Line(say(language, "reordered"), "update"))
    drift = [drift_line(one, language) for one in dataset.drift]
    if not dataset.recorded:
        drift.insert(0, Line(say(language, "unrecorded"), "warning"))
    return DatasetView(
        heading=_heading("dataset", dataset, dataset.name, language),
        severity=dataset.severity,
        lines=tuple(lines),
        drift=tuple(drift),
        version=tuple(_version(dataset, language)),
        changelog=_sentences(dataset.changelog, language),
        resources=tuple(_resource(one, language) for one in dataset.resources),
    )


def _version(dataset: DatasetChange, language: Language) -> list[Line]:
    found = []
    if dataset.severity != "none":
        severity = say(language, dataset.severity)
        found.append(Line(say(language, "fact-severity", severity=severity)))
    version = dataset.version
    if version is not None:
        key = "version" if version.published else "version-new"
        numbers = {"published": version.published, "derived": version.derived}
        found.append(Line(say(language, key, declared=version.declared, **numbers)))
        if version.too_low:
            low = say(language, "version-low", name=dataset.name, derived=version.derived)
            found.append(Line(low, "warning"))
    return found


def _resource(resource: ResourceChange, language: Language) -> ResourceView:
    lines = [
        *field_lines(resource.fields, language),
        *([Line(say(language, "moved"), "update")] if resource.moved else []),
        *file_lines(resource.file, language),
        *store_lines(resource.store, language),
        *diff_lines(resource.diff, resource.action, language),
    ]
    return ResourceView(
        title=value(resource.title or resource.key, language, _IDENTITY),
        heading=_heading("resource", resource, resource.key, language),
        lines=tuple(lines),
        diff=resource.diff,
    )
