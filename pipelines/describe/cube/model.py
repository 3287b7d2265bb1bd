"""What an RDF Data Cube of a package says, without a format.

`cube.build` fills it from the tables, `cube.render` renders it.
Every node has an IRI, so no blank node is ever needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from pipelines.describe.model import Text

Role: TypeAlias = Literal["dimension", "measure", "attribute"]


@dataclass(frozen=True, slots=True)
class Component:
    """A property that observations are described with.

    Dimensions say which observation it is, a measure what was observed, attributes how to read it;
    only attributes may be absent. `concept` is the SDMX concept behind the property, `code_list`
    the concept scheme of its values, `range` their class or datatype ('' when none is stated).
    """

    key: str
    iri: str
    role: Role
    label: Text
    range: str
    concept: str = ""
    code_list: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A value that is a resource."""

    iri: str


@dataclass(frozen=True, slots=True)
class Datum:
    """A value that is a literal; `datatype` is a local name of XML Schema (`decimal`)."""

    lexical: str
    datatype: str


Term: TypeAlias = Link | Datum


@dataclass(frozen=True, slots=True)
class Statement:
    """One component of an observation with its value."""

    component: Component
    value: Term


@dataclass(frozen=True, slots=True)
class Observation:
    """One row of a table; `identifier` is the row's ID."""

    iri: str
    identifier: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Cube:
    """A qb:DataSet with its structure. `table` is the IRI of the table behind it."""

    iri: str
    structure: str
    table: str
    title: Text
    description: Text
    components: tuple[Component, ...]
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A concept that observations are linked to; `schemes` are the schemes that it is in.

    `initiative` is the IRI of the initiative that it belongs to, `department` who reports it,
    `matches` are the concepts of other people's vocabularies that are the same (skos:exactMatch).
    """

    iri: str
    label: Text
    schemes: tuple[str, ...] = ()
    notation: str = ""
    initiative: str = ""
    department: str = ""
    matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeList:
    """A concept scheme."""

    iri: str
    title: Text


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A Japanese fiscal year, first and last day inclusive."""

    iri: str
    label: Text
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Named:
    """Something described elsewhere that is named here so that the file can be read alone."""

    iri: str
    label: Text
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class PackageCubes:
    """All cubes of one package with everything that they link to."""

    dataset: Named
    modified: date
    place: Named
    publisher: Named
    licence: Named | None
    cubes: tuple[Cube, ...]
    codes: tuple[Code, ...]
    code_lists: tuple[CodeList, ...]
    years: tuple[FiscalYear, ...]
    initiatives: tuple[Named, ...]
