"""The documents of a package: the committed extracts, or the whole documents of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipelines.model import Declaration, Document, MachidataError, Source


def read_sources(
    declaration: Declaration, documents: Path | None = None
) -> list[tuple[str, Document]]:
    """The documents of a package by source key, corrected: the committed extracts, or with
    `documents` the whole ones. A source that names no document is always read as committed.

    Raises MachidataError `document-missing`, `source-missing` (exit code 3) and those of reading.
    """
    from pipelines.corrections import corrected
    from pipelines.read import read

    found = [(source, _path(declaration, source, documents)) for source in declaration.sources]
    as_read = [(source.key, read(path, _cited(source, path))) for source, path in found]
    return corrected(declaration, as_read)


def _cited(source: Source, path: Path) -> str:
    """How the tables cite a source: the document's name; of a committed extract it says so."""
    if not source.document or path.name == source.document:
        return path.name
    return f"{source.document}（抄録 {path.name}）"


def _path(declaration: Declaration, source: Source, documents: Path | None) -> Path:
    whole = documents is not None and bool(source.document)
    path = documents / source.document if documents and whole else declaration.folder / source.path
    if path.is_file():
        return path
    raise MachidataError(
        "document-missing" if whole else "source-missing",
        ja="文書がありません。",
        en="A document is missing.",
        where=f"{declaration.name}: {source.key}",
        found="" if whole else source.path,
        expected=source.document if whole else source.path,
        fix_ja="この名前のファイルを置くか、package.yaml の sources を直してください。",
        fix_en="Put a file of this name there, or mend 'sources' in package.yaml.",
        exit_code=3,
    )


def extracts(
    declaration: Declaration, documents: Sequence[tuple[str, Document]]
) -> list[tuple[str, Document]]:
    """The committed extracts, which a catalog may show; one that is missing is left out."""
    from pipelines.read import read

    known = dict(documents)
    found = []
    for source in declaration.sources:
        document, path = known.get(source.key), declaration.folder / source.path
        if document is None or (source.document and document.name == source.document):
            document = read(path, _cited(source, path)) if path.is_file() else None
        if document is not None:
            found.append((source.key, document))
    return found
