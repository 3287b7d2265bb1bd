"""The words of the vocabulary's pages that lead somewhere."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.own_terms import own_terms
from pipelines.vocabulary import TERMS, VOCAB_BASE

# What a mapping of SKOS says of the other vocabulary's concept.
KINDS = {
    "exactMatch": ("同じ", "exact match"),
    "closeMatch": ("近い", "close match"),
    "broadMatch": ("より広い", "broader match"),
    "narrowMatch": ("より狭い", "narrower match"),
    "relatedMatch": ("関連", "related match"),
}
# How the beginnings of long IRIs are written short on a page.
SHORT = {
    "http://publications.europa.eu/resource/authority/": "EU ",
    "http://qudt.org/vocab/unit/": "QUDT ",
    "http://purl.org/adms/licencetype/": "ADMS ",
    "http://purl.org/linked-data/sdmx/2009/": "SDMX ",
    "http://purl.org/linked-data/cube#": "qb:",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://www.w3.org/ns/dcat#": "dcat:",
    "http://www.w3.org/ns/shacl#": "sh:",
    "http://purl.org/dc/terms/": "dct:",
    VOCAB_BASE: "",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A word of a page that may lead somewhere; `before` and `before_en` stand in front of it, and
    `term` is the term of ours that `before_en` names.
    """

    text: str
    href: str = ""
    before: str = ""
    before_en: str = ""
    term: str = ""


def short(iri: str) -> str:
    """An IRI with its beginning written short; any other text as it is."""
    for beginning, word in SHORT.items():
        if iri.startswith(beginning):
            return word + iri.removeprefix(beginning)
    return iri


def defined(iri: str) -> str:
    """The local name of a term of ours, '' for any other IRI and for one that is not defined."""
    local = iri.removeprefix(TERMS)
    return local if iri.startswith(TERMS) and local in own_terms().terms else ""
