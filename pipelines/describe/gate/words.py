"""A result of the gate → the words of its finding, for a reader who does not know RDF."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipelines.describe.gate.facts import ShapeInfo
from pipelines.describe.gate.model import GateResult, Where
from pipelines.findings import metadata as kinds
from pipelines.findings.kind import FindingKind, undeclared
from pipelines.model import Finding, Severity
from pipelines.vocabulary import Concept, scheme

SEVERITIES: dict[str, Severity] = {"Violation": "誤り", "Warning": "警告", "Info": "情報"}
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_CATALOG = "http://www.w3.org/ns/dcat#Catalog"
_SERIES = "^http://www.w3.org/ns/dcat#inSeries"
_KINDS = {
    "MinCount": kinds.DcatMissing,
    "QualifiedMinCount": kinds.DcatMissing,
    "MaxCount": kinds.DcatTooMany,
    "Class": kinds.DcatClass,
    "HasValue": kinds.DcatVocabulary,
    "In": kinds.DcatVocabulary,
    **dict.fromkeys(("Datatype", "NodeKind", "Pattern", "LanguageIn"), kinds.DcatValue),
}
_WANTED = {"Class": "class", "Datatype": "datatype", "NodeKind": "nodeKind", "HasValue": "hasValue"}


def finding(result: GateResult, shape: ShapeInfo, where: Where, more: int) -> Finding:
    """The finding of a result; `more` results of the same rule about the same dataset follow it."""
    kind, words = _own(shape) if shape.code else _official(result, shape)
    severity = SEVERITIES.get(result.severity, "誤り")
    found = kind.at(
        table=where.file,
        row_id=where.dataset,
        place=result.node,
        found=plain(result.value),
        **words,
    )
    found = replace(found, severity=severity)
    if not more:
        return found
    return replace(
        found,
        message=f"{found.message}（ほかに{more}件）",
        message_en=f"{found.message_en} ({more} more)",
    )


def plain(term: str) -> str:
    """An N-Triples term without its syntax."""
    if term.startswith("<"):
        return term[1:-1]
    if not term.startswith('"'):
        return ""
    inside = term[1 : term.rindex('"')]
    return re.sub(r"\\(.)", lambda hit: _ESCAPED.get(hit[1], hit[1]), inside)


def _own(shape: ShapeInfo) -> tuple[type[FindingKind], dict[str, str]]:
    """A rule that brings its own words (md:code, sh:message, md:fix, md:expected)."""
    message, fix = shape.words.get("message", {}), shape.words.get("fix", {})
    ja, en = message.get("ja", ""), message.get("en", "")
    kind = undeclared(shape.code, "誤り", ja, en, fix.get("ja", ""), fix.get("en", ""))
    return kind, {"expected": shape.words.get("expected", {}).get("", "")}


def _official(result: GateResult, shape: ShapeInfo) -> tuple[type[FindingKind], dict[str, str]]:
    component = result.component.removesuffix("ConstraintComponent")
    kind = _KINDS.get(component, kinds.RuleBroken)
    wanted = word(next(iter(shape.says.get(_WANTED.get(component, ""), ())), ""))
    if component == "Node":
        kind, wanted = _node(shape)
    message = shape.words.get("message", {})
    about, item = word(shape.about), _item(shape)
    if not shape.path and (whole := word(result.shape)):  # a shape that asks for one of several
        kind, item = kinds.DcatMissing, (whole.ja, whole.en)
    form = (wanted.ja, wanted.en) if wanted else ("決められた一覧", "the prescribed list")
    remedy, remedy_en = _remedy(kind, shape, item, form)
    words = {
        "about": about.ja if about else "記録",
        "about_en": about.en if about else "record",
        "item": item[0],
        "item_en": item[1],
        "wanted": form[0],
        "wanted_en": form[1],
        "said": f"「{said}」" if (said := message.get("ja", message.get("", ""))) else "",
        "said_en": f": {said}" if (said := message.get("en", message.get("", ""))) else "",
        "remedy": remedy,
        "remedy_en": remedy_en,
    }
    limit = shape.says.get("maxCount" if kind is kinds.DcatTooMany else "minCount", ("1",))[0]
    counted = kind in (kinds.DcatMissing, kinds.DcatTooMany)
    return kind, {**words, "expected": limit if counted else words["wanted"]}


def _node(shape: ShapeInfo) -> tuple[type[FindingKind], Concept | None]:
    """sh:node: a list of a vocabulary, else a form of value (a date) or a class of record."""
    asked = shape.says.get("node", ("",))
    wanted = next((found for name in asked if (found := word(name))), None)
    if wanted and wanted.notation.startswith("dates-"):
        return kinds.DcatValue, wanted
    if wanted and wanted.notation.startswith("ranges-"):
        return kinds.DcatClass, wanted
    return kinds.DcatVocabulary, wanted


def _item(shape: ShapeInfo) -> tuple[str, str]:
    """What a property is called; one without a word of ours goes by its own local name."""
    if shape.path == _SERIES:
        return "シリーズに属するデータセット", "dataset that belongs to it"
    known = word(shape.path)
    if known:
        return known.ja, known.en
    local = shape.path.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    return (local, local) if local else ("内容", "content")


def _remedy(
    kind: type[FindingKind], shape: ShapeInfo, item: tuple[str, str], wanted: tuple[str, str]
) -> tuple[str, str]:
    """What to do: which key of package.yaml to fill, and how."""
    about, known = word(shape.about), word(shape.path)
    key = (about.first("key") if about else "") or (known.first("key") if known else "")
    if shape.about == _CATALOG:
        return (
            f"カタログの設定と、収録したパッケージの「{item[0]}」を確かめてください。",
            f"Check this item in the settings of the catalog and in its packages: {item[1]}.",
        )
    if not key:
        return (
            "この項目は machidata が書きます。machidata build をやり直してください。",
            "Machidata writes this item; run machidata build again.",
        )
    if kind is kinds.DcatMissing:
        return (
            f"package.yaml の {key} に「{item[0]}」を書いてください。",
            f"Fill in '{key}' in package.yaml: {item[1]}.",
        )
    if kind is kinds.DcatTooMany:
        return (
            f"package.yaml の {key} を一つにしてください。",
            f"Keep one value of '{key}' in package.yaml.",
        )
    if kind is kinds.DcatVocabulary:
        return (
            f"package.yaml の {key} に、{wanted[0]}にある値を書いてください。",
            f"Under '{key}' in package.yaml use a value of {wanted[1]}.",
        )
    return (
        f"package.yaml の {key} を確かめて、machidata build をやり直してください。",
        f"Check '{key}' in package.yaml and run machidata build again.",
    )


def word(iri: str) -> Concept | None:
    """What `vocab/dcat_words.ttl` calls a class, property, value type or list; None for others."""
    return _words().get(iri)


@cache
def _words() -> dict[str, Concept]:
    return {match: concept for concept in scheme("dcat_words") for match in concept.matches}
