"""Parts of a text that belong to a person → findings, masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from pipelines.findings import FindingKind
from pipelines.findings import privacy as f
from pipelines.model import Finding
from pipelines.private import Kind, Private, is_contact, is_field, masked, private_parts

KINDS: dict[Kind, type[FindingKind]] = {
    "my-number": f.PrivacyMyNumber,
    "phone": f.PrivacyPhone,
    "phone-office": f.PrivacyPhoneOffice,
    "email": f.PrivacyEmail,
    "email-office": f.PrivacyEmailOffice,
    "name": f.PrivacyName,
    "name-field": f.PrivacyNameField,
}
_REACHED: frozenset[Kind] = frozenset({"phone", "phone-office", "email", "email-office"})


@lru_cache(maxsize=16384)
def parts(text: str, heading: str = "") -> tuple[Private, ...]:
    """What is to be told of a cell; below a heading for contacts, numbers and addresses belong."""
    found = private_parts(text, heading)
    if found and is_contact(heading):
        return tuple(part for part in found if part.kind not in _REACHED)
    return tuple(found)


@lru_cache(maxsize=4096)
def heading_of(name: str) -> str:
    """The heading of a column where it says what its values are; '' else."""
    return name if is_contact(name) or is_field(name) else ""


def finding(part: Private, *, table: str = "", row_id: str = "", place: str = "") -> Finding:
    """The finding of one part."""
    return KINDS[part.kind].at(table=table, row_id=masked(row_id), place=place, found=part.shown)


def columns(schema: Mapping[str, Any]) -> Iterator[str]:
    """The columns that may hold running text: no numbers, and nothing of a prescribed form."""
    for field in schema["fields"]:
        if field["type"] == "string" and not {"enum", "pattern"} & set(
            field.get("constraints", {})
        ):
            yield str(field["name"])
