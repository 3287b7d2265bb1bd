"""tidy: the grids of a plan's documents → the tidy tables of design.md §4.

The words of a document are matched against `vocab/`; nothing here knows one document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.findings import tidy as f
from pipelines.model import Document, Municipality, Tables
from pipelines.tidy.assemble import assemble
from pipelines.tidy.context import Context
from pipelines.tidy.dispatch import read_document
from pipelines.tidy.draft import Draft
from pipelines.tidy.identify import identify

__all__ = ["identify", "tidy"]


def tidy(
    documents: Sequence[tuple[str, Document]],
    plan_id: str,
    municipality: Municipality,
    hints: Mapping[str, Mapping[str, str]] | None = None,
) -> Tables:
    """All tidy tables of one plan out of its documents (source key, document), joined.

    `plan_id` opens every ID. `hints` by source key are those of `package.yaml`; see
    `pipelines.tidy.dispatch` for the known ones. What cannot be read is a finding, like what was
    corrected before; a package without a single table of a plan has the finding `nothing-read`
    (誤り).
    """
    draft = Draft()
    if len(documents) > 1:
        draft.keys = {document.sha256: key for key, document in documents}
    for finding in (found for _, document in documents for found in document.findings):
        draft.report(finding)
    context = Context(draft)
    for key, document in documents:
        read_document(context, document, municipality, (hints or {}).get(key, {}))
    first = documents[0][1] if documents else None
    if first is not None:
        draft.plan.put("出典", " / ".join(document.name for _, document in documents), None)
        hashes = ";".join(document.sha256 for _, document in documents)
        draft.plan.put("出典ハッシュ", hashes, None)
    read = ("initiative", "indicator", "status", "policy", "goal")
    if not any(draft.of(slug) for slug in read):
        draft.report(f.NothingRead.at(row_id=plan_id, found=first.name if first else ""))
    printed = [document for _, document in documents]
    return assemble(context, plan_id, municipality, printed)
