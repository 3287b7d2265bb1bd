"""Opening a catalog: the token, the state, one publisher at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.catalogs.file import CatalogFile, load_catalog
from pipelines.catalogs.session import opened, state_folder
from pipelines.model import MachidataError
from tests.catalogs.conftest import SECRET
from tests.publish.pretend_ckan import PretendCkan

URL = "https://ckan.example.jp"


def test_two_names_of_one_catalog_share_what_we_remember(root: Path) -> None:
    (root / "catalogs" / "city.yaml").write_text("url: https://CKAN.example.jp:443/\n")
    folders = {
        state_folder(root, load_catalog(root, name))
        for name in ("town", "city", "ckan:https://ckan.example.jp/", "https://Ckan.Example.jp")
    }
    assert len(folders) == 1


def test_catalogs_of_one_host_do_not_share(root: Path) -> None:
    addresses = [f"{URL}/a", f"{URL}/b", f"{URL}/a-b", f"{URL}/a/b", f"{URL}:8080", URL]
    folders = {state_folder(root, CatalogFile("x", url)) for url in addresses}
    assert len(folders) == len(addresses)
    for folder in folders:
        assert folder.parent == root / ".machidata"
        assert folder.name.startswith("ckan-example-jp")


def test_the_state_may_stand_elsewhere(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACHIDATA_STATE", str(root / "elsewhere"))
    assert state_folder(root, CatalogFile("x", URL)).parent == root / "elsewhere"


def test_a_session_knows_what_the_catalog_can(root: Path, pretend: PretendCkan) -> None:
    catalog = load_catalog(root, "town")
    with opened(root, catalog, writes=False) as session:
        assert (session.site.rdf, session.site.stores) == (True, True)
        assert session.records() == {}
        assert SECRET not in repr(session)
    pretend.extensions = []
    with opened(root, catalog, writes=False) as session:
        assert (session.site.rdf, session.site.stores) == (False, False)
    assert not (root / ".machidata").exists(), "looking leaves nothing behind"


def test_without_a_token_nothing_is_asked(root: Path, pretend: PretendCkan) -> None:
    catalog = replace(load_catalog(root, "town"), token="MACHIDATA_OTHER")  # noqa: S106
    with pytest.raises(MachidataError) as error, opened(root, catalog, writes=False, environ={}):
        pass
    assert error.value.code == "token-missing"
    assert "MACHIDATA_OTHER" in f"{error.value.where} {error.value.expected} {error.value.fix_en}"


def test_one_writer_at_a_time_and_any_number_of_readers(root: Path, pretend: PretendCkan) -> None:
    catalog = load_catalog(root, "town")
    with opened(root, catalog, writes=True), opened(root, catalog, writes=False):
        with pytest.raises(MachidataError) as error, opened(root, catalog, writes=True):
            pass
        assert error.value.code == "catalog-busy"
    with opened(root, catalog, writes=True):
        pass
