"""CSV on the Web (W3C, 2015): the tables of a dataset as a table group, `csv-metadata.json`.

The file stands beside the CSVs, so that its addresses are their names and a copied folder stays
whole. Of Table Schema, CSVW cannot say `unique`; a list of allowed words becomes the pattern of
just these words, which takes the place of a stated pattern. A row's IRI is that of its table with
`#row=` and its key, the same in every edition; a foreign key links to the row that it names. Where
its cells may be empty it is such a link alone: CSVW wants every row to name another one.
`commentPrefix` cannot be switched off (it must be a text), and no table starts a row with `#`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from pipelines.describe.forms.json_file import Json, json_file, stated
from pipelines.describe.model import (
    Column,
    Dataset,
    Distribution,
    ForeignKey,
    TableShape,
    Text,
)

FILE = "data/csv-metadata.json"
"""Where the file belongs, below the folder of the package."""

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_]*(\.[0-9A-Za-z_]+)*")
_SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}/]")
# A time of Table Schema has seconds or not; CSVW's has them always.
_BASES = {
    "string": "string",
    "integer": "integer",
    "number": "decimal",
    "boolean": "boolean",
    "date": "date",
    "datetime": "dateTime",
    "year": "gYear",
    "yearmonth": "gYearMonth",
    "duration": "duration",
}
_DIALECT = {
    "encoding": "utf-8",
    "header": True,
    "headerRowCount": 1,
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminators": ["\r\n"],
    "skipInitialSpace": False,
    "trim": False,
}


def csvw(dataset: Dataset) -> bytes:
    """The table group of a dataset."""
    files = {file.slug: file for file in dataset.distributions}
    group = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "ja"}],
        "@id": dataset.iri,
        "@type": "TableGroup",
        "dc:title": _words(dataset.title),
        "dc:description": _words(dataset.description),
        "dc:identifier": dataset.identifier,
        "dc:publisher": stated(
            {
                "@id": dataset.publisher.iri,
                "foaf:name": _words(dataset.publisher.name),
                "dc:identifier": dataset.publisher.identifier,
            }
        ),
        **_terms_of_use(dataset),
        "dc:issued": _day(dataset.issued.isoformat()),
        "dc:modified": _day(dataset.modified.isoformat()),
        "dcat:version": dataset.version,
        "dcat:landingPage": {"@id": dataset.landing_page},
        "dcat:keyword": list(dataset.keywords),
        "prov:wasDerivedFrom": [{"@id": source.as_read.iri} for source in dataset.sources],
        "dialect": _DIALECT,
        "lang": "ja",
        "tables": [_table(file, files) for file in dataset.distributions],
    }
    return json_file(stated(group))


def _table(file: Distribution, files: Mapping[str, Distribution]) -> Json:
    table = {
        "@id": file.iri,
        "@type": "Table",
        "url": _address(file),
        "dc:title": _words(file.title),
        "dc:description": _words(file.description),
        **_terms_of_use(file),
        "dc:conformsTo": [{"@id": standard.iri} for standard in file.conforms_to],
        "dc:modified": _day(file.modified.isoformat()),
        "tableSchema": _schema(file, files),
    }
    return stated(table)


def _schema(file: Distribution, files: Mapping[str, Distribution]) -> Json:
    shape = file.shape
    names = column_names(shape)
    required = {column.name for column in shape.columns if column.required}
    keys = [key for key in shape.foreign_keys if _known(key, files)]
    links = {
        key.columns[0]: _row_iri(files[key.table], (names[key.columns[0]],))
        for key in keys
        if len(key.columns) == 1 and key.targets == files[key.table].shape.primary_key
    }
    schema = {
        "@type": "Schema",
        "aboutUrl": _row_iri(file, tuple(names[name] for name in shape.primary_key)),
        "null": list(shape.missing),
        "columns": [_column(one, names[one.name], links) for one in shape.columns],
        "primaryKey": [names[name] for name in shape.primary_key],
        "foreignKeys": [
            _foreign_key(key, names, files) for key in keys if required.issuperset(key.columns)
        ],
    }
    return stated(schema)


def column_names(shape: TableShape) -> dict[str, str]:
    """Header → the column's `name` (a variable of URI templates, RFC 6570, section 2.3, that does
    not start with `_`): the physical name, or the header percent-encoded where that is no name or
    another column's too.
    """
    physical = [column.physical_name for column in shape.columns]
    return {
        column.name: column.physical_name
        if _NAME.fullmatch(column.physical_name) and physical.count(column.physical_name) == 1
        else _encoded(column.name)
        for column in shape.columns
    }


def _encoded(header: str) -> str:
    kept = quote(header.encode("utf-8", "replace"), safe="")
    return re.sub(r"[-.~]|^_", lambda hit: f"%{ord(hit[0]):02X}", kept)


def _column(column: Column, name: str, links: Mapping[str, str]) -> Json:
    others = {tag: words for tag, words in column.title.items() if words != column.name}
    # The header alone stands in `titles`, of the language of @context: readers that find columns by
    # their headers look at titles without a language of their own.
    entry = {
        "@type": "Column",
        "name": name,
        "titles": column.name,
        "rdfs:label": _words(others),
        "dc:description": _words(column.description),
        "lang": "und" if column.pattern else "",  # codes and years are in no language
        "datatype": datatype(column),
        "required": column.required,
        "propertyUrl": column.meaning.replace("{", "%7B").replace("}", "%7D"),
        "valueUrl": links.get(column.name, ""),
    }
    return stated(entry)


def datatype(column: Column) -> Json | str:
    """The datatype of a column's cells; a kind that CSVW has not is read as text."""
    base = _BASES.get(column.kind, "string")
    limits: Json = {}
    if base == "string":
        allowed = "|".join(_SPECIAL.sub(r"\\\g<0>", word) for word in column.words)
        limits = {"format": _whole(allowed or column.pattern)}
    elif base in {"integer", "decimal"}:
        limits = {"minimum": _bound(column.least), "maximum": _bound(column.most)}
    facets = stated(limits)
    return {"base": base, **facets} if facets else base


def _whole(pattern: str) -> str:
    """A pattern anchored at both ends: some readers look for it anywhere in a cell."""
    anchored = pattern.startswith("^") and pattern.endswith("$") and "|" not in pattern
    return pattern if anchored or not pattern else f"^(?:{pattern})$"


def _bound(written: str) -> int | str:
    """A whole number as such, any other as text: a JSON reader would round it."""
    return int(written) if re.fullmatch(r"-?[0-9]+", written) else written


def _known(key: ForeignKey, files: Mapping[str, Distribution]) -> bool:
    """Whether the table that a foreign key names is here, with the columns that it names."""
    if key.table not in files:
        return False
    return set(key.targets) <= {column.name for column in files[key.table].shape.columns}


def _foreign_key(
    key: ForeignKey, names: Mapping[str, str], files: Mapping[str, Distribution]
) -> Json:
    target = files[key.table]
    there = column_names(target.shape)
    return {
        "columnReference": [names[name] for name in key.columns],
        "reference": {
            "resource": _address(target),
            "columnReference": [there[name] for name in key.targets],
        },
    }


def _row_iri(file: Distribution, names: tuple[str, ...]) -> str:
    """The URI template of a row; '' for a table without a key."""
    return f"{file.iri}#row={{{','.join(names)}}}" if names else ""


def _address(file: Distribution) -> str:
    """The CSV's address as seen from `FILE`."""
    folder, _, name = file.path.rpartition("/")
    inside = folder == "data"
    return quote(name if inside else f"../{file.path}")


def _terms_of_use(thing: Dataset | Distribution) -> Json:
    if thing.licence is not None:
        return {"dc:license": {"@id": thing.licence.iri}}
    return {"dc:rights": {"@id": thing.rights.iri, "rdfs:label": _words(thing.rights.label)}}


def _words(words: Text) -> Any:
    said = [{"@value": written, "@language": tag} for tag, written in words.items()]
    return said[0] if len(said) == 1 else said


def _day(written: str) -> Json:
    return {"@value": written, "@type": "xsd:date"}
