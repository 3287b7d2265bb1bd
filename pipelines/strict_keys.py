"""A declaration read key by key: every error names the key, what was found and what is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NoReturn, TypeVar

from pipelines.model import MachidataError
from pipelines.strict_yaml import Node

FILE = "package.yaml"
DAY = "2026-04-01 (YYYY-MM-DD)"

_URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
# What XML 1.0 (section 2.2) cannot hold, and the lone line end that it changes: JSON would keep it,
# so that the forms of the metadata would not say the same.
_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPTY = {"", "~", "null", "Null", "NULL"}

T = TypeVar("T")


class Reader:
    """A mapping of the declaration with the way to it, so that every error can name its key."""

    file = FILE
    code = "package-invalid"

    def __init__(self, package: str, node: Node, path: str = "") -> None:
        self.package = package
        self.path = path
        if not isinstance(node, dict):
            self.nodes: Mapping[str, Node] = {}
            self.fail("", node, "key: value")
        self.nodes = node

    def fail(self, key: str, found: object, expected: str, ja: str = "", en: str = "") -> NoReturn:
        """Raise `package-invalid` (or the kind's own `code`) for a key."""
        full = self.full(key)
        raise MachidataError(
            self.code,
            ja=f"{self.file} の {ja or full or '内容'} が正しくありません。",
            en=f"{en or full or 'The content'} in {self.file} is not right.",
            where=f"{self.package}/{self.file}" + (f": {full}" if full else ""),
            found=str(found)[:200],
            expected=expected,
            fix_ja=f"次の形に直してください: {expected}",
            fix_en=f"Write it in this form: {expected}",
        )

    def full(self, key: str) -> str:
        """Return a key with the way to it: `contact.name`, `sources[0].path`."""
        return ".".join(part for part in (self.path, key) if part)

    def empty(self, *keys: str) -> list[str]:
        """Return those of the keys that hold nothing, each with the way to it."""
        nodes = {key: self.node(key) for key in keys}
        return [
            self.full(key)
            for key, node in nodes.items()
            if not (node.strip() if isinstance(node, str) else node)
        ]

    def only(self, known: frozenset[str]) -> None:
        """Refuse keys that are not known: a misspelt key must not be ignored."""
        for key in self.nodes:
            if key not in known:
                self.fail(key, key, " / ".join(sorted(known)))

    def node(self, key: str) -> Node:
        """Return the node of a key, "" without one (and for null)."""
        node = self.nodes.get(key, "")
        return "" if isinstance(node, str) and node in _EMPTY else node

    def child(self, key: str, node: Node) -> Reader:
        """Return a reader of a mapping below this one."""
        return type(self)(self.package, node, self.full(key))

    def text(self, key: str) -> str:
        """Return a text, stripped; "" without one."""
        node = self.node(key)
        if not isinstance(node, str):
            self.fail(key, type(node).__name__, "text")
        return self.writable(key, node.strip())

    def writable(self, key: str, text: str) -> str:
        """Return a text that every form of metadata can hold: one without control characters."""
        if _UNWRITABLE.search(text):
            self.fail(key, ascii(text), r"text without control characters (but \t and \n)")
        return text

    def needed(self, key: str) -> str:
        """Return a text that must be there."""
        return self.text(key) or self.fail(key, "", "text")

    def checked(self, key: str, convert: Callable[[str], T], expected: str) -> T:
        """Return what `convert` makes of a needed text; its ValueError is the user's error."""
        text = self.needed(key)
        try:
            return convert(text)
        except ValueError:
            self.fail(key, text, expected)

    def day(self, key: str) -> date:
        """Return a date written YYYY-MM-DD."""
        return self.checked(key, _day, DAY)

    def url(self, key: str) -> str:
        """Return a web address; "" without one."""
        text = self.text(key)
        if text and not _URL.fullmatch(text):
            self.fail(key, text, "https://…")
        return text

    def items(self, key: str) -> list[Node]:
        """Return a list; an empty one without the key."""
        node = self.node(key)
        if isinstance(node, list):
            return node
        return [] if node == "" else self.fail(key, type(node).__name__, "- …")

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, none empty, none twice."""
        words: list[str] = []
        for node in self.items(key):
            if not isinstance(node, str) or not node.strip() or node.strip() in words:
                self.fail(key, node, "- text")
            words.append(self.writable(key, node.strip()))
        return tuple(words)


def _day(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)
