"""Whether a value is of the vocabularies that a score asks for, and what a format is like.

IRIs are compared without regard to http or https and to a slash at the end.
"""

from __future__ import annotations

import re
from functools import cache

from pipelines.describe.terms import EU
from pipelines.vocabulary import Concept, eu_codes, fold, scheme

_CC = re.compile(
    r"//creativecommons\.org/(licenses/by(-sa)?|publicdomain/zero)/[1-4]\.[0-5](/[a-z]{2,6})?"
    r"(/(deed|legalcode)(\.[a-zA-Z_-]+)?)?"
)
_IANA = "//www.iana.org/assignments/media-types/"


def plain(iri: str) -> str:
    """An IRI without its scheme http(s) and without a slash at its end."""
    bare = iri.strip()
    return re.sub(r"^https?:", "", bare).rstrip("/") if bare.startswith("http") else bare


@cache
def in_eu_table(table: str, iri: str) -> bool:
    """Whether an IRI is an entry of an EU authority table (`access-right`, `file-type` …)."""
    start, found = plain(EU + table) + "/", plain(iri)
    return found.startswith(start) and found.removeprefix(start) in eu_codes(table)


@cache
def file_format(written: str) -> Concept | None:
    """The format of `vocab/file_formats.ttl` for an IRI of the EU table, or for a word: its code,
    its label or its media type, with or without a dot before it.
    """
    for concept in scheme("file_formats"):
        if plain(written) in map(plain, concept.matches):
            return concept
    return _format_words().get(fold(written.strip().lstrip(".")))


@cache
def _format_words() -> dict[str, Concept]:
    found: dict[str, Concept] = {}
    for concept in scheme("file_formats"):
        words = (concept.notation, *concept.labels.values(), *concept.extra.get("mediaType", ()))
        for word in words:
            found.setdefault(fold(word), concept)
    return found


@cache
def is_media_type(iri: str) -> bool:
    """Whether an IRI is that of a media type of IANA that `vocab/file_formats.ttl` knows."""
    known = {word for one in scheme("file_formats") for word in one.extra.get("mediaType", ())}
    found = plain(iri)
    return found.startswith(_IANA) and found.removeprefix(_IANA) in known


@cache
def is_open_licence(iri: str) -> bool:
    """Whether a licence lets everybody use, change and pass on the data for any purpose.

    Known are those that `vocab/licences.ttl` says so of, the EU table's that conform to the Open
    Definition, and CC BY, CC BY-SA and CC0 by their addresses. An unknown licence is not open.
    """
    found = plain(iri)
    for concept in scheme("licences"):
        names = (concept.iri, *concept.matches, *concept.extra.get("url", ()))
        if found in map(plain, names):
            return concept.first("open") == "true"
    start = plain(EU + "licence") + "/"
    if found.startswith(start):
        return eu_codes("licence").get(found.removeprefix(start), False)
    return _CC.fullmatch(found) is not None
