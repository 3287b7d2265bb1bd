"""Croissant 1.0 (MLCommons): a dataset as a loader of machine learning reads it.

Each table is a file and a record set, `{table}` with the fields `{table}/{physical name}`; Japanese
headers and words are in the descriptions. `license` is there only when one is stated and `citeAs`
never, as nobody states how to cite. A foreign key is a reference, but not one of a table to
itself, which loaders cannot follow. `version` is left out when it cannot be written as three
numbers. Loaders on top of pandas guess types: codes must be read as text (`dtype=str`), or the
first zero of `022055` is lost; their fields say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipelines.describe.forms.csvw import column_names
from pipelines.describe.forms.json_file import Json, in_one, json_file, others, stated
from pipelines.describe.model import Agent, Column, Dataset, Distribution

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
_TYPES = {"integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date"}
_CONTEXT = {
    "@language": "ja",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(dataset: Dataset) -> bytes:
    """The dataset as Croissant."""
    files = {file.slug: file for file in dataset.distributions}
    content = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "@id": dataset.iri,
        "conformsTo": CONFORMS_TO,
        "name": in_one(dataset.title),
        "alternateName": others(dataset.title),
        "description": in_one(dataset.description),
        "identifier": dataset.identifier,
        "url": dataset.landing_page,
        "version": semantic_version(dataset.version),
        "datePublished": dataset.issued.isoformat(),
        "dateModified": dataset.modified.isoformat(),
        "license": dataset.licence.url if dataset.licence else "",
        "keywords": list(dataset.keywords),
        "inLanguage": "ja",
        "creator": _organization(dataset.publisher),
        "publisher": _organization(dataset.publisher),
        "distribution": [_file(file) for file in dataset.distributions],
        "recordSet": [_record_set(file, files) for file in dataset.distributions],
    }
    return json_file(stated(content))


def semantic_version(written: str) -> str:
    """MAJOR.MINOR.PATCH (Semantic Versioning 2.0.0) of a version; '' when it is none."""
    number = r"(0|[1-9][0-9]*)"
    if not re.fullmatch(rf"{number}(\.{number}){{0,2}}", written):
        return ""
    return ".".join([*written.split("."), "0", "0"][:3])


def _organization(agent: Agent) -> Json:
    """Loaders know Person and Organization, and no kinds of them."""
    return stated(
        {
            "@type": "Organization",
            "@id": agent.iri,
            "name": in_one(agent.name),
            "url": agent.homepage,
        }
    )


def _file(file: Distribution) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": _file_id(file),
        "name": _file_id(file),
        "description": in_one(file.description),
        "contentUrl": file.download_url,
        "encodingFormat": file.format.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _record_set(file: Distribution, files: Mapping[str, Distribution]) -> Json:
    shape = file.shape
    names = _field_ids(file)
    references = {
        key.columns[0]: _field_ids(files[key.table]).get(key.targets[0], "")
        for key in shape.foreign_keys
        if key.table in files and key.table != file.slug and len(key.columns) == 1
    }
    content = {
        "@type": "cr:RecordSet",
        "@id": file.slug,
        "name": file.slug,
        "description": " / ".join(file.title.values()),
        "key": [{"@id": names[column]} for column in shape.primary_key],
        "field": [
            _field(column, file, names[column.name], references.get(column.name, ""))
            for column in shape.columns
        ],
    }
    return stated(content)


def _field(column: Column, file: Distribution, identifier: str, reference: str) -> Json:
    code = "文字列として読む。" if column.pattern else ""
    described = in_one(column.description) + code
    field = {
        "@type": "cr:Field",
        "@id": identifier,
        "name": identifier.rpartition("/")[2],
        "description": f"{column.name}: {described}" if described else column.name,
        "dataType": _TYPES.get(column.kind, "sc:Text"),
        "equivalentProperty": column.meaning,
        "source": {
            "fileObject": {"@id": _file_id(file)},
            "extract": {"column": column.name},
        },
        "references": {"field": {"@id": reference}} if reference else {},
    }
    return stated(field)


def _file_id(file: Distribution) -> str:
    return file.path.rpartition("/")[2]


def _field_ids(file: Distribution) -> dict[str, str]:
    """Header → the identifier of its field."""
    return {name: f"{file.slug}/{given}" for name, given in column_names(file.shape).items()}
