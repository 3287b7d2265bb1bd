"""What people read of a run in Prefect's pages: Markdown under a key that stays the same.

Everything in it stands on the disk too, beside the plan: the server of a single run is gone
afterwards, and its artifacts with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from flows.catalog_results import Carried
from machidata.catalog_render import applied_lines, difference_lines
from machidata.messages import say
from machidata.render import error_lines
from pipelines.catalogs.file import CatalogFile
from pipelines.publish.plan.markdown import escaped
from pipelines.publish.plan.text import clean

LONGEST = 60_000
"""Characters of an artifact, as of a plan's Markdown (`Budget`)."""


def applied_markdown(catalog: CatalogFile, done: Carried) -> str:
    """What an apply did and what was read back afterwards, every value standing for itself."""
    parts = (
        f"## {escaped(clean(catalog.name))}\n",
        *_items(applied_lines(done.applied)),
        f"\n### {escaped(say('stage.verify'))}\n",
        *_items(verified_lines(done)),
    )
    return _cut("\n".join(parts))


def verified_lines(done: Carried) -> list[str]:
    """What was read back after an apply, as lines; an interrupted one is not read back."""
    if done.applied.open:
        return ["–"]
    if done.unread:
        return error_lines(done.unread)
    return difference_lines(done.differences) or [say("verify.equal")]


def _items(lines: Iterable[str]) -> list[str]:
    """Lines as a list; what was indented stands below the line before."""
    indents = ((len(one) - len(one.lstrip()), one.strip()) for one in lines)
    return [f"{' ' * (indent // 2 * 2)}- {escaped(clean(text))}" for indent, text in indents]


def _cut(text: str) -> str:
    """At most `LONGEST` characters, whole lines."""
    if len(text) <= LONGEST:
        return text + "\n"
    return text[: text.rindex("\n", 0, LONGEST - 2)] + "\n- …\n"
