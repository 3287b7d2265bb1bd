"""Desks of publishers: an editor's with each configuration, an administrator's."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.catalogs.file import TOKEN
from tests.ckan.client import Ckan
from tests.ckan.conftest import catalog, fresh_organization, fresh_user
from tests.ckan.publishing.desk import BASE, LICENSED, ONE, Desk
from tests.cli.conftest import Result, machidata, make_package

__all__ = ["machidata"]

Machidata = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one licensed package, and the working folder in it."""
    make_package(tmp_path, ONE, declaration=LICENSED)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MACHIDATA_ROOT", str(tmp_path))
    for name in ("LC_ALL", "LC_MESSAGES", "MACHIDATA_DEBUG", "MACHIDATA_STATE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    return tmp_path


@pytest.fixture(scope="session")
def ckan_recommended() -> Iterator[Ckan]:
    """A catalog with ckanext-scheming and a schema of few fields."""
    yield from catalog("recommended")


def desk_of(
    root: Path,
    user: Ckan,
    admin: Ckan,
    organization: dict[str, Any],
    run: Machidata,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    """A desk, and its datasets gone afterwards."""
    prefix = f"t{uuid.uuid4().hex[:8]}"
    monkeypatch.setenv(TOKEN, user.token)
    desk = Desk(root, user, admin, organization, prefix, run)
    write_catalog(desk, admin.url)
    yield desk
    write_catalog(desk, admin.url)
    desk.forget()


def write_catalog(desk: Desk, url: str) -> None:
    """catalogs/desk.yaml with that address."""
    (desk.root / "catalogs").mkdir(exist_ok=True)
    (desk.root / "catalogs" / "desk.yaml").write_text(
        f'url: "{url}"\n'
        f"organization: {desk.organization['name']}\n"
        f'dataset: "{desk.prefix}-{{name}}"\n'
        f'base: "{BASE}"\n'
        'rate: "0"\n',
        "utf-8",
    )


@pytest.fixture
def desk(
    root: Path,
    ckan: Ckan,
    editor: Ckan,
    organization: dict[str, Any],
    machidata: Machidata,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    """An editor's desk, with ckanext-scheming."""
    yield from desk_of(root, editor, ckan, organization, machidata, monkeypatch)


@pytest.fixture
def desk_legacy(
    root: Path,
    ckan_legacy: Ckan,
    editor_legacy: Ckan,
    organization_legacy: dict[str, Any],
    machidata: Machidata,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    """An editor's desk, without ckanext-scheming."""
    made = desk_of(root, editor_legacy, ckan_legacy, organization_legacy, machidata, monkeypatch)
    yield from made


@pytest.fixture
def desk_recommended(
    root: Path, ckan_recommended: Ckan, machidata: Machidata, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """An editor's desk, with a schema of few fields."""
    ckan = ckan_recommended
    for organization in fresh_organization(ckan):
        for user in fresh_user(ckan, organization, "editor"):
            yield from desk_of(root, user, ckan, organization, machidata, monkeypatch)


@pytest.fixture(params=["scheming", "legacy"])
def each(request: pytest.FixtureRequest) -> Desk:
    """An editor's desk, one configuration after the other."""
    name = {"scheming": "desk", "legacy": "desk_legacy"}[request.param]
    found: Desk = request.getfixturevalue(name)
    return found


@pytest.fixture
def desk_admin(
    root: Path,
    ckan: Ckan,
    organization: dict[str, Any],
    machidata: Machidata,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    """The administrator's desk."""
    yield from desk_of(root, ckan, ckan, organization, machidata, monkeypatch)


@pytest.fixture
def any_desk(
    root: Path,
    any_ckan: Ckan,
    any_editor: Ckan,
    any_organization: dict[str, Any],
    machidata: Machidata,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    """An editor's desk in every version of CKAN that is installed."""
    yield from desk_of(root, any_editor, any_ckan, any_organization, machidata, monkeypatch)
