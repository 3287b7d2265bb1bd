"""YAML as plain mappings, lists and text: nothing guessed, nothing shared, nothing repeated.

YAML 1.1 reads `022055` as an octal number, `1.10` as 1.1 and `no` as false. A declaration is
written by people who mean what they type, so every scalar stays text here, and whoever knows the
meaning of a key converts it. Aliases (with which a few lines grow into gigabytes), repeated keys
and deep nesting are refused.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeAlias

import yaml

Node: TypeAlias = "str | list[Node] | dict[str, Node]"

LARGEST = 1_000_000
"""Bytes that a declaration may have; real ones have two or three thousand."""
DEEPEST = 20


class StrictYamlError(ValueError):
    """The text is no YAML of the strict kind; `line` counts from 1 (0 when no line is known)."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line


class _Loader(yaml.BaseLoader):
    """BaseLoader builds mappings, lists and text only, whatever tags the file has."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise StrictYamlError("alias (*)", self.line + 1)
        self.depth += 1
        if self.depth > DEEPEST:
            raise StrictYamlError("nesting", self.line + 1)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise StrictYamlError("key", line)
            if key.value in seen:
                raise StrictYamlError(f"{key.value} ×2", line)
            seen.add(key.value)
        return super().construct_mapping(node, deep)  # all keys are text


def load(data: bytes) -> Node:
    """Return the content of a YAML file in UTF-8. Raises StrictYamlError."""
    if len(data) > LARGEST:
        raise StrictYamlError(f"{len(data)} bytes > {LARGEST}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StrictYamlError("UTF-8", data.count(b"\n", 0, error.start) + 1) from error
    try:
        node: Node = _Loader(text).get_single_data() or ""
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise StrictYamlError(error.problem or "YAML", line) from error
    except yaml.YAMLError as error:
        raise StrictYamlError("YAML: " + str(error).partition("\n")[0]) from error
    return node
