"""All checks of arithmetic in one reading of the documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pipelines.check.arithmetic.cards import cards
from pipelines.check.arithmetic.changes import changes
from pipelines.check.arithmetic.columns import columns
from pipelines.check.arithmetic.hours import hours
from pipelines.check.arithmetic.named import named
from pipelines.check.arithmetic.rates import rates
from pipelines.check.arithmetic.scope import Found, Scope, scopes
from pipelines.check.arithmetic.shares import shares
from pipelines.check.arithmetic.summaries import summaries
from pipelines.check.arithmetic.totals import totals
from pipelines.check.case import Case
from pipelines.model import Finding

_OF_A_SCOPE: tuple[Callable[[Scope], Iterator[Found]], ...] = (
    totals,
    rates,
    named,
    hours,
    changes,
    shares,
)


def check_arithmetic(case: Case) -> Iterator[Finding]:
    """What does not add up in the documents of a package, line by line."""
    for _, document in case.sources:
        read = scopes(document)
        found = [one for scope in read for check in _OF_A_SCOPE for one in check(scope)]
        found += [*summaries(read), *cards(read), *columns(document)]
        found.sort(key=lambda one: (one.place.line, one.place.column))
        for one in found:
            yield replace(one.finding, place=case.at(one.place))
