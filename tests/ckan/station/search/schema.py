"""Which fields a document may have: read from the schema that CKAN ships for Solr."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

KINDS = {
    "TextField": "text",
    "DatePointField": "date",
    "BoolField": "boolean",
    "IntPointField": "number",
    "LongPointField": "number",
    "FloatPointField": "number",
    "DoublePointField": "number",
}


class SearchError(Exception):
    """What Solr answers with status 400."""


@dataclass(frozen=True)
class Field:
    """A field, or the pattern of a dynamic one."""

    name: str
    kind: str
    """text, pieces (n-grams), date, boolean, number or string"""
    indexed: bool = True
    stored: bool = True
    multiple: bool = False


@dataclass
class Schema:
    """The fields, the copies between them and the key of a document."""

    document: bytes
    key: str
    fixed: dict[str, Field]
    patterns: list[Field]
    copies: list[tuple[str, str]]
    known: dict[str, Field] = field(default_factory=dict)

    def field(self, name: str) -> Field:
        """The field of that name; raises SearchError for one that no pattern covers."""
        if name in self.fixed:
            return self.fixed[name]
        if name not in self.known:
            for pattern in self.patterns:
                if fnmatchcase(name, pattern.name):
                    self.known[name] = pattern
                    break
            else:
                raise SearchError(f"undefined field {name}")
        return self.known[name]

    def destinations(self, name: str) -> list[str]:
        """The field itself and all fields that it is copied to, one step, as Solr does."""
        copies = [to for source, to in self.copies if fnmatchcase(name, source) and to != name]
        return [name, *copies]


def read_schema(path: Path) -> Schema:
    """The schema of CKAN's `schema.xml`."""
    document = path.read_bytes()
    root = ET.fromstring(document)  # noqa: S314 - a file of the installed CKAN
    types = {
        str(node.get("name")): node
        for node in root.iter()
        if node.tag in {"fieldType", "fieldtype"}
    }
    fields = [_field(node, types) for node in root.iter("field")]
    patterns = [_field(node, types) for node in root.iter("dynamicField")]
    return Schema(
        document=document,
        key=root.findtext("uniqueKey") or "id",
        fixed={item.name: item for item in fields},
        patterns=sorted(patterns, key=lambda item: -len(item.name)),
        copies=[
            (str(node.get("source")), str(node.get("dest"))) for node in root.iter("copyField")
        ],
    )


def _field(node: ET.Element, types: dict[str, ET.Element]) -> Field:
    kind = types[str(node.get("type"))]
    name = KINDS.get(str(kind.get("class")).rpartition(".")[2], "string")
    if name == "text" and any("NGram" in str(part.get("class")) for part in kind.iter("tokenizer")):
        name = "pieces"
    return Field(
        name=str(node.get("name")),
        kind=name,
        indexed=node.get("indexed") != "false",
        stored=node.get("stored") != "false",
        multiple="true" in {node.get("multiValued"), kind.get("multiValued")},
    )
