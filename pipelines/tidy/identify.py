"""Whose document is this, and what kind of plan? Read from its first lines."""

from __future__ import annotations

import re

from pipelines.model import Document, MachidataError, Municipality
from pipelines.tidy.prose import title_of
from pipelines.tidy.text import close_blanks, narrow
from pipelines.vocabulary import fold, municipalities, scheme

_FIRST_BLOCKS = 40


def identify(document: Document, code: str | None = None) -> tuple[Municipality, str]:
    """The municipality (of `code`, or the one that the document names) and the plan's ID.

    Raises MachidataError `municipality-unknown` for a code that is not in the list and
    `municipality-missing` when the document names none, or several equally.
    """
    municipality = _by_code(code) if code else _named(document)
    return municipality, f"{municipality.code}-{plan_kind(document)}"


def plan_kind(document: Document) -> str:
    """The kind of plan in the title (vocab/plan_kinds.ttl), `plan` when it says none."""
    title = fold(title_of(document))
    for label, concept in scheme("plan_kinds").labels():
        if fold(label) in title:
            return concept.notation
    return "plan"


def _by_code(code: str) -> Municipality:
    found = municipalities().get(code)
    if found is None:
        raise MachidataError(
            "municipality-unknown",
            ja=f"全国地方公共団体コード「{code}」は市区町村の一覧にありません。",
            en=f"The municipality code '{code}' is not in the list.",
            found=code,
            expected="6桁のコード（例: 022055） / six digits, e.g. 022055",
            fix_ja="検査数字を含む6桁のコードを指定してください。",
            fix_en="Give all six digits, the check digit included.",
        )
    return found


def _named(document: Document) -> Municipality:
    texts = [narrow(close_blanks(block.text)) for block in document.blocks[:_FIRST_BLOCKS]]
    texts += [narrow(document.name)]
    for text in texts:
        found = _names_in(text)
        if len(found) == 1:
            return found[0]
        if found:
            break
    everything = " ".join(narrow(block.text) for block in document.blocks)
    prefectures = [m for m in _names_in(" ".join(texts)) if m.prefecture in everything]
    if len(prefectures) == 1:
        return prefectures[0]
    raise MachidataError(
        "municipality-missing",
        ja="文書から市区町村が分かりません。",
        en="The document does not tell which municipality it is of.",
        where=document.name,
        found=" ".join(texts)[:60],
        expected="市区町村名 / the name of one municipality",
        fix_ja="--municipality にコードを指定してください（例: --municipality 022055）。",
        fix_en="Give its code with --municipality, e.g. --municipality 022055.",
    )


def _names_in(text: str) -> list[Municipality]:
    """The municipalities named in a text; a name inside a longer one does not count."""
    hits = [m for m in municipalities().values() if m.name in text]
    longest = [m for m in hits if not any(m.name != o.name and m.name in o.name for o in hits)]
    inside = [
        m
        for m in longest
        if not re.search(rf"[一-龯]{re.escape(m.name)}", text)
        or re.search(rf"(?:^|[^一-龯]|[都道府県郡]){re.escape(m.name)}", text)
    ]
    named = [m for m in inside if f"{m.prefecture}{m.name}" in text]
    return named or inside
