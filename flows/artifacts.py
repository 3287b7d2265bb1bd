"""What people read of a run in Prefect's pages: Markdown under a key that stays the same.

Everything in it stands on the disk too, beside the plan: the server of a single run is gone
afterwards, and its artifacts with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from machidata.catalog_render import applied_lines, difference_lines
from machidata.messages import say
from pipelines.catalogs.file import CatalogFile
from pipelines.catalogs.session import state_folder
from pipelines.publish.applying.running import Applied
from pipelines.publish.applying.verifying import Difference
from pipelines.publish.plan.markdown import escaped

LONGEST = 60_000
"""Characters of an artifact, as of a plan's Markdown (`Budget`)."""


def artifact_key(what: str, catalog: CatalogFile) -> str:
    """`plan-aoimori`: small letters, digits and dashes, the same for the same catalog.

    A name that says so already is taken as it is, any other by the catalog's address.
    """
    plain = re.fullmatch(r"[a-z0-9-]+", catalog.name)
    return f"{what}-{catalog.name if plain else state_folder(Path(), catalog).name}"


def applied_markdown(catalog: CatalogFile, applied: Applied, found: Sequence[Difference]) -> str:
    """What an apply did and what was read back afterwards, every value standing for itself."""
    equal = not applied.open and not found
    verified = [say("verify.equal")] if equal else difference_lines(found)
    parts = (
        f"## {escaped(catalog.name)}\n",
        *_items(applied_lines(applied)),
        f"\n### {escaped(say('stage.verify'))}\n",
        *_items(verified or ["–"]),
    )
    return _cut("\n".join(parts))


def _items(lines: Iterable[str]) -> list[str]:
    """Lines as a list; what was indented stands below the line before."""
    indents = ((len(one) - len(one.lstrip()), one.strip()) for one in lines)
    return [f"{' ' * (indent // 2 * 2)}- {escaped(text)}" for indent, text in indents]


def _cut(text: str) -> str:
    """At most `LONGEST` characters, whole lines."""
    if len(text) <= LONGEST:
        return text + "\n"
    return text[: text.rindex("\n", 0, LONGEST - 2)] + "\n- …\n"
