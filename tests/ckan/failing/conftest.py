"""A publisher with an editor's token behind the proxy, and what its editions should be."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ckan.client import Ckan, CkanError
from tests.ckan.conftest import fresh_organization, fresh_user
from tests.ckan.failing.editions import NAME, first, second
from tests.ckan.failing.world import Publisher, difference, seen
from tests.ckan.proxy import Proxy


@pytest.fixture(scope="session")
def expected(
    ckan: Ckan, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, dict[str, Any]]]:
    """What the catalog has after each edition when nothing goes wrong; `none` is nothing."""
    organizations = fresh_organization(ckan)
    organization = next(organizations)
    users = fresh_user(ckan, organization, "editor")
    editor = next(users)
    found: dict[str, dict[str, Any]] = {"none": {}}
    with pytest.MonkeyPatch.context() as patch, Proxy(ckan.url) as proxy:
        root = tmp_path_factory.mktemp("reference")
        name = organization["name"]
        publisher = Publisher(root, proxy, name, editor.token, patch)
        for edition in (first, second):
            told = publisher.publish(edition)
            assert told.code == 0, told.out
            found[edition.__name__] = _without(seen(ckan, name), proxy.url)
    yield found
    for left in (users, organizations):
        next(left, None)


def _without(state: dict[str, Any], url: str) -> dict[str, Any]:
    """Addresses are the catalog's own, nowhere the proxy's."""
    assert url not in str(state)
    return state


@pytest.fixture
def proxy(ckan: Ckan) -> Iterator[Proxy]:
    """A proxy that misbehaves as soon as it has rules."""
    with Proxy(ckan.url) as made:
        yield made


@pytest.fixture
def publisher(
    proxy: Proxy,
    organization: dict[str, Any],
    editor: Ckan,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Publisher]:
    """An editor at a machine; whatever the test did, the token is nowhere afterwards."""
    made = Publisher(tmp_path / "one", proxy, organization["name"], editor.token, monkeypatch)
    yield made
    assert made.leaks() == []


@pytest.fixture
def state(
    ckan: Ckan, organization: dict[str, Any], expected: dict[str, dict[str, Any]]
) -> Callable[[], str]:
    """Says which state the catalog is in: `none`, `first`, `second`; or how it is between."""

    def tell() -> str:
        found = seen(ckan, organization["name"])
        for name, wanted in expected.items():
            if not difference(found, wanted):
                return name
        said = [f"{name}: {difference(found, wanted)}" for name, wanted in expected.items()]
        return "\n".join(["between", *said])

    return tell


@pytest.fixture
def purge(ckan: Ckan, publisher: Publisher) -> Callable[[], None]:
    """Makes the dataset one that never was."""

    def away() -> None:
        with contextlib.suppress(CkanError):  # it may never have been made
            ckan.call("dataset_purge", id=publisher.dataset)
        for path in publisher.state.rglob(f"records/{NAME}.json"):
            path.unlink()

    return away
