"""Whose document it is when a code is given: the code wins, and a document that differs is told."""

from __future__ import annotations

from pipelines.findings.tidy import MunicipalityDiffers
from pipelines.model import Document, Finding, MachidataError, Municipality
from pipelines.town_code import check_code

OPTION = "--municipality"


def whose(
    document: Document, code: str = "", where: str = OPTION
) -> tuple[Municipality, str, list[Finding]]:
    """The municipality, the plan's ID and what to say about them.

    Without `code` the document must name its municipality. With one, a document that names
    another gives the finding `municipality-differs`; one that names none, or several, gives none.
    Raises MachidataError: those of `check_code` (about `where`) and of `pipelines.tidy.identify`.
    """
    from pipelines.tidy import identify

    municipality, plan_id = identify(document, check_code(code, where) if code else None)
    try:
        named = identify(document)[0] if code else municipality
    except MachidataError:
        named = municipality
    if named.code == municipality.code:
        return municipality, plan_id, []
    found = MunicipalityDiffers.at(
        table="plan",
        row_id=plan_id,
        found=f"{named.full_name} {named.code}",
        expected=f"{municipality.full_name} {municipality.code}",
    )
    return municipality, plan_id, [found]
