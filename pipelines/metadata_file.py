"""Anybody's DCAT file held against the shapes: `machidata check catalog.ttl`."""

from __future__ import annotations

from pathlib import Path

from pipelines.model import Finding, MachidataError

FORMS = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".rdf": "application/rdf+xml",
    ".nt": "application/n-triples",
}
"""The file names that are taken for metadata, and the form that each stands for."""
MOST_BYTES = 200_000_000


def check_metadata(path: Path) -> tuple[Finding, ...]:
    """What a catalog in Turtle, JSON-LD, RDF/XML or N-Triples lacks; nothing is loaded from afar.

    Raises MachidataError: `file-unreachable`, `metadata-too-large`, `metadata-unreadable`,
    `metadata-empty`.
    """
    from pipelines.describe.gate.gate import gate

    return gate(_turtle(path, _bytes(path)))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise MachidataError(
                "metadata-too-large",
                ja="メタデータのファイルが大きすぎます。",
                en="The metadata file is too large.",
                where=path.name,
                found=f"{size:,} bytes",
                expected=f"≤ {MOST_BYTES:,} bytes",
                fix_ja="カタログを分けて検査してください。",
                fix_en="Check the catalog in parts.",
            )
        return path.read_bytes()
    except OSError as error:
        raise MachidataError(
            "file-unreachable",
            ja="ファイルを開けません。",
            en="The file cannot be opened.",
            where=path.name,
            found=error.strerror or type(error).__name__,
            fix_ja="ファイルの場所と権限を確かめてください。",
            fix_en="Check the place and the permissions of the file.",
            exit_code=3,
        ) from error


def _turtle(path: Path, data: bytes) -> bytes:
    """The same statements in Turtle. A JSON-LD context at another address is not fetched."""
    form = FORMS[path.suffix.lower()]
    if form == "text/turtle":
        return data
    from pyoxigraph import RdfFormat, parse, serialize

    known = RdfFormat.from_media_type(form)
    try:
        triples = (quad.triple for quad in parse(data, format=known, base_iri="about:blank"))
        written = serialize(triples, format=RdfFormat.TURTLE)
    except (SyntaxError, ValueError, OSError) as error:
        raise MachidataError(
            "metadata-unreadable",
            ja="メタデータを読めません。何も検査していません。",
            en="The metadata cannot be read; nothing was checked.",
            where=path.name,
            found=str(error),
            expected=form,
            fix_ja="示された箇所を直すか、Turtle（.ttl）で保存してください。",
            fix_en="Mend the place that is named, or save it as Turtle (.ttl).",
        ) from error
    return written or b""
