"""Questions: Lucene's query syntax, read into a tree that says how well a document fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import translate
from typing import Protocol

from .schema import Schema, SearchError
from .terms import asked, exact

Terms = dict[str, list[list[str]]]
"""Of one document: field → the terms of each of its values."""


class Node(Protocol):
    """A part of a question."""

    def score(self, terms: Terms) -> float:
        """How well the document fits; 0 if it does not."""


@dataclass(frozen=True)
class Everything:
    """`*:*`"""

    def score(self, terms: Terms) -> float:
        """Every document fits."""
        return 1.0


@dataclass(frozen=True)
class Phrase:
    """Terms that follow one another in one value; most often only one."""

    field: str
    words: tuple[str, ...]

    def score(self, terms: Terms) -> float:
        """One for each value that holds the phrase."""
        size = len(self.words)
        if not size:
            return 0.0
        return float(
            sum(
                any(tuple(value[at : at + size]) == self.words for at in range(len(value)))
                for value in terms.get(self.field, ())
            )
        )


@dataclass(frozen=True)
class Pattern:
    """A word with `*` or `?`."""

    field: str
    pattern: re.Pattern[str]

    def score(self, terms: Terms) -> float:
        """One if any term fits."""
        values = terms.get(self.field, ())
        return float(any(self.pattern.match(word) for value in values for word in value))


@dataclass(frozen=True)
class Between:
    """`[a TO b]`, `{a TO b}`; None is an open end."""

    field: str
    low: str | None
    high: str | None
    with_low: bool
    with_high: bool

    def score(self, terms: Terms) -> float:
        """One if any term lies in the range."""
        values = terms.get(self.field, ())
        return float(any(self._holds(word) for value in values for word in value))

    def _holds(self, word: str) -> bool:
        if self.low is not None and (word < self.low or (word == self.low and not self.with_low)):
            return False
        return self.high is None or word < self.high or (word == self.high and self.with_high)


@dataclass(frozen=True)
class Weighed:
    """`…^2`"""

    node: Node
    weight: float

    def score(self, terms: Terms) -> float:
        """The score of the part, times the weight."""
        return self.weight * self.node.score(terms)


@dataclass(frozen=True)
class Group:
    """Parts that must, may and must not fit; without a must, at least `enough` of the mays."""

    must: tuple[Node, ...] = ()
    may: tuple[Node, ...] = ()
    never: tuple[Node, ...] = ()
    enough: int = 1

    def score(self, terms: Terms) -> float:
        """The sum of the parts that fit."""
        if any(node.score(terms) for node in self.never):
            return 0.0
        needed = [node.score(terms) for node in self.must]
        if not all(needed):
            return 0.0
        wanted = [score for score in (node.score(terms) for node in self.may) if score]
        if not self.must and self.may and len(wanted) < self.enough:
            return 0.0
        return sum(needed) + sum(wanted) or 1.0


_TOKEN = re.compile(
    r"""\s+
    |(?P<word_and>AND\b|&&)|(?P<word_or>OR\b|\|\|)|(?P<word_not>NOT\b|!)
    |(?P<sign>[+-])|(?P<open>\()|(?P<close>\))
    |(?P<phrase>"(?:\\.|[^"\\])*")
    |(?P<range>[\[{]\s*(?:"[^"]*"|\S+)\s+TO\s+(?:"[^"]*"|[^\s\]}]+)\s*[\]}])
    |(?P<weight>\^\d+(?:\.\d+)?)|(?P<near>~\d*(?:\.\d+)?)
    |(?P<field>(?:\\.|[^\s:"()\[\]{}^~\\+!-])(?:\\.|[^\s:"()\[\]{}^~\\])*):
    |(?P<term>(?:\\.|[^\s:"()\[\]{}^~\\])+)""",
    re.VERBOSE,
)
_RANGE = re.compile(r"""([\[{])\s*("[^"]*"|\S+)\s+TO\s+("[^"]*"|[^\s\]}]+)\s*([\]}])""")


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Kind and text of the tokens of a question."""
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise SearchError(f"Cannot parse '{text}': unexpected {text[at]!r} at column {at}")
        if found.lastgroup:
            yield found.lastgroup, found[found.lastgroup]
        at = found.end()


class Parser:
    """One question in Lucene's syntax; `parse` gives its tree."""

    def __init__(self, schema: Schema, text: str, default_field: str, all_needed: bool) -> None:
        self.schema, self.text, self.all_needed = schema, text, all_needed
        self.default_field = default_field
        self.tokens = [*tokens(text), ("end", "")]
        self.at = 0

    def parse(self) -> Node:
        """The tree of the whole text."""
        node = self.group(self.default_field)
        if self.kind != "end":
            raise self.error()
        return node

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def error(self) -> SearchError:
        found = self.tokens[self.at][1] or "<EOF>"
        return SearchError(f"SyntaxError: Cannot parse '{self.text}': Encountered \"{found}\"")

    def group(self, field: str) -> Node:
        """Clauses up to a closing bracket or the end; AND binds its two neighbours."""
        rules: list[str] = []
        nodes: list[Node] = []
        while self.kind not in {"end", "close"}:
            joint = self.take() if self.kind in {"word_and", "word_or"} else ""
            if joint and not nodes:
                raise self.error()
            joint = {"&&": "AND", "||": "OR"}.get(joint, joint)
            rule = self.rule()
            if joint == "AND" and rules[-1] == "may":
                rules[-1] = "must"
            if joint == "OR" and rules[-1] == "implied":
                rules[-1] = "may"
            usual = "implied" if self.all_needed else "may"
            rules.append(rule or {"AND": "must", "OR": "may"}.get(joint, usual))
            nodes.append(self.clause(field))
        if not nodes:
            return Group(never=(Everything(),))

        def chosen(*names: str) -> tuple[Node, ...]:
            return tuple(node for rule, node in zip(rules, nodes, strict=True) if rule in names)

        return Group(chosen("must", "implied"), chosen("may"), chosen("never"))

    def rule(self) -> str:
        """`must`, `never` or nothing, from the signs before a clause."""
        rule = ""
        while self.kind in {"sign", "word_not"}:
            rule = "must" if self.take() == "+" else "never"
        return rule

    def clause(self, field: str) -> Node:
        """One clause with its weight."""
        kind = self.kind
        if kind == "field":
            name = unescaped(self.take())
            if name == "*" and self.tokens[self.at] == ("term", "*"):
                self.take()
                node: Node = Everything()
            else:
                return self.clause(name)
        elif kind == "open":
            self.take()
            node = self.group(field)
            if self.kind != "close":
                raise self.error()
            self.take()
        elif kind in {"phrase", "range", "term"}:
            node = leaf(self.schema, field, kind, self.take())
        else:
            raise self.error()
        while self.kind in {"weight", "near"}:
            text = self.take()
            node = Weighed(node, float(text[1:])) if text[0] == "^" else node
        return node


def leaf(schema: Schema, field: str, kind: str, text: str) -> Node:
    """A phrase, a range or a word in one field."""
    about = schema.field(field).kind
    if kind == "range":
        found = _RANGE.fullmatch(text)
        assert found
        low, high = (
            None if end == "*" else exact(about, end.strip('"')) for end in found.group(2, 3)
        )
        return Between(field, low, high, found[1] == "[", found[4] == "]")
    if kind == "term" and re.search(r"(?<!\\)[*?]", text):
        shape = text if about == "string" else text.lower()
        return Pattern(field, re.compile(translate(unescaped(shape).replace("[", "[[]"))))
    inside = text[1:-1] if kind == "phrase" else text
    return Phrase(field, tuple(asked(about, unescaped(inside))))


def unescaped(text: str) -> str:
    """The text without the backslashes before special characters."""
    return re.sub(r"\\(.)", r"\1", text)
