"""Metadata fields: one flat form for ours and the catalog's, and who changed what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipelines.publish.plan.model import Decision, Drift, FieldChange

Policy = Literal["ask", "keep", "overwrite"]
"""What happens with portal edits. `ask`: they stay, and where both sides changed the same thing
somebody must decide; `keep`: they stay always; `overwrite`: ours goes in their place."""

EXTRA = "extras."

# What CKAN works out, or what is handled apart: never compared as a field.
_SYSTEM = frozenset(
    {
        *("id", "resources", "organization", "num_resources", "num_tags", "metadata_created"),
        *("metadata_modified", "creator_user_id", "isopen", "license_title", "license_url"),
        *("relationships_as_subject", "relationships_as_object", "state", "type"),
        *("tracking_summary", "plugin_data"),
    }
)


def flat(dataset: Mapping[str, Any]) -> dict[str, Any]:
    """A package dict with its extras as fields `extras.KEY` and its tags as a sorted list of names,
    without what CKAN works out itself. Empty values are left out: CKAN shows "" or None or [] where
    nothing was said.
    """
    found = {key: value for key, value in dataset.items() if key not in _SYSTEM | {"extras"}}
    if "tags" in found:
        found["tags"] = sorted({str(tag.get("name", "")) for tag in found["tags"] or ()})
    for extra in dataset.get("extras") or ():
        found[EXTRA + str(extra.get("key", ""))] = extra.get("value")
    return {key: normal(value) for key, value in found.items() if normal(value) is not None}


def flat_resource(resource: Mapping[str, Any]) -> dict[str, Any]:
    """A resource's fields without empty ones."""
    return {key: normal(value) for key, value in resource.items() if normal(value) is not None}


def normal(value: Any) -> Any:
    """A value as it is compared: None for nothing, texts without spaces at their ends, whole
    numbers as texts (CKAN shows `size` as either), parts of objects that say nothing left out.
    """
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return {key: normal(one) for key, one in value.items() if normal(one) is not None} or None
    if isinstance(value, (list, tuple)):
        return [normal(one) for one in value if normal(one) is not None] or None
    return value


@dataclass(frozen=True, slots=True)
class Told:
    """What our last apply sent of something, and what the catalog showed of it afterwards."""

    sent: Mapping[str, Any]
    shown: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome for all fields of one thing: what to write (None removes), and what to say.

    `kept` are the names of fields where an edit of the portal stays.
    """

    write: Mapping[str, Any]
    changes: tuple[FieldChange, ...]
    drift: tuple[Drift, ...]
    kept: tuple[str, ...]


def settle(
    wanted: Mapping[str, Any],
    found: Mapping[str, Any],
    told: Told | None,
    policy: Policy,
    resource: str = "",
) -> Settled:
    """Compares our fields with the catalog's, field by field, in the order of their names.

    Only fields that we want or once sent are looked at: others belong to the portal. Without a
    record (`told` is None) a difference is a change of ours.
    """
    write: dict[str, Any] = {}
    changes: list[FieldChange] = []
    drift: list[Drift] = []
    kept: list[str] = []
    names = sorted({*wanted, *(told.sent if told else ())})
    for name in names:
        ours, theirs = normal(wanted.get(name)), normal(found.get(name))
        if ours == theirs:
            continue
        sent = normal(told.sent.get(name)) if told else None
        shown = normal(told.shown.get(name)) if told else None
        edited = told is not None and theirs != shown
        if told and not edited and ours == sent:
            continue  # the catalog writes it in its own way
        decision: Decision = "overwrite"
        if edited:
            decision = decide(ours != sent, policy)
            drift.append(Drift(resource, f"field:{name}", shown, theirs, ours, decision))
        if decision == "overwrite":
            write[name] = ours
            changes.append(FieldChange(name, theirs, ours))
        else:
            kept.append(name)
    return Settled(write, tuple(changes), tuple(drift), tuple(kept))


def decide(ours_changed: bool, policy: Policy) -> Decision:
    """What happens with an edit of the portal."""
    if policy == "overwrite":
        return "overwrite"
    return "conflict" if ours_changed and policy == "ask" else "keep"
