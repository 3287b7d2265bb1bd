"""Which dataset and which file a node of a catalog belongs to.

Only nodes with IRIs are followed: our own catalogs have no others, and a blank node has no name
that two readers of the same file would share.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from pipelines.describe.gate.model import Where

_DCAT = "http://www.w3.org/ns/dcat#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_IDENTIFIER = NamedNode("http://purl.org/dc/terms/identifier")
_FILE = NamedNode(_DCAT + "Distribution")
_DATASETS = frozenset({NamedNode(_DCAT + "Dataset"), NamedNode(_DCAT + "DatasetSeries")})
_CLASSES = _DATASETS | {_FILE, NamedNode(_DCAT + "Catalog")}
_LIMIT = 50
"""How many of the nodes that point to one are followed: a term that thousands use is of no one."""


def describes_datasets(turtle: bytes) -> bool:
    """True when the data speak of a catalog, a dataset or a file at all. Raises SyntaxError."""
    read = parse(turtle, format=RdfFormat.TURTLE)
    return any(quad.predicate == _TYPE and quad.object in _CLASSES for quad in read)


class Owners:
    """The nodes of a catalog by what points to them. Raises SyntaxError for what is no Turtle."""

    def __init__(self, turtle: bytes) -> None:
        self._store = Store()
        self._store.bulk_load(turtle, format=RdfFormat.TURTLE)

    def where(self, iri: str) -> Where:
        """The dataset and the file nearest to a node, by their IDs (an IRI where it has none).

        A node that several datasets share counts for the first of them in the order of the IDs.
        """
        file = ""
        for level in self._levels(NamedNode(iri)):
            if datasets := [node for node in level if self._kinds(node) & _DATASETS]:
                return Where(min(self._name(node) or node.value for node in datasets), file)
            if files := [node for node in level if _FILE in self._kinds(node)]:
                names = [self._name(node) or node.value.rsplit("/", 1)[-1] for node in files]
                file = file or min(names)
        return Where("", file)

    def _levels(self, node: NamedNode) -> Iterator[list[NamedNode]]:
        """The node, then those that point to it, and so on."""
        seen, level = {node}, [node]
        while level:
            yield level
            users = {user for target in level for user in self._users(target)} - seen
            level = sorted(users, key=lambda user: user.value)[:_LIMIT]
            seen |= users

    def _users(self, node: NamedNode) -> Iterator[NamedNode]:
        found = islice(self._store.quads_for_pattern(None, None, node), _LIMIT)
        return (quad.subject for quad in found if isinstance(quad.subject, NamedNode))

    def _kinds(self, node: NamedNode) -> set[object]:
        return {quad.object for quad in self._store.quads_for_pattern(node, _TYPE, None)}

    def _name(self, node: NamedNode) -> str:
        found = self._store.quads_for_pattern(node, _IDENTIFIER, None)
        return min((q.object.value for q in found if isinstance(q.object, Literal)), default="")
