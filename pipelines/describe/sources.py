"""The source documents of a package, and the sentence that names them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from pipelines.describe.iris import Names, web_address
from pipelines.describe.model import Run, SourceDocument, Statement, Text, text
from pipelines.model import Package
from pipelines.vocabulary import VOCAB_BASE


def source_documents(package: Package, iri: str, names: Names) -> tuple[SourceDocument, ...]:
    """The documents that the dataset `iri` was made from, in the order of the declaration.

    The hash is that of the descriptor, else the one that the table `plan` has. It is of what was
    read: where the descriptor names a committed extract, of this extract and not of the document.
    """
    described = package.descriptor.get("sources")
    written = list(described) if isinstance(described, (list, tuple)) else []
    plan_rows = package.tables.rows("plan")
    found = []
    for place, source in enumerate(package.declaration.sources):
        entry = written[place] if place < len(written) else {}
        sha256 = _hash(entry)
        if not sha256 and len(plan_rows) == len(package.declaration.sources):
            sha256 = str(plan_rows[place].get("出典ハッシュ") or "")
        title = text(source.title or source.document or source.path, source.title_en)
        extract = None
        if entry.get("machidata:extract"):
            extract_iri = names.fragment(iri, f"extract-{source.key}")
            extract = SourceDocument(extract_iri, _extract_title(title), sha256)
        found.append(
            SourceDocument(
                iri=names.fragment(iri, f"source-{source.key}"),
                title=title,
                sha256="" if extract else sha256,
                url=web_address(source.url),
                extract=extract,
            )
        )
    return tuple(found)


def _extract_title(title: Text) -> Text:
    said = {"ja": "（抄録）", "en": " (extract)"}
    return {tag: f"{words}{said[tag]}" for tag, words in title.items()}


def _hash(source: Mapping[str, object]) -> str:
    """The SHA-256 of a source of `datapackage.json`; '' where none is written."""
    keys = ("machidata:hash", "sha256", "hash")
    written = next((source[key] for key in keys if source.get(key)), "")
    return str(written).removeprefix("sha256:").lower()


def provenance(iri: str, sources: tuple[SourceDocument, ...]) -> Statement:
    """The sentence that says what a dataset was made from."""
    titles = "、".join(source.title.get("ja", "") for source in sources)
    return Statement(
        iri,
        text(
            f"「{titles}」の印刷された表と文章から作成。値ごとの位置は表 provenance にあります。",
            "Made from the printed tables and text of the source documents; the table provenance "
            "says where each value stands.",
        ),
    )


def run(iri: str, sources: tuple[SourceDocument, ...]) -> Run:
    """The work that made the dataset. It has no time: the same input gives the same bytes."""
    number = _version()
    return Run(
        iri=iri,
        label=text(
            f"{len(sources)} 点の文書を読み、表に整え、検査した作業",
            f"Reading, tidying and checking of {len(sources)} source "
            + ("document" if len(sources) == 1 else "documents"),
        ),
        software=f"{VOCAB_BASE.removesuffix('vocab/')}software/{number}",
        software_name=f"Machidata {number}",
    )


@cache
def _version() -> str:
    return version("machidata")
