"""The version number that a change of data asks for, and the sentences of its change log."""

from __future__ import annotations

import re

from pipelines.publish.plan.model import (
    DatasetChange,
    ResourceChange,
    Severity,
    TableDiff,
    version_numbers,
)
from pipelines.publish.plan.words import Language, Words, joined, names, plain, say

_CALENDAR = re.compile(r"[vV]?(?:0[0-9]|[0-9]{1,9}\.(?:0[0-9]|[0-9]+\.0[0-9])).*")
_LANGUAGES: tuple[Language, Language] = ("ja", "en")
_MOST = 3
"""How many names or IDs a sentence lists."""


def derive(published: str, severity: Severity) -> str:
    """The version after a change of data: the published one with its MAJOR (breaking), MINOR
    (additive) or PATCH (revision) raised, as Semantic Versioning 2.0.0 §6–8 does for programs.

    Without a change of data the published one: metadata alone do not raise it. Numbers not written
    are 0 (`1.2` becomes `1.2.1`), a pre-release or build suffix goes. What is no such number (令和6
    年版, 2024-04, 2024.04.01, '' of a new dataset) stays: nothing can be derived from it.
    """
    numbers = version_numbers(published)
    if severity == "none" or not numbers or _CALENDAR.fullmatch(published.strip()):
        return published
    major, minor, patch = numbers
    if severity == "breaking":
        return f"{major + 1}.0.0"
    if severity == "additive":
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def changelog(dataset: DatasetChange) -> tuple[tuple[str, str], ...]:
    """What happened to the data, a sentence per table: (Japanese, English).

    Rows are counted over the whole table; of their keys and columns the first that the diff shows
    are named. Changes of metadata alone say nothing. Values are harmless and short (`text.clean`).
    """
    found = [_both("log-created", n=len(dataset.resources))] if dataset.action == "create" else []
    if dataset.action == "withdraw":
        return (_both("log-withdrawn"),)
    if dataset.action == "revive":
        found.append(_both("log-revived"))
    if dataset.action != "create":
        sentences = [_sentence(resource) for resource in dataset.resources]
        found += [sentence for sentence in sentences if sentence is not None]
    return tuple(found)


def _both(key: str, **values: str | int) -> tuple[str, str]:
    ja, en = (plain(say(language, key, **values)) for language in _LANGUAGES)
    return ja, en


def _sentence(resource: ResourceChange) -> tuple[str, str] | None:
    if resource.action == "withdraw":
        return _both("log-table-withdrawn", title=resource.title)
    if resource.action == "create":
        rows = resource.diff.added if resource.diff else 0
        return _both("log-table-added", title=resource.title, n=rows)
    if resource.diff is None:
        replaced = resource.file is not None and resource.file.upload
        return _both("log-file", title=resource.title) if replaced else None
    ja, en = (_table(resource.title, resource.diff, language) for language in _LANGUAGES)
    return (ja, en) if ja else None


def _table(title: str, diff: TableDiff, language: Language) -> str:
    parts = [*_columns(diff, language), *_rows(diff, language)]
    if not parts:
        return ""
    return plain(say(language, "log-table", title=title, changes=joined(parts, language)))


def _columns(diff: TableDiff, language: Language) -> list[Words]:
    listed = {
        "log-columns-added": diff.columns_added,
        "log-columns-removed": diff.columns_removed,
        "log-columns-retyped": tuple(name for name, _, _ in diff.columns_retyped),
    }
    parts = [
        say(language, key, names=names(written, len(written), _MOST, language))
        for key, written in listed.items()
        if written
    ]
    if diff.columns_moved:
        parts.append(say(language, "log-columns-moved"))
    if diff.key_changed:
        parts.append(say(language, "log-key-changed"))
    return parts


def _rows(diff: TableDiff, language: Language) -> list[Words]:
    if not diff.keyed:
        if not diff.added and not diff.removed:
            return []
        return [say(language, "log-rows-plain", added=diff.added, removed=diff.removed)]
    counts = {"added": diff.added, "removed": diff.removed, "changed": diff.changed}
    parts = []
    for kind, count in counts.items():
        if not count:
            continue
        keys = [row.key for row in diff.rows if row.kind == kind]
        columns = dict.fromkeys(c.column for r in diff.rows if r.kind == kind for c in r.cells)
        words: dict[str, int | Words] = {"n": count, "names": names(keys, count, _MOST, language)}
        if kind == "changed":
            words["columns"] = names(columns, len(columns), _MOST, language)
        parts.append(say(language, f"log-rows-{kind}", **words))
    return parts
