"""What may leave the house: no licence is ever assumed, so an unlicensed package goes nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.model import Declaration, MachidataError
from pipelines.vocabulary import scheme

FOLDER = "folder"
"""The catalog on one's own disk, where unlicensed packages may be looked at."""


def refuse_unlicensed(declarations: Iterable[Declaration], catalog: str) -> None:
    """Refuses packages that state no licence, for every catalog but the folder.

    It asks nothing of the catalog, so it comes before anything is sent. Raises MachidataError
    `licence-missing` with the names of all such packages.
    """
    if catalog == FOLDER:
        return
    names = sorted(one.name for one in declarations if not one.licence.strip())
    if not names:
        return
    raise MachidataError(
        "licence-missing",
        ja="ライセンスが書かれていないパッケージは、フォルダ以外のカタログには公開できません。",
        en="A package that states no licence cannot be published to any catalog but the folder.",
        where=", ".join(names),
        found='licence: ""',
        expected=" / ".join(licence.notation for licence in scheme("licences")),
        fix_ja="発行者が定めた利用条件を確かめ、package.yaml の licence に書いてください。"
        "推測で書いてはいけません。",
        fix_en="Ask the publisher for the licence and write it as 'licence' in package.yaml; "
        "never guess it.",
    )
