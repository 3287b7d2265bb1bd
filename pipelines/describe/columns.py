"""The columns of a table file, as its Table Schema (Data Package v2) states them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipelines.describe.model import Column, ForeignKey, Standard, TableShape, text


def table_shape(schema: Mapping[str, Any], encoding: str = "utf-8") -> TableShape:
    """The columns and keys of a Table Schema; keys are lists of columns, as the standard has it."""
    return TableShape(
        columns=tuple(column(field) for field in schema.get("fields", ())),
        primary_key=_names(schema.get("primaryKey", ())),
        foreign_keys=tuple(
            ForeignKey(
                columns=_names(key["fields"]),
                table=key["reference"].get("resource", "") or str(schema.get("name", "")),
                targets=_names(key["reference"]["fields"]),
            )
            for key in schema.get("foreignKeys", ())
        ),
        missing=tuple(str(word) for word in schema.get("missingValues", ("",))),
        encoding=encoding,
    )


def column(field: Mapping[str, Any]) -> Column:
    """One field of a Table Schema."""
    limits = field.get("constraints", {})
    return Column(
        name=str(field["name"]),
        title=text(str(field["name"]), str(field.get("title", ""))),
        description=text(str(field.get("description", ""))),
        kind=str(field.get("type", "string")),
        physical_name=str(field.get("physicalName", "")),
        meaning=str(field.get("rdfType", "")),
        required=bool(limits.get("required")),
        unique=bool(limits.get("unique")),
        pattern=str(limits.get("pattern", "")),
        words=tuple(str(word) for word in limits.get("enum", ())),
        least=_number(limits.get("minimum")),
        most=_number(limits.get("maximum")),
    )


def standards(schema: Mapping[str, Any]) -> tuple[Standard, ...]:
    """The national standards that a schema says to follow (`machidata:standards`): a recommended
    dataset's schema names its edition; a tidy table of a plan has no such standard.
    """
    return tuple(
        Standard(str(one["path"]), text(str(one.get("title", "")), str(one.get("title_en", ""))))
        for one in schema.get("machidata:standards", ())
    )


def _names(stated: Any) -> tuple[str, ...]:
    return (stated,) if isinstance(stated, str) else tuple(str(name) for name in stated)


def _number(stated: object) -> str:
    return "" if stated is None else str(stated)
