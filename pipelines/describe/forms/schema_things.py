"""Things that a dataset is told of with, in the words of schema.org."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.describe.forms.json_file import Json, in_one, others, stated
from pipelines.describe.model import Agent, Column, ContactPoint, Period, Place, SourceDocument

CODE = "全国地方公共団体コード"


def agent(one: Agent, contact: ContactPoint | None = None) -> Json:
    """Who publishes; with a code it is a municipality."""
    return stated(
        {
            "@type": "GovernmentOrganization" if one.identifier else "Organization",
            "@id": one.iri,
            "name": in_one(one.name),
            "alternateName": others(one.name),
            "identifier": _code(one.identifier),
            "url": one.homepage,
            "contactPoint": _contact(contact) if contact else {},
        }
    )


def _contact(contact: ContactPoint) -> Json:
    return stated(
        {
            "@type": "ContactPoint",
            "@id": contact.iri,
            "name": in_one(contact.name),
            "alternateName": others(contact.name),
            "email": contact.email.removeprefix("mailto:"),
            "telephone": contact.phone.removeprefix("tel:"),
            "url": contact.url,
        }
    )


def place(one: Place) -> Json:
    """An area, by its name and code; its point and its box when they are known."""
    return stated(
        {
            "@type": "AdministrativeArea",
            "@id": one.iri,
            "name": in_one(one.label),
            "alternateName": others(one.label),
            "identifier": _code(one.identifier),
            "geo": [shape for shape in (_point(one.centroid), _box(one.bbox)) if shape],
        }
    )


def _code(written: str) -> Json:
    return property_value(CODE, written) if written else {}


def property_value(name: str, value: str) -> Json:
    """An identifier, and whose it is."""
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _numbers(wkt: str) -> list[str]:
    """The numbers of a WKT geometry, without the IRI of its reference system."""
    return re.findall(r"-?[0-9]+(?:\.[0-9]+)?", re.sub(r"<[^>]*>", "", wkt))


def _point(wkt: str) -> Json:
    numbers = _numbers(wkt)
    if len(numbers) != 2:
        return {}
    return {"@type": "GeoCoordinates", "longitude": numbers[0], "latitude": numbers[1]}


def _box(wkt: str) -> Json:
    """WKT says longitude and latitude; schema.org latitude and longitude, south-west first."""
    numbers = _numbers(wkt)
    if len(numbers) < 4 or len(numbers) % 2:
        return {}
    west, east = _ends(numbers[0::2])
    south, north = _ends(numbers[1::2])
    return {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}


def _ends(numbers: Sequence[str]) -> tuple[str, str]:
    return min(numbers, key=float), max(numbers, key=float)


def interval(period: Period | None) -> str:
    """A period as ISO 8601; an open end is `..`."""
    if period is None:
        return ""
    start, end = (day.isoformat() if day else ".." for day in (period.start, period.end))
    return f"{start}/{end}"


def source(one: SourceDocument) -> Json:
    """A document that the data were taken from; the extract of it where that was read."""
    if one.extract:
        return {**source(one.extract), "isBasedOn": source(replace(one, extract=None))}
    return stated(
        {
            "@type": "DigitalDocument",
            "@id": one.iri,
            "name": in_one(one.title),
            "alternateName": others(one.title),
            "url": one.url,
            "sha256": one.sha256,
        }
    )


def variable(column: Column) -> Json:
    """What a column of numbers measures."""
    return stated(
        {
            "@type": "PropertyValue",
            "name": column.name,
            "alternateName": column.title.get("en", ""),
            "description": in_one(column.description),
            "propertyID": column.meaning,
        }
    )
