"""Whether a catalog says of a dataset what we say: triple by triple, on all that ckanext-dcat maps.

`MAPPED` is what it maps (README.md's table), `TOLERATED` all that may differ, each with its reason.
`difference` takes what we say, changes it by nothing but `TOLERATED` and compares the two sets of
triples: nothing may be missing, nothing may be too much. A blank node is compared by the way that
leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from pipelines.describe.forms.ckan_words import tag
from pipelines.describe.rdf.graph import PREFIXES

TOLERATED = {
    "language": "CKAN's own fields hold no languages: of the literals that are not on a "
    "distribution only the Japanese ones come back (where there are none, the others), and "
    "without their tag",
    "tags": "CKAN refuses tags with other characters than letters, digits, spaces, - _ . and with "
    "fewer than two of them: they come back as pipelines.describe.forms.ckan_words.tag writes them",
    "blank": "ckanext-dcat gives no IRI to a period and to a checksum",
    "class": "ckanext-dcat states one class of a node where we state a second one: an agent is "
    "a foaf:Agent, a contact a vcard:Kind (scheming) or a vcard:Organization (legacy)",
    "resource": "ckanext-dcat states that accessURL and downloadURL are of the class "
    "rdfs:Resource, as everything is",
    "licence type": "ckanext-dcat writes the type UnknownIPR to every licence, whatever it is",
    "escapes": "ckanext-dcat percent-encodes ! $ ' ( ) * , ; in every IRI",
    "contact page": "without ckanext-scheming no vcard:hasURL is served",
    "run": "without ckanext-scheming no prov:wasGeneratedBy is served; with it the software would "
    "be served as a foaf:Organization, so prov:wasAssociatedWith is left out",
    "no bytes": "a byteSize of 0 is not served",
    "open period": "without ckanext-scheming a period with an end alone leaves a second one "
    "behind, with schema:endDate",
}

Triple = tuple[str, str, str]
"""Subject, property and object as N-Triples terms."""

_DATASET = """dct:title dct:description dcat:keyword dcat:landingPage dct:identifier
    adms:identifier dct:issued dct:modified dcat:version adms:versionNotes dct:accrualPeriodicity
    dct:type dct:language dcat:theme dct:conformsTo foaf:page dct:accessRights dct:provenance
    dct:isReferencedBy dcatap:applicableLegislation dcat:hasVersion dct:hasVersion dct:isVersionOf
    dct:source dct:relation adms:sample dcat:temporalResolution dcat:spatialResolutionInMeters
    dcat:qualifiedRelation prov:wasGeneratedBy dct:publisher dct:creator dcat:contactPoint
    dct:temporal dct:spatial dcat:distribution"""
_DISTRIBUTION = """dct:title dct:description dcat:accessURL dcat:downloadURL dct:format
    dcat:mediaType dcat:compressFormat dcat:packageFormat dcat:byteSize spdx:checksum dct:license
    dct:rights dct:issued dct:modified dct:language dct:conformsTo foaf:page adms:status
    dcatap:availability dcatap:applicableLegislation dcat:temporalResolution
    dcat:spatialResolutionInMeters dcat:accessService"""
_AGENT = "foaf:name foaf:homepage foaf:mbox vcard:hasEmail dct:type dct:identifier"


class Kind(NamedTuple):
    """A node that ckanext-dcat describes: the classes that it may state, the properties it maps."""

    classes: str
    properties: str = ""


DATASET = Kind("dcat:Dataset", _DATASET)
# What a property leads to: the object's class, and what is mapped of it.
MAPPED = {
    "dcat:distribution": Kind("dcat:Distribution", _DISTRIBUTION),
    "dct:publisher": Kind("foaf:Agent", _AGENT),
    "dct:creator": Kind("foaf:Agent", _AGENT),
    "dcat:contactPoint": Kind(
        "vcard:Kind vcard:Organization", "vcard:fn vcard:hasEmail vcard:hasURL vcard:hasUID"
    ),
    "dct:temporal": Kind("dct:PeriodOfTime", "dcat:startDate dcat:endDate"),
    "dct:spatial": Kind("dct:Location", "skos:prefLabel dcat:bbox dcat:centroid"),
    "spdx:checksum": Kind("spdx:Checksum", "spdx:algorithm spdx:checksumValue"),
    "prov:wasGeneratedBy": Kind("prov:Activity", "rdfs:label"),
    "spdx:algorithm": Kind("spdx:ChecksumAlgorithm"),
    "dcat:landingPage": Kind("foaf:Document"),
    "foaf:page": Kind("foaf:Document"),
    "dct:accrualPeriodicity": Kind("dct:Frequency"),
    "dct:language": Kind("dct:LinguisticSystem"),
    "dct:conformsTo": Kind("dct:Standard"),
    "dct:accessRights": Kind("dct:RightsStatement"),
    "dct:rights": Kind("dct:RightsStatement"),
    "dct:provenance": Kind("dct:ProvenanceStatement"),
    "dct:format": Kind("dct:MediaTypeOrExtent"),
    "dcat:mediaType": Kind("dct:MediaType"),
    "dct:license": Kind("dct:LicenseDocument"),
}

_ESCAPED = re.compile(r"[!$'()*,;]")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_RESOURCE = ox.NamedNode(PREFIXES["rdfs"] + "Resource")
_UNKNOWN = ox.NamedNode("http://purl.org/adms/licencetype/UnknownIPR")


def _full(name: str) -> ox.NamedNode:
    prefix, local = name.split(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def _list(names: str) -> list[str]:
    return names.split()


class _Graph:
    """Triples by subject and property."""

    def __init__(self, turtle: bytes) -> None:
        self.triples = list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
        self.found: dict[tuple[str, str], list[ox.Triple]] = {}
        for quad in self.triples:
            self.found.setdefault((str(quad.subject), str(quad.predicate)), []).append(quad)

    def objects(self, subject: object, name: str) -> list[object]:
        return [q.object for q in self.found.get((str(subject), str(_full(name))), ())]


def difference(
    ours: bytes, theirs: bytes, dataset: str, config: str
) -> tuple[set[Triple], set[Triple]]:
    """(what is missing in, what is too much in) the Turtle `theirs` of the dataset."""
    expected, got = said(ours, dataset, config), served(theirs)
    return expected - got, got - expected


def said(turtle: bytes, dataset: str, config: str) -> set[Triple]:
    """What of our own Turtle must come back from a catalog of that configuration."""
    graph, triples = _Graph(turtle), set[Triple]()
    _walk(graph, ox.NamedNode(dataset), DATASET, str(ox.NamedNode(dataset)), (config, triples))
    return triples


def _walk(graph: _Graph, node: object, kind: Kind, name: str, to: tuple[str, set[Triple]]) -> None:
    """Adds what is mapped of a node, which is called `name` in the comparison."""
    config, triples = to
    for one in _classes(kind, config):
        if _full(one) in graph.objects(node, "rdf:type"):
            triples.add((name, str(_TYPE), str(_full(one))))
    for one in _list(kind.properties):
        for value in _in_one_language(kind, graph.objects(node, one)):
            if _not_served(one, value, config):
                continue
            written = _adapted(one, value, name)
            if written:
                triples.add((name, str(_full(one)), written))
            if one in MAPPED:
                _walk(graph, value, MAPPED[one], written, to)


def _classes(kind: Kind, config: str) -> list[str]:
    """TOLERATED class."""
    classes = _list(kind.classes)
    return classes if len(classes) == 1 else [classes[0 if config == "scheming" else 1]]


def _not_served(name: str, value: object, config: str) -> bool:
    """TOLERATED contact page, run, no bytes."""
    if config == "legacy" and name in {"vcard:hasURL", "prov:wasGeneratedBy"}:
        return True
    return name == "dcat:byteSize" and isinstance(value, ox.Literal) and value.value == "0"


def _in_one_language(kind: Kind, values: list[object]) -> list[object]:
    """TOLERATED language."""
    if "Distribution" in kind.classes:
        return values
    worded = [v for v in values if isinstance(v, ox.Literal) and v.language]
    spoken = {value.language for value in worded}
    left_out = [value for value in worded if "ja" in spoken and value.language != "ja"]
    plain = {str(value): ox.Literal(value.value) for value in worded}
    return [plain.get(str(value), value) for value in values if value not in left_out]


def _adapted(name: str, value: object, subject: str) -> str:
    """TOLERATED tags, blank, escapes; '' for a literal that does not come back."""
    if name in {"dct:temporal", "spdx:checksum"}:
        return _way(subject, str(_full(name)))
    if name == "dcat:keyword" and isinstance(value, ox.Literal):
        words = tag(value.value)
        return str(ox.Literal(words)) if words else ""
    return _term(value)


def served(turtle: bytes) -> set[Triple]:
    """What a catalog says, without what TOLERATED lets it say too much."""
    quads = _Graph(turtle).triples
    ways = {str(q.object): q for q in quads if isinstance(q.object, ox.BlankNode)}

    def called(term: object) -> str:
        if str(term) not in ways:
            return _term(term)
        quad = ways[str(term)]
        return _way(called(quad.subject), str(quad.predicate))

    return {
        (called(q.subject), str(q.predicate), called(q.object))
        for q in quads
        if not _too_much(q, quads)
    }


def _too_much(quad: ox.Triple, quads: Iterable[ox.Triple]) -> bool:
    """TOLERATED resource, licence type, open period."""
    if quad.predicate == _TYPE and quad.object == _RESOURCE:
        named = {str(q.predicate) for q in quads if q.object == quad.subject}
        return bool(named & {str(_full("dcat:accessURL")), str(_full("dcat:downloadURL"))})
    if quad.predicate == _full("dct:type") and quad.object == _UNKNOWN:
        return any(q.predicate == _full("dct:license") and q.object == quad.subject for q in quads)
    return quad.predicate.value == "http://schema.org/endDate"


def _way(subject: str, name: str) -> str:
    return f"{subject} {name}"


def _term(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<{_ESCAPED.sub(lambda hit: quote(hit[0], safe=''), term.value)}>"
    return str(term)


def told(triples: Collection[Triple]) -> str:
    """Triples for the message of a test."""
    return "\n".join(" ".join(triple) for triple in sorted(triples))
