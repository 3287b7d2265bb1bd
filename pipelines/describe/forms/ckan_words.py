"""Words as CKAN accepts them: names of datasets and tags (CKAN 2.12, ckan/logic/validators.py)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pipelines.describe.model import Text
from pipelines.describe.rdf.graph import clean

NAME_LENGTH = 100
TAG_LENGTH = 100
SHORTEST = 2  # of a name and of a tag

# Words that CKAN needs for its own pages below /dataset/.
_RESERVED = frozenset({"new", "edit", "search"})
_NOT_IN_NAME = re.compile(r"[^a-z0-9_-]")
_IN_TAG = re.compile(r"[\w .-]")
_MARKED = re.compile("\\w[\u0300-\u036f\u3099\u309a]+")


def one_language(words: Text) -> str:
    """The Japanese words, else those of the first language: for fields that hold no languages."""
    return words.get("ja") or next(iter(words.values()), "")


def dataset_name(identifier: str) -> str:
    """A dataset's name: its identifier in small letters, 2 to 100 of `a-z 0-9 - _`.

    Where that takes more than small letters, a hash of the identifier is put behind it, so that no
    two identifiers share a name (`022055-dx.plan` never takes the place of `022055-dx-plan`).
    """
    small = identifier.lower()
    plain = _NOT_IN_NAME.sub("-", small)
    if plain == small and SHORTEST <= len(plain) <= NAME_LENGTH and plain not in _RESERVED:
        return plain
    digest = sha256(identifier.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{plain[: NAME_LENGTH - len(digest) - 1]}-{digest}"


def tag(keyword: str) -> str:
    """A keyword as a tag of CKAN: letters, digits, spaces, `-`, `_` and `.`, 2 to 100 of them.

    A letter with a separate mark is composed. Of a character that CKAN refuses, its plain form
    (NFKC) is taken (㌔ → キロ), and what CKAN refuses of that becomes a space; spaces are never
    doubled and never at an end (`DX（推進）` → `DX 推進`). '' if fewer than two characters stay.
    """
    composed = _MARKED.sub(lambda hit: unicodedata.normalize("NFC", hit[0]), clean(keyword))
    legal = "".join(_in_tag(character) for character in composed)
    short = " ".join(legal.split())[:TAG_LENGTH].rstrip()
    return short if len(short) >= SHORTEST else ""


def tags(keywords: tuple[str, ...]) -> list[str]:
    """The tags of keywords, each once, in the order of the keywords."""
    return list(dict.fromkeys(found for keyword in keywords if (found := tag(keyword))))


def _in_tag(character: str) -> str:
    if _is_legal(character):
        return character
    plain = unicodedata.normalize("NFKC", character)
    return "".join(one if _is_legal(one) else " " for one in plain)


def _is_legal(character: str) -> bool:
    return _IN_TAG.fullmatch(character) is not None


def stated(**fields: Any) -> dict[str, Any]:
    """The fields that say something: no empty text, list or mapping, no None."""
    return {key: value for key, value in fields.items() if value not in ("", None, [], {})}


def cleaned(value: Any) -> Any:
    """JSON data with every text as `clean` leaves it: PostgreSQL refuses NUL, our RDF has none."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: cleaned(one) for key, one in value.items()}
    if isinstance(value, list):
        return [cleaned(one) for one in value]
    return value
