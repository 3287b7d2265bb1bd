"""A CKAN for the flows that does as it is told, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipelines.catalogs.keys import SecretKey, encoded
from pipelines.catalogs.publishing import Prepared, Request
from pipelines.job import Step
from pipelines.model import MachidataError
from pipelines.publish.applying.running import Applied, Outcome
from pipelines.publish.applying.verifying import Difference
from pipelines.publish.ckan.token import Token
from pipelines.publish.plan.model import Plan
from tests.publish.plan.sample import sample

TOKEN = "eyJhbGciOiJIUzI1NiJ9.a-token-of-the-tests"  # noqa: S105
MAYOR, STRANGER = (SecretKey(encoded(bytes([n]) * 32)) for n in (1, 2))
CATALOG = f"""\
url: https://catalog.example
token: MACHIDATA_TOKEN_TOWN
approval: true
approvers: {{mayor: "{MAYOR.public}"}}
"""
FULL = replace(sample(), catalog="town", url="https://catalog.example")
PLAN = replace(FULL, datasets=FULL.datasets[1:2])
GONE = MachidataError("catalog-unreachable", ja="届きません", en="unreachable", exit_code=3)


@dataclass
class Pretence:
    """A catalog that does as it is told, and what was asked of it."""

    plan: Plan = PLAN
    failed: dict[str, MachidataError] = field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = (Outcome(PLAN.datasets[0].name, "create", "id-1"),)
    open: bool = False
    differences: list[Difference] = field(default_factory=list)
    errors: list[MachidataError] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    @contextmanager
    def opened(self, root: Path, catalog: Any, *, writes: bool, token: Token) -> Iterator[object]:
        self.tokens.append(token.reveal())
        yield object()

    def called(self, what: str) -> None:
        self.asked.append(what)
        if self.errors:
            raise self.errors.pop(0)

    def prepare(self, session: object, request: Request) -> Prepared:
        request.progress(Step("", "plan", 0, 1))
        self.called("prepare")
        return Prepared(self.plan, {}, {}, {}, self.failed)

    def apply_plan(self, session: object, root: Path, plan: Plan, *_: object) -> Any:
        assert plan == self.plan
        self.called("apply")
        return Prepared(plan, {}, {}, {}), Applied("000001-abc", self.outcomes, self.open)

    def verify(self, session: object, request: Request) -> list[Difference]:
        self.called("verify")
        return self.differences
