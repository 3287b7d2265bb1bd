"""The documents, and what is found among them."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .query import Everything, Group, Node, Parser, Phrase, Terms, Weighed
from .schema import Schema, SearchError
from .terms import asked, terms

Document = dict[str, Any]
Question = Mapping[str, list[str]]
"""The parameters of a request; each may be given more than once."""


@dataclass(frozen=True)
class Entry:
    """A document and its terms."""

    document: Document
    terms: Terms


class Index:
    """All documents of the core; kept in a journal, so that they outlive the server."""

    def __init__(self, schema: Schema, journal: Path | None = None) -> None:
        self.schema, self.entries = schema, dict[str, Entry]()
        self.lock = threading.RLock()
        self.journal = None
        if journal:
            if journal.exists():
                for line in journal.read_text("utf-8").splitlines():
                    self._replay(json.loads(line))
            self.journal = journal.open("a", encoding="utf-8")

    def _replay(self, step: dict[str, Any]) -> None:
        if "add" in step:
            self.add(step["add"])
        else:
            self.entries.pop(step["remove"], None)

    def _note(self, step: dict[str, Any]) -> None:
        if self.journal:
            self.journal.write(json.dumps(step, ensure_ascii=False) + "\n")
            self.journal.flush()

    def add(self, document: Document) -> None:
        """Adds a document or replaces the one with the same key."""
        key = document.get(self.schema.key)
        if not key:
            raise SearchError(f"Document is missing mandatory uniqueKey field: {self.schema.key}")
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        entry = Entry(document, self._terms({"indexed_ts": now} | document))
        with self.lock:
            self.entries[str(key)] = entry
            self._note({"add": document})

    def _terms(self, document: Document) -> Terms:
        found: Terms = {}
        for name, value in document.items():
            values = value if isinstance(value, list) else [value]
            if any(isinstance(one, dict | list) for one in values):
                raise SearchError(f"Error adding field '{name}': an object cannot be indexed")
            if len(values) > 1 and not self.schema.field(name).multiple:
                raise SearchError(f"multiple values encountered for non multiValued field {name}")
            for target in self.schema.destinations(name):
                field = self.schema.field(target)
                if field.indexed:
                    given = [terms(field.kind, one) for one in values if one is not None]
                    found.setdefault(target, []).extend(given)
        return found

    def remove(self, keys: Iterable[str]) -> None:
        """Removes the documents with these keys."""
        with self.lock:
            for key in keys:
                if self.entries.pop(key, None):
                    self._note({"remove": key})

    def remove_found(self, text: str) -> None:
        """Removes the documents that a question in Lucene's syntax finds."""
        node = Parser(self.schema, text, "text", all_needed=False).parse()
        with self.lock:
            self.remove([key for key, entry in self.entries.items() if node.score(entry.terms)])

    def search(self, question: Question) -> dict[str, Any]:
        """The answer to a `select`, as Solr words it."""

        def one(name: str, otherwise: str = "") -> str:
            return question.get(name, [otherwise])[-1]

        node = self._tree(question, one("q", "*:*"))
        all_needed = one("q.op", "OR") == "AND"
        filters = [
            Parser(self.schema, text, one("df", "text"), all_needed).parse()
            for text in question.get("fq", [])
            if text.strip()
        ]
        with self.lock:
            scored = [
                (score, entry)
                for entry in self.entries.values()
                if all(part.score(entry.terms) for part in filters)
                and (score := node.score(entry.terms))
            ]
        for name, down in reversed(_order(one("sort"))):
            scored.sort(key=lambda item: _rank(item, name), reverse=down)
        start, rows = int(one("start", "0")), int(one("rows", "10"))
        wanted = " ".join(question.get("fl", ["*"])).replace(",", " ").split()
        return {
            "responseHeader": {"status": 0},
            "response": {
                "numFound": len(scored),
                "start": start,
                "docs": [self._shown(item, wanted) for item in scored[start : start + rows]],
            },
            "facet_counts": {"facet_fields": _facets(question, [entry for _, entry in scored])},
        }

    def _tree(self, question: Question, text: str) -> Node:
        kind = question.get("defType", ["lucene"])[-1]
        default = question.get("df", ["text"])[-1]
        if kind in {"dismax", "edismax"} and text.strip() not in {"*", "*:*"}:
            fields = question.get("qf", [default])[-1]
            return plain(self.schema, text, fields, question.get("mm", ["100%"])[-1])
        all_needed = question.get("q.op", ["OR"])[-1] == "AND"
        return Parser(
            self.schema, text if text.strip() != "*" else "*:*", default, all_needed
        ).parse()

    def _shown(self, item: tuple[float, Entry], wanted: list[str]) -> Document:
        score, entry = item
        document = {
            name: value if not self.schema.field(name).multiple else _list(value)
            for name, value in entry.document.items()
            if self.schema.field(name).stored and ("*" in wanted or name in wanted)
        }
        return document | ({"score": score} if "score" in wanted else {})


def plain(schema: Schema, text: str, fields: str, least: str) -> Node:
    """A question as people type it: words and phrases, each in any of several weighed fields."""
    must: list[Node] = []
    may: list[Node] = []
    never: list[Node] = []
    for sign, phrase, word in re.findall(r'(?<!\S)([+-]?)(?:"([^"]*)"|([^\s"]+))', text):
        places: list[Node] = []
        for place in fields.split():
            name, _, weight = place.partition("^")
            wanted = tuple(asked(schema.field(name).kind, phrase or word))
            places.append(Weighed(Phrase(name, wanted), float(weight or 1)))
        {"+": must, "-": never}.get(sign, may).append(Group(may=tuple(places)))
    if not (must or may or never):
        return Group(never=(Everything(),))
    enough = at_least(least, len(may))
    if must and may:
        return Group((*must, Group(may=tuple(may), enough=enough)), (), tuple(never))
    return Group(tuple(must), tuple(may), tuple(never), max(1, enough))


def at_least(rule: str, count: int) -> int:
    """How many of so many words must fit: `2<-1 5<80%` is all of two, all but one of five."""
    wanted = "100%"
    for part in rule.split():
        limit, found, amount = part.partition("<")
        if not found:
            wanted = part
        elif count > int(limit):
            wanted = amount
    number = int(count * float(wanted[:-1]) / 100) if wanted.endswith("%") else int(wanted)
    return max(0, min(count, number if number >= 0 else count + number))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _order(text: str) -> list[tuple[str, bool]]:
    """`title_string asc, score desc` as names and whether downwards."""
    found = []
    for part in text.split(",") if text.strip() else ["score desc"]:
        name, _, direction = part.strip().partition(" ")
        if direction.strip().lower() not in {"asc", "desc"}:
            raise SearchError(f"Can't determine a Sort Order (asc or desc) in sort spec '{text}'")
        found.append((name, direction.strip().lower() == "desc"))
    return found


def _rank(item: tuple[float, Entry], name: str) -> Any:
    score, entry = item
    if name == "score":
        return score
    return (entry.terms.get(name) or [[""]])[0][:1]


def _facets(question: Question, entries: list[Entry]) -> dict[str, list[str | int]]:
    """For each `facet.field` its terms, the most frequent first, each followed by its count."""
    if question.get("facet", ["false"])[-1] != "true":
        return {}
    limit = int(question.get("facet.limit", ["100"])[-1])
    least = int(question.get("facet.mincount", ["0"])[-1])
    found: dict[str, list[str | int]] = {}
    for name in question.get("facet.field", []):
        counts = Counter(
            word for entry in entries for word in {w for v in entry.terms.get(name, ()) for w in v}
        )
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        chosen = [pair for pair in ranked if pair[1] >= least]
        found[name] = [part for pair in chosen[: limit if limit >= 0 else None] for part in pair]
    return found
