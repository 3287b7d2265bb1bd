"""The source documents of a package, and the sentence that names them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from pipelines.describe.iris import Names, web_address
from pipelines.describe.model import Run, SourceDocument, Statement, text
from pipelines.model import Package
from pipelines.vocabulary import VOCAB_BASE


def source_documents(package: Package, iri: str, names: Names) -> tuple[SourceDocument, ...]:
    """The documents that the dataset `iri` was made from, in the order of the declaration.

    The hash is that of the descriptor, else the one that the table `plan` has.
    """
    hashes = _hashes(package.descriptor)
    plan_rows = package.tables.rows("plan")
    found = []
    for place, source in enumerate(package.declaration.sources):
        sha256 = hashes[place] if place < len(hashes) else ""
        if not sha256 and len(plan_rows) == len(package.declaration.sources):
            sha256 = str(plan_rows[place].get("出典ハッシュ") or "")
        title = source.title or source.document or source.path
        found.append(
            SourceDocument(
                iri=names.fragment(iri, f"source-{source.key}"),
                title=text(title, source.title_en),
                sha256=sha256,
                url=web_address(source.url),
            )
        )
    return tuple(found)


def _hashes(descriptor: Mapping[str, object]) -> list[str]:
    """The SHA-256 of each source in the order of `datapackage.json`; '' where none is written."""
    sources = descriptor.get("sources")
    found = []
    for source in sources if isinstance(sources, (list, tuple)) else ():
        keys = ("machidata:hash", "sha256", "hash")
        written = next((source[key] for key in keys if source.get(key)), "")
        found.append(str(written).removeprefix("sha256:").lower())
    return found


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
            f"Reading, tidying and checking of {len(sources)} source document(s)",
        ),
        software=f"{VOCAB_BASE.removesuffix('vocab/')}software/{number}",
        software_name=f"Machidata {number}",
    )


@cache
def _version() -> str:
    return version("machidata")
