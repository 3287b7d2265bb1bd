"""The kinds of finding that the shapes of `vocab/shapes` declare (`md:code`), read from the files.

Of a shape with a code, rdfs:label is the title, sh:message and md:fix are the templates of
sentence and remedy; sh:severity is SHACL's word for ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from pipelines.findings.kind import FindingKind, undeclared
from pipelines.model import Severity
from pipelines.vocabulary import TERMS

_SH = "http://www.w3.org/ns/shacl#"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_WORDS = {_LABEL: "title", f"{_SH}message": "ja", f"{TERMS}fix": "fix"}
_ENGLISH = {"title": "title_en", "ja": "en", "fix": "fix_en"}
_SEVERITIES: Mapping[str, Severity] = {
    f"{_SH}Violation": "誤り",
    f"{_SH}Warning": "警告",
    f"{_SH}Info": "情報",
}


@cache
def shape_kinds() -> dict[str, type[FindingKind]]:
    """The kinds by code, in order of code. They are not in the registry."""
    said: dict[object, dict[str, str]] = {}
    folder = files("vocab").joinpath("shapes")
    for file in sorted((one for one in folder.iterdir() if one.is_file()), key=lambda f: f.name):
        if not file.name.endswith(".ttl"):
            continue
        for quad in parse(file.read_bytes(), format=RdfFormat.TURTLE):
            about, predicate, value = quad.subject, quad.predicate.value, quad.object
            told = said.setdefault(about, {})
            if isinstance(value, Literal) and predicate in _WORDS:
                name = _WORDS[predicate]
                told[_ENGLISH[name] if value.language == "en" else name] = value.value
            elif isinstance(value, Literal) and predicate == f"{TERMS}code":
                told["code"] = value.value
            elif isinstance(value, NamedNode) and predicate == f"{_SH}severity":
                told["severity"] = value.value
    coded = {told["code"]: told for told in said.values() if "code" in told}
    return {code: _kind(code, coded[code]) for code in sorted(coded)}


def _kind(code: str, told: Mapping[str, str]) -> type[FindingKind]:
    severity = _SEVERITIES.get(told.get("severity", ""), "誤り")
    words = {name: told.get(name, "") for name in (*_ENGLISH, *_ENGLISH.values())}
    return undeclared(code, severity, **words)
