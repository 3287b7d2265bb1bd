"""A part of a text that belongs to a person or to an office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "my-number", "phone", "phone-office", "email", "email-office", "name", "name-field"
]
"""`name-field` is the value of a field for names (`氏名：…`), `name` one in running text."""


@dataclass(frozen=True, slots=True)
class Private:
    """Where it stands in its text (`end` is behind it), and how it may be shown to others.

    `key` tells two values apart and never leaves the house.
    """

    kind: Kind
    start: int
    end: int
    key: str
    shown: str
