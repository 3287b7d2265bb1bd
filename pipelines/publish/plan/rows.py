"""Which row of one table is which row of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

Row = tuple[str, ...]
Places = tuple[tuple[int, ...], tuple[int, ...]]
"""Where the same columns stand in the rows before and in those after."""


class Pair(NamedTuple):
    """A row before and after; None where there is none. `place` is its index in the table after,
    of a removed row in the table before.
    """

    before: Row | None
    after: Row | None
    place: int


def projection(places: Sequence[int]) -> Callable[[Row], Row]:
    """A function that takes the cells at these places of a row, always as a tuple."""
    if not places:
        return lambda row: ()
    if len(places) == 1:
        place = places[0]
        return lambda row: (row[place],)
    return itemgetter(*places)


def pairs(
    before: Sequence[Row], after: Sequence[Row], key: Places, shared: Places
) -> Iterator[Pair]:
    """Every row of both tables exactly once: in the order of `after`, removed ones last.

    `key` are the places of the key, `shared` those of all columns that both tables have. Rows of
    one key that are equal in the shared columns belong together first; then a single one that is
    left on each side is the same row, unless its key is incomplete: that says nothing. Without a
    key, `key` is `shared`. Without shared columns no row is any other.
    """
    partners = _partners(before, after, key, shared) if shared[0] else {}
    used = bytearray(len(before))
    for place, row in enumerate(after):
        partner = partners.get(place)
        if partner is None:
            yield Pair(None, row, place)
        else:
            used[partner] = 1
            yield Pair(before[partner], row, place)
    for place, row in enumerate(before):
        if not used[place]:
            yield Pair(row, None, place)


def _partners(
    before: Sequence[Row], after: Sequence[Row], key: Places, shared: Places
) -> dict[int, int]:
    """Place of a row after → place of the same row before."""
    old, new = _groups(before, key[0]), _groups(after, key[1])
    found: dict[int, int] = {}
    for name, places in new.items():
        candidates = old.get(name, [])
        complete = all(name)
        if len(places) == len(candidates) == 1 and complete:
            found[places[0]] = candidates[0]
        elif candidates:
            _match(before, after, (candidates, places), shared, found, complete)
    return found


def _groups(rows: Sequence[Row], key: Sequence[int]) -> dict[Row, list[int]]:
    name_of = projection(key)
    groups: dict[Row, list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(name_of(row), []).append(place)
    return groups


def _match(
    before: Sequence[Row],
    after: Sequence[Row],
    group: tuple[list[int], list[int]],
    shared: Places,
    found: dict[int, int],
    complete: bool,
) -> None:
    """Finds the partners within one group (places before, places after) of rows with one key."""
    old, new = projection(shared[0]), projection(shared[1])
    waiting: dict[Row, list[int]] = {}
    for place in reversed(group[0]):
        waiting.setdefault(old(before[place]), []).append(place)
    left = []
    for place in group[1]:
        equal = waiting.get(new(after[place]))
        if equal:
            found[place] = equal.pop()
        else:
            left.append(place)
    others = [place for places in waiting.values() for place in places]
    if complete and len(left) == len(others) == 1:
        found[left[0]] = others[0]
