"""What the RDF forms say: DCAT-AP in its three serialisations, and the data cubes."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from tests.describe.said.nouns import (
    FileSaid,
    Reader,
    Said,
    last,
    licence,
    rows_in,
    same,
    sha256,
    size,
    sorted_words,
)

DCT = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
FOAF = "http://xmlns.com/foaf/0.1/"
SPDX = "http://spdx.org/rdf/terms#"
QB = "http://purl.org/linked-data/cube#"
DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
A = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
MEDIA = "https://www.iana.org/assignments/media-types/"


class Triples:
    """A parsed file; every question is asked of a subject and a property."""

    def __init__(self, data: bytes, form: RdfFormat) -> None:
        self.store = Store()
        self.store.extend(parse(data, format=form))

    def of(self, subject: str, name: str) -> list[Literal | NamedNode]:
        """All values, in an order that says nothing."""
        quads = self.store.quads_for_pattern(NamedNode(subject), NamedNode(name), None)
        found = [quad.object for quad in quads]
        return sorted((one for one in found if isinstance(one, Literal | NamedNode)), key=str)

    def one(self, subject: str, name: str) -> str:
        """The value; '' for none, and of several all (which is none that a fact has)."""
        return str(same(*(value.value for value in self.of(subject, name))))

    def words(self, subject: str, name: str, tag: str) -> str:
        """The words in a language."""
        return str(same(*(v.value for v in self.of(subject, name) if _tag(v) == tag)))

    def through(self, subjects: Iterable[str], name: str) -> str:
        """What all the subjects say alike."""
        return str(same(*(self.one(subject, name) for subject in subjects)))

    def subjects(self, kind: str) -> list[str]:
        """The things of a class."""
        quads = self.store.quads_for_pattern(None, A, NamedNode(kind))
        return sorted(str(quad.subject).strip("<>") for quad in quads)

    def licence(self, subject: str) -> str:
        """The licence by its IRI, and by the identifier and page that are told of it."""
        stated = [value.value for value in self.of(subject, DCT + "license")]
        names = [self.one(one, DCT + "identifier") for one in stated]
        pages = [page for one in stated if (page := self.one(one, FOAF + "page"))]
        return licence(*stated, *names, *pages)


def _tag(value: object) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def dcat(form: RdfFormat) -> Reader:
    """The reader of a serialisation of DCAT-AP."""

    def read(data: bytes, name: str, at: str) -> Said | None:
        found = Triples(data, form)
        known = [
            iri for iri in found.subjects(DCAT + "Dataset")
            if name in {value.value for value in found.of(iri, DCT + "identifier")}
        ]  # fmt: skip
        return _dataset(found, known[0]) if len(known) == 1 else None

    return read


def _dataset(found: Triples, iri: str) -> Said:
    agents = [v.value for key in ("publisher", "creator") for v in found.of(iri, DCT + key)]
    files = [value.value for value in found.of(iri, DCAT + "distribution")]
    return Said(
        identifier=str(same(found.one(iri, DCT + "identifier"), last(iri))),
        title_ja=found.words(iri, DCT + "title", "ja"),
        title_en=found.words(iri, DCT + "title", "en"),
        description_ja=found.words(iri, DCT + "description", "ja"),
        description_en=found.words(iri, DCT + "description", "en"),
        publisher_name=found.through(agents, FOAF + "name"),
        publisher_code=found.through(agents, DCT + "identifier"),
        issued=found.one(iri, DCT + "issued"),
        modified=found.one(iri, DCT + "modified"),
        version=found.one(iri, DCAT + "version"),
        keywords=sorted_words(v.value for v in found.of(iri, DCAT + "keyword")),
        page=found.one(iri, DCAT + "landingPage"),
        sources=sorted_words(_source(found, one.value) for one in found.of(iri, DERIVED)),
        files={found.one(file, DCT + "identifier"): _file(found, file) for file in files},
    )


def _source(found: Triples, iri: str) -> str:
    """The sum of a document, which is its identifier too."""
    named = sha256(found.one(iri, DCT + "identifier"))
    return str(same(_sum(found, iri), named))


def _sum(found: Triples, iri: str) -> str:
    """The SHA-256 of a thing; '' when the sum is said to be of another kind."""
    sums = [value.value for value in found.of(iri, SPDX + "checksum")]
    if not found.through(sums, SPDX + "algorithm").endswith("#checksumAlgorithm_sha256"):
        return ""
    return found.through(sums, SPDX + "checksumValue").lower()


def _file(found: Triples, iri: str) -> FileSaid:
    return FileSaid(
        address=found.one(iri, DCAT + "downloadURL"),
        bytes=size(found.one(iri, DCAT + "byteSize")),
        sha256=_sum(found, iri),
        rows=rows_in(found.words(iri, DCT + "description", "ja")),
        media_type=found.one(iri, DCAT + "mediaType").removeprefix(MEDIA),
        licence=str(same(found.licence(iri), licence(found.one(iri, DCT + "rights")))),
        issued=found.one(iri, DCT + "issued"),
        modified=found.one(iri, DCT + "modified"),
    )


def cube(data: bytes, name: str, at: str) -> Said | None:
    """What all cubes of a package say alike; a file is one that a cube was made from."""
    found = Triples(data, RdfFormat.TURTLE)
    cubes = found.subjects(QB + "DataSet")
    dataset = found.through(cubes, DCT + "isPartOf")
    agents = [found.one(iri, DCT + "publisher") for iri in cubes]
    titles = {
        tag: found.words(dataset, DCT + "title", tag)
        for tag in ("ja", "en")
        if all(
            found.words(iri, DCT + "title", tag).startswith(
                found.words(dataset, DCT + "title", tag)
            )
            for iri in cubes
        )
    }
    return Said(
        identifier=last(dataset),
        title_ja=titles.get("ja", "a cube's title has another beginning"),
        title_en=titles.get("en", "a cube's title has another beginning"),
        licence=str(same(*(found.licence(iri) for iri in cubes))),
        publisher_name=found.through(agents, FOAF + "name"),
        publisher_code=str(same(found.through(agents, DCT + "identifier"), *map(last, agents))),
        modified=found.through(cubes, DCT + "modified"),
        files={last(found.one(iri, DERIVED)): FileSaid() for iri in cubes},
    )
