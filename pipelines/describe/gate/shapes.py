"""Shape files → one compiled shapes graph, and what each of its shapes says.

The engine names a property shape by a blank node whose label means nothing outside it. So each one
is given an IRI before it is compiled; a result then leads back to the file, class, path and words
of the shape that made it. Nothing else of a shape is changed.

One thing is added: the engine takes any literal marked xsd:hexBinary for one, so a shape that asks
for this datatype gets a companion with the pattern of XML Schema Part 2, section 3.2.15.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import shacl
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from pipelines.describe.gate.facts import SH, Facts, ShapeInfo, shape_infos
from pipelines.model import MachidataError

OFFICIAL = "dcat-ap-3.0.1/"
"""The folder of `vocab/shapes` that holds the official shapes."""

DEFAULT_SHAPES: tuple[str | Path, ...] = (
    OFFICIAL + "shapes.ttl",
    OFFICIAL + "range.ttl",
    OFFICIAL + "shapes_recommended.ttl",
    OFFICIAL + "deprecateduris.ttl",
    OFFICIAL + "mdr-vocabularies.shape.ttl",
    "japan.ttl",
)
"""What a catalog is held against when nothing else is said: files of `vocab/shapes`."""

_OWN = "urn:machidata:shape:"
_COMPANION = ":lexical"
_HEX = NamedNode("http://www.w3.org/2001/XMLSchema#hexBinary")
_HEX_PATTERN = Literal("^([0-9a-fA-F]{2})*$")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled shapes graph; `info` is keyed by the IRI under which results name a shape."""

    engine: shacl.Shapes
    info: dict[str, ShapeInfo]


def origin(shape: str) -> tuple[str, bool]:
    """(the IRI of a shape as written, True when the companion of its datatype spoke)."""
    plain = shape.removesuffix(_COMPANION)
    return plain, plain != shape


def compiled(shapes: Sequence[str | Path]) -> Compiled:
    """The shapes of these files, compiled once for the same content.

    A `str` names a file of `vocab/shapes`, a `Path` any other Turtle file. Raises MachidataError
    `shapes-invalid` for a file that is missing, empty of shapes, or no sound shapes graph.
    """
    if not shapes:
        raise _invalid("–", "0 files")
    return _compile(tuple(_read(name) for name in shapes))


def _read(name: str | Path) -> tuple[str, bytes]:
    try:
        if isinstance(name, Path):
            return f"./{name.name}", name.read_bytes()
        return name, files("vocab").joinpath("shapes", *name.split("/")).read_bytes()
    except OSError as error:
        raise _invalid(str(name), "cannot be read") from error


def _invalid(name: str, found: str) -> MachidataError:
    """The error for shapes that cannot be used; a gate without them would let everything pass."""
    return MachidataError(
        "shapes-invalid",
        ja=f"検査の規則（シェイプ）{name} が使えないため、何も検査していません。",
        en=f"The shapes {name} cannot be used, so nothing was checked.",
        where=name,
        found=found,
        fix_ja="同梱のファイルなら、インストールし直してください。自作のものなら、直してください。",
        fix_en="Install the project again if the file is ours; mend the file if it is yours.",
    )


@cache
def _compile(sources: tuple[tuple[str, bytes], ...]) -> Compiled:
    triples: list[Triple] = []
    info: dict[str, ShapeInfo] = {}
    for name, data in sources:
        facts = Facts(_named(name, data))
        described = shape_infos(name, facts)
        if not described:
            raise _invalid(name, "0 shapes")
        info = {**described, **info}
        triples += facts.triples
        triples += _companions(facts)
    text = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    try:
        engine = shacl.Shapes.from_text(text.decode("utf-8"), format="ntriples")
    except ValueError as error:
        raise _invalid(", ".join(name for name, _ in sources), str(error)) from error
    return Compiled(engine, info)


def _named(name: str, data: bytes) -> list[Triple]:
    """The triples of a file, its property shapes named by IRIs in the order of the file."""
    try:
        triples = [quad.triple for quad in parse(data, format=RdfFormat.TURTLE)]
    except (SyntaxError, ValueError) as error:
        raise _invalid(name, str(error)) from error
    properties = [t.object for t in triples if t.predicate.value == SH + "property"]
    paths = [t.subject for t in triples if t.predicate.value == SH + "path"]
    if any(paths.count(node) != 1 for node in properties):
        # the engine would pass over such a shape without a word
        raise _invalid(name, "sh:property without exactly one sh:path")
    blank = dict.fromkeys(node for node in properties if isinstance(node, BlankNode))
    names = {node: NamedNode(f"{_OWN}{name}:{n}") for n, node in enumerate(blank, 1)}

    return [
        Triple(
            names.get(t.subject, t.subject) if isinstance(t.subject, BlankNode) else t.subject,
            t.predicate,
            names.get(t.object, t.object) if isinstance(t.object, BlankNode) else t.object,
        )
        for t in triples
    ]


def _companions(facts: Facts) -> list[Triple]:
    wanted = [t.subject for t in facts.triples if t.object == _HEX]
    added = []
    for shape in wanted:
        if not isinstance(shape, NamedNode):
            continue
        twin = NamedNode(shape.value + _COMPANION)
        added.append(Triple(twin, NamedNode(SH + "pattern"), _HEX_PATTERN))
        for triple in facts.triples:
            if triple.object == shape:
                added.append(Triple(triple.subject, triple.predicate, twin))
            if triple.subject == shape and triple.predicate.value in {SH + "path", SH + "severity"}:
                added.append(Triple(twin, triple.predicate, triple.object))
    return added
