"""The properties of our data cubes, and the words of `vocab/` as codes.

A row of the table `observation` goes to the cube of what it says: `value` (a number), `state` (a
word) or `gap` (only the reason why nothing was said). One cube with optional measures would break
the rule that every observation has every measure of its cube (W3C Data Cube, IC-14), and a measure
dimension the rule that every measure is observed at every point (IC-17).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from pipelines.describe.cube.model import Code, CodeList, Component, Role
from pipelines.describe.model import Text, text
from pipelines.own_terms import own_term
from pipelines.vocabulary import SKOS, TERMS, VOCAB_BASE, Concept, scheme

SDMX = "http://purl.org/linked-data/sdmx/2009/"
XSD = "http://www.w3.org/2001/XMLSchema#"
_RESOURCE = "http://www.w3.org/2000/01/rdf-schema#Resource"
_CONCEPT = SKOS + "Concept"
_TITLE = "http://purl.org/dc/terms/title"


def _label(local: str) -> Text:
    """The labels of a term of ours, which `vocab/terms/terms.ttl` states."""
    labels = own_term(local)
    return text(labels["ja"], labels["en"])


def _own(role: Role, local: str, range_: str, code_list: str = "", key: str = "") -> Component:
    """A component whose property is a term of ours."""
    return Component(key or local, TERMS + local, role, _label(local), range_, "", code_list)


def _sdmx(role: Role, key: str, local: str, label: Text, range_: str) -> Component:
    """A component whose property is one of SDMX."""
    return Component(key, f"{SDMX}{role}#{local}", role, label, range_, f"{SDMX}concept#{local}")


# A code list belongs to a property, and cubes of many packages share the property: so the list that
# it names holds the concepts of all packages (IC-19), each of which is in its package's list too.
OPEN_LISTS = {
    local: CodeList(TERMS + local, _label(local)) for local in ("indicators", "items", "figures")
}

AREA = _sdmx("dimension", "area", "refArea", text("地域", "Reference area"), _RESOURCE)
PERIOD = _sdmx("dimension", "period", "refPeriod", text("対象期間", "Reference period"), _RESOURCE)
INDICATOR = _own("dimension", "indicator", _CONCEPT, OPEN_LISTS["indicators"].iri)
ITEM = _own("dimension", "item", _CONCEPT, OPEN_LISTS["items"].iri)
FIGURE = _own("dimension", "figure", _CONCEPT, OPEN_LISTS["figures"].iri)
KIND = _own("dimension", "kind", _CONCEPT, VOCAB_BASE + "kinds")
SEQUENCE = _own("dimension", "sequence", XSD + "positiveInteger")
VALUE = _sdmx("measure", "value", "obsValue", text("値", "Value"), "")
STATE = _own("measure", "state", _CONCEPT)
REASON = _own("measure", "missingReason", _CONCEPT, VOCAB_BASE + "missing", "missing-reason")
PROGRESS = _own("measure", "progress", _CONCEPT, VOCAB_BASE + "progress")
UNIT = _sdmx("attribute", "unit", "unitMeasure", text("単位", "Unit"), _RESOURCE)
QUALIFIER = _own("attribute", "qualifier", _CONCEPT)
STATUS = _sdmx(
    "attribute", "status", "obsStatus", text("観測の状態", "Observation status"), _RESOURCE
)
MOMENT = _own("attribute", "pointInTime", "", key="point-in-time")

_OF_INDICATORS = (AREA, INDICATOR, PERIOD, KIND)
_HOW_TO_READ = (UNIT, QUALIFIER, STATUS, MOMENT)
COMPONENTS: dict[str, tuple[Component, ...]] = {
    "value": (*_OF_INDICATORS, VALUE, *_HOW_TO_READ),
    "state": (*_OF_INDICATORS, STATE, *_HOW_TO_READ),
    "gap": (*_OF_INDICATORS, REASON, *_HOW_TO_READ),
    "progress": (AREA, ITEM, PERIOD, PROGRESS),
    "figure": (AREA, FIGURE, PERIOD, VALUE, UNIT, QUALIFIER),
}
"""Cube → its components in order, without the sequence number that only some cubes need."""

TABLES = {
    "value": "observation", "state": "observation", "gap": "observation",
    "progress": "status", "figure": "measurement",
}  # fmt: skip

TITLES: dict[str, Text] = {
    "value": text("指標の値（数）", "indicator values (numbers)"),
    "state": text("指標の値（状態）", "indicator values (states)"),
    "gap": text("値のない指標と理由", "indicators without a value, and why"),
    "progress": text("項目の進捗", "progress of items"),
    "figure": text("文中の数値", "figures in running text"),
}

LISTS: dict[str, Text] = {
    "indicators": text("指標", "indicators"),
    "items": text("進捗の項目", "items of progress"),
    "figures": text("文中の数値の名前", "names of figures in running text"),
    "words": text("語彙にない語", "words outside the vocabulary"),
}
"""The lists of concepts that a package has of its own."""

_ABOUT: dict[str, tuple[str, str]] = {
    "value": (
        "数で示された指標の値。状態の語や欠測理由だけの値は、別のキューブにあります。",
        "Values of indicators given as numbers; states and gaps are in cubes of their own.",
    ),
    "state": (
        "数ではなく言葉で示された指標の値。",
        "Values of indicators given as words instead of numbers.",
    ),
    "gap": (
        "数も言葉もなく、その理由だけが分かる値。",
        "Values that are neither a number nor a word, with the reason.",
    ),
    "progress": ("年度ごとの項目の進捗。", "Progress of items in each fiscal year."),
    "figure": (
        "年度の分かる、文中の数値。",
        "Figures in running text whose fiscal year is known.",
    ),
}
_SEQUENCED = (
    "同じ次元の値が並ぶため、並び番号で区別します。",
    "Values that share all other dimensions are told apart by a sequence number.",
)


def about(key: str, sequenced: bool) -> Text:
    """What a cube holds, in a sentence or two."""
    ja, en = _ABOUT[key]
    return text(ja + _SEQUENCED[0], f"{en} {_SEQUENCED[1]}") if sequenced else text(ja, en)


def vocabulary_code(name: str, written: str) -> Code | None:
    """The concept of `vocab/{name}.ttl` that has `written` as a label, or None."""
    found: Concept | None = scheme(name).match(written)
    if found is None:
        return None
    label, home = text(found.ja, found.en), (VOCAB_BASE + name,)
    return Code(found.iri, label, home, found.notation, matches=found.matches)


@cache
def vocabulary_list(name: str) -> CodeList:
    """The concept scheme `vocab/{name}.ttl` with its title in both languages."""
    iri = NamedNode(VOCAB_BASE + name)
    data = files("vocab").joinpath(f"{name}.ttl").read_bytes()
    titles = {
        value.language or "ja": value.value
        for triple in parse(data, format=RdfFormat.TURTLE)
        if triple.subject == iri and triple.predicate.value == _TITLE
        for value in (triple.object,)
        if isinstance(value, Literal)
    }
    return CodeList(iri.value, text(titles.get("ja", ""), titles.get("en", "")))
